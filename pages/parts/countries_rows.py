"""The rows behind one figure of a country, with their sources: opened by a button or by a cell of the ranking."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.country_rows import rows_behind, sources_of
from mapping.analysis.ranking_words import figure_label
from mapping.view.atlas import Atlas
from mapping.view.ranked import split_figure
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import card_markdown, frame_downloads, link, table_controls

ROWS_A_PAGE: Final = 10
SOURCES_SHOWN: Final = 40
_OPENED: Final = "figure_opened_in"
"""Where a session keeps which block the open figure was opened in."""
_COLUMNS: Final = {
    "name": mark("Name"),
    "title": mark("Title"),
    "city": mark("City"),
    "role": mark("Role"),
    "roles": mark("Roles"),
    "phase": mark("Phase"),
    "atmp_class": mark("ATMP class"),
    "modality": mark("Modality"),
    "status": mark("Status"),
    "sponsor": mark("Sponsor"),
    "start_year": mark("Start year"),
    "registry_url": mark("Registry"),
    "obstacle": mark("Obstacle"),
    "measure": mark("Measure"),
    "indicator": mark("Indicator"),
    "value": mark("Value"),
    "value_code": mark("Answer"),
    "unit": mark("Unit"),
    "n": mark("Number asked"),
    "year": mark("Year"),
    "page_or_table": mark("Place in the source"),
    "type": mark("Kind"),
    "organisation": mark("Organisation"),
    "outcome": mark("Outcome"),
    "people": mark("People (estimate)"),
    "population": mark("Population"),
    "nearest_km": mark("Kilometres to the nearest"),
    "within": mark("Within the distance"),
    "note": mark("Note"),
    "source": mark("Source"),
    "confidence": mark("Confidence"),
    "id": mark("Id"),
}
_CODED: Final = {
    "phase": "phase",
    "atmp_class": "atmp_class",
    "modality": "modality",
    "status": "trial_status",
    "confidence": "confidence",
    "role": "role",
    "roles": "role",
    "unit": "evidence_unit",
    "value_code": "indicator_value",
    "indicator": "indicator",
    "type": "solution_type",
}
_YEARS: Final = ("year", "start_year")
_DECIMALS: Final = {"people": 0, "nearest_km": 1}
_BLOCKS: Final = {
    **dict.fromkeys(("sites", "partners", "facilities", "trial_sites", "treatment_centres"), "who"),
    **dict.fromkeys(("records", "verified", "inferred", "unverified"), "sure"),
    "trials": "trials",
    "solutions": "solutions",
    "obstacle_figures": "obstacles",
}


def opener(label: str, figure: str, country: str, block: str) -> None:
    """Draw a figure as a button that opens the rows behind it."""
    st.button(
        label,
        key=f"open-{block}-{figure}-{country}",
        type="tertiary",
        icon=":material/list:",
        on_click=open_figure,
        args=(figure, country, block),
    )


def open_figure(figure: str, country: str, block: str) -> None:
    """Write the figure to open into the address, and keep where its rows stand; for callbacks."""
    st.session_state[_OPENED] = block
    link.set_fields(figure=f"{figure}:{country}" if figure else "", page=1)


def stands_here(view: ViewState, countries: Sequence[str], blocks: Sequence[str]) -> bool:
    """Tell whether the rows of the open figure stand under these blocks."""
    figure, country = split_figure(view.figure)
    return country in countries and _block(figure) in blocks


def stands_under_ranking(view: ViewState, countries: Sequence[str]) -> bool:
    """Tell whether the rows of the open figure stand under the ranking."""
    figure, country = split_figure(view.figure)
    return bool(figure) and (country not in countries or _block(figure) == "ranking")


def _block(figure: str) -> str:
    opened = st.session_state.get(_OPENED)
    if opened:
        return str(opened)
    if figure.startswith("within_"):
        return "access"
    if "-" in figure:  # the id of an obstacle; codes of figures have none
        return "obstacles"
    return _BLOCKS.get(figure, "ranking")


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the rows of the open figure, and the pages they come from."""
    figure, country = split_figure(view.figure)
    behind = rows_behind(atlas, figure, country)
    title = words.text(
        "{country}: {figure}",
        country=words.country(atlas.tables, country),
        figure=figure_label(atlas.tables, figure, words),
    )
    with st.container(border=True, key="figure_rows"):
        with st.container(horizontal=True, vertical_alignment="top", key="figure_head"):
            st.subheader(card_markdown.plain(title), anchor=False)
            st.button(
                words.text("Close"),
                key="close_figure",
                icon=":material/close:",
                type="tertiary",
                on_click=open_figure,
                args=("", "", ""),
            )
        _table(atlas, view, behind.frame, title, words)
        _sources(atlas, view, behind.frame, words)
        frame_downloads.row(
            f"rows-{country}", words.text("Download these rows:"), lambda: behind.frame, atlas, view, words
        )


