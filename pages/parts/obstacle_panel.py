"""The obstacle heatmap in small: how many sources give figures, by stage and country, for the countries in view."""

import zlib
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.evidence import EUROPE_WIDE, in_words, order_countries, stage_by_country
from mapping.analysis.on_the_map import COUNTRIES_BESIDE, selected_countries
from mapping.figures.charts import NOTHING_WORDS, alt_text, obstacle_heatmap
from mapping.figures.palette import Theme
from mapping.view.address import FILTER_KEYS
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, filters, link

USED: Final = frozenset(FILTER_KEYS) - {"obstacle", "evidence", "agreement"}
"""Keys of the address that narrow the map or this heatmap."""


def show(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw the heatmap for what is in view; a cell picks its country and stage, here and on the obstacles page."""
    narrowed = {"stages": view.stages, "categories": view.categories, "stakeholders": view.stakeholders}
    in_view = view.countries or selected_countries(selection)
    countries = order_countries(atlas.tables, in_view, top=COUNTRIES_BESIDE, **narrowed)
    cells, figure, alt, key = _drawn(
        atlas, words, atlas_map.theme(), tuple(countries), atlas.tables.version, **narrowed
    )
    st.markdown(words.text("**What stands in the way: published figures by stage and country**"))
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=lambda: _cell_picked(key),
        selection_mode="points",
        config={"displayModeBar": False},
        alt=alt,
    )
    more = len(in_view) - len(countries)
    note = words.text("Each number is the count of distinct sources. Click a cell to pick its country and stage.")
    others = words.plural("{n} more country is in view.", "{n} more countries are in view.", more) if more > 0 else ""
    st.caption(f"{note} {others}".strip())
    stages = {code: filters.option_label(atlas, "stage", code, words) for code in atlas.known.options["stage"]}
    filters.choice("stage", words.text("Stage"), stages, None, view, words)
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
    atlas: Atlas, words: Words, theme: Theme, countries: tuple[str, ...], version: str, **narrowed: tuple[str, ...]
) -> tuple[pd.DataFrame, Figure, str, str]:
    """Return cells, figure, its description and its key, which forgets what was picked; the version is the data's."""
    cells = in_words(stage_by_country(atlas.tables, countries, **narrowed), atlas.tables, words)
    key = f"obstacle_heatmap-{zlib.crc32('|'.join([*countries, *cells['stage']]).encode())}"
    return cells, obstacle_heatmap(cells, words, theme), alt_text(cells, words), key


def _cell_picked(key: str) -> None:
    """Pick the country and the stage of a cell; the same cell once more lets both go."""
    if points := st.session_state[key].selection.points:
        stage, country = points[0]["customdata"]
        picked = {"countries": () if country == EUROPE_WIDE else (country,), "stages": (stage,)}
        link.change(lambda view: _let_go(view) if _is(view, picked) else replace(view, page=1, **picked))


def _is(view: ViewState, picked: dict[str, tuple[str, ...]]) -> bool:
    return all(getattr(view, field) == value for field, value in picked.items())


def _let_go(view: ViewState) -> ViewState:
    return replace(view, countries=(), stages=(), page=1)


def _table(cells: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the cells as a table: a number of sources, or in words why there is none."""
    nothing = cells["state"].map(lambda state: words.text(NOTHING_WORDS.get(state, "")))
    printed = cells["sources"].astype("str").where(cells["figures"] > 0, nothing)
    table = cells.assign(printed=printed).pivot_table(
        index="stage_label", columns="country", values="printed", aggfunc="first", sort=False
    )
    return table.rename_axis(index=words.text("Stage"), columns=None).rename(
        columns={EUROPE_WIDE: words.text("Europe")}
    )
