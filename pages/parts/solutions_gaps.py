"""The audit: the evidence gap map, what is behind the cell picked, and the two lists of what is missing."""

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.answer_cards import solution_cards
from mapping.analysis.filter_words import value_words
from mapping.analysis.outcome_figures import RULE, without_figure
from mapping.analysis.solution_matrix import STATUSES, gap_matrix, in_words, is_filtered, unanswered
from mapping.exports.solution_sheets import gaps_svg
from mapping.figures.captions import caption
from mapping.figures.gap_map import GLYPHS, alt_text, gap_map
from mapping.figures.palette import Theme
from mapping.view.answers import solutions_in_view
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, card_markdown, link, sheet_downloads, solutions_items, solutions_markdown


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the audit for a view."""
    picture, side = st.columns([13, 6], gap="medium")
    cells, figure, alt = _drawn(atlas, view, words, atlas_map.theme(), atlas_map.is_phone(), atlas.tables.version)
    with picture, st.container(key="gap_frame"):
        st.caption(_reading(atlas, view, words))
        st.plotly_chart(
            figure,
            theme=None,
            key="gap_map",
            on_select=_cell_picked,
            selection_mode="points",
            config={"displayModeBar": False},
            alt=alt,
        )
        rows = solutions_in_view(atlas.tables, view, ("obstacle", "type"))
        st.caption(card_markdown.plain(caption(atlas.tables, solutions_items.source_ids(rows), words)))
        address = link.citable(atlas.tables.version)
        sheet_downloads.row("gaps", lambda: gaps_svg(atlas.tables, view, words, address), atlas.tables.version, words)
    with side, st.container(key="gap_side"):
        _behind(atlas, view, words)
        _bare(atlas, view, words)
        _without_figure(atlas, view, words)
    table = st.expander(words.text("The same as a table"), key="gap_table", on_change="rerun")
    if table.open:
        table.table(_table(cells, words))


@st.cache_resource(
    show_spinner=False,
    max_entries=64,
    hash_funcs={Words: lambda words: words.lang, Atlas: lambda _: "", ViewState: repr},
)
def _drawn(
    atlas: Atlas, view: ViewState, words: Words, theme: Theme, phone: bool, version: str
) -> tuple[pd.DataFrame, Figure, str]:
    """Return cells, figure and its description; the version stands for the data."""
    cells = in_words(gap_matrix(atlas.tables, view), atlas.tables, words)
    picked = (view.obstacle, view.types[0]) if view.obstacle and len(view.types) == 1 else ("", "")
    return cells, gap_map(cells, words, theme, picked, phone), alt_text(cells, words)


def _reading(atlas: Atlas, view: ViewState, words: Words) -> str:
    """Return how to read the map."""
    marks = " · ".join(f"{GLYPHS[code]} {words.label(atlas.tables, 'solution_status', code)}" for code in STATUSES)
    told = words.text(
        "Each number counts the solutions of one type that answer an obstacle, each with its status: {marks}. Hatched: "
        "none recorded, which is not the same as none exists. A solution stands in the row of every obstacle it "
        "answers. Click a cell for what is behind it.",
        marks=marks,
    )
    return f"{told} {words.text('0: none under the filters set.')}" if is_filtered(view) else told


def _cell_picked() -> None:
    points = st.session_state["gap_map"].selection.points
    if points:
        obstacle, kind = points[0]["customdata"]
        link.set_fields(obstacle=obstacle, types=(kind,), solution="")


def _behind(atlas: Atlas, view: ViewState, words: Words) -> None:
    """List the solutions of the obstacle or cell picked."""
    if not view.obstacle:
        return
    shown = solutions_in_view(atlas.tables, view)
    title = value_words(atlas.tables, words, "obstacle", view.obstacle)
    with st.container(border=True, key="gap_cell"):
        st.markdown(f"**{card_markdown.plain(title)}**")
        kinds = words.list([value_words(atlas.tables, words, "type", code) for code in view.types], "or")
        count = words.plural("{n} solution", "{n} solutions", len(shown))
        st.markdown(f"{count} · {card_markdown.plain(kinds)}" if kinds else count)
        for told in solution_cards(atlas.tables, list(shown["id"]), words):
            with st.expander(f"{GLYPHS[told.status]} {card_markdown.plain(told.title)}", expanded=len(shown) == 1):
                st.markdown(solutions_markdown.solution(told, words))
        with st.container(horizontal=True):
            st.button(
                words.text("Follow it to the paths"),
                key="to-chains",
                on_click=link.set_fields,
                kwargs={"tab": "chains", "types": ()},
            )
            st.button(
                words.text("Close"),
                key="close_cell",
                icon=":material/close:",
                type="tertiary",
                on_click=link.set_fields,
                kwargs={"obstacle": "", "types": ()},
            )


def _bare(atlas: Atlas, view: ViewState, words: Words) -> None:
    """List the obstacles without any solution."""
    bare = unanswered(atlas.tables, view.stages)
    told = words.plural(
        "{n} obstacle with no solution on record", "{n} obstacles with no solution on record", len(bare)
    )
    with st.expander(told, expanded=not view.obstacle, key="bare"):
        own = ViewState(lang=view.lang, version=view.version, present=view.present)
        with st.container(gap=None, key="bare_list"):
            for stage, rows in bare.groupby("stage", sort=False):
                st.caption(card_markdown.plain(words.label(atlas.tables, "stage", str(stage))))
                for row in rows.itertuples(index=False):
                    query = own.with_only("obstacle", str(row.id)).to_query()
                    st.page_link("obstacles.py", label=card_markdown.plain(str(row.title)), query_params=query)
        if bare.empty:
            st.markdown(words.text("Every obstacle here has one."))


def _without_figure(atlas: Atlas, view: ViewState, words: Words) -> None:
    """List the solutions in view whose outcome states no figure, and the rule."""
    rows = without_figure(solutions_in_view(atlas.tables, view))
    told = words.plural(
        "{n} solution with no figure of its outcome", "{n} solutions with no figure of their outcome", len(rows)
    )
    with st.expander(told, key="without_figure"):
        st.caption(words.text(RULE))
        cards = solution_cards(atlas.tables, list(rows["id"]), words)
        lines = [
            f"- {GLYPHS[card.status]} **{card_markdown.plain(card.title)}**: {card_markdown.plain(card.outcome)}  \n  "
            f"{solutions_markdown.sources(card.evidence, words)}"
            for card in cards
        ]
        st.markdown("\n".join(lines) or words.text("Every solution here has one."))


def _table(cells: pd.DataFrame, words: Words) -> pd.DataFrame:
    printed = cells["count"].astype("str").where(cells["state"] != "not_assessed", "–")
    table = cells.assign(printed=printed).pivot_table(
        index=["stage_label", "obstacle_label"], columns="type_label", values="printed", aggfunc="first", sort=False
    )
    return table.rename_axis(index=[words.text("Stage"), words.text("Obstacle")], columns=None).reset_index()
