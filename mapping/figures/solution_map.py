"""Where solutions were tried: a disc and a number a country. Totals are symbols, never fills; the EU stands beside."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pydeck as pdk

from mapping.figures.decks import FONT, atlas_deck, base_layers, tooltip_style
from mapping.figures.extents import Extent
from mapping.figures.palette import MAP_COLOURS, Theme
from mapping.figures.scales import HEAT, ink_on

SMALLEST_PX: Final = 13.0
LARGEST_PX: Final = 26.0


def solution_map(
    counts: Mapping[str, int],
    places: pd.DataFrame,
    told: Mapping[str, str],
    chosen: tuple[str, ...],
    extent: Extent,
    theme: Theme,
    version: str,
) -> pdk.Deck:
    """Draw the number of solutions of each country that has any.

    Parameters
    ----------
    counts : Mapping
        Country -> number of solutions; one of none has no disc.
    places : DataFrame
        The table of countries, for where their labels stand.
    told : Mapping
        Country -> what its disc says under the pointer.
    chosen : tuple of str
        Countries filtered by; their discs have a frame.
    extent, theme, version
        Where the map looks, light or dark, data version.
    """
    middle = dict(zip(places["id"], zip(places["label_lon"], places["label_lat"], strict=True), strict=True))
    most = max([*counts.values(), 1])
    discs = [
        {
            "id": country,
            "lon": float(middle[country][0]),
            "lat": float(middle[country][1]),
            "n": str(count),
            "r": SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * (count / most) ** 0.5,
            "w": 4 if country in chosen else 1,
            "tip": told[country],
        }
        for country, count in sorted(counts.items(), key=lambda item: -item[1])
        if count and country in middle
    ]
    layers = [*base_layers(theme, version), *_discs(discs, theme)]
    return atlas_deck(layers, extent, tooltip_style(theme))


def _discs(discs: list[dict[str, Any]], theme: Theme) -> list[pdk.Layer]:
    fill = HEAT[theme].steps[3 if theme == "light" else 1]
    return [
        pdk.Layer(
            "ScatterplotLayer",
            id="solution-countries",
            data=discs,
            get_position="[lon, lat]",
            get_radius="r",
            radius_units=pdk.types.String("pixels"),
            get_fill_color=list(fill),
            stroked=True,
            get_line_color=list(MAP_COLOURS[theme].text),
            get_line_width="w",
            line_width_units=pdk.types.String("pixels"),
            pickable=True,
            auto_highlight=True,
        ),
        pdk.Layer(
            "TextLayer",
            id="solution-counts",
            data=discs,
            get_position="[lon, lat]",
            get_text="n",
            get_size=15,
            get_color=list(ink_on(fill)),
            font_family=FONT,
            font_weight=700,
        ),
    ]


def alt_text(told: Mapping[str, str]) -> str:
    """Return what the map shows for readers who do not see it."""
    return " ".join(f"{said}." for said in told.values())
