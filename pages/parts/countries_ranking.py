"""All countries by every figure, in the reader's order; a cell opens the rows behind it."""

import html
import zlib
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final

import pandas as pd
import streamlit as st

from mapping.analysis.country_profile import figures_of
from mapping.analysis.ranking import in_order, ranking
from mapping.analysis.ranking_words import GROUPS, figure_label, ranking_table
from mapping.figures.captions import UNDATED_PEOPLE, caption
from mapping.figures.palette import Colour, Theme, hex_colour
from mapping.view.atlas import Atlas
from mapping.view.ranked import ranked, split_figure
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, cached, card_markdown, countries_rows, frame_downloads, link, table_controls

ROW_PX: Final = 30
RANK_OF_NOTHING: Final = {"none_found": -1.0, "not_assessed": -2.0, "not_applicable": -3.0}
"""What a kind of nothing sorts as in the browser, below every value; never shown, never downloaded."""
GREY: Final[Mapping[Theme, Colour]] = {"light": (90, 102, 114), "dark": (168, 180, 192)}
"""A kind of nothing stands back behind the values."""
SCROLLBAR_PX: Final = 18
ASIDE: Final = 1e-7
"""Keeps equal figures of different years apart in the browser; far below any digit shown."""
MOST: Final = 3
_HASHES: Final = {Words: lambda words: words.lang, Atlas: lambda _: ""}


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the ranking, what its open cell counts, and its downloads."""
    names = cached.country_names(atlas, words)
    group = view.group if view.group in ranked(atlas.tables) else next(iter(ranked(atlas.tables)))
    with st.container(key="ranking"):
        st.subheader(words.text("All {n} countries", n=len(names)), anchor=False)
        _controls(atlas, view, group, words)
        order = in_order(ranking(atlas), view.sort, names)
        table = _words(atlas, group, tuple(order), words, atlas.tables.version)
        ranked_by = view.sort.removeprefix("-")
        table = table[sorted(table.columns, key=lambda figure: figure != ranked_by)]
        labels = {figure: figure_label(atlas.tables, figure, words) for figure in table.columns}
        _grid(atlas, view, table, names, labels, words)
        st.caption(card_markdown.plain(_caption(atlas, group, words)))
        if countries_rows.stands_under_ranking(view, view.countries[:MOST]):
            countries_rows.show(atlas, view, words)
        twin = st.expander(words.text("The same as a table"), key="ranking_table", on_change="rerun")
        if twin.open:
            twin.html(_html(table, names, labels, words))
        with st.container(key="ranking_print"):
            st.html(_html(table, names, labels, words))
        told = words.text("Download every figure of every country:")
        frame_downloads.row("country-figures", told, lambda: ranking(atlas), atlas, view, words)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_HASHES)
def _words(atlas: Atlas, group: str, countries: tuple[str, ...], words: Words, version: str) -> pd.DataFrame:
    return ranking_table(atlas, group, countries, words)


def _controls(atlas: Atlas, view: ViewState, group: str, words: Words) -> None:
    groups = [code for code in GROUPS if code in ranked(atlas.tables)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="ranking_controls"):
        st.session_state["group"] = group
        st.selectbox(
            words.text("Figures"),
            groups,
            format_func=lambda code: words.text(GROUPS[code]),
            key="group",
            on_change=link.from_widget,
            args=("group",),
            width=340,
        )
        orders = _orders(atlas, group, words)
        table_controls.order(orders, view, words, width=420)


def _orders(atlas: Atlas, group: str, words: Words) -> dict[str, str]:
    orders = {"": words.text("Name, A to Z")}
    for figure in ranked(atlas.tables)[group]:
        label = figure_label(atlas.tables, figure, words)
        orders[f"-{figure}"] = words.text("{figure}: highest first", figure=label)
        orders[figure] = words.text("{figure}: lowest first", figure=label)
    return orders


def _grid(
    atlas: Atlas, view: ViewState, table: pd.DataFrame, names: dict[str, str], labels: dict[str, str], words: Words
) -> None:
    figure, country = split_figure(view.figure)
    cells: list[Any] = []
    if figure in table.columns and country in table.index:
        cells = [(list(table.index).index(country), labels[figure])]
    st.session_state["ranking_shown"] = (list(table.index), {labels[code]: code for code in table.columns})
    key = zlib.crc32("|".join([*table.index, *table.columns, view.figure, words.lang]).encode())
    styled = _styled(atlas, table, names, labels, atlas_map.theme(), atlas.tables.version)
    st.dataframe(
        copy(styled),  # as Streamlit writes to it
        key=f"ranking-{key}",
        height=ROW_PX * (len(table) + 1) + SCROLLBAR_PX,
        row_height=ROW_PX,
        on_select=_picked,
        selection_mode="single-cell",
        selection_default={"selection": {"rows": [], "columns": [], "cells": cells}},
        column_config={label: st.column_config.Column(help=label) for label in labels.values()},
        alt=words.text("Table of all countries; a cell opens the rows behind it"),
    )


@st.cache_resource(
    show_spinner=False,
    max_entries=64,
    hash_funcs=_HASHES | {pd.DataFrame: lambda table: (*table.index, *table.columns)},
)
def _styled(
    atlas: Atlas, table: pd.DataFrame, names: dict[str, str], labels: dict[str, str], theme: Theme, version: str
) -> Any:
    """Return numbers that sort, shown in words: a kind of nothing is a word and never a number.

    Names, labels and version stand for what is in the table.
    """
    columns = {}
    for figure in table.columns:
        known = [figures_of(atlas, code)[figure] for code in table.index]
        answers = any(cell["code"] for cell in known)
        columns[labels[figure]] = list(table[figure]) if answers else _sortable(known)
    index = pd.Index([names[code] for code in table.index], name="")
    frame = pd.DataFrame(columns, index=index)
    shown = table.set_axis(index).set_axis(list(columns), axis=1)
    styler = frame.style
    for label in frame.columns:
        if frame[label].dtype != object and pd.api.types.is_numeric_dtype(frame[label]):
            told = dict(zip(frame[label], shown[label], strict=True))
            styler = styler.format(told.get, subset=[label])
    grey = hex_colour(GREY[theme])
    return styler.map(lambda value: f"color: {grey}" if isinstance(value, float) and value < 0 else "")


def _sortable(cells: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return numbers to sort by, each its own where years differ, so that each is shown with its own year."""
    return [
        RANK_OF_NOTHING.get(cell["state"], cell["value"] + (row * ASIDE if cell["year"] == cell["year"] else 0.0))
        for row, cell in enumerate(cells)
    ]


