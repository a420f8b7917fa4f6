"""A heatmap as SVG, in a box of a still."""

from collections.abc import Sequence

from mapping.exports.svg_parts import INK, LINE, PAPER_WHITE, box, fitting, outlined, text
from mapping.exports.typesetting import cut, width_of, wrapped
from mapping.figures.pictures import MatrixCell, MatrixPicture

LABEL_SHARE = 0.42
"""Share of the width that the names of the rows may take."""
TALLEST = 76.0
LARGEST = 30.0
CODE_LETTERS = 3
"""Letters up to which the head of a column is a code."""


def matrix_markup(picture: MatrixPicture, left: float, top: float, width: float, height: float) -> str:
    """Return the heatmap in a box; the size of its letters follows from the room there is."""
    lines = picture.lines()
    if not picture.rows or not picture.heads:
        return ""
    row = min(height / (len(lines) + 2.2), TALLEST)
    size = min(row * 0.66, LARGEST)
    columns = _columns(picture, width, row, size)
    labels = min(max(width_of(one.label, size) for one in picture.rows) + 16, width - sum(columns))
    edges = [left + labels + sum(columns[:at]) for at in range(len(columns))]
    small = _head_sizes(picture.heads, columns, size)
    heads = [wrapped(*head) for head in zip(picture.heads, small, [wide - 3 for wide in columns], strict=True)]
    head = max(len(said) * letters for said, letters in zip(heads, small, strict=True)) * 1.1 + 8
    row = min((height - head) / len(lines), row)
    parts = [
        text(edge + wide / 2, top + head - 8 - (len(said) - 1 - line) * letters * 1.1, word, letters, anchor="middle")
        for edge, wide, said, letters in zip(edges, columns, heads, small, strict=True)
        for line, word in enumerate(said)
    ]
    for at, one in enumerate(lines):
        y = top + head + at * row
        if isinstance(one, str):
            parts.append(text(left, y + row * 0.72, cut(one, size, width, bold=True), size, bold=True))
            continue
        parts.append(text(left, y + row * 0.72, cut(one.label, size, labels - 10), size))
        parts += [
            _cell(cell, edge, y, wide, row, size) for cell, edge, wide in zip(one.cells, edges, columns, strict=True)
        ]
    return "".join(parts)


def _head_sizes(heads: Sequence[str], columns: Sequence[float], size: float) -> list[float]:
    """Return the sizes of letters at which no word over a column is cut apart; codes have one size."""
    fit = [
        min([size, *(fitting(word, size, wide - 4) for word in said.split())])
        for said, wide in zip(heads, columns, strict=True)
    ]
    code = min([size, *(one for one, said in zip(fit, heads, strict=True) if len(said) <= CODE_LETTERS)])
    return [code if len(said) <= CODE_LETTERS else one for one, said in zip(fit, heads, strict=True)]


def _columns(picture: MatrixPicture, width: float, row: float, size: float) -> list[float]:
    """Return the width of each column: the longest word over it and what stands in it, and more where there is room."""
    needed = [
        max(
            row * 1.1,
            *(width_of(word, size) + 8 for word in said.split()),
            *(width_of(one.cells[at].text, size) + 8 for one in picture.rows),
        )
        for at, said in enumerate(picture.heads)
    ]
    longest = max(width_of(one.label, size) for one in picture.rows) + 16
    room = max(width - longest, width * (1 - LABEL_SHARE)) / sum(needed)
    return [wide * room if room < 1 else min(wide * room, max(wide, row * 4)) for wide in needed]


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
