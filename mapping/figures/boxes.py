"""Boxes a reader can click, and ribbons between them: what the pictures of solutions and paths are made of.

Boxes are bars because a click on a bar selects it in Streamlit; a node of Plotly's own Sankey says nothing when
clicked.
"""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from mapping.figures.palette import Colour, hex_colour
from mapping.figures.plain_layout import CLICKABLE, plain_layout
from mapping.figures.scales import HeatColours

FONT_PX: Final = 13
LINES: Final = 2
"""Most lines of text in a box."""
_KEPT: Final = {"marker": {"opacity": 1}}
_AXIS: Final = {"fixedrange": True, "showgrid": False, "zeroline": False, "showline": False, "ticks": ""}
TEMPLATE: Final[dict[str, Any]] = {
    "data": {
        "bar": [
            {
                "type": "bar",
                "orientation": "v",
                "hoverinfo": "text",
                "textposition": "inside",
                "insidetextanchor": "middle",
                "constraintext": "none",
                "textangle": 0,
                "selected": _KEPT,
                "unselected": _KEPT,
            }
        ]
    },
    "layout": {"xaxis": _AXIS, "yaxis": _AXIS},
}
Box = Mapping[str, Any]
"""left, right, top, bottom, text, told (hover), data (what a click gives)."""


def boxes(held: Sequence[Box], fill: Colour, ink: Colour, line: Colour, width: float = 1) -> dict[str, Any]:
    """Return the trace of boxes that look the same."""
    return {
        "type": "bar",
        "x": [(box["left"] + box["right"]) / 2 for box in held],
        "width": [box["right"] - box["left"] for box in held],
        "base": [box["top"] for box in held],
        "y": [box["bottom"] - box["top"] for box in held],
        "text": [box["text"] for box in held],
        "hovertext": [box["told"] for box in held],
        "customdata": [box["data"] for box in held],
        "textfont": {"color": hex_colour(ink), "size": FONT_PX},
        "marker": {"color": hex_colour(fill), "line": {"color": hex_colour(line), "width": width}},
        "unselected": {"textfont": {"color": hex_colour(ink)}},
    }


def folded(label: str, letters: int, lines: int = LINES) -> str:
    """Return a label on at most so many lines of so many letters, cut with an ellipsis, safe to draw."""
    parts = wrap(label, letters, break_long_words=True, max_lines=lines, placeholder=" …")
    return "<br>".join(escape(part, quote=False) for part in parts)


def ribbon(start: tuple[float, float, float], end: tuple[float, float, float], colour: str) -> dict[str, Any]:
    """Return a band from (x, top, bottom) to (x, top, bottom), curved like a river's."""
    (x0, top0, bottom0), (x1, top1, bottom1) = start, end
    middle = (x0 + x1) / 2
    path = (
        f"M {x0:.4f},{top0:.4f} C {middle:.4f},{top0:.4f} {middle:.4f},{top1:.4f} {x1:.4f},{top1:.4f} "
        f"L {x1:.4f},{bottom1:.4f} C {middle:.4f},{bottom1:.4f} {middle:.4f},{bottom0:.4f} {x0:.4f},{bottom0:.4f} Z"
    )
    return {"type": "path", "path": path, "fillcolor": colour, "line": {"width": 0}, "layer": "below"}


def heading(x: float, y: float, text: str, ink: Colour, letters: int = 80, **options: Any) -> dict[str, Any]:
    """Return a text above boxes on at most two lines of so many letters, safe to draw."""
    said = f"<b>{folded(text, letters)}</b>"
    shared = {"x": x, "y": y, "text": said, "showarrow": False, "font": {"color": hex_colour(ink), "size": FONT_PX}}
    return shared | options


def picture(
    traces: Sequence[Mapping[str, Any]],
    colours: HeatColours,
    span: tuple[float, float],
    depth: float,
    height: int,
    **layout: Any,
) -> go.Figure:
    """Return the figure: x over ``span``, y from 0 at the top down to ``depth``, ``height`` pixels high."""
    shared = {
        **plain_layout(colours, FONT_PX),
        **CLICKABLE,
        "template": TEMPLATE,
        "barmode": "overlay",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "height": height,
        "xaxis": {"range": list(span), "visible": False},
        "yaxis": {"range": [depth, 0], "visible": False},
    }
    said = {key: value for key, value in layout.items() if value != []}
    return go.Figure({"data": list(traces), "layout": shared | said}, _validate=False)
