"""A sheet as it was received: text in rows, and what was noticed on reading it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from mapping.errors import SourceError
from mapping.importers.limits import LONGEST_CELL, MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet, layer or file of a table."""

    name: str
    """Name of the sheet; of a CSV file, its own."""
    rows: tuple[Cells, ...]
    """All rows from the first on, as text without spaces around; all as long as the longest, empty ones included."""
    notes: tuple[str, ...] = ()
    """What was noticed: encoding, separator, formulas."""

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell, rows and columns counted from 1; empty outside the sheet."""
        inside = 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1])
        return self.rows[row - 1][column - 1] if inside else ""


def letters(column: int) -> str:
    """Return the letters of a column counted from 1: A, Z, AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """Return the address of a cell as spreadsheets write it, such as B7."""
    return f"{letters(column)}{row}"


def as_text(value: object) -> str:
    """Return a cell's value as text: ISO dates, points in decimals, no spaces around."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if not isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def sheet_of(file: str, name: str, rows: Iterable[Sequence[object]], notes: Sequence[str] = ()) -> Sheet:
    """Return a sheet from the values of its rows, within the limits; rows without a cell at the end are cut off."""
    kept: list[Cells] = []
    characters = cells = 0
    for number, values in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise SourceError(f"{file}: sheet {name!r} has more than {MOST_ROWS:,} rows; split it")
        texts = tuple([value.strip() if type(value) is str else as_text(value) for value in values])
        while texts and not texts[-1]:
            texts = texts[:-1]
        if len(texts) > MOST_COLUMNS:
            raise SourceError(f"{file}: sheet {name!r} has more than {MOST_COLUMNS} columns; remove those without data")
        cells += len(texts)
        characters += sum(map(len, texts))
        _check_row(file, name, number, texts)
        if cells > MOST_CELLS or characters > MOST_CHARACTERS:
            raise SourceError(f"{file}: sheet {name!r} holds more than can be read; split it")
        kept.append(texts)
    while kept and not kept[-1]:
        kept.pop()
    width = max(map(len, kept), default=0)
    if width * len(kept) > MOST_CELLS:
        raise SourceError(f"{file}: sheet {name!r} spans more than {MOST_CELLS:,} cells; split it")
    return Sheet(name, tuple(texts + ("",) * (width - len(texts)) for texts in kept), tuple(notes))


def _check_row(file: str, name: str, number: int, texts: Cells) -> None:
    """Refuse a cell that is longer than any cell of ours can be."""
    if texts and max(map(len, texts)) > LONGEST_CELL:
        column = next(column for column, text in enumerate(texts, start=1) if len(text) > LONGEST_CELL)
        where = f"{name}!{address(number, column)}"
        raise SourceError(f"{file}: cell {where} is longer than {LONGEST_CELL:,} characters; shorten it")
