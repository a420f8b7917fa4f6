"""A reviewed upload as a workbook to download: corrected sheets, marked cells, and the list of findings."""

import io
from collections.abc import Callable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from mapping.importers.findings import Finding
from mapping.importers.review import Review, corrected

HEADINGS: Final = ("cell", "column", "value", "what is wrong", "how to mend it", "put in")
FINDINGS: Final = "findings"
OPEN: Final = PatternFill("solid", fgColor="FFE0B2")
"""Behind a cell that is still wrong."""
MENDED: Final = PatternFill("solid", fgColor="C8E6C9")
"""Behind a cell that was corrected."""
BOLD: Final = Font(bold=True)
LONGEST_TITLE: Final = 31
MOST_COMMENTS: Final = 2_000
"""Cells with a note; Excel grows slow with more, the sheet of findings has them all."""


def corrected_workbook(reviews: Sequence[Review], chosen: Callable[[Finding], bool] = lambda _: True) -> bytes:
    """Return a workbook of the reviewed sheets with the chosen suggestions put in, formulas as text."""
    book = Workbook(write_only=True)
    for review in reviews:
        _add_sheet(book, review, chosen)
    listed = book.create_sheet(FINDINGS)
    listed.append([_text(listed, heading, BOLD) for heading in HEADINGS])
    for review in reviews:
        for one in review.findings:
            put_in = one.suggestion if one.suggestion is not None and chosen(one) else ""
            told = (one.cell, one.heading, one.value, one.problem, one.remedy, put_in)
            listed.append([_text(listed, text) for text in told])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _add_sheet(book: Workbook, review: Review, chosen: Callable[[Finding], bool]) -> None:
    """Add one sheet; what was wrong is marked, and says why."""
    sheet = book.create_sheet(review.sheet.name[:LONGEST_TITLE] or review.table)
    wrong = {(one.row, one.column): one for one in review.findings if one.column}
    rows_wrong = {row for row, _ in wrong}
    left = MOST_COMMENTS
    for number, texts in enumerate(corrected(review, chosen).rows, start=1):
        if number not in rows_wrong and number != review.header_row:
            sheet.append([_plain(sheet, text) for text in texts])
            continue
        cells = []
        for column, text in enumerate(texts, start=1):
            cell = _text(sheet, text, BOLD if number == review.header_row else None)
            one = wrong.get((number, column))
            if one is not None:
                is_mended = one.suggestion is not None and chosen(one)
                cell.fill = MENDED if is_mended else OPEN
                if left:
                    cell.comment = Comment(f"{one.problem}; {one.remedy}", "ATMP Atlas")
                    left -= 1
            cells.append(cell)
        sheet.append(cells)


def _plain(sheet: object, text: str) -> object:
    """Return the value of a cell without a mark; only what a spreadsheet might run becomes a cell of its own."""
    return _text(sheet, text) if text[:1] in "=+-@\t\r" and text else ILLEGAL_CHARACTERS_RE.sub("\ufffd", text) or None


def _text(sheet: object, text: str, font: Font | None = None) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", text) or None)
    if text:
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell
