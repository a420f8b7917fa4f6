"""The trials as numbers, worked out once for the tables, so that counting what is in view reads no text."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.listed import Bools, Ints, Listed, listed, lists_of, split
from mapping.tables.loading import Tables

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
    countries = split(table["countries"].fillna("").tolist())
    return TrialCodes(
        codes=MappingProxyType({key: _one_each(table[column]) for key, column in COLUMNS.items()}),
        step=np.array(steps, dtype=np.int64),
        start=table["start_year"].fillna(0).to_numpy(np.int64),
        size=table["enrolment"].to_numpy(dtype=np.float64, na_value=np.nan),
        missing=MappingProxyType({name: table[name].isna().to_numpy(np.bool_) for name in MAY_LACK}),
        countries=lists_of(tables, "trials", "countries"),
        pairs=listed([["-".join(pair) for pair in combinations(sorted(set(cell)), 2)] for cell in countries]),
        sources=lists_of(tables, "trials", "source_ids"),
        placed=table["id"].isin(tables["trial_sites"]["trial_id"]).to_numpy(np.bool_),
    )


def _one_each(values: "pd.Series[str]") -> tuple[Ints, tuple[str, ...]]:
    codes, names = pd.factorize(values)
    return codes.astype(np.int64), tuple(str(name) for name in names)
