"""A picture for the stage: in letters of 24 pt on a screen of 1920 by 1080, as on slides."""

from typing import Final

from mapping.exports.bare_picture import LETTERS, legend_lines
from mapping.exports.matrix_layout import legible
from mapping.exports.still_matrix import laid_markup, matrix_layout
from mapping.exports.stills import MARGIN, Size, body, painted
from mapping.exports.svg_parts import FONT_FAMILY, LINE, textures
from mapping.figures.matrix_fit import MOST_COLUMNS, without_empty_columns
from mapping.figures.pictures import MapPicture, MatrixPicture, Picture
from mapping.words import Words

WIDTH, HEIGHT = 1420, 500
"""Drawn units; shown 1,824 pixels wide at 1920 by 1080, so letters of 25 units have 32 pixels there, 24 pt."""
LEAST_ROWS: Final = 4
"""Rows of a heatmap that are shown however long their names."""


SCALE: Final = 2.0
"""Pixels a unit, for screens finer than that."""


def on_stage(picture: Picture, words: Words) -> Picture:
    """Return what of a picture can be read from afar; its caption says what was left out."""
    if not isinstance(picture, MatrixPicture):
        return picture
    shown = without_empty_columns(picture, MOST_COLUMNS, words)
    return legible(shown, lambda one: matrix_layout(one, WIDTH), _room(shown), (LETTERS,), LEAST_ROWS, words)


def stage_svg(picture: Picture) -> str:
    """Return a picture as :func:`on_stage` gives it, with its legend, as SVG."""
    lines = picture.hatch if isinstance(picture, MapPicture) else LINE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="{FONT_FAMILY}"><defs>{textures(lines)}</defs>{_drawn(picture)}</svg>'
    )


def stage_png(picture: Picture, words: Words) -> tuple[bytes, str]:
    """Return the picture with its legend as PNG, and its words for those who do not see it."""
    shown = on_stage(picture, words)
    return painted(stage_svg(shown), SCALE), shown.alt


def _drawn(shown: Picture) -> str:
    if isinstance(shown, MatrixPicture):
        room = _room(shown)
        drawn = laid_markup(matrix_layout(shown, WIDTH), 0, 0, room, LETTERS)
        return drawn + legend_lines(shown.legend_title, shown.legend, WIDTH, room)[0]
    page = Size(WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN, 1.0, 0)
    return f'<g transform="translate({-MARGIN} {-MARGIN})">{body(shown, page, MARGIN, page.height - MARGIN)}</g>'


def _room(picture: MatrixPicture) -> float:
    """Return the height that the legend leaves to a heatmap."""
    return HEIGHT - legend_lines(picture.legend_title, picture.legend, WIDTH, 0)[1]
