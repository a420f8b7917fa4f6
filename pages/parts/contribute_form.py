"""Correct, add or remove one row: the row chosen, its cells, why, and what is wrong while it is typed."""

import datetime
from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.errors import Conflict, StoreError
from mapping.store.form import NEW_ROW, Typed, by_column, drafted, removal, row_name
from mapping.store.records import Draft, DraftRow
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import (
    card_markdown,
    contribute_cells,
    contribute_choice,
    contribute_conflict,
    contribute_how,
    contribute_store,
    link,
)
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.opening import Store
    from mapping.store.standing import Standing

_CHECKED: Final = "contribute_checked"
_TRIED: Final = "_tried"
KEYS: Final = ("id", "vocabulary", "code")


def show(atlas: Atlas, view: ViewState, here: Here, words: Words) -> None:
    """Draw the form, or how to send a correction for whoever may not propose."""
    if not here.may("propose"):
        contribute_how.show(atlas, view, here, words)
        return
    from mapping.store.standing import standing  # the database is imported when it is needed

    store = contribute_store.opened(here)
    now = standing(store)
    if contribute_choice.show(atlas, view, now, words):
        _form(atlas, view, here, store, now, words)


def _form(atlas: Atlas, view: ViewState, here: Here, store: "Store", now: "Standing", words: Words) -> None:
    """Draw the form of one row that is there, or of a new one."""
    table, row_id, form = view.table, view.row, contribute_cells.form_of(view.table, view.row)
    there = None if row_id == NEW_ROW else now.table(table).row(row_id)
    if there is None and row_id != NEW_ROW:
        st.info(words.text("There is no row “{row}” in this table (any more).", row=card_markdown.plain(row_id)))
        return
    names = [column.name for column in atlas.tables.columns[table]]
    typed = _typed(form, there, names)
    taken = now.table(table).rows
    draft = drafted(table, row_id, typed, taken)
    faults, conflict = _checked(store, now, draft) if _is_begun(form, typed) else ((), None)
    tried = _TRIED in contribute_cells.typed(form)
    at_cell = by_column([fault for fault in faults if fault.value or there is not None or tried])
    name = row_name(there) if there else words.text("A new row")
    st.subheader(card_markdown.plain(name), anchor=False)
    refused = contribute_store.tell(form, words) or conflict
    if refused is not None:
        contribute_conflict.of_form(refused, form, view, there, words)
    asked = [column for column in atlas.tables.columns[table] if there is None or column.name not in KEYS]
    values = {column.name: typed.cell(column.name) for column in asked}
    contribute_cells.show(form, asked, values, there and typed.seen, at_cell, atlas, words)
    for fault in at_cell.get("", ()):
        st.error(card_markdown.plain(str(fault)), icon=":material/error:")
    st.caption(words.text("* may not be empty. Nothing is stored until you propose it."))
    _reason(form, words)
    _buttons(form, view, here, draft, words)
    if there is not None:
        _remove(form, view, here, there, words)


def _typed(form: str, there: dict[str, str] | None, names: list[str]) -> Typed:
    """Return what was typed; while nothing is, the row is seen as it stands."""
    kept = contribute_cells.typed(form)
    if there is None:
        kept.setdefault("retrieved", datetime.date.today().isoformat() if "retrieved" in names else "")
    cells = {name: kept[name] for name in names if name in kept}
    seen = contribute_cells.seen(form)
    if seen is None or not Typed(seen, cells).changed:
        contribute_cells.see(form, there)
        seen = there
    return Typed(seen, cells)


def _is_begun(form: str, typed: Typed) -> bool:
    """Return whether anything was typed that a check can say something about."""
    return bool(set(typed.changed) - ({"retrieved"} if typed.seen is None else set()))


def _checked(store: "Store", now: "Standing", draft: DraftRow | None) -> tuple[tuple, Conflict | None]:
    """Return faults of a draft, and the conflict it would meet; checked once for each draft."""
    from mapping.store.proposing import check_draft

    if draft is None:
        return (), None
    key = (now.release, draft)
    kept = st.session_state.get(_CHECKED)
    if kept is None or kept[0] != key:
        try:
            found = (check_draft(store, [draft]), None)
        except Conflict as error:
            found = ((), error)
        except StoreError:
            found = ((), None)  # told when it is proposed
        kept = (key, found)
        st.session_state[_CHECKED] = kept
    return kept[1]


def _reason(form: str, words: Words) -> None:
    """Draw why and on what source."""
    why, source = st.columns(2)
    with why:
        contribute_cells.text(form, "_reason", words.text("Why *"), help_text=words.text("Keep people out of it."))
    with source:
        told = words.text("A page or document that a reviewer can look up.")
        contribute_cells.text(form, "_source", words.text("Source: address or title"), help_text=told)


def _buttons(form: str, view: ViewState, here: Here, draft: DraftRow | None, words: Words) -> None:
    """Draw the buttons that propose what was typed, and that take it back."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{form}-buttons"):
        st.button(
            words.text("Propose"),
            key="form_propose",
            type="primary",
            icon=":material/outbox:",
            disabled=draft is None,
            on_click=_propose,
            args=(form, view, here, draft, words),
        )
        st.button(words.text("Start again"), key="form_reset", on_click=_reset, args=(form,))
        if draft is not None:
            count = len(draft.cells)
            st.caption(words.plural("{n} cell differs", "{n} cells differ", count), width="content")


def _remove(form: str, view: ViewState, here: Here, there: dict[str, str], words: Words) -> None:
    """Draw the part that proposes to remove the row."""
    with st.expander(words.text("Remove this row"), icon=":material/delete:", key=f"{form}-remove"):
        st.markdown(words.text("Say above why and on what source, then propose its removal. A reviewer decides."))
        st.button(
            words.text("Propose to remove it"),
            key="form_remove",
            on_click=_propose,
            args=(form, view, here, removal(view.table, view.row, there), words),
        )


def _propose(form: str, view: ViewState, here: Here, draft: DraftRow, words: Words) -> None:
    """Propose one row, and open the proposal; for callbacks."""
    from mapping.store.proposing import propose

    kept = contribute_cells.typed(form)
    kept[_TRIED] = "1"
    numbers: list[int] = []
    is_suggestion = view.table == "sites" and view.site == view.row

    def act() -> str:
        reason, source = kept.get("_reason", ""), kept.get("_source", "")
        told = Draft((draft,), reason, source, origin="suggestion" if is_suggestion else "form")
        numbers.append(propose(contribute_store.opened(here), here.person, told))
        return ""

    if contribute_store.attempt(form, act):
        contribute_store.dismiss(form)
        _reset(form)
        told = words.text("Proposed. A reviewer decides; you can comment on it, revise or withdraw it here.")
        contribute_store.attempt(f"proposal-{numbers[0]}", lambda: told)
        link.set_fields(part="proposals", proposal=numbers[0], row="")


def _reset(form: str) -> None:
    contribute_cells.clear(form)
    contribute_store.dismiss(form)
