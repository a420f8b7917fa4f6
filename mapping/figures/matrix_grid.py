"""Where the rows, headings and columns of an obstacle heatmap lie, in rows and columns."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.matrix_words import ToldMatrix

EUROPE_WIDTH: Final = 1.8
"""Columns the Europe-wide figures take; they stand half a column apart."""
LONG_HEAD_ROWS: Final = 1.7
"""Height of a heading over columns with names instead of codes."""


@dataclass(frozen=True)
class Grid:
    """Where rows, headings and columns lie; a row is one high and a column one wide."""

    told: ToldMatrix

    @property
    def head_rows(self) -> float:
        """Return the height of a heading."""
        return 1.0 if self.told.matrix.asked.matrix in {"country", "category"} else LONG_HEAD_ROWS

    @cached_property
    def tops(self) -> dict[str, float]:
        """Return the top of each row."""
        rows, groups = self.told.matrix.rows, self.told.matrix.groups or ("",) * len(self.told.matrix.rows)
        starts = {group: at for at, group in reversed(list(enumerate(dict.fromkeys(groups), 1)))}
        return {
            row: at + self.head_rows * starts[group] for at, (row, group) in enumerate(zip(rows, groups, strict=True))
        }

    @cached_property
    def heads(self) -> dict[str, float]:
        """Return the top of each group's heading; one without a name where rows are not grouped."""
        if not self.told.matrix.groups:
            return {"": 0.0}
        firsts: dict[str, float] = {}
        for row, group in zip(self.told.matrix.rows, self.told.matrix.groups, strict=True):
            firsts.setdefault(group, self.tops[row] - self.head_rows)
        return firsts

    @cached_property
    def lefts(self) -> dict[str, float]:
        """Return the left edge of each column."""
        columns = self.told.matrix.columns
        return {column: at + (0.5 if column == EUROPE_WIDE and at else 0.0) for at, column in enumerate(columns)}

    def width(self, column: str) -> float:
        """Return the width of a column."""
        return EUROPE_WIDTH if column == EUROPE_WIDE else 1.0

    @property
    def right(self) -> float:
        """Return the right edge of the last column."""
        columns = self.told.matrix.columns
        return self.lefts[columns[-1]] + self.width(columns[-1]) if columns else 1.0

    @property
    def bottom(self) -> float:
        """Return the bottom of the last row."""
        return (max(self.tops.values()) + 1) if self.tops else self.head_rows + 1
