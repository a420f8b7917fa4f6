"""A drawing of any height on a sheet: finding, what it shows, legend, source, version and link, as SVG or PNG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mapping.exports.svg_parts import (
    FONT_FAMILY,
    INK,
    LINE,
    PAPER_WHITE,
    QUIET,
    box,
    legend_row,
    safe,
    text,
    textures,
)
from mapping.exports.typesetting import width_of, wrapped
from mapping.figures.palette import hex_colour
from mapping.figures.pictures import LegendItem

MARGIN: Final = 24
TITLE_PX: Final = 24
TEXT_PX: Final = 14
SMALL_PX: Final = 12
PNG_SCALE: Final = 2.0


@dataclass(frozen=True)
class Sheet:
    """The words around a drawing."""

    headline: str
    """The finding, as over the page."""
    title: str
    """What is drawn."""
    filters: tuple[str, ...]
    caption: str
    """The line under the figure."""
    address: str
    """Where the same is on the screen."""
    alt: str
    legend: Sequence[LegendItem] = ()
    lang: str = "en"


def sheet_svg(sheet: Sheet, drawing: str, width: float, height: float) -> str:
    """Return a drawing, so many units wide and high, on its sheet."""
    head, top = _head(sheet, width)
    legend, top = _legend(sheet.legend, top, width)
    foot, end = _foot(sheet, top + height + 10, width)
    whole = width + 2 * MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole:.0f}" height="{end:.0f}" '
            f'viewBox="0 0 {whole:.0f} {end:.0f}" font-family="{FONT_FAMILY}" role="img" lang="{safe(sheet.lang)}">',
            f"<title>{safe(sheet.headline)}</title><desc>{safe(sheet.alt)}</desc>",
            f"<defs>{textures(LINE)}</defs>",
            box(0, 0, whole, end, PAPER_WHITE),
            head,
            legend,
            f'<g transform="translate({MARGIN} {top:.1f})">{drawing}</g>',
            foot,
            "</svg>",
        )
    )


def sheet_png(drawing: str) -> bytes:
    """Return a sheet as PNG, two pixels a unit."""
    from mapping.exports.stills import painted  # its painter is slow to import

    return painted(drawing, PNG_SCALE)


def _head(sheet: Sheet, width: float) -> tuple[str, float]:
    parts, y = [], float(MARGIN)
    for line in wrapped(sheet.headline, TITLE_PX, width, bold=True):
        y += TITLE_PX
        parts.append(text(MARGIN, y, line, TITLE_PX, bold=True))
        y += TITLE_PX * 0.2
    for line in wrapped(" · ".join((sheet.title, *sheet.filters)), TEXT_PX, width):
        y += TEXT_PX * 1.3
        parts.append(text(MARGIN, y, line, TEXT_PX, colour=QUIET))
    return "".join(parts), y + 12


def _legend(entries: Sequence[LegendItem], top: float, width: float) -> tuple[str, float]:
    """Return the legend in rows across, and where it ends."""
    parts, x, y = [], float(MARGIN), top + TEXT_PX * 0.7
    for item in entries:
        wide = TEXT_PX * 2.1 + width_of(item.text, TEXT_PX) + 18
        if x > MARGIN and x + wide > MARGIN + width:
            x, y = float(MARGIN), y + TEXT_PX * 1.7
        parts.append(legend_row(item, x, y, TEXT_PX, 1.0))
        parts.append(text(x + TEXT_PX * 2.1, y + TEXT_PX * 0.35, item.text, TEXT_PX))
        x += wide
    return f'<g fill="{hex_colour(INK)}">{"".join(parts)}</g>', y + TEXT_PX * 1.3 if entries else top


def _foot(sheet: Sheet, top: float, width: float) -> tuple[str, float]:
    lines = [*wrapped(sheet.caption, SMALL_PX, width), *wrapped(sheet.address, SMALL_PX, width)]
    parts = [text(MARGIN, top + at * SMALL_PX * 1.35, line, SMALL_PX, colour=QUIET) for at, line in enumerate(lines, 1)]
    return "".join(parts), top + len(lines) * SMALL_PX * 1.35 + MARGIN
