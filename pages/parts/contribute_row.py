"""One row of a proposal: what becomes of it, cell by cell, before and after, and what was decided."""

from typing import Final

import streamlit as st

from mapping.analysis.table_titles import column_title, table_title
from mapping.store.form import row_name
from mapping.store.overlay import Operation
from mapping.store.records import Change, State
from mapping.view.atlas import Atlas
from mapping.words import Words, mark
from pages.parts import card_markdown, contribute_conflict, contribute_words

ACTIONS: Final = {"add": mark("New row"), "change": mark("Change"), "remove": mark("Remove")}
STATES: Final[dict[State, tuple[str, str]]] = {
    "open": (mark("to decide"), "orange"),
    "accepted": (mark("accepted"), "blue"),
    "rejected": (mark("rejected"), "red"),
    "withdrawn": (mark("withdrawn"), "gray"),
    "released": (mark("released"), "green"),
    "rolled_back": (mark("rolled back"), "gray"),
}


def show(change: Change, atlas: Atlas, words: Words) -> None:
    """Draw one row of a proposal."""
    name, _ = STATES[change.state]
    st.markdown(f"{heading(change.operation, atlas, words)} · *{words.text(name)}*")
    cells(change.operation, atlas, words)
    if change.decided_by:
        when, who = contribute_words.moment(change.decided_at, words), card_markdown.plain(change.decided_by)
        told = words.text("{state} by {who}, {when}", state=words.text(name).capitalize(), who=who, when=when)
        st.caption(f"{told}: {card_markdown.plain(change.decision)}" if change.decision else told)


def heading(operation: Operation, atlas: Atlas, words: Words) -> str:
    """Return what becomes of which row, as Markdown."""
    table = table_title(operation.table, words)
    frame = atlas.tables.frames.get(operation.table)
    found = {**operation.before, **operation.cells}
    name = row_name(found)
    if not name and frame is not None and "id" in frame:
        rows = frame[frame["id"] == operation.row_id]
        name = row_name({k: str(v) for k, v in rows.iloc[0].dropna().items()}) if len(rows) else ""
    shown = f"{card_markdown.plain(name)} · " if name and name != operation.row_id else ""
    return f"**{words.text(ACTIONS[operation.action])}** · {table} · {shown}`{operation.row_id.replace('`', '')}`"


def cells(operation: Operation, atlas: Atlas, words: Words) -> None:
    """Draw the cells before and after; of a new row or one removed only those that hold something."""
    titles = {column.name: column_title(column, words) for column in atlas.tables.columns.get(operation.table, ())}
    before, after = operation.before, operation.cells
    names = [name for name in titles if before.get(name) or after.get(name) or name in after and name in before]
    if not names:
        return
    rows = [(titles[name], before.get(name, ""), after.get(name, "")) for name in names]
    contribute_conflict.table([words.text("Column"), words.text("Before"), words.text("After")], rows)
