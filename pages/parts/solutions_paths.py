"""Paths forward: the road map, the path picked, and all in view as a list, each under a heading that can be linked."""

import pandas as pd
import streamlit as st

from mapping.analysis.answer_cards import path_cards
from mapping.analysis.road_map import horizon_heads, road_map
from mapping.exports.solution_sheets import road_map_svg
from mapping.figures.captions import caption
from mapping.figures.road_map_chart import alt_text, road_map_chart
from mapping.view.answers import PATH_KEYS, paths_in_view
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, card_markdown, link, sheet_downloads, solutions_items, solutions_markdown


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw road map and list for a view; the path picked stands first."""
    paths = paths_in_view(atlas.tables, view)
    if view.path:
        with st.container(border=True, key="path_card"):
            card(atlas, view.path, words)
    if paths.empty:
        solutions_items.nothing(
            words.text("**No path forward matches all of these filters.** Drop one of them:"),
            {key: len(paths_in_view(atlas.tables, view, {key})) for key in PATH_KEYS},
            words,
        )
        return
    _picture(atlas, view, paths, words)
    _list(atlas, paths, words)


def _picture(atlas: Atlas, view: ViewState, paths: pd.DataFrame, words: Words) -> None:
    """Draw the road map; picking a box opens its path."""
    placed = road_map(atlas.tables, paths, words)
    horizons = horizon_heads(atlas.tables, view.horizons, words)
    with st.container(key="road_map_frame"):
        st.caption(
            words.text(
                "Horizon, and lead actor in about half of the paths, are our reading. A path stands under the actor "
                "its lead names first. Filled: proposed by JOIN4ATMP. Click a box to open it."
            )
        )
        st.plotly_chart(
            road_map_chart(placed, horizons, words, atlas_map.theme(), view.path, atlas_map.is_phone()),
            theme=None,
            key="road_map",
            on_select=_picked,
            selection_mode="points",
            config={"displayModeBar": False},
            alt=alt_text(placed, words),
        )
        st.caption(card_markdown.plain(caption(atlas.tables, solutions_items.source_ids(paths), words)))
        address = link.citable(atlas.tables.version)
        sheet_downloads.row(
            "road-map", lambda: road_map_svg(atlas.tables, view, words, address), atlas.tables.version, words
        )


def _list(atlas: Atlas, paths: pd.DataFrame, words: Words) -> None:
    """List the paths, each under a heading of its own."""
    st.subheader(words.plural("{n} path forward", "{n} paths forward", len(paths)), anchor=False)
    st.caption(words.text("JOIN4ATMP's own first."))
    with st.container(key="path_list"):
        for told in path_cards(atlas.tables, list(paths["id"]), words):
            st.markdown(f"#### {card_markdown.plain(told.title)}")
            st.markdown(solutions_markdown.path(told, words))
            st.button(
                words.text("Open and link"),
                key=f"open-path-{told.id}",
                type="tertiary",
                icon=":material/link:",
                on_click=link.set_fields,
                kwargs={"path": told.id},
            )


def card(atlas: Atlas, path: str, words: Words) -> None:
    """Draw one path, with ways on to what it answers and builds on."""
    for told in path_cards(atlas.tables, [path], words):
        with st.container(horizontal=True, vertical_alignment="top", key="path_head"):
            st.subheader(card_markdown.plain(told.title), anchor=told.id)
            st.button(
                words.text("Close"),
                key="close_path",
                icon=":material/close:",
                type="tertiary",
                on_click=link.set_fields,
                kwargs={"path": ""},
            )
        st.markdown(solutions_markdown.path(told, words, linked=True))
        solutions_items.obstacles(told.obstacles, words)
        solutions_items.solutions(told.solutions, words)


def _picked() -> None:
    points = st.session_state["road_map"].selection.points
    if points:
        link.set_fields(path=points[0]["customdata"][0])
