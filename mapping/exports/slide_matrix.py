"""A heatmap on a slide: a native table with coloured or textured cells."""

from collections.abc import Sequence
from typing import Final

from mapping.exports.matrix_layout import ROW, SHORT, MatrixLayout
from mapping.exports.slide_words import width_of
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
LARGEST_PT: Final = 24


def layout(picture: MatrixPicture, place: Box) -> MatrixLayout:
    """Return how a heatmap is laid out in a place."""
    return MatrixLayout(picture, place.width, width_of, has_bold_heads=True)


def rows_that_fit(picture: MatrixPicture, place: Box) -> int:
    """Return how many lines of the smallest letters, headings counted, a place holds."""
    laid = layout(picture, place)
    head = laid.head_height(SMALLEST_PT, laid.widths(SMALLEST_PT))
    return max(3, int((place.height - head) // (SMALLEST_PT * ROW)))


def name_lines(picture: MatrixPicture, place: Box, row: MatrixRow) -> float:
    """Return how many such lines a row of a heatmap takes: more than one where its name does."""
    laid = layout(picture, place)
    return laid.high(row, SMALLEST_PT, laid.widths(SMALLEST_PT)[0]) / (SMALLEST_PT * ROW)


def table(picture: MatrixPicture, place: Box, pen: Pen) -> str:
    """Return the heatmap as a table."""
    laid = layout(picture, place)
    size = laid.size(place.height, LARGEST_PT, SMALLEST_PT)
    widths, (head, highs) = laid.widths(size), laid.highs(size, place.height)
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    made = [
        _head(laid, size, head, widths),
        *(_row(one, laid, widths, size, high) for one, high in zip(picture.lines(), highs, strict=True)),
    ]
    box = Box(place.left, place.top, sum(widths), head + sum(highs))
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{pen.named('Heatmap', picture.alt)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{transform(box, "p:xfrm")}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(made)}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _head(laid: MatrixLayout, size: float, height: float, widths: Sequence[float]) -> str:
    cells = [_cell(laid.picture.row_head, size, bold=True, align="l", anchor="b")]
    for said, wide in zip(laid.picture.heads, widths[1:], strict=True):
        # a word in pieces keeps its hyphen, after which every program may break the line
        whole = ["".join(laid.head_lines(word, size, wide)) for word in said.split()]
        cells.append(_cell(" ".join(whole), size, bold=len(said) > SHORT, anchor="b"))
    return f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>'


def _row(one: MatrixRow | str, laid: MatrixLayout, widths: Sequence[float], size: float, height: float) -> str:
    if isinstance(one, str):
        first = _cell(one, size, bold=True, align="l").replace("<a:tc>", f'<a:tc gridSpan="{len(widths)}">', 1)
        rest = "".join(_cell("", size).replace("<a:tc>", '<a:tc hMerge="1">', 1) for _ in range(len(widths) - 1))
        return f'<a:tr h="{emu(height)}">{first}{rest}</a:tr>'
    name = " ".join(laid.name_lines(one, size, widths[0]))
    cells = [_cell(name, size, align="l"), *(_value(cell, size) for cell in one.cells)]
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
_BY_A_NAME: Final = f'marL="0" marR="{emu(6)}" marT="0" marB="0"'


def _cell(said: str, size: float, *, bold: bool = False, align: str = "ctr", anchor: str = "ctr") -> str:
    letters = run(said, size, bold=bold) if said else ""
    told = _bare(body([paragraph(letters, size, align)], tag="a:txBody"))
    margins = _BY_A_NAME if align == "l" else _MARGINS
    return f'<a:tc>{told}<a:tcPr {margins} anchor="{anchor}">{solid(WHITE)}</a:tcPr></a:tc>'


def _bare(told: str) -> str:
    """Return the text of a cell, whose margins are the cell's own matter."""
    start, end = told.index("<a:bodyPr"), told.index("</a:bodyPr>") + len("</a:bodyPr>")
    return f"{told[:start]}<a:bodyPr/>{told[end:]}"
