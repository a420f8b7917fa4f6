"""The Data page's parts: all tables at a glance, and one of them opened."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from mapping.analysis.table_quality import (
    TableOverview,
    column_quality,
    confidence_words,
    rows_found,
    source_use,
    whole_percent,
)
from mapping.analysis.table_titles import column_title, table_title
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import card_markdown, link, table_controls

ROWS_A_PAGE: Final = 25
SOURCES_LISTED: Final = 100
FORMATS: Final = ("csv", "json", "xlsx", "parquet")
PLACED: Final = frozenset({"sites", "organisations", "facilities", "treatment_centres", "trial_sites", "places"})
"""Tables that also come as GeoJSON."""


def overview_table(atlas: Atlas, view: ViewState, tables: Sequence[TableOverview], words: Words) -> None:
    """Draw all tables at a glance and the choice of the one to open."""
    shown = pd.DataFrame(
        {
            words.text("Table"): [table_title(table.name, words) for table in tables],
            words.text("Rows"): [table.rows for table in tables],
            words.text("Columns"): [table.columns for table in tables],
            words.text("Complete, by weight"): [whole_percent(table.weighted) for table in tables],
            words.text("Cells filled"): [whole_percent(table.filled) for table in tables],
            words.text("Confidence"): [confidence_words(table, atlas.tables, words) for table in tables],
            words.text("Sources"): [table.sources or None for table in tables],
            words.text("Published about"): [str(table.published or "") for table in tables],
            words.text("Read"): [_read(table, words) for table in tables],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        height=35 * (len(tables) + 1) + 3,
        column_config=_quality_columns(words),
        placeholder="–",
        key="tables",
        alt=words.text("All tables with their rows, completeness, confidence and sources"),
    )
    _workbook_button(atlas, words)
    names = [table.name for table in tables]
    st.session_state["table"] = view.table if view.table in names else None
    st.selectbox(
        words.text("Open a table"),
        names,
        format_func=lambda name: table_title(name, words),
        key="table",
        on_change=link.from_widget,
        args=("table",),
        placeholder=words.text("Choose a table to see its rows, columns and sources"),
    )


def _quality_columns(words: Words) -> dict[str, Any]:
    """Return how the columns that judge a table are drawn, and what each of them means."""
    filled = words.text("Share of cells that hold something; an empty cell counts as empty, whatever its column.")
    weighted = words.text(
        "The same, each cell counted by what rests on it: three times where maps, filters and heatmaps do, not at "
        "all where a cell can never be empty or often rightly is. The columns of each table name their weight."
    )
    published = words.text(
        "Half of the rows rest on sources published in this year or before; rows without a year aside."
    )
    share = st.column_config.ProgressColumn
    return {
        words.text("Cells filled"): share(help=filled, format="percent", min_value=0, max_value=1),
        words.text("Complete, by weight"): share(help=weighted, format="percent", min_value=0, max_value=1),
        words.text("Rows"): st.column_config.NumberColumn(format="localized"),
        words.text("Published about"): st.column_config.TextColumn(help=published),
    }


def _read(table: TableOverview, words: Words) -> str:
    """Return when the sources of a table were read: one day, or the first and the last."""
    days = [words.date(day) for day in dict.fromkeys((table.oldest, table.newest)) if day]
    return " – ".join(days)


def _workbook_button(atlas: Atlas, words: Words) -> None:
    st.link_button(
        words.text("All tables as one workbook (XLSX)"),
        f"api/v1/tables.xlsx?v={atlas.tables.version}",
        icon=":material/download:",
    )


def one(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw one table: its rows, what its columns mean, its sources, and where to fetch it."""
    st.subheader(table_title(view.table, words), anchor=False)
    formats = [*FORMATS, *(("geojson",) if view.table in PLACED else ())]
    links = " · ".join(f"[{name.upper()}](api/v1/{view.table}.{name})" for name in formats)
    st.markdown(words.text("Download the whole table: {links}", links=links))
    rows, columns, sources = st.tabs(
        [words.text("Rows"), words.text("Columns"), words.text("Sources")], key="data_tab", on_change="rerun"
    )
    if rows.open:
        with rows:
            _rows(atlas, view, words)
    if columns.open:
        with columns:
            _columns(atlas, view, words)
    if sources.open:
        with sources:
            _sources(atlas, view, words)


def _rows(atlas: Atlas, view: ViewState, words: Words) -> None:
    st.session_state["q"] = view.text
    st.text_input(words.text("Find rows"), key="q", icon=":material/search:", on_change=link.from_widget, args=("q",))
    found = rows_found(atlas.tables, view.table, view.text)
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    number = min(view.page, pages)
    st.caption(words.plural("{n} row", "{n} rows", len(found)))
    st.dataframe(
        found.iloc[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE],
        hide_index=True,
        placeholder="–",
        column_config={
            column.name: st.column_config.Column(column_title(column, words), help=f"`{column.name}`")
            for column in atlas.tables.columns[view.table]
        },
        key="data_rows",
        alt=words.text("Rows of the table {table}", table=table_title(view.table, words)),
    )
    table_controls.page(number, pages)


def _columns(atlas: Atlas, view: ViewState, words: Words) -> None:
    told = column_quality(atlas.tables, view.table)
    called = {column.name: column_title(column, words) for column in atlas.tables.columns[view.table]}
    heads = {
        "column": words.text("Column"),
        "title": words.text("Heading"),
        "description": words.text("What it says"),
        "holds": words.text("Holds"),
        "weight": words.text("Weight"),
        "filled": words.text("Filled"),
        "distinct": words.text("Different values"),
    }
    st.dataframe(
        told.assign(title=told["column"].map(called), filled=told["filled"].map(whole_percent)).rename(columns=heads),
        hide_index=True,
        height=35 * (len(told) + 1) + 3,
        placeholder="–",
        column_config={heads["filled"]: st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)},
        key="data_columns",
        alt=words.text("Columns of the table {table}", table=table_title(view.table, words)),
    )


def _sources(atlas: Atlas, view: ViewState, words: Words) -> None:
    used = source_use(atlas.tables, view.table)
    if used.empty:
        st.info(words.text("The rows of this table name no source each; README and licence of the data do."))
        return
    lines = []
    for row in used.head(SOURCES_LISTED).itertuples(index=False):
        count = words.plural("{n} row", "{n} rows", int(row.rows))
        lines.append(f"- {count}: {card_markdown.web_link(str(row.title), str(row.url))}")
    st.markdown("\n".join(lines))
    if len(used) > len(lines):
        st.caption(words.plural("and {n} more source", "and {n} more sources", len(used) - len(lines)))
