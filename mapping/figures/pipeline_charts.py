"""The bars of the trials that filter each other, and what all charts of the trials share.

Figures are made of plain dictionaries, as plotly's own checks take most of the time a figure takes; a test runs them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

from mapping.figures.palette import Colour, Theme, hex_colour
from mapping.figures.plain_layout import CLICKABLE, bare_axis, plain_layout
from mapping.figures.scales import HEAT
from mapping.words import Words

FACET_ROW_PX: Final = 23
TEMPLATE: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "data": {"bar": [{"type": "bar", "marker": {"pattern": {"fillmode": "overlay", "solidity": 0.2}}}]},
        "layout": {"xaxis": {"automargin": True}, "yaxis": {"automargin": True}},
    }
)
"""What these charts take over of plotly's own template; all of it would be 7 KB more in each."""


@dataclass(frozen=True)
class PipelineColours:
    """How the charts of the trials look in one theme."""

    steps: Mapping[str, Colour]
    """How far trials are -> colour, one hue, lightness in the order of the steps."""
    bar: Colour
    quiet: Colour
    """A bar that the reader's filter leaves out."""
    life: Colour
    ended: Colour
    grid: Colour


COLOURS: Final[Mapping[Theme, PipelineColours]] = MappingProxyType(
    {
        "light": PipelineColours(
            {"early": (142, 210, 188), "middle": (0, 158, 115), "late": (0, 84, 62), "none": (188, 196, 204)},
            (0, 138, 101), (198, 206, 214), (0, 94, 150), (196, 72, 0), (228, 233, 238),
        ),
        "dark": PipelineColours(
            {"early": (20, 102, 80), "middle": (22, 168, 126), "late": (168, 232, 212), "none": (86, 98, 114)},
            (38, 178, 137), (62, 76, 94), (124, 196, 242), (255, 146, 77), (36, 48, 64),
        ),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One bar of a chart that filters."""

    code: str
    label: str
    value: float
    printed: str
    """What stands at its end."""
    told: str
    """What it says in words."""
    chosen: bool
    """Whether the filter lets it through."""


def facet_bars(bars: Sequence[Bar], theme: Theme, label_px: int | None = None) -> go.Figure:
    """Draw one bar an option; the ``customdata`` of a bar is its code. No bars give an empty figure."""
    colours, text = COLOURS[theme], hex_colour(HEAT[theme].text)
    most = max((bar.value for bar in bars), default=0) or 1
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [bar.value for bar in bars],
        "y": list(range(len(bars))),
        "text": [escape(bar.printed, quote=False) for bar in bars],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": [escape(bar.told, quote=False) for bar in bars],
        "hoverinfo": "text",
        "customdata": [[bar.code] for bar in bars],
        "width": 0.7,
        "marker": {"color": [hex_colour(colours.bar if bar.chosen else colours.quiet) for bar in bars]},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": text}},
    }
    longest = max((len(bar.label) for bar in bars), default=0)
    space = max((len(bar.printed) for bar in bars), default=0) * 7 + 8
    layout = shared_layout(theme) | {
        "height": max(len(bars), 1) * FACET_ROW_PX + 6,
        "margin": {"l": label_px or min(12 + round(longest * 6.4), 200), "r": space, "t": 2, "b": 2},
        "xaxis": {"visible": False, "range": [0, most], "fixedrange": True},
        "yaxis": bare_axis()
        | {
            "tickvals": list(range(len(bars))),
            "ticktext": [escape(bar.label, quote=False) for bar in bars],
            "range": [len(bars) - 0.5, -0.5],
        },
    }
    return go.Figure(data=[trace] if bars else [], layout=layout, _validate=False)


def bars_alt(title: str, bars: Sequence[Bar], words: Words) -> str:
    """Return what a chart of bars shows for readers who do not see it."""
    if not bars:
        return words.text("{title}: nothing to show.", title=title)
    return words.text("{title}: {bars}.", title=title, bars="; ".join(bar.told for bar in bars))


def shared_layout(theme: Theme) -> dict[str, Any]:
    """Return what the layouts of these charts share."""
    return {"template": dict(TEMPLATE)} | CLICKABLE | plain_layout(HEAT[theme])
