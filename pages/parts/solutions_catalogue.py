"""The catalogue: a map by country, the card of the solution picked, and the table of all in view."""

import zlib
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.answer_cards import solution_cards
from mapping.analysis.outcome_figures import without_figure
from mapping.analysis.solution_matrix import by_status
from mapping.analysis.solution_words import STATUS_COUNTS, country_words, solution_table
from mapping.figures.captions import caption, map_caption
from mapping.figures.extents import extent_of
from mapping.figures.gap_map import GLYPHS
from mapping.figures.solution_map import alt_text, solution_map
from mapping.view.answers import SOLUTION_KEYS, solution_counts, solutions_in_view
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, cached, card_markdown, link, sheet_downloads, solutions_items, solutions_markdown

MAP_PX: Final = (620, 400)
SIDE_PX: Final = 560
"""As high as the map with the lines under it."""
ROW_PX: Final = 35
_HOST: Final = r"https?://(?:www\.)?([^/]+)"
"""What a link in the table shows of its address."""
TALLEST_ROWS: Final = 22


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the catalogue for a view."""
    shown = solutions_in_view(atlas.tables, view)
    if shown.empty:
        solutions_items.nothing(
            words.text("**No solution on record matches all of these filters.** Drop one of them:"),
            {key: len(solutions_in_view(atlas.tables, view, {key})) for key in SOLUTION_KEYS},
            words,
        )
        if view.solution:
            card(atlas, view.solution, words)
        return
    picture, side = st.columns([5, 4], gap="medium")
    with picture:
        _map(atlas, view, shown, words)
    with side, st.container(height=SIDE_PX, border=False, key="solution_side"):
        if view.solution:
            card(atlas, view.solution, words)
        else:
            _summary(atlas, view, shown, words)
    _table(atlas, view, shown, words)


def card(atlas: Atlas, solution: str, words: Words) -> None:
    """Draw the card of one solution, with ways on to what it answers and what builds on it."""
    for told in solution_cards(atlas.tables, [solution], words):
        with st.container(horizontal=True, vertical_alignment="top", key="solution_head"):
            st.subheader(card_markdown.plain(told.title), anchor=False)
            st.button(
                words.text("Close"),
                key="close_solution",
                icon=":material/close:",
                type="tertiary",
                on_click=link.set_fields,
                kwargs={"solution": ""},
            )
        st.markdown(solutions_markdown.solution(told, words))
        solutions_items.obstacles(told.obstacles, words)
        solutions_items.paths(told.paths, words)


def _summary(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    """Say how many are in which state; each number opens its rows."""
    st.markdown(words.text("**By status** – click to filter"))
    free = solutions_in_view(atlas.tables, view, {"solution_status"})
    with st.container(horizontal=True, key="status_counts"):
        for status, count in by_status(free).items():
            st.button(
                f"{GLYPHS[status]} {words.plural(*STATUS_COUNTS[status], count)}",
                key=f"status-{status}",
                on_click=link.set_key,
                args=("solution_status", status),
            )
    bare = len(without_figure(shown))
    st.markdown(
        words.plural(
            "{told} a figure of the outcome, {n} does not. The audit lists what is missing:",
            "{told} a figure of the outcome, {n} do not. The audit lists what is missing:",
            bare,
            told=words.plural("{n} solution states", "{n} solutions state", len(shown) - bare),
        )
    )
    st.button(words.text("To the audit"), key="to-gaps", on_click=link.set_fields, kwargs={"tab": "gaps"})
    wide = int((shown["area"] != "country").sum())
    st.markdown(
        words.plural(
            "{n} solution in view holds for the EU or Europe as a whole; it stands on no country.",
            "{n} solutions in view hold for the EU or Europe as a whole; they stand on no country.",
            wide,
        )
    )
    if view.countries:
        hidden = len(solutions_in_view(atlas.tables, view, {"country"})) - len(shown)
        st.markdown(
            words.plural(
                "The filter on country hides {n} other, EU-wide ones included.",
                "The filter on country hides {n} others, EU-wide ones included.",
                hidden,
            )
        )
    st.info(words.text("Pick a disc on the map, or a row of the table for all that is known of a solution."))


def _map(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    counts = solution_counts(atlas.tables, view)["country"]
    told = country_words(atlas.tables, counts, words)
    with st.container(key="solution_map_frame"):
        st.pydeck_chart(
            solution_map(
                counts,
                atlas.tables["countries"],
                told,
                view.countries,
                extent_of("EUROPE", atlas.tables, cached.DATA / "geo", MAP_PX),
                atlas_map.theme(),
                cached.map_version(atlas),
            ),
            height=MAP_PX[1],
            key="solution_map",
            on_select=_country_picked,
            alt=alt_text(told) or words.text("No country has a solution in view."),
        )
        note = words.text(
            "Each disc is the number of solutions recorded in a country. No disc means none recorded: nobody has "
            "searched country by country."
        )
        st.caption(f"{note} {card_markdown.plain(map_caption(atlas.tables, solutions_items.source_ids(shown), words))}")
        sheet_downloads.map_row("solution-map", atlas, "solutions", view, words)


def _country_picked() -> None:
    for rows in st.session_state["solution_map"].selection.objects.values():
        if rows:
            link.set_fields(countries=(rows[0]["id"],))


def _table(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    """Draw the rows in view; picking one opens its card."""
    st.subheader(words.plural("{n} solution in view", "{n} solutions in view", len(shown)), anchor=False)
    ids = shown["id"].tolist()
    st.session_state["solutions_shown"] = ids
    elsewhere = "" if view.solution == st.session_state.get("solution_picked") else view.solution
    with st.container(key="solutions_table"):
        st.dataframe(
            solution_table(atlas.tables, shown, words),
            key=f"solution-rows-{zlib.crc32('|'.join([*ids, elsewhere]).encode())}",
            hide_index=True,
            column_config={words.text("Source"): st.column_config.LinkColumn(display_text=_HOST)},
            height=ROW_PX * (min(max(len(ids), 1), TALLEST_ROWS) + 1) + 3,
            row_height=ROW_PX,
            on_select=_row_picked,
            selection_mode="single-row",
            selection_default={
                "selection": {
                    "rows": [ids.index(view.solution)] if view.solution in ids else [],
                    "columns": [],
                    "cells": [],
                }
            },
            alt=words.text("Table of the solutions in view"),
        )
    st.caption(card_markdown.plain(caption(atlas.tables, solutions_items.source_ids(shown), words)))


def _row_picked() -> None:
    grid = next(value for key, value in st.session_state.items() if str(key).startswith("solution-rows-"))
    rows = grid.selection.rows
    solution = st.session_state["solutions_shown"][rows[0]] if rows else ""
    st.session_state["solution_picked"] = solution
    link.set_fields(solution=solution)
