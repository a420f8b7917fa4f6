"""Small bars of a country's page: its trials by phase and class, and how many people live near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.figures.legend import colour_swatch, legend_html
from mapping.figures.palette import ROLE_STYLES, Colour, Theme, hex_colour
from mapping.figures.pipeline_charts import TEMPLATE
from mapping.figures.plain_layout import FONT_PX, plain_layout
from mapping.figures.scales import HEAT, ink_on
from mapping.words import Words

ROW_PX: Final = 24
LABEL_PX: Final = 104
ACCESS_LABEL_PX: Final = 190
CLASS_COLOURS: Final[Mapping[Theme, Mapping[str, Colour]]] = MappingProxyType(
    {
        "light": {"GTMP": (34, 81, 151), "sCTMP": (126, 170, 222), "TEP": (226, 176, 74), "cATMP": (120, 128, 138)},
        "dark": {"GTMP": (92, 140, 222), "sCTMP": (175, 200, 240), "TEP": (226, 176, 74), "cATMP": (150, 158, 168)},
    }
)
"""ATMP class -> colour; each bar also carries its number, and the legend its word."""


@dataclass(frozen=True)
class NearBar:
    """One bar of people within a distance."""

    label: str
    role: str
    share: float
    """Per cent."""
    printed: str


def trials_chart(cells: pd.DataFrame, phases: Mapping[str, str], classes: Mapping[str, str], theme: Theme) -> go.Figure:
    """Draw the trials of a country by phase, stacked by class.

    Parameters
    ----------
    cells : DataFrame
        One row a phase and class with a trial: phase, atmp_class, trials.
    phases, classes : Mapping
        Code to what it is called, in the order shown; phases without a trial are left out.
    theme : Theme
        Light or dark.
    """
    shown = [code for code in phases if code in set(cells["phase"])]
    traces = [_class_bars(cells, shown, phases, code, label, theme) for code, label in classes.items()]
    held = [trace for trace in traces if any(trace["x"])]
    layout = _layout(theme, len(shown), LABEL_PX) | {"barmode": "stack"}
    layout["yaxis"] = _labels([phases[code] for code in shown])
    return go.Figure(data=held, layout=layout, _validate=False)


def class_legend(cells: pd.DataFrame, classes: Mapping[str, str], theme: Theme, title: str) -> str:
    """Return the legend of the classes that a country has trials of."""
    held = set(cells["atmp_class"])
    entries = [(colour_swatch(CLASS_COLOURS[theme][code]), label) for code, label in classes.items() if code in held]
    return legend_html(title, entries)


def _class_bars(
    cells: pd.DataFrame, shown: Sequence[str], phases: Mapping[str, str], code: str, label: str, theme: Theme
) -> dict[str, Any]:
    held = cells[cells["atmp_class"] == code]
    counts = dict(zip(held["phase"], (int(count) for count in held["trials"]), strict=True))
    values, colour = [counts.get(phase, 0) for phase in shown], CLASS_COLOURS[theme][code]
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(label, quote=False),
        "x": values,
        "y": list(range(len(shown))),
        "text": [str(value) if value else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": hex_colour(ink_on(colour)), "size": FONT_PX},
        "hovertext": [
            escape(f"{phases[phase]}, {label}: {value}", quote=False)
            for phase, value in zip(shown, values, strict=True)
        ],
        "hoverinfo": "text",
        "width": 0.78,
        "marker": {"color": hex_colour(colour), "line": {"width": 1, "color": hex_colour(HEAT[theme].surface)}},
    }


def near_chart(bars: Sequence[NearBar], theme: Theme) -> go.Figure:
    """Draw the shares of people within a distance as bars up to 100 per cent."""
    text = hex_colour(HEAT[theme].text)
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [bar.share for bar in bars],
        "y": list(range(len(bars))),
        "text": [escape(bar.printed, quote=False) for bar in bars],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": text},
        "hovertext": [escape(f"{bar.label}: {bar.printed}", quote=False) for bar in bars],
        "hoverinfo": "text",
        "width": 0.66,
        "marker": {"color": [hex_colour(ROLE_STYLES[bar.role].colour) for bar in bars]},
    }
    layout = _layout(theme, len(bars), ACCESS_LABEL_PX) | {"yaxis": _labels([bar.label for bar in bars])}
    layout["xaxis"] |= {"range": [0, 100]}
    layout["margin"] |= {"r": 52}
    return go.Figure(data=[trace], layout=layout, _validate=False)


def trials_alt(name: str, trials: int, cells: pd.DataFrame, phases: Mapping[str, str], words: Words) -> str:
    """Return what the chart of trials shows for readers who do not see it."""
    if cells.empty:
        return words.text("An empty chart: no trial with a site in {country}.", country=name)
    counts = [(phases[code], int(cells.loc[cells["phase"] == code, "trials"].sum())) for code in phases]
    told = [f"{label} {count}" for label, count in counts if count]
    return words.plural(
        "Bars of {n} trial with a site in {country} by phase, stacked by class: {phases}.",
        "Bars of {n} trials with a site in {country} by phase, stacked by class: {phases}.",
        trials,
        country=name,
        phases=words.list(told),
    )


def near_alt(name: str, bars: Sequence[NearBar], words: Words) -> str:
    """Return what the chart of distances shows for readers who do not see it."""
    told = [f"{bar.label} {bar.printed}" for bar in bars]
    return words.text("Estimated share of the people of {country}: {shares}.", country=name, shares=words.list(told))


def _labels(labels: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [escape(label, quote=False) for label in labels],
        "range": [len(labels) - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _layout(theme: Theme, rows: int, label_px: int) -> dict[str, Any]:
    return plain_layout(HEAT[theme]) | {
        "template": dict(TEMPLATE),
        "margin": {"l": label_px, "r": 8, "t": 2, "b": 2},
        "height": max(rows, 1) * ROW_PX + 6,
        "xaxis": {"visible": False, "fixedrange": True},
    }
