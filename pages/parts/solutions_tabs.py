"""The parts of the solutions page: which is open, and what it draws."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import streamlit as st

from mapping.analysis.brief import Brief, brief
from mapping.view.address import TABS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import (
    link,
    solutions_brief,
    solutions_catalogue,
    solutions_chains,
    solutions_gaps,
    solutions_items,
    solutions_paths,
)

_NAMES: Final = {
    "catalogue": mark("Catalogue"),
    "gaps": mark("Audit: gaps"),
    "chains": mark("Obstacle → solution → path"),
    "paths": mark("Paths forward"),
    "brief": mark("Brief"),
}


def written(atlas: Atlas, view: ViewState, words: Words) -> Brief | None:
    """Return the brief where it is the open part."""
    return brief(atlas.tables, view, words) if view.tab == "brief" else None


def control(view: ViewState, words: Words) -> None:
    """Draw the choice of the part."""
    st.html(Path(__file__).parent / "solutions.css")
    st.session_state["tab"] = view.tab
    st.segmented_control(
        words.text("Part of the page"),
        list(TABS),
        required=True,
        format_func=lambda code: words.text(_NAMES[code]),
        key="tab",
        label_visibility="collapsed",
        on_change=_opened,
    )


def _opened() -> None:
    """Open the part the reader chose; the brief begins with the obstacle in view."""
    part = st.session_state["tab"]

    def turned(view: ViewState) -> ViewState:
        begins = part == "brief" and view.obstacle and not view.about
        return replace(view, tab=part, about=(view.obstacle,) if begins else view.about)

    link.change(turned)


def show(atlas: Atlas, view: ViewState, told: Brief | None, words: Words) -> None:
    """Draw the open part."""
    solutions_items.back(atlas, view, words)
    match view.tab:
        case "gaps":
            solutions_gaps.show(atlas, view, words)
        case "chains":
            solutions_chains.show(atlas, view, words)
        case "paths":
            solutions_paths.show(atlas, view, words)
        case "brief":
            solutions_brief.show(atlas, told, view, words)
        case _:
            solutions_catalogue.show(atlas, view, words)
    if view.tab != "brief":
        solutions_items.downloads(atlas, view, words)
