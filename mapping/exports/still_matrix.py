"""A heatmap as SVG, in a box of a still."""

from mapping.exports.matrix_layout import HEAD_LEADING, NAME_LEADING, MatrixLayout
from mapping.exports.svg_parts import INK, LINE, PAPER_WHITE, box, fitting, outlined, text
from mapping.exports.typesetting import Measure, cut, width_of
from mapping.figures.pictures import MatrixCell, MatrixPicture

LARGEST = 30
SMALLEST = 12


def matrix_layout(picture: MatrixPicture, width: float, measure: Measure = width_of) -> MatrixLayout:
    """Return how a heatmap is laid out, in our own letters or in those of a measure."""
    return MatrixLayout(picture, width, measure)


def matrix_markup(picture: MatrixPicture, left: float, top: float, width: float, height: float) -> str:
    """Return the heatmap in a box, in the largest letters that fit."""
    if not picture.rows or not picture.heads:
        return ""
    return laid_markup(matrix_layout(picture, width), left, top, height, SMALLEST)


def laid_markup(laid: MatrixLayout, left: float, top: float, height: float, smallest: int) -> str:
    """Return a heatmap that is laid out, in the largest letters that fit, none smaller than asked for."""
    picture, size = laid.picture, laid.size(height, LARGEST, smallest)
    (labels, *columns), (head, highs) = laid.widths(size), laid.highs(size, height)
    edges = [left + labels + sum(columns[:at]) for at in range(len(columns))]
    parts = []
    for said, edge, wide in zip(picture.heads, edges, columns, strict=True):
        lines = laid.head_lines(said, size, wide)
        for at, line in enumerate(lines):
            y = top + head - size * 0.4 - (len(lines) - 1 - at) * size * HEAD_LEADING
            parts.append(text(edge + wide / 2, y, line, size, anchor="middle"))
    y = top + head
    for one, high in zip(picture.lines(), highs, strict=True):
        if isinstance(one, str):
            parts.append(text(left, y + high / 2 + size * 0.34, cut(one, size, laid.width, bold=True), size, bold=True))
        else:
            lines = laid.name_lines(one, size, labels)
            for at, line in enumerate(lines):
                lower = size * (0.34 + NAME_LEADING * (at - (len(lines) - 1) / 2))
                parts.append(text(left, y + high / 2 + lower, line, size))
            parts += [
                _cell(cell, edge, y, wide, high, size)
                for cell, edge, wide in zip(one.cells, edges, columns, strict=True)
            ]
        y += high
    return "".join(parts)


def _cell(cell: MatrixCell, x: float, y: float, width: float, height: float, size: float) -> str:
    gap = min(1.5, height * 0.06)
    line = "" if cell.fill else outlined(LINE, 0.8)
    drawn = box(
        x + gap, y + gap, width - 2 * gap, height - 2 * gap, cell.fill or PAPER_WHITE, texture=cell.texture, line=line
    )
    if not cell.text:
        return drawn
    ink = cell.ink if cell.fill else INK
    said = text(
        x + width / 2,
        y + height * 0.5 + size * 0.34,
        cell.text,
        fitting(cell.text, size, width - 5),
        colour=ink,
        anchor="middle",
    )
    return drawn + said
