"""A figure made of boxes, bands and lines as SVG: what Plotly draws on the screen, drawn by us for files.

It knows the pieces that our figures are made of (:mod:`mapping.figures.boxes`): bars, rectangles, lines, paths and
texts. Nothing is computed anew, so a file can show no other number or colour than the screen.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from mapping.exports.svg_parts import safe

PATTERNS: Final = {"/": "hatch", "x": "grid", ".": "dots"}
"""Plotly's pattern -> our texture."""
FONT_PX: Final = 13
LINE_HEIGHT: Final = 1.2
ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
_NUMBERS: Final = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_BREAK: Final = re.compile(r"<br ?/?>")
_TAG: Final = re.compile(r"</?[bi]>")

Layout = Mapping[str, Any]


@dataclass(frozen=True)
class Plane:
    """Where the units of a figure lie in the drawing."""

    x: Callable[[float], float]
    y: Callable[[float], float]
    width: float
    height: float


def figure_markup(figure: Mapping[str, Any], width: float) -> tuple[str, float]:
    """Return the drawing of a figure, given as the mapping Plotly writes, and its height.

    Parameters
    ----------
    figure : Mapping
        ``data`` of bars and ``layout``, from ``Figure.to_dict()``.
    width : float
        Drawn units across.
    """
    layout = figure["layout"]
    plane = _plane(layout, width)
    shapes = list(layout.get("shapes", ()))
    below = [shape for shape in shapes if shape.get("layer") == "below"]
    above = [shape for shape in shapes if shape.get("layer") != "below"]
    parts = [_shape(shape, plane) for shape in below]
    for trace in figure.get("data", ()):
        parts += _bars(trace, plane, layout)
    parts += [_shape(shape, plane) for shape in above]
    parts += [_annotation(note, plane, layout) for note in layout.get("annotations", ())]
    parts += _ticks(plane, layout)
    return f'<g fill="{_ink(layout)}">{"".join(parts)}</g>', plane.height


def _plane(layout: Layout, width: float) -> Plane:
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, **layout.get("margin", {})}
    height = float(layout["height"])
    (left, right), (bottom, top) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    across = (width - margin["l"] - margin["r"]) / (right - left)
    down = (height - margin["t"] - margin["b"]) / (bottom - top)
    return Plane(
        lambda x: margin["l"] + (float(x) - left) * across,
        lambda y: margin["t"] + (float(y) - top) * down,
        width,
        height,
    )


def _bars(trace: Mapping[str, Any], plane: Plane, layout: Layout) -> Iterator[str]:
    marker = trace.get("marker", {})
    line, pattern = marker.get("line") or {}, marker.get("pattern") or {}
    font = trace.get("textfont") or {}
    size = float(font.get("size", _size(layout)))
    texture = PATTERNS.get(pattern.get("shape", ""), "")
    texts = trace.get("text") or [""] * len(trace["x"])
    for x, wide, base, high, said in zip(trace["x"], trace["width"], trace["base"], trace["y"], texts, strict=True):
        left, right = plane.x(x - wide / 2), plane.x(x + wide / 2)
        top, bottom = sorted((plane.y(base), plane.y(base + high)))
        box = f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}"'
        edge = f' stroke="{line["color"]}" stroke-width="{line["width"]}"' if line.get("width") else ""
        yield f'<rect {box} fill="{marker["color"]}"{edge}/>'
        if texture:
            yield f'<rect {box} fill="url(#{texture})"/>'
        if said:
            middle = (left + right) / 2, (top + bottom) / 2
            yield _lines(said, *middle, size, font.get("color", _ink(layout)), "middle")


def _shape(shape: Mapping[str, Any], plane: Plane) -> str:
    line = shape.get("line", {})
    edge = f' stroke="{line["color"]}" stroke-width="{line["width"]}"' if line.get("width") else ""
    if shape["type"] == "path":
        path = _NUMBERS.sub(lambda at: f"{plane.x(float(at[1])):.1f},{plane.y(float(at[2])):.1f}", shape["path"])
        return f'<path d="{path}" {_paint(shape["fillcolor"])}{edge}/>'
    (x0, x1), (y0, y1) = (plane.x(shape["x0"]), plane.x(shape["x1"])), (plane.y(shape["y0"]), plane.y(shape["y1"]))
    if shape["type"] == "line":
        return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" fill="none"{edge}/>'
    return f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" fill="none"{edge}/>'


def _paint(colour: str) -> str:
    """Return fill and opacity: SVG files read elsewhere know no ``rgba``."""
    parts = re.fullmatch(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", colour)
    return f'fill="rgb({parts[1]},{parts[2]},{parts[3]})" fill-opacity="{parts[4]}"' if parts else f'fill="{colour}"'


def _annotation(note: Mapping[str, Any], plane: Plane, layout: Layout) -> str:
    font = note.get("font") or {}
    x = float(note["x"]) * plane.width if note.get("xref") == "paper" else plane.x(note["x"])
    y = float(note["y"]) * plane.height if note.get("yref") == "paper" else plane.y(note["y"])
    size = float(font.get("size", _size(layout)))
    anchor = ANCHORS[note.get("xanchor", "center")]
    drawn = _lines(str(note["text"]), x, y, size, font.get("color", _ink(layout)), anchor)
    angle = note.get("textangle")
    return f'<g transform="rotate({angle} {x:.1f} {y:.1f})">{drawn}</g>' if angle else drawn


def _ticks(plane: Plane, layout: Layout) -> Iterator[str]:
    """Return the words beside and under a figure, and the names of its axes."""
    across, down = layout["xaxis"], layout["yaxis"]
    ink, size, bottom = _ink(layout), _size(layout), plane.y(down["range"][0])
    for at, said in _said(across):
        yield _lines(said, plane.x(at), bottom + size, size, ink, "middle")
    for at, said in _said(down):
        yield _lines(said, plane.x(across["range"][0]) - 6, plane.y(at), size, ink, "end")
    if title := (across.get("title") or {}).get("text"):
        middle = plane.x(sum(across["range"]) / 2)
        yield _lines(title, middle, plane.height - size * 0.6, size, ink, "middle")
    if title := (down.get("title") or {}).get("text"):
        y = plane.y(sum(down["range"]) / 2)
        yield f'<g transform="rotate(-90 10 {y:.1f})">{_lines(title, 10, y, size, ink, "middle")}</g>'


def _said(axis: Layout) -> Sequence[tuple[float, str]]:
    if axis.get("visible") is False or axis.get("showticklabels") is False:
        return ()
    return tuple(zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True))


def _lines(said: str, x: float, y: float, size: float, ink: str, anchor: str) -> str:
    """Return a text of one or more lines whose middle is at y; bold where the whole of it is."""
    weight = ' font-weight="600"' if said.startswith("<b>") else ""
    lines = [safe(unescape(_TAG.sub("", line))) for line in _BREAK.split(said)]
    first = y - (len(lines) - 1) * size * LINE_HEIGHT / 2 + size * 0.35
    return "".join(
        f'<text x="{x:.1f}" y="{first + at * size * LINE_HEIGHT:.1f}" font-size="{size:g}" fill="{ink}" '
        f'text-anchor="{anchor}"{weight}>{line}</text>'
        for at, line in enumerate(lines)
    )


def _ink(layout: Layout) -> str:
    return str((layout.get("font") or {}).get("color", "#17202A"))


def _size(layout: Layout) -> float:
    return float((layout.get("font") or {}).get("size", FONT_PX))
