"""The filters of the obstacles page: each option tells how many obstacles it leaves."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.analysis.filter_words import CLASS_WORDS, value_words
from mapping.analysis.matrices import asked_of, matrix_rows
from mapping.view.address import OBSTACLE_FILTERS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import cached, filters, link, obstacles_data

_LABELS: Final = {
    "stage": mark("Stage"),
    "category": mark("Category"),
    "stakeholder": mark("Stakeholder"),
    "country": mark("Country"),
}
USED: Final = (*OBSTACLE_FILTERS, "country")
"""Keys of the address that narrow what this page shows."""
_KEPT: Final = ("matrix", "measure", "order", "lang", "version", "present")


def bar(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the filter bar."""
    counts = obstacles_data.counts(atlas, view)
    _obstacle(atlas, view, words)
    for key, label in _LABELS.items():
        options = {code: filters.option_label(atlas, key, code, words) for code in counts[key]}
        if key == "country":
            options = {code: name for code, name in cached.country_names(atlas, words).items() if code in counts[key]}
        filters.choice(key, words.text(label), options, counts[key], view, words, short=key == "stage")
    _classes("evidence", words.text("Evidence"), CLASS_WORDS["evidence"], view.evidence, words)
    _classes("agreement", words.text("Agreement"), CLASS_WORDS["agreement"], view.agreement, words)
    filters.reset(words, bool(view.active() or view.cell), _reset)
    st.caption(words.text("Counts are obstacles; of a country, those with a figure about it. Coverage is not burden."))


def _obstacle(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of one obstacle, whose whole row then opens."""
    rows = matrix_rows(atlas.tables, replace(asked_of(atlas.tables, view), matrix="country"))
    names = {row: value_words(atlas.tables, words, "obstacle", row) for row in rows}
    st.session_state["obstacle"] = view.obstacle if view.obstacle in names else None
    st.selectbox(
        words.text("Find an obstacle"),
        sorted(names, key=names.__getitem__),
        index=None,
        placeholder=words.text("Type a word …"),
        format_func=names.__getitem__,
        key="obstacle",
        on_change=_open,
    )


def _open() -> None:
    link.set_fields(obstacle=st.session_state["obstacle"] or "", cell="")


def _classes(key: str, label: str, names: Mapping[str, str], chosen: tuple[str, ...], words: Words) -> None:
    st.session_state[key] = [code for code in names if code in chosen]
    st.pills(
        label,
        list(names),
        selection_mode="multi",
        format_func=lambda code: words.text(names[code]),
        key=key,
        on_change=link.from_widget,
        args=(key,),
    )


def _reset(view: ViewState) -> ViewState:
    """Return the view without its filters; what is drawn and how stays."""
    return ViewState(**{field: getattr(view, field) for field in _KEPT})
