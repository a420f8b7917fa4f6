"""A heatmap on a slide: a native table with coloured or textured cells."""

from collections.abc import Sequence
from typing import Final

from mapping.exports.slide_words import cut, width_of, wrapped
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
from mapping.figures.pictures import MatrixCell, MatrixPicture, MatrixRow

SMALLEST_PT: Final = 14
LARGEST_PT: Final = 20
ROW_PT: Final = 18.6
"""Height of a row of the smallest letters."""
NARROWEST_PT: Final = 19.5
"""Width of a column that holds two digits of the smallest letters."""
WIDEST_PT: Final = 170.0
ROOM_PT: Final = 3.0
SHORT: Final = 3
"""Letters up to which a heading is a code, set plain so that many stand side by side."""
LABEL_SHARE: Final = 0.28
"""Share of the width that the names of the rows keep, however many columns there are."""


def rows_that_fit(picture: MatrixPicture, height: float, width: float) -> int:
    """Return how many rows, headings counted, stay legible in a place."""
    return max(3, int((height - _head_height(picture, SMALLEST_PT, width)) // ROW_PT))


def table(picture: MatrixPicture, place: Box, pen: Pen) -> str:
    """Return the heatmap as a table."""
    lines, size = picture.lines(), _size(picture, place)
    widths, head = _widths(picture, size, place.width), _head_height(picture, size, place.width)
    row = min((place.height - head) / max(len(lines), 1), size * 2.2)
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    made = [_head(picture, size, head), *(_row(one, widths, size, row) for one in lines)]
    box = Box(place.left, place.top, sum(widths), head + row * len(lines))
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{pen.named('Heatmap', picture.alt)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{transform(box, "p:xfrm")}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(made)}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _size(picture: MatrixPicture, place: Box) -> int:
    """Return the largest size of letters at which rows and columns fit without breaking a word."""
    lines = len(picture.lines())
    for size in range(LARGEST_PT, SMALLEST_PT, -1):
        row = (place.height - _head_height(picture, size, place.width)) / max(lines, 1)
        if row >= size * 1.33 and sum(_needed(picture, size)) + _longest(picture, size) <= place.width:
            return size
    return SMALLEST_PT


def _longest(picture: MatrixPicture, size: float) -> float:
    """Return the width of the longest name of a row."""
    names = [picture.row_head, *(row.label for row in picture.rows)]
    return max(width_of(name, size, bold=name == picture.row_head) for name in names) + 12


def _needed(picture: MatrixPicture, size: float) -> list[float]:
    """Return the width that each column needs: for the longest word over it and for what stands in it."""
    return [
        max(
            NARROWEST_PT,
            *(width_of(word, size, bold=len(said) > SHORT) + ROOM_PT * (1 if len(said) <= SHORT else 2.5)
              for word in said.split()),
            *(min(width_of(row.cells[at].text, size) + ROOM_PT * 2, WIDEST_PT) for row in picture.rows),
        )
        for at, said in enumerate(picture.heads)
    ]  # fmt: skip


def _widths(picture: MatrixPicture, size: float, width: float) -> list[float]:
    """Return the width of the names of the rows and of each column."""
    needed = _needed(picture, size)
    labels = min(_longest(picture, size), max(width - sum(needed), width * LABEL_SHARE))
    room = (width - labels) / sum(needed)
    columns = [one * room if room < 1 else min(one * room, max(one, size * 4.2)) for one in needed]
    return [labels, *columns]


def _head_height(picture: MatrixPicture, size: float, width: float) -> float:
    columns = _widths(picture, size, width)[1:]
    lines = (
        len(wrapped(said, size, column - 3, bold=len(said) > SHORT))
        for said, column in zip(picture.heads, columns, strict=True)
    )
    return max(lines, default=1) * size * 1.22 + 4


def _head(picture: MatrixPicture, size: float, height: float) -> str:
    cells = [_cell(picture.row_head, size, bold=True, align="l", anchor="b")]
    cells += [_cell(said, size, bold=len(said) > SHORT, anchor="b") for said in picture.heads]
    return f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>'


def _row(one: MatrixRow | str, widths: Sequence[float], size: float, height: float) -> str:
    if isinstance(one, str):
        first = _cell(one, size, bold=True, align="l").replace("<a:tc>", f'<a:tc gridSpan="{len(widths)}">', 1)
        rest = "".join(_cell("", size).replace("<a:tc>", '<a:tc hMerge="1">', 1) for _ in range(len(widths) - 1))
        return f'<a:tr h="{emu(height)}">{first}{rest}</a:tr>'
    cells = [_cell(cut(one.label, size, widths[0] - 8), size, align="l"), *(_value(cell, size) for cell in one.cells)]
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
