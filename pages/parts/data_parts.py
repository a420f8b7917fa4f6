"""The parts of the Data page: which is open, and what it draws."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from mapping.analysis.table_quality import TableOverview
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL
from mapping.view.address import PARTS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import data_countries, data_links, data_tables, link, release_notes, upload, upload_work

_NAMES: Final = {
    "tables": mark("All tables"),
    "countries": mark("By country"),
    "check": mark("Check your data"),
}


def control(view: ViewState, words: Words) -> None:
    """Draw the choice of the part."""
    st.session_state["part"] = view.part
    st.segmented_control(
        words.text("Part of the page"),
        list(PARTS),
        required=True,
        format_func=lambda code: words.text(_NAMES[code]),
        key="part",
        label_visibility="collapsed",
        on_change=link.from_widget,
        args=("part",),
    )


def show(atlas: Atlas, view: ViewState, tables: Sequence[TableOverview], words: Words) -> None:
    """Draw the open part."""
    if view.part != "check":
        upload_work.forget()
    match view.part:
        case "countries":
            data_countries.show(atlas, view, words)
        case "check":
            upload.show(words)
        case _:
            _tables(atlas, view, tables, words)


def _tables(atlas: Atlas, view: ViewState, tables: Sequence[TableOverview], words: Words) -> None:
    data_tables.overview_table(atlas, view, tables, words)
    st.caption(words.text("Licence of all tables: [{name}]({url}).", name=LICENCE_NAME, url=LICENCE_URL))
    if view.table in atlas.tables.frames:
        st.divider()
        data_tables.one(atlas, view, words)
    st.subheader(words.text("Releases of the data"), anchor=False)
    release_notes.log(words)
    data_links.show(atlas, words)
