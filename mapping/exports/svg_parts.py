"""Pieces of SVG: texts, boxes, marks and the textures of nothing; every text is escaped here."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from mapping.exports.typesetting import FAMILY, width_of
from mapping.figures.palette import Colour, hex_colour
from mapping.figures.pictures import LegendItem, Point, Shape, Texture

INK: Final[Colour] = (23, 32, 42)
QUIET: Final[Colour] = (70, 82, 94)
LINE: Final[Colour] = (150, 158, 166)
PAPER_WHITE: Final[Colour] = (255, 255, 255)
FONT_FAMILY: Final = f"'{FAMILY}', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif"
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""
_WAVE: Final = 8
"""Units from line to line of a texture."""


def safe(text: str) -> str:
    """Return a text as it may stand in markup and in attributes."""
    return escape(_FORBIDDEN.sub("", text), quote=True)


def text(
    x: float,
    y: float,
    said: str,
    size: float,
    *,
    bold: bool = False,
    colour: Colour = INK,
    anchor: str = "start",
) -> str:
    """Return one line of text, its baseline at y."""
    weight = ' font-weight="600"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" fill="{hex_colour(colour)}"{weight}{place}>'
        f"{safe(said)}</text>"
    )


def box(x: float, y: float, width: float, height: float, fill: Colour, *, texture: Texture = "", line: str = "") -> str:
    """Return a filled rectangle, with a texture of nothing over it where there is one."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    plain = f'<rect {place} fill="{hex_colour(fill)}"{line}/>'
    return f'{plain}<rect {place} fill="url(#{texture})"/>' if texture else plain


def outlined(colour: Colour, width: float = 1) -> str:
    """Return the attributes of an outline."""
    return f' stroke="{hex_colour(colour)}" stroke-width="{width:.2f}"'


def textures(colour: Colour, unit: float = 1.0) -> str:
    """Return the definitions of the textures: hatched, dotted, crossed."""
    wave = _WAVE * unit
    stroke = f'stroke="{hex_colour(colour)}" stroke-width="{1.3 * unit:.2f}" fill="none"'
    slash = f"M{-wave / 4:.2f} {wave / 4:.2f}L{wave / 4:.2f} {-wave / 4:.2f}M0 {wave:.2f}L{wave:.2f} 0"
    slash += f"M{wave * 0.75:.2f} {wave * 1.25:.2f}L{wave * 1.25:.2f} {wave * 0.75:.2f}"
    drawn = {
        "hatch": f'<path d="{slash}" {stroke}/>',
        "grid": f'<path d="M0 0L{wave:.2f} {wave:.2f}M0 {wave:.2f}L{wave:.2f} 0" {stroke}/>',
        "dots": f'<circle cx="{wave / 2:.2f}" cy="{wave / 2:.2f}" r="{1.5 * unit:.2f}" fill="{hex_colour(colour)}"/>',
    }
    return "".join(
        f'<pattern id="{name}" width="{wave:.2f}" height="{wave:.2f}" patternUnits="userSpaceOnUse">{path}</pattern>'
        for name, path in drawn.items()
    )


def ring(points: Sequence[Point]) -> str:
    """Return the path of a closed outline."""
    return trace(points) + "Z"


def trace(points: Sequence[Point]) -> str:
    """Return the path of an open line."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def corners(shape: Shape, x: float, y: float, size: float) -> list[Point]:
    """Return the corners of a mark that has some."""
    half = size / 2
    if shape == "diamond":
        return [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    if shape == "triangle":
        return [(x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)]
    side = half * 0.88
    return [(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)]


def mark(shape: Shape, x: float, y: float, size: float, fill: Colour, *, hollow: bool = False, rim: float = 1.2) -> str:
    """Return a mark with a thin white rim, or, hollow, with an outline of its colour."""
    edge, inside = (fill, PAPER_WHITE) if hollow else (PAPER_WHITE, fill)
    rim = min(rim, size * 0.1)
    paint = f'fill="{hex_colour(inside)}"{outlined(edge, rim * (1.8 if hollow else 1))}'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 2:.1f}" {paint}/>'
    path = ring([(round(a, 1), round(b, 1)) for a, b in corners(shape, x, y, size)])
    return f'<path d="{path}" {paint}/>'


def legend_row(item: LegendItem, x: float, y: float, size: float, unit: float) -> str:
    """Return the picture of a legend entry, its middle at y; its words stand beside it.

    Parameters
    ----------
    item : LegendItem
        What is told.
    x, y : float
        Left edge and middle.
    size : float
        Font size; a swatch is about as high.
    unit : float
        Drawn units a unit of the picture, for entries whose size means something.
    """
    middle = x + size * 0.75
    if item.shape != "swatch":
        wide = item.size * unit if item.size else size * 0.95
        colour = item.colour or LINE
        drawn = mark(item.shape, middle, y, min(wide, size * 1.9), colour, hollow=item.is_hollow or not item.colour)
        if item.colour == PAPER_WHITE:
            drawn = mark(item.shape, middle, y, wide * 1.15, QUIET, hollow=True)
    else:
        line = outlined(LINE)
        drawn = box(x, y - size / 2, size * 1.5, size, item.colour or PAPER_WHITE, texture=item.texture, line=line)
    if item.sign:
        drawn += text(middle, y + size * 0.3, item.sign, size * 0.8, anchor="middle")
    return drawn


def fitting(said: str, size: float, width: float) -> float:
    """Return the font size at which a text fits a width, at most the one given."""
    wide = width_of(said, size)
    return size if wide <= width or not wide else size * width / wide
