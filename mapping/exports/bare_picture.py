"""A picture alone, with its legend, for pages that say the rest in text of their own: briefs, share pages, packs."""

from collections.abc import Sequence
from typing import Final

from mapping.exports.matrix_layout import MatrixLayout
from mapping.exports.still_chart import chart_markup, label_lines
from mapping.exports.still_map import map_markup
from mapping.exports.still_matrix import laid_markup, matrix_layout
from mapping.exports.stills import LEGEND_PX, MARGIN, Size, body
from mapping.exports.svg_parts import FONT_FAMILY, LINE, legend_row, safe, text, textures
from mapping.exports.typesetting import Measure, width_of
from mapping.figures.matrix_fit import most_evidenced
from mapping.figures.pictures import ChartPicture, LegendItem, MapPicture, MatrixPicture, Picture, chart_legend
from mapping.words import Words

WIDE: Final = 1500
"""Drawn units across a page; letters are about 9 points on A4."""
NARROW: Final = 820
"""Drawn units across half a page; the legend stands below."""
TALLEST_MAP: Final = 800
LEAST_BY_LEGEND: Final = 420
"""Height that a legend takes."""
ROW: Final = 37
"""Drawn units of a row of a heatmap or of a lying bar."""
LETTERS: Final = 25
"""Size of the letters of a legend below a picture."""
LEAST_LETTERS: Final = 18
"""Size of the letters of a heatmap, at least: 6.5 points across A4."""
MOST_ROWS: Final = 30
"""Rows of a heatmap; those with most evidence are kept."""


def fullest(picture: Picture, words: Words, rows: int = MOST_ROWS) -> Picture:
    """Return a picture as it is drawn alone: of a large heatmap the rows with most evidence."""
    return most_evidenced(picture, rows, words) if isinstance(picture, MatrixPicture) else picture


def bare_svg(picture: Picture, width: int = WIDE, measure: Measure = width_of) -> str:
    """Return a picture and its legend as SVG, as high as what is in it needs.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    width : int
        Drawn units across.
    measure : Measure
        How wide its words are: in our own letters, or in those of a reader's browser, which has not got ours.
    """
    if width == WIDE and not isinstance(picture, MatrixPicture):
        page = Size(width, _height(picture, width), 1.0, 0)
        inner = f"{MARGIN} {MARGIN} {page.width - 2 * MARGIN} {page.height - 2 * MARGIN}"
        drawn = body(picture, page, MARGIN, page.height - MARGIN)
    else:
        drawn, height = _with_legend_below(picture, width, measure)
        inner = f"0 0 {width} {height:.0f}"
    lines = picture.hatch if isinstance(picture, MapPicture) else LINE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{inner}" font-family="{FONT_FAMILY}">'
        f"<title>{safe(picture.title)}</title><defs>{textures(lines)}</defs>{drawn}</svg>"
    )


def _with_legend_below(picture: Picture, width: int, measure: Measure) -> tuple[str, float]:
    """Return a picture across the whole width, its legend in lines below it, and the height of both."""
    if isinstance(picture, MapPicture):
        unit = width / picture.width
        high, drawn = picture.height * unit, map_markup(picture, 0, 0, unit)
    elif isinstance(picture, MatrixPicture):
        laid = matrix_layout(picture, width, measure)
        unit, high = 1.0, _matrix_height(laid, float(_height(picture, width) - 2 * MARGIN))
        drawn = laid_markup(laid, 0, 0, high, LEAST_LETTERS)
    else:
        unit, high = 1.0, float(_height(picture, width) - 2 * MARGIN)
        drawn = chart_markup(picture, 0, ROW, width, high - ROW)
    entries = chart_legend(picture) if isinstance(picture, ChartPicture) else picture.legend
    title = picture.legend_title if isinstance(picture, MatrixPicture) else ""
    legend, low = legend_lines(title, entries, width, high, unit, measure)
    return drawn + legend, low


def _matrix_height(laid: MatrixLayout, most: float) -> float:
    """Return the height that a heatmap takes in legible letters, more than there is to be only where it must."""
    size = laid.size(most, LETTERS, LEAST_LETTERS)
    head, highs = laid.highs(size, max(most, laid.height(size)))
    return head + sum(highs)


def legend_lines(
    title: str,
    entries: Sequence[LegendItem],
    width: float,
    top: float,
    unit: float = 1.0,
    measure: Measure = width_of,
) -> tuple[str, float]:
    """Return a legend in lines from a height down, and where it ends; ``unit``: drawn units a unit of the picture."""
    if not entries:
        return "", top
    x, y, parts = 0.0, top + LETTERS * 1.3, []
    if title:
        parts.append(text(x, y, title, LETTERS, bold=True))
        x = measure(title, LETTERS, bold=True) + LETTERS
    for item in entries:
        wide = LETTERS * 2.9 + measure(item.text, LETTERS)
        if x and x + wide - LETTERS > width:
            x, y = 0.0, y + LETTERS * 1.5
        parts.append(legend_row(item, x, y - LETTERS * 0.34, LETTERS, unit))
        parts.append(text(x + LETTERS * 1.9, y, item.text, LETTERS))
        x += wide
    return "".join(parts), y + LETTERS * 0.6


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
    rows = len(picture.categories) * label_lines(picture, width)
    return 2 * MARGIN + (max(rows + 3, 8) * ROW if lying else max(width // 3, 12 * ROW))
