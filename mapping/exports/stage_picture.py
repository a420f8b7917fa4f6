"""A picture for the stage: in letters of 24 pt on a screen of 1920 by 1080, as on slides."""

from typing import Final

from mapping.exports.stills import MARGIN, Size, body, painted
from mapping.exports.svg_parts import FONT_FAMILY, LINE, textures
from mapping.figures.matrix_fit import most_evidenced, without_empty_columns
from mapping.figures.pictures import MapPicture, MatrixPicture, Picture
from mapping.words import Words

WIDTH, HEIGHT = 1420, 500
"""Drawn units; shown 1,824 pixels wide at 1920 by 1080, so letters of 25 units have 32 pixels there, 24 pt."""
MOST_ROWS: Final = 10
"""Rows of a heatmap, those with most evidence; the picture says how many more there are."""
MOST_COLUMNS: Final = 14


SCALE: Final = 2.0
"""Pixels a unit, for screens finer than that."""


def on_stage(picture: Picture, words: Words) -> Picture:
    """Return what of a picture can be read from afar; its caption says what was left out."""
    if not isinstance(picture, MatrixPicture):
        return picture
    return most_evidenced(without_empty_columns(picture, MOST_COLUMNS, words), MOST_ROWS, words)


def stage_png(picture: Picture, words: Words) -> tuple[bytes, str]:
    """Return the picture with its legend as PNG, and its words for those who do not see it."""
    shown = on_stage(picture, words)
    lines = shown.hatch if isinstance(shown, MapPicture) else LINE
    page = Size(WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN, 1.0, MOST_ROWS)
    drawn = body(shown, page, MARGIN, page.height - MARGIN)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{MARGIN} {MARGIN} {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="{FONT_FAMILY}"><defs>{textures(lines)}</defs>{drawn}</svg>'
    )
    return painted(svg, SCALE), shown.alt
