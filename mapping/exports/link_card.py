"""The picture of a link's preview: finding on the left, the view's first picture on the right, 1200 by 630 pixels."""

from typing import Final

from mapping.exports.edition import TITLE
from mapping.exports.screens import Screen
from mapping.exports.still_chart import chart_markup
from mapping.exports.still_map import map_markup
from mapping.exports.still_matrix import matrix_markup
from mapping.exports.stills import painted
from mapping.exports.svg_parts import FONT_FAMILY, LINE, PAPER_WHITE, QUIET, box, safe, text, textures
from mapping.exports.typesetting import wrapped
from mapping.figures.matrix_fit import most_evidenced
from mapping.figures.pictures import MapPicture, MatrixPicture, Picture
from mapping.words import Words

SIZE: Final = (1200, 630)
"""Width and height in pixels, as Open Graph's readers like it."""
EDGE: Final = 40
TEXT_WIDTH: Final = 480
HEADLINE_SIZES: Final = (46, 40, 34, 28)
SMALL: Final = 24
MOST_ROWS: Final = 14
"""Rows of a heatmap that stay legible."""


def link_card(screen: Screen, words: Words) -> bytes:
    """Return the picture as PNG."""
    width, height = SIZE
    first = screen.pictures[0]
    lines = first.hatch if isinstance(first, MapPicture) else LINE
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT_FAMILY}"><title>{safe(screen.headline)}</title><defs>{textures(lines)}</defs>'
        f"{box(0, 0, width, height, PAPER_WHITE)}{_told(screen)}{_drawn(first, words)}</svg>"
    )
    return painted(drawing)


def _told(screen: Screen) -> str:
    """Return name, finding, filters and date, from top to bottom."""
    sized = ((size, wrapped(screen.headline, size, TEXT_WIDTH, bold=True, most=8)) for size in HEADLINE_SIZES)
    size, lines = next(((size, lines) for size, lines in sized if len(lines) * size < 330), (28, []))
    lines = lines or wrapped(screen.headline, size, TEXT_WIDTH, bold=True, most=10)
    parts = [text(EDGE, EDGE + SMALL, TITLE, SMALL, bold=True, colour=QUIET)]
    y = EDGE + SMALL + 26.0
    for line in lines:
        y += size * 1.14
        parts.append(text(EDGE, y, line, size, bold=True))
    y += 14
    for line in wrapped(screen.filtered_by, SMALL, TEXT_WIDTH, most=3):
        y += SMALL * 1.3
        parts.append(text(EDGE, y, line, SMALL, colour=QUIET))
    dates = wrapped(screen.dateline, SMALL, TEXT_WIDTH, most=2)
    for at, line in enumerate(reversed(dates)):
        parts.append(text(EDGE, SIZE[1] - EDGE - at * SMALL * 1.3, line, SMALL, colour=QUIET))
    return "".join(parts)


def _drawn(picture: Picture, words: Words) -> str:
    """Return the picture in the room beside the words."""
    left, top = EDGE + TEXT_WIDTH + 30.0, float(EDGE)
    width, height = SIZE[0] - left - EDGE, SIZE[1] - 2.0 * EDGE
    if isinstance(picture, MapPicture):
        unit = min(width / picture.width, height / picture.height)
        down = top + (height - picture.height * unit) / 2
        return map_markup(picture, left + (width - picture.width * unit) / 2, down, unit)
    if isinstance(picture, MatrixPicture):
        return matrix_markup(most_evidenced(picture, MOST_ROWS, words), left, top, width, height)
    return chart_markup(picture, left, top + SMALL, width, height - SMALL)