def _table(atlas: Atlas, view: ViewState, frame: pd.DataFrame, title: str, words: Words) -> None:
    """Draw a page of the rows, as text: two grids on one page would give their cells the same names."""
    st.markdown(words.plural("**{n} row**", "**{n} rows**", len(frame)))
    if frame.empty:
        st.markdown(
            words.text("No row stands behind this figure: none is open, none was found, or nobody looked for it.")
        )
        return
    pages = -(-len(frame) // ROWS_A_PAGE)
    number = min(view.page, pages)
    shown = _in_words(atlas, frame.iloc[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE], words)
    columns = [column for column in _COLUMNS if column in shown and not frame.get(column, shown[column]).isna().all()]
    cells = {
        words.text(_COLUMNS[column]): [_cell(column, value, words) for value in shown[column].tolist()]
        for column in columns
    }
    st.table(pd.DataFrame(cells), hide_index=True, border="horizontal", alt=title)
    table_controls.page(number, pages)


def _cell(column: str, value: object, words: Words) -> str:
    """Return a value as the table says it, safe to draw; a dash for none."""
    if pd.isna(value) or value == "":
        return "–"
    if column == "registry_url":
        return card_markdown.web_link(words.text("Open record"), str(value))
    if column == "within":
        return words.text("yes") if value else words.text("no")
    if column in _YEARS or isinstance(value, str):
        return card_markdown.plain(str(value))
    return words.number(float(str(value)), 0 if float(str(value)).is_integer() else _DECIMALS.get(column, 2))


def _in_words(atlas: Atlas, frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the rows with codes in words and the first source of each row named."""
    tables, shown = atlas.tables, frame.copy()
    for column in shown.columns.intersection(list(_CODED)):
        codes = {code for cell in shown[column].dropna().unique() for code in str(cell).split("|")}
        vocabulary = "solution_status" if column == "status" and "outcome" in shown else _CODED[column]
        told = {code: words.label(tables, vocabulary, code) for code in codes}
        shown[column] = [
            None if pd.isna(cell) else words.list([told[code] for code in str(cell).split("|")])
            for cell in shown[column]
        ]
    if "source_ids" in shown:
        titles = {source.id: source.title for source in sources_of(tables, words, frame)}
        shown["source"] = [
            "" if pd.isna(cell) else "; ".join(titles.get(source, source) for source in str(cell).split("|"))
            for cell in shown["source_ids"]
        ]
    return shown


def _sources(atlas: Atlas, view: ViewState, frame: pd.DataFrame, words: Words) -> None:
    """Name the sources of the rows; many are folded until they are asked for."""
    if "source_ids" not in frame:
        told = words.text("Places and populations: GeoNames, CC BY 4.0; distances are our estimate.")
        st.caption(told)
        return
    sources = sources_of(atlas.tables, words, frame)
    if not sources:
        return
    title = words.plural("{n} source", "{n} sources", len(sources))
    fold = st.expander(title, len(sources) <= 3, key=f"sources-{view.figure}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        named = [(card_markdown.web_link(row.title or row.id, row.url), row.kind) for row in sources[:SOURCES_SHOWN]]
        lines = [f"- {title} :gray[{card_markdown.plain(kind)}]" for title, kind in named]
        if len(sources) > SOURCES_SHOWN:
            lines.append(f"- {words.text('and {n} more in the download', n=len(sources) - SOURCES_SHOWN)}")
        st.markdown("\n".join(lines))
