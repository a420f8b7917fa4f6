"""One picture as a still, SVG or PNG, made without a browser: finding, legend, filters, source, version and link in it.

The drawing is ours; resvg paints it with the fonts that we ship and with no other, so it looks alike everywhere.
"""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import resvg_py

from mapping.exports.edition import TITLE
from mapping.exports.screens import Screen
from mapping.exports.still_chart import chart_markup
from mapping.exports.still_map import map_markup
from mapping.exports.still_matrix import matrix_markup
from mapping.exports.svg_parts import (
    FONT_FAMILY,
    INK,
    LINE,
    PAPER_WHITE,
    QUIET,
    box,
    legend_row,
    outlined,
    safe,
    text,
    textures,
)
from mapping.exports.typesetting import REGULAR, SEMIBOLD, balanced, wrapped
from mapping.figures.matrix_fit import most_evidenced
from mapping.figures.palette import hex_colour
from mapping.figures.pictures import ChartPicture, LegendItem, MapPicture, MatrixPicture, Picture, chart_legend
from mapping.words import Words


@dataclass(frozen=True)
class Size:
    """A page to draw on."""

    width: int
    height: int
    """Drawn units."""
    scale: float
    """Pixels of a PNG for each unit."""
    matrix_rows: int
    """Rows of a heatmap that stay legible, headings counted."""


SIZES: Final = MappingProxyType(
    {"slide": Size(1920, 1080, 1.0, 20), "print": Size(1754, 1240, 2.0, 34), "card": Size(1600, 840, 0.75, 12)}
)
"""A slide of 1920 by 1080 pixels, A4 across at 300 dots an inch, and the preview of a link."""
MARGIN: Final = 56
TITLES_PX: Final = (46, 40, 34, 28)
TEXT_PX: Final = 25
TEXTS_PX: Final = (25, 21, 17)
FILTER_LINES: Final = 5
SMALL_PX: Final = 19
LEGEND_PX: Final = 400
GAP: Final = 22


def svg(screen: Screen, picture: Picture, words: Words, base: str, size: str = "slide") -> str:
    """Return a picture of a screen as SVG.

    Parameters
    ----------
    screen, picture : Screen, Picture
        The view, and which of its pictures.
    words : Words
        The language.
    base : str
        Address of the Atlas, for the link in the picture.
    size : str
        ``slide`` or ``print``.
    """
    page = SIZES[size]
    shown = most_evidenced(picture, page.matrix_rows, words) if isinstance(picture, MatrixPicture) else picture
    head, top = _head(screen, shown, page)
    foot, bottom = _foot(screen, shown, page, base)
    lines = picture.hatch if isinstance(picture, MapPicture) else LINE
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width}" height="{page.height}" '
            f'viewBox="0 0 {page.width} {page.height}" font-family="{FONT_FAMILY}" role="img" lang="{words.lang}">',
            f"<title>{safe(screen.headline)}</title><desc>{safe(shown.alt)}</desc>",
            f"<defs>{textures(lines)}</defs>",
            box(0, 0, page.width, page.height, PAPER_WHITE),
            head,
            body(shown, page, top + GAP, bottom - GAP),
            foot,
            "</svg>",
        )
    )


def png(screen: Screen, picture: Picture, words: Words, base: str, size: str = "slide") -> bytes:
    """Return a picture of a screen as PNG."""
    return painted(svg(screen, picture, words, base, size), SIZES[size].scale)


def painted(drawing: str, scale: float = 1.0) -> bytes:
    """Return an SVG as PNG, set in the fonts that we ship."""
    fonts = [str(Path(font)) for font in (REGULAR, SEMIBOLD)]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing, zoom=scale, font_files=fonts, skip_system_fonts=True, font_family="Source Sans 3"
        )
    )


