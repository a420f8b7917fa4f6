"""Beside the heatmap: what is behind the open cell, how sure the cells are, the map, and Europe as a whole."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.agreement import RULE
from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.matrices import Matrix, cell_code
from mapping.analysis.matrix_words import STATE_WORDS, confidence_counts, confidence_table
from mapping.analysis.measures import printed
from mapping.analysis.obstacle_countries import country_sources, country_values, europe_wide
from mapping.analysis.obstacle_drawer import row_words
from mapping.analysis.unit_words import value_words
from mapping.exports.obstacle_sheets import confidence_svg
from mapping.figures.captions import map_caption
from mapping.figures.confidence_grid import confidence_grid, grid_alt
from mapping.figures.extents import extent_of
from mapping.figures.legend import colour_swatch, legend_html
from mapping.figures.matrix_scale import nothing_entries, scale_of
from mapping.figures.obstacle_map import obstacle_map
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, by_name
from pages.parts import (
    atlas_map,
    cached,
    card_markdown,
    link,
    obstacles_data,
    obstacles_drawer,
    sheet_downloads,
)

MAP_PX: Final = (330, 330)
EUROPE_ROWS: Final = 5


def show(atlas: Atlas, view: ViewState, matrix: Matrix, words: Words) -> None:
    """Draw the side of the heatmap; an open cell stands first."""
    with st.container(key="obstacle_side"):
        opened = obstacles_data.open_cell(view, matrix)
        if opened:
            obstacles_drawer.show(atlas, view, matrix, *opened, words)
        _confidence(atlas, view, matrix, words)
        show_map(atlas, view, matrix, words)
        _europe(atlas, view, words)


def _confidence(atlas: Atlas, view: ViewState, matrix: Matrix, words: Words) -> None:
    """Draw evidence by agreement as a legend whose cells filter the heatmap."""
    counts = confidence_counts(matrix)
    st.markdown(words.text("**How sure: evidence and agreement** (cells; click to filter)"))
    st.plotly_chart(
        confidence_grid(counts, view.evidence, view.agreement, words, atlas_map.theme()),
        theme=None,
        key="confidence_grid",
        on_select=_class_picked,
        selection_mode="points",
        config={"displayModeBar": False},
        alt=grid_alt(counts, words),
    )
    with st.expander(words.text("The rule, and the same as a table")):
        st.markdown(words.text(RULE))
        st.table(confidence_table(counts, words))
    version, address = atlas.tables.version, link.citable(atlas.tables.version)
    sheet_downloads.row(
        "confidence", lambda: confidence_svg(atlas.tables, matrix, view, words, address), version, words
    )


def _class_picked() -> None:
    points = st.session_state["confidence_grid"].selection.points
    some, far = ((points[0]["customdata"][0],), (points[0]["customdata"][1],)) if points else ((), ())
    link.set_fields(evidence=some, agreement=far)


def show_map(atlas: Atlas, view: ViewState, matrix: Matrix, words: Words) -> None:
    """Draw the countries by the chosen measure, of the open row or of all rows in view."""
    countries, look = obstacles_data.countries(atlas, view), atlas_map.theme()
    opened = obstacles_data.open_cell(view, matrix)
    row = opened[0] if opened else ""
    values = country_values(countries, atlas.tables, row)
    measure = countries.asked.measure
    scale = scale_of(values["value"].tolist(), measure, look, words)  # not the heatmap's: medians over other rows
    title = row_words(atlas.tables, row, words) if row else words.text("All obstacles in view")
    told = {
        line.country: (
            printed(measure, line.value, words),
            _told(atlas, words, line.country, line.value, line.figures, line.sources, matrix),
        )
        for line in values[values["figures"] > 0].itertuples(index=False)
    }
    deck = obstacle_map(
        values,
        atlas.tables["countries"],
        told,
        scale,
        extent_of("EUROPE", atlas.tables, cached.DATA / "geo", MAP_PX),
        look,
        atlas.tables.version,
    )
    st.markdown(f"**{words.text('By country')}: {card_markdown.plain(title)}**")
    alt = " ".join(f"{said}." for _, said in told.values()) or words.text("No country has a figure.")
    st.pydeck_chart(deck, height=MAP_PX[1], key="obstacle_map", on_select=_country_picked, alt=alt)
    entries = [(colour_swatch(colour), label) for colour, label in zip(scale.colours, scale.labels, strict=True)]
    unit = obstacles_data.told(atlas, matrix.asked, words).measure
    st.html(legend_html(unit, [*entries, *nothing_entries(list(values["state"]), look, words)]))
    st.caption(card_markdown.plain(map_caption(atlas.tables, country_sources(countries, atlas.tables, row), words)))
    sheet_downloads.map_row("obstacle-map", atlas, "obstacles", view, words)
    twin = st.expander(words.text("The same as a table"), key="obstacle_map_table", on_change="rerun")
    if twin.open:
        twin.table(_country_table(atlas, values, told, words))


def _country_table(
    atlas: Atlas, values: pd.DataFrame, told: Mapping[str, tuple[str, str]], words: Words
) -> pd.DataFrame:
    """Return the countries of the map with what each prints and says, or which kind of nothing it is."""
    lines, states = [], dict(zip(values["country"], values["state"], strict=True))
    names = {country: words.country(atlas.tables, country) for country in states}
    for country in by_name(names):
        name, state = names[country], states[country]
        nothing = words.text(STATE_WORDS[state]) if state in STATE_WORDS else ""
        printed_value, said = told.get(country, ("", nothing))
        lines.append((name, printed_value, said.removeprefix(f"{name}: ")))
    heads = [words.text("Country"), words.text("Value"), words.text("Figures")]
    return pd.DataFrame(lines, columns=heads).set_index(heads[0])


def _told(atlas: Atlas, words: Words, country: str, value: float, figures: int, sources: int, matrix: Matrix) -> str:
    """Return what a country's disc says."""
    place = words.country(atlas.tables, country)
    told = words.plural("{n} figure", "{n} figures", figures)
    said = words.plural(
        "{place}: {n} source, {figures}", "{place}: {n} sources, {figures}", sources, place=place, figures=told
    )
    if matrix.asked.measure is None:
        return said
    return words.text(
        "{said}, median {value}", said=said, value=value_words(atlas.tables, words, value, matrix.asked.measure.unit)
    )


def _country_picked() -> None:
    for layer, rows in st.session_state["obstacle_map"].selection.objects.items():
        if layer == "country-values" and rows:
            link.set_fields(countries=(rows[0]["id"],))


def _europe(atlas: Atlas, view: ViewState, words: Words) -> None:
    """List the figures about Europe as a whole, which no country is coloured by."""
    countries = obstacles_data.countries(atlas, view)
    whole = europe_wide(countries, atlas.tables)
    st.markdown(f"**{words.text('Europe as a whole')}**")
    st.markdown(
        words.text(
            "{figures} from {sources} about the EU or Europe; in a column of their own and on no country.",
            figures=words.plural("{n} figure", "{n} figures", whole.figures),
            sources=words.plural("{n} source", "{n} sources", whole.sources),
        )
    )
    for row, sources in whole.rows[:EUROPE_ROWS]:
        said = words.plural("{n} source", "{n} sources", sources)
        st.button(
            f"{card_markdown.plain(row_words(atlas.tables, row, words))} · {said}",
            key=f"europe-{row}",
            type="tertiary",
            on_click=link.set_fields,
            kwargs={"cell": cell_code(row, EUROPE_WIDE), "matrix": countries.asked.matrix, "obstacle": ""},
        )
