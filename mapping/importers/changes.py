"""What an upload would change: each of its rows against the row of the same key in the current release."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from mapping.importers.sheets import as_text
from mapping.tables.cells import ANY_NUMBER
from mapping.tables.loading import Tables
from mapping.tables.schemas import SCHEMAS, column_names

Kind = Literal["added", "changed", "unchanged"]
KEYS: Mapping[str, tuple[str, ...]] = {"codes": ("vocabulary", "code"), "coverage": ("country", "subject")}
"""Tables whose rows have no id -> what names a row."""
NUMBERS: Final = ("float64", "Int64")


@dataclass(frozen=True)
class RowChange:
    """What one row of an upload would do."""

    row: int
    """Row of the sheet, counted from 1."""
    key: str
    """Id of the row."""
    kind: Kind
    cells: tuple[tuple[str, str, str], ...]
    """Column, text before and after, of each cell that changes; for an added row none."""
    after: tuple[str, ...]
    """The whole row, in the order of the columns of the table."""
    is_faulty: bool
    """Whether something in it is wrong."""


def key_columns(table: str) -> tuple[str, ...]:
    """Return the columns that name a row of a table."""
    return KEYS.get(table, ("id",)) if "id" not in column_names(table) else ("id",)


def current_texts(tables: Tables, table: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return key -> the row as text, of the current release."""
    frame = tables.frames.get(table)
    if frame is None:
        return {}
    names = column_names(table)
    columns = [_texts(frame[name]) for name in names]
    places = [names.index(name) for name in key_columns(table)]
    rows = zip(*columns, strict=True)
    return {tuple(row[place] for place in places): row for row in rows}


def _texts(column: pd.Series) -> list[str]:
    """Return the cells of a column as text."""
    return ["" if gone else as_text(value) for value, gone in zip(column.tolist(), column.isna(), strict=True)]


def row_changes(
    table: str,
    lines: Sequence[int],
    rows: Sequence[tuple[str, ...]],
    names: Sequence[str],
    current: Mapping[tuple[str, ...], tuple[str, ...]],
    faulty: Collection[int],
    given: Collection[str],
) -> tuple[tuple[RowChange, ...], int]:
    """Return what each row would do, and how many rows of the release the upload does not have.

    Numbers are compared as numbers: 5 and 5.0 are no change. Columns that the upload does not have change nothing.
    """
    keys = [names.index(name) for name in key_columns(table)]
    schema = SCHEMAS[table].to_schema().columns
    numeric = [place for place, name in enumerate(names) if str(schema[name].dtype) in NUMBERS]
    compared = [place for place, name in enumerate(names) if name in given]
    found, met = [], set()
    for line, row in zip(lines, rows, strict=True):
        key = tuple([row[place] for place in keys])
        before = current.get(key)
        met.add(key)
        after = _numbered(row, numeric)
        cells: tuple[tuple[str, str, str], ...] = ()
        kind: Kind = "added"
        if before is not None:
            cells = () if before == after else tuple(
                (names[place], before[place], after[place]) for place in compared if before[place] != after[place]
            )  # fmt: skip
            kind = "changed" if cells else "unchanged"
        found.append(RowChange(line, "/".join(key), kind, cells, after, line in faulty))
    return tuple(found), len(current.keys() - met)


def _numbered(row: tuple[str, ...], numeric: Sequence[int]) -> tuple[str, ...]:
    """Return a row with its numbers written in one way."""
    texts = list(row)
    for place in numeric:
        if texts[place] and ANY_NUMBER.fullmatch(texts[place]):
            texts[place] = as_text(float(texts[place]))
    return tuple(texts)
