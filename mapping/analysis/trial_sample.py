"""What the trials are a sample of: their registries and snapshot days, and how they compare with the known total."""

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables

_DAY: Final = re.compile(r"\b(20\d\d(?:-\d\d){0,2})\b")
_EU_NUMBER: Final = re.compile(r"\b(?:20\d\d-\d{6}-\d\d|20\d\d-5\d{5}-\d\d-\d\d)\b")
_REPORTED_ON: Final = "preclin-data-fragmentation"
"""The obstacle under which the project's own count of studies is filed."""


@dataclass(frozen=True)
class Reported:
    """The number of studies that the project itself reports."""

    studies: int
    year: int | None
    measure: str
    evidence_id: str
    source_ids: tuple[str, ...]


def reported_total(tables: Tables) -> Reported | None:
    """Return the project's own count of ATMP studies in the EU register; None where the data hold none."""
    return tables.kept(("reported total",), lambda: _reported(tables))


def _reported(tables: Tables) -> Reported | None:
    figures = tables.frames.get("obstacle_evidence")
    if figures is None:
        return None
    about = figures[
        (figures["obstacle_id"] == _REPORTED_ON)
        & (figures["measure_kind"] == "count")
        & (figures["unit"] == "studies")
        & figures["source_ids"].fillna("").str.contains("join4atmp")
    ]
    if about.empty:
        return None
    row = about.sort_values("value").iloc[-1]
    year = None if pd.isna(row["year"]) else int(row["year"])
    return Reported(
        int(row["value"]), year, str(row["measure"]), str(row["id"]), tuple(str(row["source_ids"]).split("|"))
    )


def with_eu_number(tables: Tables) -> int:
    """Return how many trials bear a number of an EU register, as their own or as another one."""
    return tables.kept(("with eu number",), lambda: _with_eu_number(tables["trials"]))


def _with_eu_number(trials: pd.DataFrame) -> int:
    numbers = trials["id"] + "|" + trials["other_ids"].fillna("")
    return int(numbers.str.contains(_EU_NUMBER).sum())


def snapshots(trials: pd.DataFrame) -> pd.DataFrame:
    """Return how many trials were read from which registry as of which day.

    Returns
    -------
    DataFrame
        One row a registry and snapshot day, most trials first: registry, snapshot (``2026-08-22``, a month or a year;
        empty where the data name none), trials.
    """
    day = trials["snapshot"].map(_day_of, na_action=None).astype("str")
    counted = trials.assign(day=day).groupby(["registry", "day"], as_index=False, dropna=False).size()
    ordered = counted.sort_values(["size", "registry", "day"], ascending=[False, True, True])
    return ordered.rename(columns={"day": "snapshot", "size": "trials"}).reset_index(drop=True)


def _day_of(text: object) -> str:
    """Return the first day, month or year that a snapshot's words name, an empty text where they name none."""
    found = _DAY.findall(text) if isinstance(text, str) else []
    return max(found, key=len) if found else ""


def sampled_sources(trials: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the sources of these trials, each once."""
    cells = trials["source_ids"].dropna()
    return tuple(sorted({source for cell in cells for source in cell.split("|")}))
