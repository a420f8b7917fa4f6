"""The few steps of colour of an obstacle heatmap: the same in its cells, in its legend and on the map beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis.matrix_words import STATE_WORDS, ToldMatrix
from mapping.analysis.measures import Measure, printed
from mapping.figures.country_fills import class_limits
from mapping.figures.legend import colour_swatch, legend_html
from mapping.figures.palette import Colour, Theme, hex_colour
from mapping.figures.scales import HEAT, STEP_STARTS, step_label
from mapping.words import Words, mark

COLOURED: Final = "found"
NOTHINGS: Final = ("not_assessed", "none_found", "not_applicable", "zero", "other", "left_out")
"""States without a colour of the scale, in the order of the legend."""
SIGNS: Final = {"none_found": "0", "other": "–", "left_out": "·"}
"""State of a cell -> what stands in it in place of a number."""
DECIMALS: Final = 1
STRIPE_WORDS: Final = mark("Stripe in a cell: sources, one quarter each; full from four")
STRIPE_SOURCES: Final = 4
"""Sources from which the stripe at the foot of a cell is full."""


@dataclass(frozen=True)
class MatrixScale:
    """Which values make which colour."""

    colours: tuple[Colour, ...]
    limits: tuple[float, ...]
    """Highest value of each step."""
    labels: tuple[str, ...]
    """Values of each step as the legend says them."""

    def step(self, value: float) -> int:
        """Return the step of a value."""
        return min(int(np.searchsorted(self.limits, round(value, DECIMALS))), len(self.colours) - 1)


def scale_of(values: Sequence[float], measure: Measure | None, theme: Theme, words: Words) -> MatrixScale:
    """Return the steps for a measure: fixed for sources; for values one each, or five of about equal size.

    Figures whose high value is neither good nor bad all have one colour: they are printed and not ranked.
    """
    steps = HEAT[theme].steps
    if measure is None:
        limits = (*(float(start - 1) for start in STEP_STARTS[1:]), float("inf"))
        return MatrixScale(steps, limits, tuple(step_label(step) for step in range(len(STEP_STARTS))))
    rounded = pd.Series(values, dtype="float64").dropna().round(DECIMALS)
    if measure.is_neutral and len(rounded):
        low, high = (printed(measure, float(value), words) for value in (rounded.min(), rounded.max()))
        return MatrixScale(steps[:1], (float("inf"),), (low if low == high else f"{low}–{high}",))
    distinct = sorted({float(value) for value in rounded})
    limits = tuple(distinct if len(distinct) <= len(steps) else class_limits(rounded, DECIMALS))
    chosen = tuple(steps[round(at)] for at in np.linspace(0, len(steps) - 1, len(limits))) if limits else ()
    return MatrixScale(chosen, limits, tuple(_labels(rounded, limits, measure, words)))


def _labels(values: "pd.Series[float]", limits: Sequence[float], measure: Measure, words: Words) -> list[str]:
    """Return the values each step really holds."""
    labels, below = [], -np.inf
    for limit in limits:
        inside = values[(values > below) & (values <= limit)]
        low, high = printed(measure, float(inside.min()), words), printed(measure, float(inside.max()), words)
        labels.append(low if low == high else f"{low}–{high}")
        below = limit
    return labels


def state_swatch(state: str, theme: Theme) -> str:
    """Return the drawing of a cell without a colour, as markup of ours."""
    lines, text = (
        hex_colour(HEAT[theme].nothing["not_assessed"].lines),
        SIGNS.get(state, ""),
    )
    slash = f"repeating-linear-gradient(135deg,{lines} 0 1px,transparent 1px 5px)"
    back = {
        "not_assessed": slash,
        "not_applicable": f"{slash},repeating-linear-gradient(45deg,{lines} 0 1px,transparent 1px 5px)",
        "zero": f"radial-gradient({lines} 1.4px,transparent 1.7px) 0 0/5px 5px",
    }.get(state, "none")
    return (
        f'<i class="atlas-swatch" style="background:{back};outline:1px solid {lines};font:11px/14px sans-serif;'
        f'text-align:center">{text}</i>'
    )


def matrix_legend(told: ToldMatrix, scale: MatrixScale, theme: Theme, words: Words) -> str:
    """Return the legend of a heatmap: what colour means, its steps, the mark for sources, each kind of nothing."""
    entries = [(colour_swatch(colour), label) for colour, label in zip(scale.colours, scale.labels, strict=True)]
    if told.matrix.asked.measure is not None and entries:
        stripe = f'<i class="atlas-swatch" style="height:4px;background:{hex_colour(HEAT[theme].text)}"></i>'
        entries.append((stripe, words.text(STRIPE_WORDS)))
    return legend_html(told.measure, [*entries, *nothing_entries(list(told.cells["state"]), theme, words)])


def nothing_entries(states: Sequence[str], theme: Theme, words: Words) -> list[tuple[str, str]]:
    """Return swatch and words of each state without a colour that there is."""
    held = set(states)
    return [(state_swatch(state, theme), words.text(STATE_WORDS[state])) for state in NOTHINGS if state in held]
