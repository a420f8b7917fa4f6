"""Propose what an upload changes: for whoever may, hidden from everybody else."""

import streamlit as st

from mapping.importers.changes import RowChange
from mapping.importers.upload import Checked
from mapping.store.records import Draft, DraftRow
from mapping.tables.schemas import column_names
from mapping.words import Words
from pages.parts import contribute_cells, contribute_conflict, contribute_store, link
from pages.parts.sign_in import Here

_PLACE = "upload"


def show(found: tuple[Checked, ...], here: Here, words: Words) -> None:
    """Draw what it takes to propose the sound rows."""
    if not here.may("propose"):
        return
    rows = tuple(_draft(each.review.table, change) for each in found for change in _sound(each))
    if not rows:
        return
    with st.container(border=True, key="upload_propose"):
        st.markdown(
            words.plural(
                "{n} row without a fault is new or changed.", "{n} rows without a fault are new or changed.", len(rows)
            )
        )
        refused = contribute_store.tell(_PLACE, words)
        if refused is not None:
            contribute_conflict.head(refused, words)
        contribute_cells.text(_PLACE, "_reason", words.text("Why: what these changes rest on"))
        contribute_cells.text(_PLACE, "_source", words.text("Source: address or title"))
        st.button(
            words.text("Propose these changes"),
            key="upload_propose_now",
            type="primary",
            icon=":material/outbox:",
            on_click=_propose,
            args=(rows, here, words),
        )


def _propose(rows: tuple[DraftRow, ...], here: Here, words: Words) -> None:
    """Propose the rows, and open the proposal; for callbacks."""
    from mapping.store.proposing import propose  # the database is imported when it is needed

    kept = contribute_cells.typed(_PLACE)
    numbers: list[int] = []

    def act() -> str:
        draft = Draft(rows, kept.get("_reason", ""), kept.get("_source", ""), origin="upload")
        numbers.append(propose(contribute_store.opened(here), here.person, draft))
        return ""

    if contribute_store.attempt(_PLACE, act):
        contribute_store.dismiss(_PLACE)
        contribute_cells.clear(_PLACE)
        told = words.text("Proposed as number {number}; a reviewer decides row by row.", number=str(numbers[0]))
        contribute_store.attempt(f"proposal-{numbers[0]}", lambda: told)
        link.set_fields(part="proposals", proposal=numbers[0])


def _sound(found: Checked) -> list[RowChange]:
    return [change for change in found.review.changes if change.kind != "unchanged" and not change.is_faulty]


def _draft(table: str, change: RowChange) -> DraftRow:
    """Return one row as a proposal: all cells of a new one, those that change of another with what was seen there."""
    if change.kind == "added":
        cells = {name: text for name, text in zip(column_names(table), change.after, strict=True) if text}
        return DraftRow(table, change.key, "add", cells)
    after = {name: text for name, _, text in change.cells}
    return DraftRow(table, change.key, "change", after, {name: text for name, text, _ in change.cells})
