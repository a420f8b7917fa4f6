"""The style ``countries``: which class each country falls into, and what its legend says."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapping.figures.country_layers import CountryFill
from mapping.figures.legend import colour_swatch, texture_swatch
from mapping.figures.palette import Colour, Theme
from mapping.figures.pictures import LegendItem, Texture
from mapping.figures.scales import HEAT
from mapping.words import Words, mark

TEXTURE_OF: dict[str, Texture] = {"not_assessed": "hatch", "none_found": "dots", "not_applicable": "grid"}
"""Kind of nothing -> texture."""
NOTHING = {
    "not_assessed": mark("Not assessed"),
    "none_found": mark("Looked for, none found"),
    "not_applicable": mark("Not applicable"),
}


@dataclass(frozen=True)
class CountryFills:
    """What the map and its legend need."""

    title: str
    fills: tuple[CountryFill, ...]
    items: tuple[LegendItem, ...]
    """What each class and each kind of nothing there is looks like."""

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return swatch and words of each entry, as the legend on the page takes them."""
        return tuple(
            (texture_swatch(item.texture) if item.colour is None else colour_swatch(item.colour), item.text)
            for item in self.items
        )


def country_fills(figures: pd.DataFrame, title: str, decimals: int, theme: Theme, words: Words) -> CountryFills:
    """Put countries into at most five classes of about equal size.

    Parameters
    ----------
    figures : DataFrame
        One row a country: country, value (a rate, share or duration; never a raw total), state (``found``, ``zero``
        or a kind of nothing).
    title : str
        What the value is, with its unit.
    decimals : int
        Decimals of the class limits in the legend.
    """
    known = figures[figures["state"].isin(["found", "zero"])]
    limits = class_limits(known["value"], decimals)
    colours = _spread(HEAT[theme].steps, len(limits))
    classes = np.searchsorted(limits, known["value"].round(decimals), side="left").clip(0, max(len(limits) - 1, 0))
    fills = [CountryFill(code, colours[rank]) for code, rank in zip(known["country"], classes, strict=True)]
    untold = figures[figures["state"].isin(list(TEXTURE_OF))]
    fills += [
        CountryFill(code, None, TEXTURE_OF[state])
        for code, state in zip(untold["country"], untold["state"], strict=True)
    ]
    entries = [
        LegendItem(label, colour)
        for colour, label in zip(colours, _labels(known["value"], limits, decimals, words), strict=True)
    ]
    present = set(untold["state"])
    entries += [
        LegendItem(words.text(NOTHING[state]), texture=texture)
        for state, texture in TEXTURE_OF.items()
        if state in present
    ]
    return CountryFills(title, tuple(fills), tuple(entries))


def class_limits(values: "pd.Series[float]", decimals: int) -> list[float]:
    """Return the upper limits of at most five classes of about equal size, rounded as the legend prints them."""
    rounded = values.round(decimals)
    if rounded.empty:
        return []
    return sorted({float(limit) for limit in np.quantile(rounded, [0.2, 0.4, 0.6, 0.8, 1.0], method="higher")})


def _labels(values: "pd.Series[float]", limits: Sequence[float], decimals: int, words: Words) -> list[str]:
    """Return the values a class really holds, from its lowest to its highest."""
    labels, below = [], -np.inf
    rounded = values.round(decimals)
    for limit in limits:
        inside = rounded[(rounded > below) & (rounded <= limit)]
        lowest, highest = words.number(inside.min(), decimals), words.number(inside.max(), decimals)
        labels.append(lowest if lowest == highest else f"{lowest}–{highest}")
        below = limit
    return labels


def _spread(steps: Sequence[Colour], count: int) -> list[Colour]:
    """Return so many of the steps, spread over the whole scale."""
    return [steps[round(position)] for position in np.linspace(0, len(steps) - 1, count)] if count else []
