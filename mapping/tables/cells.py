"""Text cells turned into typed columns, with a fault for each cell that cannot be."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from mapping.errors import Fault
from mapping.tables.kinds import TEXT
from mapping.tables.reading import Sheet
from mapping.tables.schemas import SCHEMAS, column_names

NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
WHOLE = re.compile(r"-?[0-9]{1,15}")
ANY_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def header_faults(header: Sequence[str], table: str) -> list[Fault]:
    """Return what is wrong with the names of the columns."""
    expected = column_names(table)
    missing = [
        Fault(1, column, "", "the column is missing", "add it; an empty cell says that nothing is known")
        for column in expected
        if column not in header
    ]
    extra = [
        Fault(1, column or "-", "", "the column is not one of this table", "remove it, or look for a misspelt name")
        for column in header
        if column not in expected
    ]
    return [*missing, *extra]


def text_frame(sheet: Sheet, table: str) -> pd.DataFrame:
    """Return the cells as text, indexed by line, empty ones as null."""
    columns = list(zip(*sheet.rows, strict=True)) if sheet.rows else [()] * len(sheet.header)
    cells = {
        name: pd.array([cell or None for cell in column], dtype=TEXT)
        for name, column in zip(sheet.header, columns, strict=True)
    }
    return pd.DataFrame(cells, index=pd.Index(sheet.lines, dtype="int64"))[list(column_names(table))]


def typed_frame(texts: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the table with its numbers as numbers, and a fault for each cell that is not one."""
    faults: list[Fault] = []
    typed = {}
    for name, column in SCHEMAS[table].to_schema().columns.items():
        if str(column.dtype) not in ("float64", "Int64"):
            typed[name] = texts[name]
            continue
        whole = str(column.dtype) == "Int64"
        form = WHOLE if whole else NUMBER
        fits = pd.Series([cell is np.nan or bool(form.fullmatch(cell)) for cell in texts[name]], index=texts.index)
        faults += [_not_a_number(int(line), name, cell, whole) for line, cell in texts.loc[~fits, name].items()]
        typed[name] = _numbers(texts[name].where(fits), whole)
    return pd.DataFrame(typed, index=texts.index)[list(texts.columns)], faults


def _numbers(cells: pd.Series, whole: bool) -> pd.Series:
    """Return cells that are numbers, or null, as a numeric column."""
    if whole:
        return pd.Series([pd.NA if cell is np.nan else int(cell) for cell in cells], index=cells.index, dtype="Int64")
    return pd.Series([np.nan if cell is np.nan else float(cell) for cell in cells], index=cells.index, dtype="float64")


def _not_a_number(line: int, column: str, cell: str, whole: bool) -> Fault:
    """Return the fault of a cell that should be a number."""
    if ANY_NUMBER.fullmatch(cell) and not (whole and "." in cell):
        return Fault(line, column, cell, "has too many digits", "write at most 15 digits and 12 decimals")
    if whole:
        return Fault(line, column, cell, "is not a whole number", "write digits only, such as 2026, or leave it empty")
    remedy = "write digits with a point, such as 52.52; leave the cell empty where nothing is known"
    return Fault(line, column, cell, "is not a number", remedy)
