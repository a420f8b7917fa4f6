"""The trials in view, counted by start year, phase, class, modality, area, sponsor and status.

The unit is a trial, not a trial at a site. The filters are those of the Atlas: a trial matches when it carries one of
the values of each filter that is set. Each count of a filter's own options is taken under the other filters, so that
the charts filter each other and a reader can widen as well as narrow.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.listed import Bools
from mapping.analysis.trial_codes import COLUMNS, STEPS, TrialCodes, trial_codes
from mapping.tables.loading import Tables
from mapping.view.address import FIELDS, ROLES
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState

TRIAL_KEYS: Final = (*COLUMNS, "country", "years", "q")
"""Every filter that applies to trials."""
OPEN: Final = ("not_yet", "recruiting", "active")
"""States of a trial that goes on or is about to."""
_TRIAL_SITES: Final = ROLES.index("trial_sites")


@dataclass(frozen=True, eq=False)
class Pipeline:
    """What is in view of the trials under one set of filters."""

    table: pd.DataFrame
    """All trials of the data."""
    codes: TrialCodes
    """The same as numbers."""
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
        codes, names = self.codes.codes["status"]
        return int(np.isin(codes[self.rows], [names.index(code) for code in OPEN if code in names]).sum())

    def lacking(self, column: str) -> int:
        """Return how many trials in view have nothing in a column of ``MAY_LACK``."""
        return int((self.codes.missing[column] & self.rows).sum())

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Return the sources of the trials in view, each once."""
        return self.codes.sources.found(self.rows)

    def under(self, without: str = "") -> Bools:
        """Return which trials the filters let through, one of them left out."""
        kept = [mask for key, mask in self.masks.items() if key != without]
        return np.asarray(np.logical_and.reduce(kept)) if kept else np.ones(len(self.table), dtype=np.bool_)

    def counts(self, key: str) -> Mapping[str, int]:
        """Return for each option of a filter how many trials carry it under the other filters, zeros included."""
        shown = self.under(key)
        if key == "country":
            counted, names = self.codes.countries.counts(shown), self.codes.countries.names
        else:
            codes, names = self.codes.codes[key]
            counted = np.bincount(codes[shown], minlength=len(names))
        found = dict(zip(names, counted.tolist(), strict=True))
        return {code: found.get(code, 0) for code in self.options[key]}

    def years(self) -> pd.DataFrame:
        """Return how many trials started in each year under all filters but that on years.

        Returns
        -------
        DataFrame
            One row a year from the first to the last of the data, years without a trial included; columns year, one
            column a step of STEPS, and trials, their sum. Trials whose start is not known are in :meth:`undated`.
        """
        counted = self._by_year()
        known = self.codes.start[self.codes.start > 0]
        first = int(known.min()) if len(known) else 0
        counted = counted[first:] if first else counted[:0]
        columns = {"year": np.arange(first, first + len(counted))}
        columns |= {step: counted[:, at] for at, step in enumerate(STEPS)}
        return pd.DataFrame(columns | {"trials": counted.sum(axis=1)})

    def undated(self) -> Mapping[str, int]:
        """Return how many trials have no known start year, by step, under all filters but that on years."""
        return dict(zip(STEPS, self._by_year()[0].tolist(), strict=True))

    def _by_year(self) -> npt.NDArray[np.int64]:
        """Return the trials by start year (row, 0 where not known) and step (column) under the other filters."""
        rows, last = self.under("years"), int(self.codes.start.max(initial=0))
        cells = self.codes.start[rows] * len(STEPS) + self.codes.step[rows]
        return np.bincount(cells, minlength=(last + 1) * len(STEPS)).reshape(last + 1, len(STEPS)).astype(np.int64)


def pipeline(atlas: Atlas, view: ViewState) -> Pipeline:
    """Return what is in view of the trials.

    Raises
    ------
    TableError
        The table of trials cannot be shown.
    """
    table = atlas.tables["trials"]
    codes = trial_codes(atlas.tables)
    return Pipeline(table, codes, MappingProxyType(dict(_masks(atlas, codes, view))), atlas.known.options)


def _masks(atlas: Atlas, codes: TrialCodes, view: ViewState) -> Iterable[tuple[str, Bools]]:
    for key in COLUMNS:
        if chosen := getattr(view, FIELDS[key]):
            found, names = codes.codes[key]
            yield key, np.isin(found, [at for at, name in enumerate(names) if name in chosen])
    if view.countries:
        yield "country", named_in(atlas.tables, view.countries)
    if view.years is not None:
        yield "years", (codes.start >= view.years[0]) & (codes.start <= view.years[1])
    if (found_rows := _found(atlas, view.text)) is not None:
        yield "q", found_rows


def named_in(tables: Tables, countries: Sequence[str]) -> Bools:
    """Return which trials name any of these countries among theirs."""
    return trial_codes(tables).countries.holding(countries, len(tables["trials"]))


def _found(atlas: Atlas, text: str) -> Bools | None:
    """Return which trials a text means, by their own words or those of a site they run at; None for no word."""
    rows = atlas.search.rows(text)
    if rows is None:
        return None
    found = np.zeros(len(atlas.tables["trials"]), dtype=np.bool_)
    found[atlas.presence.trial[rows & (atlas.presence.role == _TRIAL_SITES)]] = True
    own = atlas.search.records("trials", text)
    return found if own is None or not len(own) else found | own


def enrolment(found: Pipeline, key: str, codes: Sequence[str]) -> pd.DataFrame:
    """Return the median number of participants of the trials in view by one attribute.

    Trials that enrolled nobody (most were taken back before the first patient) and those without a figure are
    counted apart and are in no median.

    Returns
    -------
    DataFrame
        One row a code given, in that order: code, median (NaN without a figure), known (trials with a figure of one
        or more), nobody (trials with zero) and unknown (trials without a figure).
    """
    by, names = found.codes.codes[key]
    rows: list[dict[str, Any]] = []
    for code in codes:
        held = found.rows & (by == names.index(code)) if code in names else np.zeros_like(found.rows)
        sizes = found.codes.size[held]
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
