"""Ways from one thing to the next: the obstacles, solutions and paths that something names, each a button."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from mapping.analysis.answer_cards import Named
from mapping.analysis.cells import names_of
from mapping.analysis.solution_words import FILTER_WORDS
from mapping.exports.solutions import KINDS, answers_package
from mapping.view.answers import paths_in_view, solutions_in_view
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import empty, lines, link, obstacles_drawer, picture_downloads
from pages.parts.card_markdown import plain


def obstacles(named: Sequence[Named], words: Words) -> None:
    """List obstacles; each filters the page."""
    _list(words.text("**Answers these obstacles**"), named, "obstacle")


def solutions(named: Sequence[Named], words: Words) -> None:
    """List solutions; each opens its card."""
    _list(words.text("**Builds on these solutions**"), named, "solution")


def paths(named: Sequence[Named], words: Words) -> None:
    """List paths; each opens in its part of the page."""
    if named:
        _list(words.text("**Paths that build on it**"), named, "path")
    else:
        st.markdown(words.text("No path on record builds on it."))


def _list(title: str, named: Sequence[Named], key: str) -> None:
    if not named:
        return
    tabs = {"path": "paths", "solution": "catalogue"}
    with st.container(key=f"ways-{key}", gap=None):
        st.markdown(title)
        for row, label in named:
            fields = {key: row} | ({"tab": tabs[key]} if key in tabs else {})
            st.button(plain(label), key=f"to-{key}-{row}", type="tertiary", on_click=link.set_fields, kwargs=fields)


def back(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Lead back to the obstacle looked at: to the place the reader came from, else to its row."""
    with st.container(key="back"):
        if view.obstacle:
            row, query = st.session_state.get(obstacles_drawer.PLACE, ("", {}))
            own = ViewState(lang=view.lang, version=view.version, present=view.present, obstacle=view.obstacle)
            title = plain(names_of(atlas.tables, "obstacles", "title", [view.obstacle])[0])
            st.page_link(
                "obstacles.py",
                label=words.text("Back to the figures and sources: {obstacle}", obstacle=title),
                icon=":material/arrow_back:",
                query_params=query if row == view.obstacle else own.to_query(),
            )


def nothing(said: str, back: Mapping[str, int], words: Words) -> None:
    """Say that nothing is in view and offer to drop each filter without which something would be."""
    told = {key: words.number(count) for key, count in back.items() if count}
    empty.offer(said, told, words, lambda words, key: words.text(FILTER_WORDS[key]))


def source_ids(rows: pd.DataFrame) -> list[str]:
    """Return the ids of the sources of some rows, repeats included."""
    return [source for cell in rows["source_ids"].dropna() for source in cell.split("|")]


def downloads(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw one button a format; the file is made when it is asked for."""
    count, paths = len(solutions_in_view(atlas.tables, view)), len(paths_in_view(atlas.tables, view))
    with st.container(horizontal=True, key="downloads", vertical_alignment="center"):
        told = words.plural("{n} solution", "{n} solutions", count)
        st.markdown(words.plural("Download {told} and {n} path:", "Download {told} and {n} paths:", paths, told=told))
        for kind, label in KINDS.items():
            st.download_button(
                label,
                data=lambda kind=kind: lines.made(lambda: answers_package(atlas.tables, view, kind)),
                file_name=f"atmp-atlas-solutions-{atlas.tables.version}.{'zip' if kind == 'csv' else kind}",
                key=f"download-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
        picture_downloads.buttons("solutions", atlas, view, words, pictures=())
