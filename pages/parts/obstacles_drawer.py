"""What is behind a cell: every figure under its source, the solutions that answer it, the paths that build on it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.analysis.card import Source
from mapping.analysis.matrices import Matrix, cell_code
from mapping.analysis.obstacle_drawer import Answer, Drawer, Figure, column_words, drawer_of
from mapping.view.address import SOURCES
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import card_markdown, link, obstacles_heatmap

PLACE: Final = "obstacle_place"
"""Where a session keeps the open row and the address it was opened at, for the way back from the solutions."""
SOLUTIONS_PAGE: Final = "solutions.py"
plain = card_markdown.plain


def show(atlas: Atlas, view: ViewState, matrix: Matrix, row: str, column: str, words: Words) -> None:
    """Draw the drawer of a cell, or of a whole row."""
    st.session_state[PLACE] = (row, view.to_query())
    drawer = drawer_of(atlas.tables, matrix, row, column, words)
    onward = _onward_view(view, matrix, drawer)
    with st.container(border=True, key="drawer"):
        with st.container(horizontal=True, vertical_alignment="top", key="drawer_head"):
            st.subheader(plain(drawer.title), anchor=False)
            st.button(
                words.text("Close"),
                key="close_cell",
                icon=":material/close:",
                type="tertiary",
                on_click=obstacles_heatmap.close,
            )
        if drawer.description:
            st.markdown(plain(drawer.description))
        _place(atlas, matrix, row, column, words)
        _figures(drawer, words)
        _answers(
            words.plural("{n} solution answers it", "{n} solutions answer it", len(drawer.solutions)),
            drawer.solutions,
            onward,
            "solution",
        )
        _answers(
            words.plural(
                "{n} path forward answers it or builds on these",
                "{n} paths forward answer it or build on these",
                len(drawer.pathways),
            ),
            drawer.pathways,
            replace(onward, tab="paths"),
            "path",
        )
        _onward(onward, drawer, words)


def _place(atlas: Atlas, matrix: Matrix, row: str, column: str, words: Words) -> None:
    """Draw the other cells of the row that have figures, to go to one by keyboard."""
    seen = [other for other in matrix.columns if (row, other) in matrix.held or other == column]
    names = {other: column_words(atlas.tables, matrix.asked.matrix, other, words) for other in seen}
    st.session_state["drawer_place"] = column
    st.selectbox(
        words.text("Figures about"),
        ["", *seen],
        format_func=lambda other: names[other] if other else words.text("All of this row"),
        key="drawer_place",
        on_change=_go,
        args=(row,),
    )


def _go(row: str) -> None:
    place = st.session_state["drawer_place"]
    link.set_fields(cell=cell_code(row, place) if place else "", obstacle="" if place else row)


def _figures(drawer: Drawer, words: Words) -> None:
    """List the figures under their sources; as many sources and figures as the cell says."""
    sources = words.plural("{n} source", "{n} sources", len(drawer.sources))
    figures = words.plural("{n} figure", "{n} figures", len(drawer.figures))
    if not drawer.figures:
        st.markdown(words.text("**No figure of this kind.** {measure}", measure=plain(drawer.measure)))
        if drawer.measure != words.text("Number of distinct sources"):
            st.button(
                words.text("Show figures of all kinds"),
                key="all_kinds",
                on_click=link.set_fields,
                kwargs={"measure": SOURCES},
            )
        return
    middle = f" · {plain(drawer.middle)}" if drawer.middle else ""
    st.markdown(f"**{sources}, {figures}** · {plain(drawer.confidence)}{middle}")
    for source in drawer.sources:
        lines = [f"{_source(source)}  \n:gray[{plain(source.kind)}, {plain(source.publisher)}]"]
        lines += [f"- {_figure(figure, words)}" for figure in drawer.figures if source in figure.sources]
        st.markdown("\n".join(lines))


def _source(source: Source) -> str:
    title = source.title or source.publisher or source.id
    return f"**{card_markdown.web_link(f'{title} ({source.year})' if source.year else title, source.url)}**"


def _figure(figure: Figure, words: Words) -> str:
    """Return one figure as a line: what was measured, the value, and everything needed to judge it."""
    parts = [
        words.text("out of {n}", n=figure.n) if figure.n is not None else "",
        words.text("data of {year}", year=str(figure.year)) if figure.year else words.text("year not stated"),
        plain(figure.where),
        plain(figure.place),
        plain(figure.direction),
        plain(words.text("about: {scope}", scope=figure.scope)),
        plain(figure.confidence),
        words.text("our coding of a legal text; a regime is not a delay") if figure.ours else "",
        _restates(figure, words),
    ]
    told = " · ".join(part for part in parts if part)
    return f"{plain(figure.measure)}: **{plain(figure.value)}**  \n  :gray[{told}]"


def _restates(figure: Figure, words: Words) -> str:
    if not figure.restates:
        return ""
    first = plain(figure.restates[0])
    if len(figure.restates) == 1:
        return words.text("says the same as: {first}", first=first)
    return words.plural(
        "says the same as: {first}, and {n} more",
        "says the same as: {first}, and {n} more",
        len(figure.restates) - 1,
        first=first,
    )


def _answers(title: str, answers: Sequence[Answer], view: ViewState, key: str) -> None:
    """List solutions or paths; each leads to its card on the page of solutions, its sources stand beside."""
    with st.container(key=f"drawer-{key}", gap=None):
        st.markdown(f"**{title}**")
        for answer in answers:
            query = view.with_only(key, answer.id).to_query()
            st.page_link(SOLUTIONS_PAGE, label=plain(answer.title), query_params=query)
            sources = "; ".join(_plain_source(source) for source in answer.sources)
            st.caption(" · ".join(filter(None, (plain(answer.told), sources))))


def _plain_source(source: Source) -> str:
    return card_markdown.web_link(source.title or source.publisher or source.id, source.url)


def _onward_view(view: ViewState, matrix: Matrix, drawer: Drawer) -> ViewState:
    """Return the view of the page of solutions that holds what is listed here: those of the obstacle, no others."""
    bare = ViewState(lang=view.lang, version=view.version, present=view.present)
    return bare if matrix.asked.matrix == "category" else replace(bare, obstacle=drawer.row)


def _onward(onward: ViewState, drawer: Drawer, words: Words) -> None:
    """Lead on to the solutions of this obstacle and what builds on them, and to the Atlas for its country."""
    if onward.obstacle:
        st.page_link(
            SOLUTIONS_PAGE,
            label=words.text("Solutions and paths for this"),
            icon=":material/lightbulb:",
            query_params=replace(onward, tab="chains").to_query(),
        )
    if len(drawer.column) == 2:
        query = replace(onward, obstacle="", countries=(drawer.column,)).to_query()
        st.page_link("atlas.py", label=words.text("Sites in this country"), icon=":material/map:", query_params=query)
