"""What became of the rows between two versions of the data: added, changed, removed, or only read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapping.tables.files import TABLE_FILES
from mapping.tables.loading import Tables

NAMES: Final = ("name", "title", "inn", "product", "label", "description", "measure")
"""Columns that tell what a row is, the best first."""
REREAD: Final = frozenset({"retrieved"})
"""Columns that say when a row was read; a row that differs in nothing else was read again, not changed."""
TOLD_CHARACTERS: Final = 100
"""Longest name of a row that a list of differences repeats."""


@dataclass(frozen=True)
class RowChange:
    """One row that differs."""

    id: str
    name: str
    """What it is called; its id where it has no name."""
    columns: Mapping[str, tuple[str, str]]
    """Column -> what stood there and what stands there now; none for a row added or removed."""


@dataclass(frozen=True)
class TableDifference:
    """What became of the rows of one table."""

    table: str
    added: tuple[RowChange, ...] = ()
    changed: tuple[RowChange, ...] = ()
    removed: tuple[RowChange, ...] = ()
    reread: int = 0
    """Rows in which only the day of reading is new."""

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind, for programs."""
        rows = {"added": self.added, "changed": self.changed, "removed": self.removed}
        return {**{kind: len(found) for kind, found in rows.items()}, "reread": self.reread}

    @property
    def is_empty(self) -> bool:
        """Return whether every row is as it was."""
        return not any(self.counts.values())


def differences(before: Tables, now: Tables) -> tuple[TableDifference, ...]:
    """Return what became of the rows between two versions, table by table; tables that are the same are left out.

    A table that is not shown in one of the versions is not compared.
    """
    both = [name for name in TABLE_FILES if name in before.frames and name in now.frames]
    pairs = ((name, before.frames[name], now.frames[name]) for name in both)
    found = (table_difference(name, old, new) for name, old, new in pairs if not old.equals(new))
    return tuple(difference for difference in found if not difference.is_empty)


def table_difference(name: str, before: pd.DataFrame, now: pd.DataFrame) -> TableDifference:
    """Return what became of the rows of one table; columns that only one version has are not compared."""
    old, new = _by_key(before), _by_key(now)
    common = new.index[new.index.isin(old.index)]
    columns = [column for column in new.columns if column in old.columns]
    was, is_now = old.loc[common, columns], new.loc[common, columns]
    differs = was.ne(is_now)
    told = differs.drop(columns=[column for column in columns if column in REREAD])
    changed = common[told.any(axis=1).to_numpy()]
    reread = int((differs.any(axis=1) & ~told.any(axis=1)).sum())
    return TableDifference(
        name,
        added=tuple(_row(new, key) for key in new.index[~new.index.isin(old.index)]),
        changed=tuple(_row(new, key, was, told) for key in changed),
        removed=tuple(_row(old, key) for key in old.index[~old.index.isin(new.index)]),
        reread=reread,
    )


def as_json(found: tuple[TableDifference, ...]) -> list[dict[str, Any]]:
    """Return differences for programs: each row with its id, its name and the cells that differ."""
    return [
        {
            "table": difference.table,
            "counts": difference.counts,
            **{
                kind: [_told(row) for row in getattr(difference, kind)]
                for kind in ("added", "changed", "removed")
                if getattr(difference, kind)
            },
        }
        for difference in found
    ]


def _told(row: RowChange) -> dict[str, Any]:
    told: dict[str, Any] = {"id": row.id, "name": row.name}
    columns = {column: {"before": before, "now": now} for column, (before, now) in row.columns.items()}
    return {**told, "columns": columns} if columns else told


def _by_key(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as text by the id of its rows; an empty cell is an empty text."""
    keys = frame["id"] if "id" in frame else frame["vocabulary"] + "/" + frame["code"]
    texts = frame.astype("string").fillna("").astype(object)
    return texts.set_axis(keys.astype(str).to_numpy(), axis=0)


def _row(
    frame: pd.DataFrame, key: str, before: pd.DataFrame | None = None, differs: pd.DataFrame | None = None
) -> RowChange:
    """Return one row, with the cells that differ from what was before."""
    cells: dict[str, tuple[str, str]] = {}
    if before is not None and differs is not None:
        marks = differs.loc[key]
        told = marks.index[marks.to_numpy()]
        cells = {column: (str(before.at[key, column]), str(frame.at[key, column])) for column in told}
    return RowChange(key, _name(frame, key), cells)


def _name(frame: pd.DataFrame, key: str) -> str:
    """Return what a row is called."""
    names = (str(frame.at[key, column]) for column in NAMES if column in frame.columns)
    name = next((name for name in names if name), key)
    return name if len(name) <= TOLD_CHARACTERS else name[: TOLD_CHARACTERS - 1] + "…"
