"""The map of trials in several countries: an arc between two countries for the trials they share."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
import pydeck as pdk
from pydeck.types import String

from mapping.figures.decks import FONT
from mapping.figures.palette import MAP_COLOURS, Colour, MapColours, Theme
from mapping.words import Words

ARCS_DRAWN: Final = 150
"""The pairs that share most trials; more of them would hide one another, and all are in the list."""
WIDEST_PX: Final = 9.0
FLAT_DEG: Final = 88
"""Tilt of an arc: seen from above it is a curve on the map, and it covers no number."""
ARC_COLOURS: Final[Mapping[Theme, tuple[Colour, Colour]]] = MappingProxyType(
    {"light": ((0, 158, 115), (0, 94, 150)), "dark": ((79, 214, 172), (124, 196, 242))}
)


def flow_layers(
    arcs: pd.DataFrame, totals: pd.DataFrame, chosen: str, words: Words, theme: Theme, names: Mapping[str, str]
) -> list[pdk.Layer]:
    """Return the arcs, the widest last so that it lies on top, and each country's number of shared trials.

    Parameters
    ----------
    arcs : DataFrame
        From :func:`mapping.analysis.flows.arcs`.
    totals : DataFrame
        From :func:`mapping.analysis.flows.country_totals`.
    chosen : str
        The pair that is open, drawn in full; empty for none.
    words, theme
        The reader's language; light or dark.
    names : Mapping
        Country code -> name.
    """
    start, end = ARC_COLOURS[theme]
    rows = _arc_rows(arcs.head(ARCS_DRAWN), chosen, words, names)
    return [
        pdk.Layer(
            "ArcLayer",
            id="arcs",
            data=rows,
            get_source_position="[lon, lat]",
            get_target_position="[to_lon, to_lat]",
            get_source_color=f"[{start[0]}, {start[1]}, {start[2]}, a]",
            get_target_color=f"[{end[0]}, {end[1]}, {end[2]}, a]",
            get_width="w",
            get_height=0.3,
            get_tilt=FLAT_DEG,
            pickable=True,
            auto_highlight=True,
        ),
        *_country_layers(_country_rows(totals, words, names), MAP_COLOURS[theme]),
    ]


def _country_layers(points: list[dict[str, Any]], colours: MapColours) -> list[pdk.Layer]:
    """Return a disc a country with its number."""
    on_top = {"depthCompare": "always"}  # no arc may cover a number
    shared: dict[str, Any] = {"get_position": "[lon, lat]", "data": points, "parameters": on_top}
    return [
        pdk.Layer(
            "ScatterplotLayer",
            id="sharing",
            get_radius="r",
            radius_units=String("pixels"),
            get_fill_color=[*colours.land, 245],
            get_line_color=list(colours.text),
            line_width_min_pixels=1.2,
            stroked=True,
            pickable=True,
            **shared,
        ),
        pdk.Layer(
            "TextLayer",
            id="sharing-counts",
            get_text="label",
            get_size=12,
            get_color=list(colours.text),
            font_family=FONT,
            **shared,
        ),
    ]


def flow_alt(pairs: pd.DataFrame, words: Words, names: Mapping[str, str]) -> str:
    """Return what the map of arcs shows for readers who do not see it."""
    if pairs.empty:
        return words.text("A map without arcs: no trial in view runs in two countries of Europe.")
    first = next(pairs.itertuples(index=False))
    return words.plural(
        "Map of Europe with an arc between {n} pair of countries that share trials: {pair}.",
        "Map of Europe with arcs between {n} pairs of countries that share trials; most: {pair}.",
        len(pairs),
        pair=_told(str(first.one), str(first.other), int(str(first.trials)), words, names),
    )


def _arc_rows(arcs: pd.DataFrame, chosen: str, words: Words, names: Mapping[str, str]) -> list[dict[str, Any]]:
    most = max(arcs["trials"].max(), 1) if len(arcs) else 1
    share = arcs["trials"].to_numpy(np.float64) / most
    rows = [
        {
            "pair": arc.pair,
            "lon": arc.lon,
            "lat": arc.lat,
            "to_lon": arc.to_lon,
            "to_lat": arc.to_lat,
            "w": round(float(0.8 + (WIDEST_PX - 0.8) * part), 1),
            "a": _opacity(str(arc.pair), chosen, float(part)),
            "tip": _told(str(arc.one), str(arc.other), int(str(arc.trials)), words, names),
        }
        for arc, part in zip(arcs.itertuples(index=False), share, strict=True)
    ]
    return rows[::-1]


def _opacity(pair: str, chosen: str, share: float) -> int:
    if chosen:
        return 255 if pair == chosen else 30
    return round(50 + 170 * share)


def _told(one: str, other: str, trials: int, words: Words, names: Mapping[str, str]) -> str:
    pair = words.text("{one} and {other}", one=names.get(one, one), other=names.get(other, other))
    return words.plural("{pair}: {n} shared trial", "{pair}: {n} shared trials", trials, pair=pair)


def _country_rows(totals: pd.DataFrame, words: Words, names: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = []
    for row in totals.itertuples(index=False):
        count = int(str(row.trials))
        told = words.plural(
            "{country}: {n} trial shared with another country",
            "{country}: {n} trials shared with other countries",
            count,
            country=names.get(str(row.country), str(row.country)),
        )
        place = {"lon": row.lon, "lat": row.lat, "label": str(count), "r": 8 if count < 10 else 11}
        rows.append(place | {"country": row.country, "tip": told})
    return rows
