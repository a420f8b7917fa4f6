"""The obstacle heatmap in small: how many sources give figures, by stage and country, for the countries in view."""

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.evidence import EUROPE_WIDE, in_words, order_countries, stage_by_country
from mapping.analysis.on_the_map import COUNTRIES_BESIDE, selected_countries
from mapping.figures.charts import alt_text, obstacle_heatmap
from mapping.figures.palette import Theme
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, link


def show(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw the heatmap for what is in view; a cell filters the map to its country."""
    filters = {"stages": view.stages, "categories": view.categories, "stakeholders": view.stakeholders}
    in_view = view.countries or selected_countries(selection)
    countries = order_countries(atlas.tables, in_view, top=COUNTRIES_BESIDE, **filters)
    cells, figure, alt = _drawn(atlas, words, atlas_map.theme(), tuple(countries), atlas.tables.version, **filters)
    st.markdown(words.text("**What stands in the way: published figures by stage and country**"))
    st.plotly_chart(
        figure,
        theme=None,
        key="obstacle_heatmap",
        on_select=_cell_picked,
        selection_mode="points",
        config={"displayModeBar": False},
        alt=alt,
    )
    more = len(in_view) - len(countries)
    note = words.text("Each number is the count of distinct sources. Click a cell to filter the map to its country.")
    others = words.plural("{n} more country is in view.", "{n} more countries are in view.", more) if more > 0 else ""
    st.caption(f"{note} {others}".strip())
    st.page_link(
        "obstacles.py",
        label=words.text("Each obstacle, its figures and sources"),
        icon=":material/grid_on:",
        query_params=view.to_query(),
    )
    table = st.expander(words.text("The same as a table"), key="obstacle_table", on_change="rerun")
    if table.open:
        table.table(_table(cells, words))


@st.cache_resource(
    show_spinner=False, max_entries=256, hash_funcs={Words: lambda words: words.lang, Atlas: lambda _: ""}
)
def _drawn(
    atlas: Atlas, words: Words, theme: Theme, countries: tuple[str, ...], version: str, **filters: tuple[str, ...]
) -> tuple[pd.DataFrame, Figure, str]:
    """Return cells, figure and its description; the version stands for the data."""
    cells = in_words(stage_by_country(atlas.tables, countries, **filters), atlas.tables, words)
    return cells, obstacle_heatmap(cells, words, theme), alt_text(cells, words)


def _cell_picked() -> None:
    points = st.session_state["obstacle_heatmap"].selection.points
    if points:
        country = points[0]["customdata"][1]
        link.set_key("country", *([] if country == EUROPE_WIDE else [country]))


def _table(cells: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the cells as a table: a number of sources, or in words why there is none."""
    printed = cells["sources"].astype("str").where(cells["figures"] > 0, "–")
    table = cells.assign(printed=printed).pivot_table(
        index="stage_label", columns="country", values="printed", aggfunc="first", sort=False
    )
    return table.rename_axis(index=words.text("Stage"), columns=None).rename(
        columns={EUROPE_WIDE: words.text("Europe")}
    )
