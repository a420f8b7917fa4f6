"""The pictures of the page Access: the map of places, bars by country, the cumulative curve, the Lorenz curve."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.access_words import border_words, coverage_words, road_words
from mapping.analysis.distance_bands import regions_in_rows
from mapping.analysis.provenance import sources_in_view
from mapping.analysis.scenarios import sites_to_add, sites_view
from mapping.figures import access_charts, legend, region_tiles
from mapping.figures.access_colours import band_entries
from mapping.figures.access_map import CHANGED, PLACES, access_deck
from mapping.figures.captions import caption, map_caption
from mapping.figures.extents import MAP_PX, PHONE_PX, extent_of
from mapping.view.address import EUROPE
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import access_scenario, access_state, atlas_map, cached, card_markdown, link
from pages.parts.access_state import Study

MAP_HEIGHT_PX: Final = 560
_CONFIG: Final = {"displayModeBar": False, "displaylogo": False}


def show_map(
    atlas: Atlas,
    view: ViewState,
    study: Study,
    words: Words,
    alt: str,
    size: tuple[int, int] = MAP_PX,
    height: int = MAP_HEIGHT_PX,
) -> None:
    """Draw every populated place by its distance; a click on a place tries a site there."""
    look, version = atlas_map.theme(), cached.map_version(atlas)
    phone = "Mobi" in st.context.headers.get("User-Agent", "")
    focus = view.countries[0] if view.focus == EUROPE and len(view.countries) == 1 else view.focus
    extent = extent_of(focus, atlas.tables, cached.DATA / "geo", PHONE_PX if phone else size)
    deck = access_deck(view, sites_view(view), _changed(atlas, view), extent, look, version)
    with st.container(key="map_frame"):
        st.pydeck_chart(deck, height=height, key="access_map", on_select=_picked, alt=alt)
        entries = band_entries(view.own, words, look)
        entries.append((legend.symbol_swatch(), _sites_words(study, words)))
        title = words.text("Distance to the nearest site; size: people")
        st.html(legend.legend_html(title, entries))
        note = words.text(
            "Estimates. Core countries only (EU, EEA, UK, Switzerland). Click a place to try a site there."
        )
        st.caption(road_words(view, words))
        st.caption(card_markdown.plain(map_caption(atlas.tables, _sources(atlas, view), words, note)))


def _sites_words(study: Study, words: Words) -> str:
    return words.plural("{n} site that counts", "{n} sites that count", len(study.then.sites))


def _changed(atlas: Atlas, view: ViewState) -> pd.DataFrame:
    """Return the sites of the scenario with their sign."""
    added = sites_to_add(atlas.tables, view.added).assign(sign="+")
    closed = sites_to_add(atlas.tables, view.closed).assign(sign="×")
    return pd.concat([added, closed])[["lat", "lon", "sign"]]


def _picked() -> None:
    """Try a site at the place that was picked."""
    picked = st.session_state["access_map"].selection.objects
    for row in [*picked.get(PLACES, []), *picked.get(CHANGED, [])]:
        access_scenario.change("add", str(row["i"]))


def show_beside(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw the cumulative curve and the bars by country."""
    show_curve(atlas, view, study, words)
    names = cached.country_names(atlas, words)
    st.markdown(words.text("**Share of people within {km} km, by country**", km=view.km))
    rows = study.countries.assign(
        label=study.countries["country"].map(lambda code: names.get(code, code)), code=study.countries["country"]
    )
    st.plotly_chart(
            _bars_figure(rows, study.share, view.km, words, atlas_map.theme(), access_state.key_of(atlas, view)),
            theme=None, key="country_bars", config=_CONFIG, on_select=lambda: _country_picked("country_bars"),
            selection_mode="points", alt=access_charts.bars_alt(rows, study.share, view.km, words),
        )  # fmt: skip
    how = words.text("Colours as on the map. Click a bar to look at one country.")
    st.caption(card_markdown.plain(caption(atlas.tables, _sources(atlas, view), words, how)))


