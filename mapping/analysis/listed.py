"""Lists in the cells of a column as numbers, so that counting the rows in view reads no text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapping.tables.loading import Tables

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Listed:
    """A list in each row taken apart: one number a row and value."""

    row: Ints
    """Position of the row."""
    code: Ints
    """Position of the value in ``names``."""
    names: tuple[str, ...]
    """In alphabetical order."""

    def counts(self, shown: Bools) -> Ints:
        """Return how many of the rows shown hold each of ``names``."""
        return np.bincount(self.code[shown[self.row]], minlength=len(self.names)).astype(np.int64)

    def each(self, rows: int) -> Ints:
        """Return how many values each of so many rows holds."""
        return np.bincount(self.row, minlength=rows).astype(np.int64)

    def holding(self, wanted: Collection[str], rows: int) -> Bools:
        """Return which of so many rows hold any of some values."""
        codes = [at for at, name in enumerate(self.names) if name in wanted]
        return np.bincount(self.row[np.isin(self.code, codes)], minlength=rows) > 0

    def found(self, shown: Bools) -> tuple[str, ...]:
        """Return the names that any of the rows shown holds."""
        return tuple(self.names[at] for at in np.flatnonzero(self.counts(shown)).tolist())


def listed(cells: Sequence[Sequence[str]]) -> Listed:
    """Return lists taken apart, one list a row."""
    names = sorted({value for cell in cells for value in cell})
    place = {name: at for at, name in enumerate(names)}
    row = [at for at, cell in enumerate(cells) for _ in cell]
    code = [place[value] for cell in cells for value in cell]
    return Listed(np.array(row, dtype=np.int64), np.array(code, dtype=np.int64), tuple(names))


def lists_of(tables: Tables, table: str, column: str) -> Listed:
    """Return a column of lists taken apart, one row a row of the table; made once and kept with the tables."""
    return tables.kept(("listed", table, column), lambda: listed(split(tables[table][column].fillna("").tolist())))


def split(cells: Sequence[str]) -> list[list[str]]:
    """Return cells that hold lists as lists, an empty one where nothing is in a cell."""
    return [cell.split("|") if cell else [] for cell in cells]
