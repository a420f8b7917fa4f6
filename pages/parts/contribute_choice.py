"""Which row a form is about: the table, and one of its rows or a new one."""

from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.analysis.table_quality import rows_found
from mapping.analysis.table_titles import table_title
from mapping.store.form import NEW_ROW, row_name
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import link

if TYPE_CHECKING:
    from mapping.store.standing import Standing

MOST_ROWS: Final = 2_000
"""Rows that one list offers; of a larger table the rows found by a word are offered."""
MOST_FOUND: Final = 200
BEGIN: Final = mark(
    "Choose the table first, then the row that is wrong, or a new row. Its cells open below; put them right, say why "
    "and on what source, and propose it. A reviewer decides."
)
GO_ON: Final = mark("Now choose the row that is wrong, or “A new row” for one that is missing; its cells open below.")


def show(atlas: Atlas, view: ViewState, now: "Standing", words: Words) -> bool:
    """Draw the choice; return whether a row is chosen."""
    names = [name for name in atlas.tables.columns if name in atlas.tables.frames]
    left, right = st.columns(2)
    with left:
        st.session_state["form_table"] = view.table if view.table in names else None
        st.selectbox(
            words.text("Table"),
            names,
            format_func=lambda name: table_title(name, words),
            key="form_table",
            on_change=_choose_table,
            placeholder=words.text("Choose a table"),
        )
    if view.table not in names:
        st.info(words.text(BEGIN), icon=":material/edit_note:")
        return False
    with right:
        _row(atlas, view, now, words)
    if not view.row:
        st.info(words.text(GO_ON), icon=":material/edit_note:")
    return bool(view.row)


def _row(atlas: Atlas, view: ViewState, now: "Standing", words: Words) -> None:
    """Draw the choice of the row; a large table is searched first."""
    table = now.table(view.table)
    offered = list(table.rows)
    if len(offered) > MOST_ROWS:
        st.session_state["q"] = view.text
        told = words.text("Find the row by a word")
        st.text_input(told, key="q", icon=":material/search:", on_change=link.from_widget, args=("q",))
        found = rows_found(atlas.tables, view.table, view.text)["id"] if view.text else []
        offered = [row for row in list(found)[:MOST_FOUND] if row in table.rows]
    if view.row in table.rows and view.row not in offered:
        offered.insert(0, view.row)
    st.session_state["form_row"] = view.row if view.row in (NEW_ROW, *offered) else None

    def named(row: str) -> str:
        if row == NEW_ROW:
            return words.text("A new row")
        name = row_name(table.row(row) or {})
        return f"{name[:80]} · {row}" if name and name != row else row

    st.selectbox(
        words.text("Row"),
        [NEW_ROW, *offered],
        format_func=named,
        key="form_row",
        on_change=_choose_row,
        placeholder=words.text("Choose a row, or a new one"),
    )


def _choose_table() -> None:
    link.set_fields(table=st.session_state["form_table"] or "", row="", text="")


def _choose_row() -> None:
    link.set_fields(row=st.session_state["form_row"] or "")
