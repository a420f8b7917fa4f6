"""The trials in view, counted by start year, phase, class, modality, area, sponsor and status.

The unit is a trial, not a trial at a site. The filters are those of the Atlas: a trial matches when it carries one of
the values of each filter that is set. Each count of a filter's own options is taken under the other filters, so that
the charts filter each other and a reader can widen as well as narrow.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.address import FIELDS, ROLES
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState

Bools = npt.NDArray[np.bool_]

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
TRIAL_KEYS: Final = (*COLUMNS, "country", "years", "q")
"""Every filter that applies to trials."""
OPEN: Final = ("not_yet", "recruiting", "active")
"""States of a trial that goes on or is about to."""
STEPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"early": ("1", "1/2"), "middle": ("2",), "late": ("2/3", "3", "4"), "none": ("na",)}
)
"""How far a trial is -> its phases."""
_TRIAL_SITES: Final = ROLES.index("trial_sites")


@dataclass(frozen=True, eq=False)
class Pipeline:
    """What is in view of the trials under one set of filters."""

    table: pd.DataFrame
    """All trials of the data."""
    masks: Mapping[str, Bools]
    """Key of the address -> which trials one filter lets through, for the filters that are set."""
    options: Mapping[str, Sequence[str]]
    """Key -> codes in the order shown."""

    @cached_property
    def rows(self) -> Bools:
        """Return which trials all filters let through."""
        return self.under()

    @cached_property
    def trials(self) -> pd.DataFrame:
        """Return the trials in view, in the order of the table."""
        return self.table[self.rows]

    @property
    def open_count(self) -> int:
        """Return how many trials in view go on or are about to, as of their snapshots."""
        return int(self.trials["status"].isin(OPEN).sum())

    def under(self, without: str = "") -> Bools:
        """Return which trials the filters let through, one of them left out."""
        kept = [mask for key, mask in self.masks.items() if key != without]
        return np.asarray(np.logical_and.reduce(kept)) if kept else np.ones(len(self.table), dtype=np.bool_)

    def counts(self, key: str) -> Mapping[str, int]:
        """Return for each option of a filter how many trials carry it under the other filters, zeros included."""
        shown = self.table[self.under(key)]
        values = shown["countries"].dropna().str.split("|").explode() if key == "country" else shown[COLUMNS[key]]
        found = values.value_counts()
        return {code: int(found.get(code, 0)) for code in self.options[key]}

    def years(self) -> pd.DataFrame:
        """Return how many trials started in each year under all filters but that on years.

        Returns
        -------
        DataFrame
            One row a year from the first to the last of the data, years without a trial included, and before them
            one row without a year for the trials whose start is not known; columns year (Int64), one column a step
            of STEPS, and trials, their sum.
        """
        rows = self.under("years")
        step_of = {phase: step for step, phases in STEPS.items() for phase in phases}
        steps = [step_of.get(phase, "none") for phase in self.table["phase"][rows]]
        starts = self.table["start_year"].to_numpy(dtype=np.float64, na_value=np.nan)
        counted = Counter(zip(np.nan_to_num(starts[rows]).astype(int).tolist(), steps, strict=True))
        known = starts[~np.isnan(starts)]
        years = list(range(int(known.min()), int(known.max()) + 1)) if len(known) else []
        columns: dict[str, Any] = {"year": pd.array([None, *years], dtype="Int64")}
        columns |= {step: [counted[year, step] for year in (0, *years)] for step in STEPS}
        columns["trials"] = [sum(counts) for counts in zip(*(columns[step] for step in STEPS), strict=True)]
        return pd.DataFrame(columns)

    def undated(self) -> int:
        """Return how many trials, under all filters but that on years, have no known start year."""
        return int(self.table.loc[self.under("years"), "start_year"].isna().sum())


def pipeline(atlas: Atlas, view: ViewState) -> Pipeline:
    """Return what is in view of the trials.

    Raises
    ------
    TableError
        The table of trials cannot be shown.
    """
    table = atlas.tables["trials"]
    return Pipeline(table, MappingProxyType(dict(_masks(atlas, table, view))), atlas.known.options)


def _masks(atlas: Atlas, table: pd.DataFrame, view: ViewState) -> Iterable[tuple[str, Bools]]:
    for key, column in COLUMNS.items():
        if chosen := getattr(view, FIELDS[key]):
            yield key, table[column].isin(chosen).to_numpy(np.bool_)
    if view.countries:
        yield "country", named_in(atlas.tables, view.countries)
    if view.years is not None:
        yield "years", table["start_year"].between(*view.years).fillna(False).to_numpy(np.bool_)
    if (found := _found(atlas, view.text)) is not None:
        yield "q", found


def named_in(tables: Tables, countries: Sequence[str]) -> Bools:
    """Return which trials name any of these countries among theirs."""
    pairs = tables.pairs("trials", "countries")
    return tables["trials"]["id"].isin(pairs["id"][pairs["value"].isin(countries)]).to_numpy(np.bool_)


def _found(atlas: Atlas, text: str) -> Bools | None:
    """Return which trials a text means, by their own words or those of a site they run at; None for no word."""
    rows = atlas.search.rows(text)
    if rows is None:
        return None
    found = np.zeros(len(atlas.tables["trials"]), dtype=np.bool_)
    found[atlas.presence.trial[rows & (atlas.presence.role == _TRIAL_SITES)]] = True
    own = atlas.search.records("trials", text)
    return found if own is None or not len(own) else found | own


def enrolment(trials: pd.DataFrame, key: str, codes: Sequence[str]) -> pd.DataFrame:
    """Return the median number of participants by one attribute.

    Trials that enrolled nobody (most were taken back before the first patient) and those without a figure are
    counted apart and are in no median.

    Returns
    -------
    DataFrame
        One row a code given, in that order: code, median (NaN without a figure), known (trials with a figure of one
        or more), nobody (trials with zero) and unknown (trials without a figure).
    """
    by = trials[COLUMNS[key]].to_numpy(dtype=object)
    size = trials["enrolment"].to_numpy(dtype=np.float64, na_value=np.nan)
    rows: list[dict[str, Any]] = []
    for code in codes:
        sizes = size[by == code]
        counted = sizes[sizes > 0]
        rows.append(
            {
                "code": code,
                "median": float(np.median(counted)) if len(counted) else np.nan,
                "known": len(counted),
                "nobody": int((sizes == 0).sum()),
                "unknown": int(np.isnan(sizes).sum()),
            }
        )
    return pd.DataFrame(rows, columns=["code", "median", "known", "nobody", "unknown"])