def show_curve(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw how many people live within how many kilometres."""
    curves = _curves(atlas, view, study, words)
    first = next(iter(curves.values()))
    st.markdown(words.text("**People by distance to the nearest site**"))
    st.plotly_chart(
        _curve_figure(curves, view.km, words, atlas_map.theme(), access_state.key_of(atlas, view)),
        theme=None, key="cumulative", config=_CONFIG, alt=access_charts.curve_alt(first, words),
    )  # fmt: skip


def _curves(atlas: Atlas, view: ViewState, study: Study, words: Words) -> dict[str, pd.DataFrame]:
    """Return the curve of the map and, beside it, the other case of borders and, where sites change, today."""
    here, there = words.text("Nearest anywhere"), words.text("Own country only")
    if view.own:
        here, there = there, here
    curves = {here: access_state.curve(study.then, ("then", *access_state.key_of(atlas, view)))}
    curves[there] = access_state.curve(study.other, ("other", *access_state.key_of(atlas, view)))
    if study.is_changed:
        today = replace(view, added=(), closed=())
        curves[words.text("Today")] = access_state.curve(study.today, ("then", *access_state.key_of(atlas, today)))
    return curves


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={Words: lambda words: words.lang})
def _curve_figure(_curves: dict[str, pd.DataFrame], km: int, words: Words, look: Any, key: Hashable) -> Figure:
    return access_charts.cumulative_lines(_curves, km, words, look)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={Words: lambda words: words.lang})
def _bars_figure(_rows: pd.DataFrame, _share: float, km: int, words: Words, look: Any, key: Hashable) -> Figure:
    return access_charts.share_bars(_rows, _share, km, words, look)


def _country_picked(chart: str) -> None:
    points = st.session_state[chart].selection.points
    if points and points[0].get("customdata"):
        picked = points[0]["customdata"]
        link.set_key("country", picked if isinstance(picked, str) else picked[0])


def show_regions(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw the share of people within the distance in each region, a row a country."""
    look, key = atlas_map.theme(), access_state.key_of(atlas, view)
    figure, alt = _tiles_figure(study, cached.country_names(atlas, words), view.km, words, look, key)
    st.subheader(words.text("Share of people within {km} km, by region", km=view.km), anchor=False)
    st.plotly_chart(
        figure, theme=None, key="region_tiles", config=_CONFIG, on_select=lambda: _country_picked("region_tiles"),
        selection_mode="points", alt=alt,
    )  # fmt: skip
    st.html(legend.legend_html(words.text("Share of the region’s people"), region_tiles.step_entries(words, look)))
    note = words.text(
        "A tile is a region, as wide as its share of its country’s people, those with the smallest share within the "
        "distance first. Regions are of different size by country (NUTS 1 to 3, or the country); compare with care. "
        "Click a tile to look at its country."
    )
    st.caption(card_markdown.plain(caption(atlas.tables, _sources(atlas, view), words, note)))


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={Words: lambda words: words.lang})
def _tiles_figure(
    _study: Study, _names: dict[str, str], km: int, words: Words, look: Any, key: Hashable
) -> tuple[Figure, str]:
    """Return the tiles and what they show in words."""
    table, labels = regions_in_rows(_study.then, km, _study.countries["country"].tolist()), access_state.region_names()
    table = table.assign(label=[labels.get(code, code) for code in table["region"]])
    tiles = region_tiles.region_tiles(table, _names, km, words, look)
    return tiles, region_tiles.tiles_alt(table, _names, km, words)


def _sources(atlas: Atlas, view: ViewState) -> tuple[str, ...]:
    return sources_in_view(atlas, select(atlas, sites_view(view)))


def show_findings(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Say what borders do, and what the population data covers."""
    st.subheader(words.text("What borders do"), anchor=False)
    anywhere, own = (study.other, study.then) if view.own else (study.then, study.other)
    st.markdown(card_markdown.plain(border_words(anywhere, own, view.km, words)))
    st.subheader(words.text("What the population data covers"), anchor=False)
    told, warning = coverage_words(
        access_state.coverage(atlas, atlas.tables.version), view.countries, atlas.tables, words
    )
    st.markdown(card_markdown.plain(told))
    if warning:
        st.warning(card_markdown.plain(warning), icon=":material/warning:")
    st.caption(
        words.text(
            "Only people of the EU, the EEA, the United Kingdom and Switzerland are counted. A site that the Atlas "
            "does not know makes people look farther away than they are; nearly all sites stand at the centre of "
            "their city."
        )
    )


def show_lorenz(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw the Lorenz curve of the distance."""
    found = access_state.shared_out(study.then, access_state.key_of(atlas, view))
    title = words.text("How unequally the distance is shared: Gini index {gini}", gini=words.number(found.gini, 2))
    st.subheader(title, anchor=False)
    st.plotly_chart(
        access_charts.lorenz_line(found.curve, words, atlas_map.theme()),
        theme=None, key="lorenz", config=_CONFIG, alt=access_charts.lorenz_alt(found.curve, found.gini, words),
    )  # fmt: skip
    notes = [words.text("Gini index: 0 where everybody is equally far, near 1 where the way falls on few.")]
    if found.left_out >= 0.5:
        notes.append(words.text("People without any site in their country have no distance and are left out."))
    st.caption(card_markdown.plain(caption(atlas.tables, _sources(atlas, view), words, *notes)))
