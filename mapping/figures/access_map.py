"""The map of the page Access: each populated place, coloured by how far it is from a site and sized by its people."""

import json
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pydeck as pdk
from pydeck.types import String

from mapping.analysis.access import kept_people
from mapping.analysis.access_words import people_words
from mapping.analysis.distance_bands import NO_SITE, band_of
from mapping.analysis.scenarios import Distances
from mapping.figures.access_colours import BAND_COLOURS
from mapping.figures.decks import API, FONT, ROW_KEYS, atlas_deck, base_layers, data_url, tooltip_style
from mapping.figures.extents import Extent
from mapping.figures.palette import MAP_COLOURS, Theme
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words

METRES_A_ROOT: Final = 16.0
"""Radius of a place in metres: this times the root of its people, so that area tells people."""
PLACES, CHANGED = "places", "places-changed"
"""Layers of the places as they are today, and of those that a scenario changes."""
SMALLEST_PX, LARGEST_PX = 1.1, 40
PLACE_KEYS: Final = frozenset({*ROW_KEYS, "role", "own"}) - {"include"}
"""Keys of the address that change the places drawn; the reader's distance is not among them."""
SCENARIO_KEYS: Final = frozenset({"add", "close"})
"""Keys of the address with which only the places are sent that a scenario changes."""


def access_url(view: ViewState, version: str, more: frozenset[str] = frozenset()) -> str:
    """Return the relative address of the places of today for a view; with ``SCENARIO_KEYS`` of those that change."""
    kept = {key: values for key, values in view.to_query().items() if key in PLACE_KEYS | more}
    return f"{API}/map/access.json?{urlencode({**kept, 'v': [version]}, doseq=True)}"


def places_drawn(today: Distances, then: Distances) -> Distances:
    """Return what the map draws: all places or, where there is a scenario, those whose distance it changes.

    The others lie below, from the address without the scenario, which the browser has already.
    """
    return then if then is today else then.where(then.km != today.km)


def access_rows(tables: Tables, found: Distances, words: Words) -> bytes:
    """Return the places as a JSON array, those with most people first so that small ones lie on top.

    Row fields: ``i`` id, ``n`` name and country, ``x``, ``y`` degrees, ``r`` radius in metres, ``p`` people in words,
    ``d`` distance in words, ``b`` band. What is shown as HTML is escaped.
    """
    homes = found.homes
    heads = tables.kept(("access", "rows", words.lang), lambda: _heads(kept_people(tables), words))
    alone = words.text("no site in the country")
    bands = band_of(found.km).tolist()
    rounded = np.where(np.isfinite(found.km), found.km, 0).round().astype(int).tolist()
    unit = words.text("{km} km", km="{km}")
    told = [
        alone if band == NO_SITE else unit.replace("{km}", str(km)) for band, km in zip(bands, rounded, strict=True)
    ]
    order = np.argsort(-homes["people"].to_numpy(dtype=float), kind="stable").tolist()
    ids = homes["id"].tolist()
    rows = [f'{heads[ids[at]]}"d":{json.dumps(told[at], ensure_ascii=False)},"b":{bands[at]}}}' for at in order]
    return ("[" + ",\n".join(rows) + "]\n").encode()


def _heads(homes: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return the beginning of each place's row, which no scenario changes."""
    radius = (METRES_A_ROOT * np.sqrt(homes["people"].to_numpy(dtype=float))).round().astype(int).tolist()
    columns = (homes[name].tolist() for name in ("id", "name", "country", "lon", "lat", "people"))
    heads = {}
    for (place, name, country, lon, lat, people), metres in zip(zip(*columns, strict=True), radius, strict=True):
        said = json.dumps(f"{name}, {country}", ensure_ascii=False)
        count = json.dumps(people_words(people, words), ensure_ascii=False)
        heads[place] = f'{{"i":"{place}","n":{said},"x":{lon:.3f},"y":{lat:.3f},"r":{metres},"p":{count},'
    return heads


def access_deck(
    view: ViewState, sites: ViewState, changed: pd.DataFrame, extent: Extent, theme: Theme, version: str
) -> pdk.Deck:
    """Return the map.

    Parameters
    ----------
    view : ViewState
        What the reader asked for.
    sites : ViewState
        The view of the sites that count, from :func:`mapping.analysis.scenarios.sites_view`.
    changed : DataFrame
        Sites of the scenario: ``lat``, ``lon``, ``sign`` (+ or ×).
    extent, theme, version
        Where the map looks, its look, and the data version for the browser's cache.
    """
    layers = [
        *base_layers(theme, version),
        _places(PLACES, access_url(view, version), theme, 215),
        *_changed_places(view, theme, version),
        _sites(sites, theme, version),
        *_changes(changed, theme),
    ]
    return atlas_deck(layers, extent, tooltip_style(theme), "<b>{n}</b><br>{p}<br>{d}")


def _changed_places(view: ViewState, theme: Theme, version: str) -> list[pdk.Layer]:
    """Return the places that the scenario changes, over themselves as they are today, which so are not seen."""
    if not view.added and not view.closed:
        return []
    return [_places(CHANGED, access_url(view, version, SCENARIO_KEYS), theme, 255)]


def _places(name: str, url: str, theme: Theme, opacity: int) -> pdk.Layer:
    colours = BAND_COLOURS[theme]
    fill = " : ".join(f"b == {band} ? {[*colour, opacity]}" for band, colour in enumerate(colours[:-1]))
    return pdk.Layer(
        "ScatterplotLayer",
        id=name,
        data=url,
        get_position="[x, y]",
        get_radius="r",
        radius_min_pixels=SMALLEST_PX,
        radius_max_pixels=LARGEST_PX,
        get_fill_color=f"{fill} : {[*colours[-1], opacity]}",
        stroked=False,
        pickable=True,
        auto_highlight=True,
    )


def _sites(sites: ViewState, theme: Theme, version: str) -> pdk.Layer:
    colours = MAP_COLOURS[theme]
    return pdk.Layer(
        "ScatterplotLayer",
        id="sites",
        data=data_url("points", sites, version),
        get_position="[lon, lat]",
        get_radius=3.2,
        radius_units=String("pixels"),
        get_fill_color=list(colours.text),
        stroked=True,
        get_line_color=list(colours.halo),
        line_width_min_pixels=1.4,
    )


def _changes(changed: pd.DataFrame, theme: Theme) -> list[pdk.Layer]:
    """Return the sites of the scenario, each a disc with its sign."""
    if changed.empty:
        return []
    colours = MAP_COLOURS[theme]
    rows: list[dict[str, Any]] = [
        {"lon": float(lon), "lat": float(lat), "sign": str(sign)}
        for lon, lat, sign in zip(changed["lon"], changed["lat"], changed["sign"], strict=True)
    ]
    place: dict[str, Any] = {"data": rows, "get_position": "[lon, lat]"}
    disc = pdk.Layer(
        "ScatterplotLayer",
        id="changes",
        get_radius=11,
        radius_units=String("pixels"),
        get_fill_color=list(colours.halo),
        stroked=True,
        get_line_color=list(colours.text),
        line_width_min_pixels=2,
        **place,
    )
    sign = pdk.Layer(
        "TextLayer",
        id="signs",
        get_text="sign",
        get_size=20,
        get_color=list(colours.text),
        font_family=FONT,
        font_weight=700,
        character_set=String("+×"),
        **place,
    )
    return [disc, sign]
