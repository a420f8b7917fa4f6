"""A conflict on the page: what this person wanted beside what stands there now, and ways to go on; nothing is lost."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from mapping.errors import Conflict
from mapping.store.conflicts import side_by_side
from mapping.store.form import NEW_ROW
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import card_markdown, contribute_cells, contribute_store, link


def head(conflict: Conflict, words: Words) -> None:
    """Draw what happened and both versions."""
    told = words.text("**Somebody else was first.** Nothing was written, and what you typed is still here.")
    st.warning(f"{told} {card_markdown.plain(str(conflict))}.", icon=":material/call_split:")
    both = side_by_side(conflict)
    if both:
        rows = [(one.column, one.mine, one.theirs) for one in both]
        table([words.text("Column"), words.text("Yours"), words.text("There now")], rows)


def table(heads: list[str], rows: list[tuple[str, ...]]) -> None:
    """Draw a few rows of text as a table that wraps, every cell letter by letter."""
    cells = [[card_markdown.plain(cell) or "–" for cell in row] for row in rows]
    st.table(pd.DataFrame(cells, columns=heads), hide_index=True)


def of_form(conflict: Conflict, form: str, view: ViewState, there: Mapping[str, str] | None, words: Words) -> None:
    """Draw the conflict of a form for one row, and the two ways out of it."""
    with st.container(border=True, key="form_conflict"):
        head(conflict, words)
        with st.container(horizontal=True):
            if there is None:
                told = words.text("Change the row that is there instead")
                st.button(told, key="conflict_move", on_click=_move, args=(form, view, conflict))
                return
            st.button(
                words.text("Keep mine, on top of what is there now"),
                key="conflict_mine",
                on_click=_keep,
                args=(form, dict(there)),
            )
            st.button(
                words.text("Take what is there now"),
                key="conflict_theirs",
                on_click=_take,
                args=(form, [one.column for one in side_by_side(conflict)], dict(there)),
            )


def _keep(form: str, there: dict[str, str]) -> None:
    contribute_cells.see(form, there)
    contribute_store.dismiss(form)


def _take(form: str, columns: list[str], there: dict[str, str]) -> None:
    for column in columns:
        contribute_cells.typed(form).pop(column, None)
    _keep(form, there)


def _move(form: str, view: ViewState, conflict: Conflict) -> None:
    """Put what was typed for a new row into the form of the row of that id."""
    kept = {name: text for name, text in contribute_cells.typed(form).items() if text and name != "id"}
    key = str(conflict.theirs.get("id") or f"{conflict.theirs.get('vocabulary')}/{conflict.theirs.get('code')}")
    target = contribute_cells.form_of(view.table, key)
    contribute_cells.clear(form)
    contribute_cells.typed(target).update(kept)
    contribute_cells.see(target, {name: str(text) for name, text in conflict.theirs.items()})
    contribute_store.dismiss(form)
    link.set_fields(row=key if key != NEW_ROW else "")
