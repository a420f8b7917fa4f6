"""The filters of the solutions page: those that apply to the open part of it, each option with its count."""

from typing import Final

import streamlit as st

from mapping.analysis.filter_words import value_words
from mapping.analysis.solution_words import FILTER_WORDS, KEYS_OF
from mapping.view.answers import path_counts, solution_counts
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, filters, link

_SHORT: Final = ("type", "solution_status", "horizon", "stage", "confidence")
_KEPT: Final = ("tab", "lang", "version", "present")


def bar(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the filter bar."""
    keys = KEYS_OF[view.tab]
    if "q" in keys:
        filters.search(view, words, words.text("Solution, organisation, country …"))
    if "obstacle" in keys:
        _obstacle(atlas, view, words)
    counts = path_counts(atlas.tables, view) if view.tab == "paths" else solution_counts(atlas.tables, view)
    counts = {"horizon": path_counts(atlas.tables, view)["horizon"], **counts}
    for key in ("type", "solution_status", "horizon", "stage", "country", "confidence"):
        if key in keys and view.tab != "brief":
            options = _options(atlas, key, counts[key], words)
            filters.choice(key, words.text(FILTER_WORDS[key]), options, counts[key], view, words, key in _SHORT)
    filters.reset(words, _reset(view) != view, _reset)
    note = words.text("Counts are solutions.") if view.tab != "paths" else words.text("Counts are paths.")
    rule = words.text("A stage also takes what answers an obstacle of that stage.")
    st.caption(f"{note} {rule}" if view.tab != "brief" else words.text("A brief has its own choices, on the page."))


def _reset(view: ViewState) -> ViewState:
    return ViewState(**{field: getattr(view, field) for field in _KEPT})


def _options(atlas: Atlas, key: str, counts: object, words: Words) -> dict[str, str]:
    if key == "country":
        return cached.country_names(atlas, words)
    codes = atlas.known.options[key]
    return {code: value_words(atlas.tables, words, key, code) for code in codes}


def _obstacle(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of one obstacle."""
    frame = atlas.tables["obstacles"]
    names = dict(sorted(zip(frame["id"], frame["title"], strict=True), key=lambda item: item[1]))
    st.session_state["obstacle"] = view.obstacle or None
    st.selectbox(
        words.text("Obstacle"),
        list(names),
        index=None,
        placeholder=words.text("All"),
        format_func=names.__getitem__,
        key="obstacle",
        on_change=link.from_widget,
        args=("obstacle",),
    )
