"""A heatmap as SVG, in a box of a still."""

from mapping.exports.svg_parts import INK, LINE, PAPER_WHITE, box, fitting, outlined, text
from mapping.exports.typesetting import cut, width_of, wrapped
from mapping.figures.pictures import MatrixCell, MatrixPicture, MatrixRow

LABEL_SHARE = 0.34
"""Share of the width that the names of the rows may take."""
HEAD_LINES = 3
TALLEST = 76.0
LARGEST = 30.0


def matrix_markup(picture: MatrixPicture, left: float, top: float, width: float, height: float) -> str:
    """Return the heatmap in a box; the size of its letters follows from the room there is."""
    lines = _lines(picture)
    if not picture.rows or not picture.heads:
        return ""
    row = min(height / (len(lines) + 1.6), TALLEST)
    size = min(row * 0.62, LARGEST)
    labels = min(max(width_of(one.label, size) for one in picture.rows) + 16, width * LABEL_SHARE)
    column = min((width - labels) / len(picture.heads), row * 3.4)
    heads = [wrapped(said, size, column - 4, most=HEAD_LINES) for said in picture.heads]
    head = max(len(said) for said in heads) * size * 1.1 + 8
    if head > row * 1.6:
        row = min((height - head) / max(len(lines), 1), row)
    parts = [
        text(left + labels + (at + 0.5) * column, top + head - 8 - (len(said) - 1 - line) * size * 1.1, word,
             fitting(word, size, column - 2), anchor="middle")
        for at, said in enumerate(heads)
        for line, word in enumerate(said)
    ]  # fmt: skip
    for at, one in enumerate(lines):
        y = top + head + at * row
        if isinstance(one, str):
            parts.append(text(left, y + row * 0.72, cut(one, size, width, bold=True), size, bold=True))
            continue
        parts.append(text(left, y + row * 0.72, cut(one.label, size, labels - 10), size))
        parts += [
            _cell(cell, left + labels + number * column, y, column, row, size) for number, cell in enumerate(one.cells)
        ]
    return "".join(parts)


def _lines(picture: MatrixPicture) -> list[MatrixRow | str]:
    """Return headings and rows from top to bottom."""
    lines: list[MatrixRow | str] = []
    group = ""
    for row in picture.rows:
        if row.group and row.group != group:
            lines.append(row.group)
            group = row.group
        lines.append(row)
    return lines


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