def _picked() -> None:
    """Open the rows behind the picked cell, or close them where it was left again."""
    grid = next(value for key, value in st.session_state.items() if str(key).startswith("ranking-"))
    cells = grid.selection.cells
    rows, columns = st.session_state["ranking_shown"]
    if not cells or cells[0][1] not in columns:
        countries_rows.open_figure("", "", "")
        return
    countries_rows.open_figure(columns[cells[0][1]], rows[cells[0][0]], "ranking")


def _caption(atlas: Atlas, group: str, words: Words) -> str:
    sources: list[str] = []
    if group in {"medicines", "law", "reported"}:
        rows = atlas.tables["country_indicators"]
        held = rows[(rows["area"] == "country") & rows["indicator"].isin(ranked(atlas.tables)[group])]
        sources = [source for cell in held["source_ids"].dropna() for source in cell.split("|")]
    notes = {
        "sites": words.text(UNDATED_PEOPLE),
        "per_million": words.text(UNDATED_PEOPLE),
        "access": words.text("Estimates from the populations of towns, as the crow flies, across borders."),
        "medicines": words.text("Each column counts another basket of products at another date: never add them up."),
        "reported": words.text("As others reported them, each with its year; not counted by the Atlas."),
        "evidence": words.text("Where figures were published, not how big a hurdle is."),
    }
    told = words.text("Click a cell for the rows behind it. Closed and planned sites are not counted.")
    return caption(atlas.tables, sources, words, told, notes.get(group, ""))


def _html(table: pd.DataFrame, names: dict[str, str], labels: dict[str, str], words: Words) -> str:
    """Return the ranking as a table with heads of rows and columns, for print and for readers who listen."""
    heads = "".join(f'<th scope="col">{html.escape(labels[figure])}</th>' for figure in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(names[str(code)])}</th>'
        + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells)
        + "</tr>"
        for code, *cells in table.itertuples(name=None)
    )
    first = f'<th scope="col">{html.escape(words.text("Country"))}</th>'
    return f'<table class="atlas-ranking"><thead><tr>{first}{heads}</tr></thead><tbody>{rows}</tbody></table>'
