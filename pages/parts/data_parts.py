"""The parts of the Data page: which is open, and what it draws."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from mapping.analysis.table_quality import TableOverview
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL
from mapping.store.people import Act
from mapping.view.address import PARTS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import (
    contribute_form,
    contribute_proposals,
    contribute_release,
    contribute_store,
    data_countries,
    data_links,
    data_tables,
    link,
    release_notes,
    sign_in,
    upload,
    upload_work,
)
from pages.parts.sign_in import Here

_NAMES: Final = {
    "tables": mark("All tables"),
    "countries": mark("By country"),
    "check": mark("Check your data"),
    "correct": mark("Correct a row"),
    "proposals": mark("Proposals"),
    "release": mark("Release"),
}
_TAKES: Final[Mapping[str, Act]] = {"proposals": "see", "release": "release"}
"""Parts that only people with a role are offered; whoever opens one by its address reads how to get it."""


def control(view: ViewState, here: Here, words: Words) -> None:
    """Draw the choice of the part: those this person can use, and the one that is open."""
    offered = [part for part in PARTS if part not in _TAKES or part == view.part or here.may(_TAKES[part])]
    st.session_state["part"] = view.part
    st.segmented_control(
        words.text("Part of the page"),
        offered,
        required=True,
        format_func=lambda code: words.text(_NAMES[code]),
        key="part",
        label_visibility="collapsed",
        on_change=_choose,
    )


def _choose() -> None:
    contribute_store.forget()
    link.set_fields(part=st.session_state["part"], proposal=0)


def show(atlas: Atlas, view: ViewState, here: Here, tables: Sequence[TableOverview], words: Words) -> None:
    """Draw the open part."""
    if view.part != "check":
        upload_work.forget()
    if view.part not in ("tables", "countries"):
        sign_in.show(here, words)
    match view.part:
        case "countries":
            data_countries.show(atlas, view, words)
        case "check":
            upload.show(here, words)
        case "correct":
            contribute_form.show(atlas, view, here, words)
        case "proposals":
            contribute_proposals.show(atlas, view, here, words)
        case "release":
            contribute_release.show(atlas, view, here, words)
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
