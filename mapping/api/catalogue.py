"""The tables the API serves: those of the data folder, their lists taken apart, and places for what lies at a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from mapping.api.problems import ApiError, shown, suggestion
from mapping.exports.listing import Listing
from mapping.exports.places import PLACE_COLUMNS, placed
from mapping.tables.kinds import Column
from mapping.tables.loading import Tables
from mapping.view.folding import fold

AT_A_SITE: Final = ("organisations", "facilities", "treatment_centres", "trial_sites")
"""Tables whose rows lie at a site and so carry its place."""
IRREGULAR: Final = {"obstacle_evidence": "obstacle_evidence"}
PAIR_COLUMNS: Final = (
    Column("id", "string", "Row", "Id of the row the value belongs to", True, None, False, None, None),
    Column("value", "string", "Value", "One element of the list", True, None, False, None, None),
)
"""What a list taken apart holds."""


def singular(table: str) -> str:
    """Return the name of one row of a table: ``facility`` for ``facilities``."""
    if table in IRREGULAR:
        return IRREGULAR[table]
    return table.removesuffix("ies") + "y" if table.endswith("ies") else table.removesuffix("s")


@dataclass(frozen=True)
class Shown:
    """One table as the API serves it, with what makes its filters fast."""

    listing: Listing
    columns: Mapping[str, Column]
    """Column -> what it holds; columns added here are in it too."""

    @cached_property
    def folded(self) -> list[str]:
        """Return the words of each row, as search compares them; cells apart, so that no match runs over two."""
        texts = [name for name, kind in self.listing.kinds.items() if kind in {"text", "list"}]
        columns = [self.listing.frame[name].fillna("").astype(str).tolist() for name in texts]
        return [fold("\n".join(cells)) for cells in zip(*columns, strict=True)] or [""] * len(self.listing.frame)

    @cached_property
    def elements(self) -> Mapping[str, Mapping[str, npt.NDArray[np.intp]]]:
        """Return for each list column the rows, by position, that hold each element."""
        return {name: _positions(self.listing.values(name)) for name in self.listing.lists}


def _positions(lists: list[list[str]]) -> dict[str, npt.NDArray[np.intp]]:
    """Return the rows that hold each element of a list."""
    found: dict[str, list[int]] = {}
    for position, elements in enumerate(lists):
        for element in elements:
            found.setdefault(element, []).append(position)
    return {element: np.array(rows) for element, rows in found.items()}


@dataclass(frozen=True)
class Catalogue:
    """All tables of one data version, each prepared when it is first asked for."""

    tables: Tables
    _shown: dict[str, Shown] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Return the names of the tables that can be asked for, faulty ones included, in reading order."""
        return [*self.tables.columns, *self.pair_names]

    @cached_property
    def pair_names(self) -> dict[str, tuple[str, str]]:
        """Return the names of the lists taken apart, with their table and column."""
        return {
            f"{singular(table)}_{column.name}": (table, column.name)
            for table, columns in self.tables.columns.items()
            for column in columns
            if column.is_list
        }

    def needs(self, name: str) -> tuple[str, ...]:
        """Return the tables of the data folder that a table is made from."""
        if name in self.pair_names:
            return (self.pair_names[name][0],)
        return (name, "sites") if name in AT_A_SITE else (name,)

    def __getitem__(self, name: str) -> Shown:
        """Return a table.

        Raises
        ------
        ApiError
            There is no table of that name.
        TableError
            The table, or one it needs, has a fault.
        """
        if name not in self.tables.columns and name not in self.pair_names:
            hint = suggestion(name, self.names, "See /api/v1/tables for the names of all tables.")
            raise ApiError(404, "unknown_table", f"There is no table {shown(name)}.", hint)
        if name not in self._shown:
            self._shown[name] = self._pairs(name) if name in self.pair_names else self._whole(name)
        return self._shown[name]

    def _pairs(self, name: str) -> Shown:
        """Return a column of lists taken apart."""
        frame = self.tables.pairs(*self.pair_names[name])
        return Shown(Listing(name, frame), {column.name: column for column in PAIR_COLUMNS})

    def _whole(self, name: str) -> Shown:
        """Return a table, with the place of its site where it lies at one."""
        frame, columns = self.tables[name], {column.name: column for column in self.tables.columns[name]}
        if name in AT_A_SITE:
            frame = placed(frame, self.tables["sites"])
            of_site = {column.name: column for column in self.tables.columns["sites"]}
            columns = {**{key: of_site[key] for key in PLACE_COLUMNS}, **columns}
        lists = frozenset(key for key, column in columns.items() if column.is_list)
        return Shown(Listing(name, frame, lists), columns)
