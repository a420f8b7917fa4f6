"""What a form for one row asks, and what follows from what somebody typed into it."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mapping.errors import RowFault
from mapping.store.overlay import Cells
from mapping.store.records import DraftRow
from mapping.tables.columns import LIST_MARK
from mapping.tables.kinds import Column

NEW_ROW: Final = "_new"
"""Stands for the id of a row that is to be added; no id of ours begins with an underscore."""
NAMING: Final = ("name", "title", "label", "inn", "description", "measure", "indicator", "term")
"""Columns that tell a reader which row it is, the best first."""
LONG_CHARACTERS: Final = 70
"""A text longer than this is given several lines."""
LONGEST_SLUG: Final = 60
Asked = Literal["one", "many", "line", "lines"]


@dataclass(frozen=True)
class Typed:
    """What somebody has typed into the form of one row, and the row as it was when they began."""

    seen: Cells | None
    """None for a row that is to be added."""
    cells: Cells
    """Column -> text, for every column that was touched."""

    def cell(self, column: str) -> str:
        """Return what stands in a cell now."""
        return self.cells.get(column, (self.seen or {}).get(column, ""))

    @property
    def changed(self) -> dict[str, str]:
        """Return the cells that differ from what was seen."""
        before = self.seen or {}
        return {column: text for column, text in self.cells.items() if text != before.get(column, "")}


def asked(column: Column, text: str) -> Asked:
    """Return how a cell is asked for: one or many of a list, one line of text, or several."""
    if column.vocabulary or column.references:
        return "many" if column.is_list else "one"
    return "lines" if len(text) > LONG_CHARACTERS or column.name in ("note", "description", "outcome") else "line"


def listed(text: str) -> list[str]:
    """Return the elements of a list in a cell, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(LIST_MARK) if part.strip()))


def joined(parts: Sequence[str]) -> str:
    """Return a list as a cell holds it."""
    return LIST_MARK.join(part.strip() for part in parts)


def drafted(table: str, row_id: str, typed: Typed, taken: Collection[str] = ()) -> DraftRow | None:
    """Return what was typed as a row to propose; None where nothing was changed.

    Parameters
    ----------
    table : str
        Name of the table.
    row_id : str
        Row the form is about; ``_new`` for one to be added, whose id is made of its name where none is typed.
    typed : Typed
        What stands in the form.
    taken : collection of str
        Ids the table has already.
    """
    changed = typed.changed
    if not changed:
        return None
    if typed.seen is not None:
        return DraftRow(table, row_id, "change", changed, {column: typed.seen.get(column, "") for column in changed})
    if table == "codes":
        key = f"{changed.get('vocabulary', '')}/{changed.get('code', '')}"
        return DraftRow(table, key, "add", changed)
    key = changed.get("id") or suggested_id(changed, taken)
    return DraftRow(table, key, "add", {**changed, "id": key})


def removal(table: str, row_id: str, seen: Cells) -> DraftRow:
    """Return the removal of a row as it was seen."""
    return DraftRow(table, row_id, "remove", {}, dict(seen))


def suggested_id(cells: Cells, taken: Collection[str]) -> str:
    """Return an id for a new row, made of its name, that no other row has."""
    text = unicodedata.normalize("NFKD", row_name(cells) or "row")
    ascii_words = re.findall(r"[a-z0-9]+", "".join(c for c in text.casefold() if not unicodedata.combining(c)))
    slug = "-".join(word for word in ascii_words if word.isascii())[:LONGEST_SLUG].strip("-") or "row"
    numbers = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(name for name in numbers if name not in taken)


def row_name(cells: Cells) -> str:
    """Return what a reader knows a row by; empty where no column says."""
    return next((cells[column] for column in NAMING if cells.get(column)), "")


def by_column(faults: Sequence[RowFault]) -> Mapping[str, tuple[RowFault, ...]]:
    """Return the faults of the one row of a form by column; under an empty name those that stand in no cell of it."""
    found: dict[str, tuple[RowFault, ...]] = {}
    for fault in faults:
        name = fault.column if fault.position == 0 else ""
        found[name] = (*found.get(name, ()), fault)
    return found
