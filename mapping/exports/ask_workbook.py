"""A workbook to send out for completion: the rows of a country or a partner, gaps marked, codes to choose from.

Loaded back on the Data page it shows exactly the cells that were filled in: sheets and columns have the names of our
tables, and what nobody touches reads as it was.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mapping.analysis.asked_rows import weight_of
from mapping.exports.edition import ATTRIBUTION, LICENCE_NAME, TITLE
from mapping.exports.listing import Listing
from mapping.exports.spreadsheet_safety import workbook_text
from mapping.tables.kinds import Column
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.words import Words

README: Final = "README"
LISTS: Final = "lists of codes"
FREE_ROWS: Final = 50
"""Empty rows under the table that take new rows with the same choices."""
HEADER: Final = PatternFill("solid", fgColor="E8EDF2")
WANTED: Final = PatternFill("solid", fgColor="FFD59E")
"""Behind an empty cell whose gap counts most."""
EMPTY: Final = PatternFill("solid", fgColor="FFF4D6")
"""Behind any other empty cell that may be filled."""
WIDEST: Final = 45
HEAVY: Final = 3
"""Weight of a column from which its gaps are marked most."""


def ask_workbook(tables: Tables, rows: Mapping[str, pd.DataFrame], about: str, words: Words) -> bytes:
    """Return a workbook of rows to complete.

    Parameters
    ----------
    tables : Tables
        The data the rows are of.
    rows : Mapping
        Table -> its rows; a table without rows gets a sheet to add some.
    about : str
        Name of the country or partner.
    words : Words
        Language of the README; names of columns and codes are those of the data.
    """
    book = Workbook()
    readme = book.active
    _readme(readme, tables, rows, about, words)
    ranges = _ranges(tables, rows)
    for name, frame in rows.items():
        _sheet(book.create_sheet(name), tables, name, frame, ranges)
    _lists(book.create_sheet(LISTS), tables, ranges)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _readme(sheet: Worksheet, tables: Tables, rows: Mapping[str, pd.DataFrame], about: str, words: Words) -> None:
    """Write what this is and how to fill it in."""
    sheet.title = README
    sheet.column_dimensions["A"].width = 100
    counted = [f"{name}: {words.plural('{n} row', '{n} rows', len(frame))}" for name, frame in rows.items()]
    lines = [
        words.text("What we know about {name}, and what we do not", name=about),
        words.text("Please fill in what you know and send the file back. Nobody has to fill in everything."),
        words.text("Orange cells are the gaps that matter most; yellow cells are empty too."),
        words.text("Correct what is wrong by writing over it. An empty cell means: not known."),
        words.text("Cells with a list take one code of it; the sheet “{lists}” says what each means.", lists=LISTS),
        words.text("Several values in one cell are joined with a vertical bar: GTMP|TEP."),
        words.text("To add a row, write it under the last one with an id of its own, such as my-hospital-unit-2."),
        words.text(
            "Please leave the names of sheets and columns, and the ids, as they are: they lead back to the map."
        ),
        words.text("Give a source for what you add: a web address or a document in the note. No names of persons."),
        words.text("To check it yourself: the page Data of the Atlas, “Check your data”. Nothing is stored there."),
        *counted,
        words.text("Data version {version}", version=tables.version),
        f"{ATTRIBUTION} {LICENCE_NAME}",
    ]
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, workbook_text(line))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1, size=14 if number == 1 else 11)


def _ranges(tables: Tables, rows: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return vocabulary -> the column of the sheet of lists that holds it, and its codes."""
    names = sorted({name for table in rows for one in tables.columns[table] if (name := _choices(one))})
    return {name: (2 * place + 1, tuple(labels(tables, name))) for place, name in enumerate(names)}


def _choices(column: Column) -> str:
    """Return the vocabulary that cells of a column hold codes of; empty where they hold something else."""
    return column.vocabulary or "" if column.references is None else ""


def _sheet(
    sheet: Worksheet,
    tables: Tables,
    table: str,
    frame: pd.DataFrame,
    ranges: Mapping[str, tuple[int, tuple[str, ...]]],
) -> None:
    """Write one table: header, rows, gaps marked, choices."""
    sheet.freeze_panes = "B2"
    columns = {column.name: column for column in tables.columns[table]}
    listing = Listing(table, frame)
    last = len(frame) + 1
    for place, name in enumerate(listing.columns, start=1):
        told, values = columns[name], listing.values(name)
        head = sheet.cell(1, place, name)
        head.font, head.fill = Font(bold=True), HEADER
        head.comment = Comment(f"{told.title}. {told.description}", TITLE)
        sheet.column_dimensions[get_column_letter(place)].width = _width(name, values)
        _fill(sheet, place, values, weight_of(tables, table, name))
        if vocabulary := _choices(told):
            _choice(sheet, place, last + FREE_ROWS, *ranges[vocabulary], is_list=told.is_list)


def _fill(sheet: Worksheet, place: int, values: Sequence[Any], weight: int) -> None:
    """Write the cells of one column; an empty one that is asked for is marked."""
    for row, value in enumerate(values, start=2):
        cell = sheet.cell(row, place)
        if value is None:
            if weight:
                cell.fill = WANTED if weight >= HEAVY else EMPTY
        elif isinstance(value, str):
            cell.value = workbook_text(value)
            cell.data_type = "s"
        else:
            cell.value = value


def _choice(sheet: Worksheet, place: int, last: int, column: int, codes: Sequence[str], *, is_list: bool) -> None:
    """Let the cells of a column be chosen from a list; where several may stand in one cell, other text is let in."""
    letter = get_column_letter(column)
    rule = DataValidation(
        type="list",
        formula1=f"'{LISTS}'!${letter}$2:${letter}${len(codes) + 1}",
        allow_blank=True,
        showErrorMessage=not is_list,
        errorTitle=TITLE,
        error="Choose a code of the list.",
    )
    rule.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{last}")
    sheet.add_data_validation(rule)


def _lists(sheet: Worksheet, tables: Tables, ranges: Mapping[str, tuple[int, tuple[str, ...]]]) -> None:
    """Write the codes to choose from, each with its words beside it."""
    for name, (column, codes) in ranges.items():
        sheet.cell(1, column, f"codes of {name}").font = Font(bold=True)
        known = labels(tables, name)
        for row, code in enumerate(codes, start=2):
            sheet.cell(row, column, code).data_type = "s"
            sheet.cell(row, column + 1, workbook_text(known[code]))
        sheet.column_dimensions[get_column_letter(column)].width = 24
        sheet.column_dimensions[get_column_letter(column + 1)].width = 34


def _width(name: str, values: Sequence[Any]) -> int:
    longest = max([len(name) + 2, *(len(str(value)) for value in values[:200] if value is not None)])
    return min(longest, WIDEST)
