"""The trials as numbers, worked out once for the tables, so that counting what is in view reads no text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.tables.loading import Tables

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "phase": "phase",
        "status": "status",
        "class": "atmp_class",
        "sponsor": "sponsor_kind",
        "modality": "modality",
        "area": "therapeutic_area",
        "confidence": "confidence",
    }
)
"""Key of the address -> column of the trials, for filters of which a trial carries one value."""
STEPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"early": ("1", "1/2"), "middle": ("2",), "late": ("2/3", "3", "4"), "none": ("na",)}
)
"""How far a trial is -> its phases."""
MAY_LACK: Final = ("start_year", "enrolment", "countries", "snapshot", "registry_url")
"""Columns whose gaps are told."""


@dataclass(frozen=True, eq=False)
class Listed:
    """A list in each row taken apart: one number a row and value."""

    row: Ints
    """Position of the row."""
    code: Ints
    """Position of the value in ``names``."""
    names: tuple[str, ...]

    def counts(self, shown: Bools) -> Ints:
        """Return how many of the rows shown hold each of ``names``."""
        return np.bincount(self.code[shown[self.row]], minlength=len(self.names)).astype(np.int64)

    def each(self, rows: int) -> Ints:
        """Return how many values each of so many rows holds."""
        return np.bincount(self.row, minlength=rows).astype(np.int64)

    def holding(self, wanted: Sequence[str], rows: int) -> Bools:
        """Return which of so many rows hold any of some values."""
        codes = [at for at, name in enumerate(self.names) if name in set(wanted)]
        return np.bincount(self.row[np.isin(self.code, codes)], minlength=rows) > 0

    def found(self, shown: Bools) -> tuple[str, ...]:
        """Return the names that any of the rows shown holds."""
        return tuple(name for name, count in zip(self.names, self.counts(shown).tolist(), strict=True) if count)


@dataclass(frozen=True, eq=False)
class TrialCodes:
    """The trials, one row each in the order of the table."""

    codes: Mapping[str, tuple[Ints, tuple[str, ...]]]
    """Key of the address -> position of each trial's value, and the values."""
    step: Ints
    """Position in STEPS of how far each trial is."""
    start: Ints
    """Start year, 0 where not known."""
    size: Floats
    """Participants, NaN where not known."""
    missing: Mapping[str, Bools]
    """Column -> which trials have nothing in it."""
    countries: Listed
    pairs: Listed
    """Pairs of countries a trial names, ``DE-FR`` in the order of the alphabet."""
    sources: Listed
    placed: Bools
    """Whether a site of the trial is known."""


def trial_codes(tables: Tables) -> TrialCodes:
    """Return the trials of these tables as numbers, made once and kept with them; do not write to them."""
    return tables.kept(("trial codes",), lambda: _coded(tables))


def _coded(tables: Tables) -> TrialCodes:
    table = tables["trials"]
    step_of = {phase: at for at, phases in enumerate(STEPS.values()) for phase in phases}
    steps = [step_of.get(phase, len(STEPS) - 1) for phase in table["phase"]]
    countries = [cell.split("|") if cell else [] for cell in table["countries"].fillna("")]
    return TrialCodes(
        codes=MappingProxyType({key: _one_each(table[column]) for key, column in COLUMNS.items()}),
        step=np.array(steps, dtype=np.int64),
        start=table["start_year"].fillna(0).to_numpy(np.int64),
        size=table["enrolment"].to_numpy(dtype=np.float64, na_value=np.nan),
        missing=MappingProxyType({name: table[name].isna().to_numpy(np.bool_) for name in MAY_LACK}),
        countries=_listed(countries),
        pairs=_listed([["-".join(pair) for pair in combinations(sorted(set(cell)), 2)] for cell in countries]),
        sources=_listed([cell.split("|") if cell else [] for cell in table["source_ids"].fillna("")]),
        placed=table["id"].isin(tables["trial_sites"]["trial_id"]).to_numpy(np.bool_),
    )


def _one_each(values: "pd.Series[str]") -> tuple[Ints, tuple[str, ...]]:
    codes, names = pd.factorize(values)
    return codes.astype(np.int64), tuple(str(name) for name in names)


def _listed(cells: Sequence[Sequence[str]]) -> Listed:
    names = sorted({value for cell in cells for value in cell})
    place = {name: at for at, name in enumerate(names)}
    row = [at for at, cell in enumerate(cells) for _ in cell]
    code = [place[value] for cell in cells for value in cell]
    return Listed(np.array(row, dtype=np.int64), np.array(code, dtype=np.int64), tuple(names))
