"""The countries coloured like the heatmap beside them; a country without a figure is textured, never the low colour."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pydeck as pdk

from mapping.figures.country_layers import CountryFill, country_layers
from mapping.figures.decks import FONT, atlas_deck, base_layers, tooltip_style
from mapping.figures.extents import Extent
from mapping.figures.matrix_scale import MatrixScale
from mapping.figures.palette import MAP_COLOURS, Theme
from mapping.figures.scales import ink_on
from mapping.view.state import ViewState

TEXTURES: Final = {"none_found": "dots", "not_applicable": "grid"}
"""State -> texture; all others without a value are hatched."""
AREAS: Final = frozenset({"choropleth", "nothing"})
DISC_PX: Final = 10


def obstacle_map(
    values: pd.DataFrame,
    places: pd.DataFrame,
    told: Mapping[str, tuple[str, str]],
    scale: MatrixScale,
    extent: Extent,
    theme: Theme,
    version: str,
) -> pdk.Deck:
    """Draw one value a country.

    Parameters
    ----------
    values : DataFrame
        country, value, state, from :func:`mapping.analysis.obstacle_countries.country_values`.
    places : DataFrame
        The table of countries, for where their labels stand.
    told : Mapping
        Country -> what its disc prints, and its sentence under the pointer.
    scale, extent, theme, version
        Steps of colour of these very values, where the map looks, light or dark, data version.
    """
    fills, discs = [], []
    middle = dict(zip(places["id"], zip(places["label_lon"], places["label_lat"], strict=True), strict=True))
    for country, value, state in zip(values["country"], values["value"], values["state"], strict=True):
        if state not in {"found", "zero"}:
            fills.append(CountryFill(country, None, TEXTURES.get(state, "hatch")))
            continue
        colour = scale.colours[scale.step(float(value))]
        fills.append(CountryFill(country, colour))
        printed, sentence = told[country]
        lon, lat = middle[country]
        discs.append(_disc(country, lon, lat, printed, sentence, colour))
    layers = [layer for layer in country_layers(fills, ViewState(), theme, version) if layer.id in AREAS]
    return atlas_deck([*base_layers(theme, version), *layers, *_discs(discs, theme)], extent, tooltip_style(theme))


def _disc(
    country: str, lon: float, lat: float, printed: str, sentence: str, colour: tuple[int, int, int]
) -> dict[str, Any]:
    return {
        "id": country,
        "lon": lon,
        "lat": lat,
        "label": printed,
        "c": list(colour),
        "i": list(ink_on(colour)),
        "tip": sentence,
    }


def _discs(rows: list[dict[str, Any]], theme: Theme) -> list[pdk.Layer]:
    """Return a disc with its value on each country: it can be picked, and a small state is seen by it."""
    edge = list(MAP_COLOURS[theme].halo)
    discs = pdk.Layer(
        "ScatterplotLayer",
        id="country-values",
        data=rows,
        get_position="[lon, lat]",
        get_fill_color="c",
        get_line_color=edge,
        stroked=True,
        radius_units=pdk.types.String("pixels"),
        get_radius=DISC_PX,
        line_width_min_pixels=1,
        pickable=True,
        auto_highlight=True,
    )
    numbers = pdk.Layer(
        "TextLayer",
        id="country-numbers",
        data=rows,
        get_text="label",
        get_position="[lon, lat]",
        get_color="i",
        get_size=11,
        font_family=FONT,
        font_weight=600,
    )
    return [discs, numbers]
