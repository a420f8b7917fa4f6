"""A heatmap on a slide: a native table with coloured or textured cells."""

from typing import Final

from mapping.exports.slide_xml import (
    LINE,
    QUIET,
    WHITE,
    Box,
    Pen,
    body,
    emu,
    filled,
    paragraph,
    rgb,
    run,
    solid,
    transform,
)
from mapping.exports.typesetting import cut, width_of, wrapped
from mapping.figures.pictures import MatrixCell, MatrixPicture, MatrixRow

SMALLEST_PT: Final = 14
LARGEST_PT: Final = 20
ROW_PT: Final = 18.6
"""Height of a row of the smallest letters."""
NARROWEST_PT: Final = 19.5
"""Width of a column that holds two digits of the smallest letters."""


def rows_that_fit(picture: MatrixPicture, height: float, width: float) -> int:
    """Return how many rows, headings counted, stay legible in a place."""
    return max(3, int((height - _head_height(picture, SMALLEST_PT, width)) // ROW_PT))


def table(picture: MatrixPicture, place: Box, pen: Pen) -> str:
    """Return the heatmap as a table."""
    lines = _lines(picture)
    for size in range(LARGEST_PT, SMALLEST_PT - 1, -1):
        head = _head_height(picture, size, place.width)
        row = min((place.height - head) / max(len(lines), 1), size * 2.2)
        if row >= size * 1.3:
            break
    labels, column = _widths(picture, size, place.width)
    widths = [labels, *[column] * len(picture.heads)]
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    made = [_head(picture, size, column, head), *(_row(one, len(widths), size, labels, row) for one in lines)]
    box = Box(place.left, place.top, sum(widths), head + row * len(lines))
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{pen.named('Heatmap', picture.alt)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{transform(box, "p:xfrm")}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(made)}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


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


def _widths(picture: MatrixPicture, size: float, width: float) -> tuple[float, float]:
    """Return the width of the names of the rows and of a column."""
    columns = max(len(picture.heads), 1)
    longest = max((width_of(row.label, size) for row in picture.rows), default=0.0) + 12
    narrow = max(
        NARROWEST_PT, *(width_of(word, size, bold=True) + 5 for said in picture.heads for word in said.split())
    )
    narrow = min(narrow, width * 0.7 / columns)
    labels = min(longest, width - narrow * columns)
    return labels, min((width - labels) / columns, max(narrow, size * 4.2))


def _head_height(picture: MatrixPicture, size: float, width: float) -> float:
    _, column = _widths(picture, size, width)
    lines = max((len(wrapped(said, size, column - 4, bold=True)) for said in picture.heads), default=1)
    return lines * size * 1.22 + 4


def _head(picture: MatrixPicture, size: float, column: float, height: float) -> str:
    cells = [_cell(picture.row_head, size, bold=True, align="l", anchor="b")]
    cells += [_cell(said, size, bold=True, anchor="b") for said in picture.heads]
    return f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>'


def _row(one: MatrixRow | str, columns: int, size: float, labels: float, height: float) -> str:
    if isinstance(one, str):
        first = _cell(one, size, bold=True, align="l").replace("<a:tc>", f'<a:tc gridSpan="{columns}">', 1)
        rest = "".join(_cell("", size).replace("<a:tc>", '<a:tc hMerge="1">', 1) for _ in range(columns - 1))
        return f'<a:tr h="{emu(height)}">{first}{rest}</a:tr>'
    cells = [_cell(cut(one.label, size, labels - 8), size, align="l"), *(_value(cell, size) for cell in one.cells)]
    return f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>'


def _value(cell: MatrixCell, size: float) -> str:
    line = WHITE if cell.fill else LINE
    colour = cell.ink if cell.fill else QUIET
    fill = filled(cell.fill, cell.texture)
    edges = "".join(
        f'<a:{side} w="{emu(0.75)}"><a:solidFill>{rgb(line)}</a:solidFill></a:{side}>'
        for side in ("lnL", "lnR", "lnT", "lnB")
    )
    letters = run(cell.text, size, colour=colour) if cell.text else ""
    told = body([paragraph(letters, size, "ctr")], tag="a:txBody")
    return f'<a:tc>{_bare(told)}<a:tcPr {_MARGINS} anchor="ctr">{edges}{fill}</a:tcPr></a:tc>'


_MARGINS: Final = 'marL="0" marR="0" marT="0" marB="0"'


def _cell(said: str, size: float, *, bold: bool = False, align: str = "ctr", anchor: str = "ctr") -> str:
    letters = run(said, size, bold=bold) if said else ""
    told = _bare(body([paragraph(letters, size, align)], tag="a:txBody"))
    return f'<a:tc>{told}<a:tcPr {_MARGINS} anchor="{anchor}">{solid(WHITE)}</a:tcPr></a:tc>'


def _bare(told: str) -> str:
    """Return the text of a cell, whose margins are the cell's own matter."""
    start, end = told.index("<a:bodyPr"), told.index("</a:bodyPr>") + len("</a:bodyPr>")
    return f"{told[:start]}<a:bodyPr/>{told[end:]}"