def _head(screen: Screen, picture: Picture, page: Size) -> tuple[str, float]:
    """Return finding, name of the picture and filters, and where they end."""
    room = page.width - 2 * MARGIN
    parts, y = [], float(MARGIN)
    size = next(
        (size for size in TITLES_PX if len(wrapped(screen.headline, size, room, bold=True)) <= 2), TITLES_PX[-1]
    )
    whole = wrapped(screen.headline, size, room, bold=True, most=3)
    for line in balanced(" ".join(whole), size, room, bold=True):
        y += size * 0.8
        parts.append(text(MARGIN, y, line, size, bold=True))
        y += size * 0.35
    title = () if isinstance(picture, MapPicture) and picture.title == picture.legend_title else (picture.title,)
    said = " · ".join((*title, screen.filtered_by))
    size = next((size for size in TEXTS_PX if len(wrapped(said, size, room)) <= 2), TEXTS_PX[-1])
    for line in wrapped(said, size, room, most=FILTER_LINES):
        y += size * 1.2
        parts.append(text(MARGIN, y, line, size, colour=QUIET))
    return "".join(parts), y


def _foot(screen: Screen, picture: Picture, page: Size, base: str) -> tuple[str, float]:
    """Return the source line, the version and the link, and where they begin."""
    room = page.width - 2 * MARGIN
    lines = wrapped(picture.caption, SMALL_PX, room, most=4)
    link = wrapped(f"{TITLE} · {screen.dateline} · {screen.address(base)}", SMALL_PX, room, most=3)
    lines += link
    top = page.height - MARGIN * 0.7 - len(lines) * SMALL_PX * 1.28
    parts = [f'<path d="M{MARGIN} {top - 8:.1f}H{page.width - MARGIN}"{outlined(LINE)}/>']
    for at, line in enumerate(lines, 1):
        bold = at > len(lines) - len(link)
        parts.append(text(MARGIN, top + at * SMALL_PX * 1.28, line, SMALL_PX, colour=INK if bold else QUIET))
    return "".join(parts), top - 8


def body(picture: Picture, page: Size, top: float, bottom: float) -> str:
    """Return the picture and its legend between two heights of a page."""
    left, width, height = float(MARGIN), float(page.width - 2 * MARGIN), bottom - top
    entries = chart_legend(picture) if isinstance(picture, ChartPicture) else picture.legend
    title = "" if isinstance(picture, ChartPicture) else picture.legend_title
    if isinstance(picture, MapPicture):
        unit = min(height / picture.height, (width - LEGEND_PX) / picture.width)
        space = left + picture.width * unit + 1.6 * GAP
        drawn = map_markup(picture, left, top, unit)
        return drawn + _legend(title, entries, space, top, page.width - MARGIN - space, height, unit)
    beside = LEGEND_PX + GAP if entries else 0
    if isinstance(picture, MatrixPicture):
        drawn = matrix_markup(picture, left, top, width - beside, height)
    else:
        drawn = chart_markup(picture, left, top + TEXT_PX * 1.3, width - beside, height - TEXT_PX * 1.3)
    return drawn + _legend(title, entries, page.width - MARGIN - LEGEND_PX, top, LEGEND_PX, height, 1.0)


def _legend(
    title: str, entries: tuple[LegendItem, ...], left: float, top: float, width: float, height: float, unit: float
) -> str:
    """Return the legend, its letters smaller where there is little room."""
    for size in (TEXT_PX, 22, SMALL_PX, 16):
        rows = [wrapped(item.text, size, width - size * 2.4) or [""] for item in entries]
        heads = wrapped(title, size, width, bold=True)
        if (sum(len(row) * 1.2 + 0.55 for row in rows) + len(heads) * 1.2 + 0.6) * size <= height:
            break
    parts, y = [], top
    for line in heads:
        y += size * 1.1
        parts.append(text(left, y, line, size, bold=True))
    y += size * 0.5 if heads else 0
    for item, row in zip(entries, rows, strict=True):
        parts.append(legend_row(item, left, y + size * 0.85, size, unit))
        for line in row:
            y += size * 1.2
            parts.append(text(left + size * 2.1, y, line, size))
        y += size * 0.55
    return f'<g stroke-linejoin="round" fill="{hex_colour(INK)}">{"".join(parts)}</g>'
