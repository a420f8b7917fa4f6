"""Regions by the share of their people within the distance: a row a country, a tile a region as wide as its people."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.figures.access_charts import LABEL_PX, chart_layout, share_axis
from mapping.figures.legend import colour_swatch
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.plain_layout import FONT_PX
from mapping.figures.scales import HEAT, ink_on
from mapping.words import Words

ENDS: Final = (0.2, 0.4, 0.6, 0.8)
"""Shares between which the steps of colour lie; a share at exactly an end is in the step above."""
ROW_PX: Final = 21
"""High enough for the share to be printed in the tile."""
SMALLEST_TEXT_PX: Final = 9
Tile = dict[str, Any]
"""A row of the table."""


def region_tiles(table: pd.DataFrame, names: Mapping[str, str], km: int, words: Words, theme: Theme) -> go.Figure:
    """Draw each country's regions side by side, those with the smallest share within the distance first.

    Parameters
    ----------
    table : DataFrame
        From :func:`mapping.analysis.distance_bands.regions_in_rows`, countries in the order drawn, with ``label`` of
        the region.
    names : Mapping
        Country code -> name.
    km : int
        The reader's distance.

    Returns
    -------
    Figure
        ``customdata`` of a tile is its country's code. Show it with ``theme=None``.
    """
    rows = [escape(names.get(code, code), quote=False) for code in dict.fromkeys(table["country"])]
    ranks: dict[int, list[Tile]] = {}
    for tile in table.to_dict("records"):
        ranks.setdefault(int(tile["rank"]), []).append({str(name): value for name, value in tile.items()})
    traces = [_tiles(ranks[rank], names, km, words, theme) for rank in sorted(ranks)]
    layout = chart_layout(theme) | {
        "barmode": "stack",
        "bargap": 0.08,
        "height": 30 + ROW_PX * max(len(rows), 1),
        "margin": {"l": LABEL_PX, "r": 26, "t": 4, "b": 26},
        "clickmode": "event+select",
        "uniformtext": {"mode": "hide", "minsize": SMALLEST_TEXT_PX},
        "xaxis": share_axis(words, [0, 1], [0, 0.25, 0.5, 0.75, 1]),
        "yaxis": {
            "autorange": "reversed", "fixedrange": True, "ticks": "", "showgrid": False, "type": "category",
            "categoryorder": "array", "categoryarray": rows,
        },
    }  # fmt: skip
    return go.Figure(data=traces, layout=layout, _validate=False)


def tiles_alt(table: pd.DataFrame, names: Mapping[str, str], km: int, words: Words) -> str:
    """Return what the tiles show for readers who do not see them."""
    if table.empty:
        return words.text("An empty chart: nobody to show.")
    ordered = table.sort_values("within", kind="stable").to_dict("records")
    least, most = ordered[0], ordered[-1]
    return words.plural(
        "Tiles for {n} region by the share of its people within {km} km, from {first} with {low} to {last} with "
        "{high}.",
        "Tiles for {n} regions by the share of their people within {km} km, from {first} with {low} to {last} with "
        "{high}.",
        len(table),
        km=km,
        first=_place(least, names, words),
        low=words.percent(float(least["within"])),
        last=_place(most, names, words),
        high=words.percent(float(most["within"])),
    )


def step_entries(words: Words, theme: Theme) -> list[tuple[str, str]]:
    """Return swatch and words of each step of colour for a legend."""
    starts = (0.0, *ENDS)
    said = [
        words.text("under {share}", share=words.percent(ENDS[0])),
        *(
            words.text("{low} to under {high}", low=words.percent(low), high=words.percent(high))
            for low, high in zip(starts[1:-1], ENDS[1:], strict=True)
        ),
        words.text("{share} and more", share=words.percent(ENDS[-1])),
    ]
    return [(colour_swatch(colour), told) for colour, told in zip(HEAT[theme].steps, said, strict=True)]


def _tiles(held: Sequence[Tile], names: Mapping[str, str], km: int, words: Words, theme: Theme) -> dict[str, Any]:
    """Return the tile of one rank in each country that has so many regions."""
    colours = [HEAT[theme].steps[sum(tile["within"] >= end for end in ENDS)] for tile in held]
    printed = [words.percent(tile["within"]) for tile in held]
    told = [
        words.text("{region}: {share} within {km} km", region=_place(tile, names, words), km=km, share=share)
        for tile, share in zip(held, printed, strict=True)
    ]
    inks = [hex_colour(ink_on(colour)) for colour in colours]
    kept = {"marker": {"opacity": 1}}
    return {
        "type": "bar",
        "orientation": "h",
        "x": [tile["part"] for tile in held],
        "y": [escape(names.get(tile["country"], tile["country"]), quote=False) for tile in held],
        "customdata": [tile["country"] for tile in held],
        "text": printed,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": inks, "size": FONT_PX - 1},
        "hovertext": [escape(text, quote=False) for text in told],
        "hoverinfo": "text",
        "marker": {
            "color": [hex_colour(colour) for colour in colours],
            "line": {"width": 1, "color": hex_colour(HEAT[theme].surface)},
        },
        "selected": kept,
        "unselected": kept,
        "showlegend": False,
    }


def _place(row: Any, names: Mapping[str, str], words: Words) -> str:
    """Return what a region is called with its country; only the country where it is all of it."""
    country = names.get(str(row["country"]), str(row["country"]))
    if row["part"] == 1:
        return country
    return words.text("{region} ({country})", region=str(row["label"]), country=country)
