"""What released changes make of the tables: operations on rows, folded to one patch a row, laid over the base files.

A change touches only the cells it names, so a newer base keeps what it says of the others. All values are text, as in
the files; an empty cell is an empty text.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from mapping.tables.files import TABLE_FILES, Folder, Readable, content_of

Action = Literal["add", "change", "remove"]
ACTIONS: Final[tuple[Action, ...]] = ("add", "change", "remove")
Cells = Mapping[str, str]
"""Column -> text."""


@dataclass(frozen=True)
class Operation:
    """What becomes of one row."""

    table: str
    row_id: str
    """Its id; of a code ``vocabulary/code``."""
    action: Action
    cells: Cells = field(default_factory=dict)
    """New values: every column of a row added, those that differ of a row changed, none of a row removed."""
    before: Cells = field(default_factory=dict)
    """What stood there: nothing, the cells that differ, or the whole row."""

    @property
    def inverse(self) -> "Operation":
        """Return what undoes it."""
        opposite: dict[Action, Action] = {"add": "remove", "change": "change", "remove": "add"}
        return Operation(self.table, self.row_id, opposite[self.action], self.before, self.cells)


@dataclass(frozen=True)
class Patch:
    """What all released operations on one row come to."""

    action: Action
    """Add puts a whole row, whether or not the base has one of that id."""
    cells: Cells


Overlay = Mapping[str, Mapping[str, Patch]]
"""Table -> row id -> patch."""


@dataclass(frozen=True)
class TextTable:
    """One table as text."""

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    """Row id -> cells, in the order of the file."""

    def row(self, row_id: str) -> dict[str, str] | None:
        """Return the cells of a row by column; None where there is no such row."""
        cells = self.rows.get(row_id)
        return None if cells is None else dict(zip(self.columns, cells, strict=True))

    def csv(self) -> bytes:
        """Return the table as the data folder writes it."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows.values())
        return text.getvalue().encode()


def key_of(columns: Sequence[str], cells: Sequence[str]) -> str:
    """Return what names a row: its id, or vocabulary and code."""
    row = dict(zip(columns, cells, strict=False))
    return row["id"] if "id" in row else f"{row.get('vocabulary', '')}/{row.get('code', '')}"


def text_table(folder: Folder, table: str) -> TextTable:
    """Return a table of a data folder as text; an absent file has no columns."""
    content = content_of(folder, TABLE_FILES[table]) or b""
    header, *rows = [tuple(cells) for cells in csv.reader(io.StringIO(content.decode(), newline="")) if cells] or [()]
    return TextTable(header, {key_of(header, cells): cells for cells in rows})


def fold(operations: Iterable[Operation]) -> dict[str, dict[str, Patch]]:
    """Return one patch a row from operations in the order of their release."""
    overlay: dict[str, dict[str, Patch]] = {}
    for operation in operations:
        patches = overlay.setdefault(operation.table, {})
        patches[operation.row_id] = _next(patches.get(operation.row_id), operation)
    return overlay


def _next(patch: Patch | None, operation: Operation) -> Patch:
    """Return the patch of a row after one more operation."""
    if operation.action != "change" or patch is None:
        return Patch(operation.action, operation.cells)
    if patch.action == "remove":
        return patch
    return Patch(patch.action, {**patch.cells, **operation.cells})


def laid_over(base: TextTable, patches: Mapping[str, Patch]) -> TextTable:
    """Return a table with its patches; new rows come last, and a change of a row that is gone does nothing."""
    rows = dict(base.rows)
    for row_id, patch in patches.items():
        if patch.action == "remove":
            rows.pop(row_id, None)
        elif patch.action == "add" or row_id in rows:
            known = dict(zip(base.columns, rows.get(row_id, ()), strict=False)) if patch.action == "change" else {}
            rows[row_id] = tuple({**known, **patch.cells}.get(column, "") for column in base.columns)
    return TextTable(base.columns, rows)


def resting_on_nothing(base: TextTable, patches: Mapping[str, Patch]) -> tuple[str, ...]:
    """Return the rows that patches would change or remove and that the base no longer has."""
    return tuple(row_id for row_id, patch in patches.items() if patch.action == "change" and row_id not in base.rows)


@dataclass(frozen=True)
class Bytes:
    """A file that is already read."""

    content: bytes

    def read_bytes(self) -> bytes:
        """Return the bytes."""
        return self.content


@dataclass(frozen=True)
class OverlaidFolder:
    """A data folder with an overlay on its tables: ``folder / "sites.csv"`` is the file with the patches in it."""

    base: Folder
    overlay: Overlay

    def __truediv__(self, file: str) -> Readable:
        """Return a file; those without a patch are the base's own."""
        table = next((name for name, path in TABLE_FILES.items() if path == file), "")
        patches = self.overlay.get(table, {})
        return Bytes(laid_over(text_table(self.base, table), patches).csv()) if patches else self.base / file
