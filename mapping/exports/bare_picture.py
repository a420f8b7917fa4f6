"""A picture alone, with its legend, for pages that say the rest in text of their own: briefs, share pages, packs."""

from typing import Final

from mapping.exports.stills import LEGEND_PX, MARGIN, Size, body
from mapping.exports.svg_parts import FONT_FAMILY, LINE, safe, textures
from mapping.figures.matrix_fit import most_evidenced
from mapping.figures.pictures import ChartPicture, MapPicture, MatrixPicture, Picture
from mapping.words import Words

WIDE: Final = 1500
"""Drawn units across a page; letters are about 9 points on A4."""
NARROW: Final = 1120
"""The same for a picture of about half that width."""
TALLEST_MAP: Final = 800
LEAST_BY_LEGEND: Final = 420
"""Height that a legend takes."""
ROW: Final = 37
"""Drawn units of a row of a heatmap or of a lying bar."""
MOST_ROWS: Final = 30
"""Rows of a heatmap, headings counted; those with most evidence are kept."""


def bare_svg(picture: Picture, words: Words, width: int = WIDE) -> str:
    """Return a picture and its legend as SVG, as high as what is in it needs."""
    rows = MOST_ROWS if width == WIDE else MOST_ROWS // 2
    shown = most_evidenced(picture, rows, words) if isinstance(picture, MatrixPicture) else picture
    page = Size(width, _height(shown, width), 1.0, rows)
    inner = f"{MARGIN} {MARGIN} {page.width - 2 * MARGIN} {page.height - 2 * MARGIN}"
    lines = shown.hatch if isinstance(shown, MapPicture) else LINE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{inner}" font-family="{FONT_FAMILY}">'
        f"<title>{safe(shown.title)}</title><defs>{textures(lines)}</defs>"
        f"{body(shown, page, MARGIN, page.height - MARGIN)}</svg>"
    )


def is_empty(picture: Picture) -> bool:
    """Return whether there is nothing to draw; a map without marks is still a map."""
    if isinstance(picture, MatrixPicture):
        return not picture.rows or not picture.heads
    return isinstance(picture, ChartPicture) and not (picture.categories and picture.series)


def _height(picture: Picture, width: int) -> int:
    """Return the height of the page to draw on."""
    if isinstance(picture, MapPicture):
        unit = min(TALLEST_MAP / picture.height, (width - 2 * MARGIN - LEGEND_PX) / picture.width)
        return 2 * MARGIN + max(round(picture.height * unit), LEAST_BY_LEGEND)
    if isinstance(picture, MatrixPicture):
        groups = len({row.group for row in picture.rows if row.group})
        return 2 * MARGIN + max((len(picture.rows) + groups + 2) * ROW, LEAST_BY_LEGEND * 2 // 3)
    lying = picture.kind in {"bars", "stacked"}
    return 2 * MARGIN + (max(len(picture.categories) + 3, 8) * ROW if lying else width // 3)
