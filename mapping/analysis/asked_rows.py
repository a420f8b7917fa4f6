"""The rows of the tables that tell of one country or one partner, and how much of them is filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables

ASKED: Final = ("sites", "organisations", "facilities", "treatment_centres", "trials", "trial_sites")
"""Tables whose rows somebody at a place can complete, in the order of a workbook sent out."""
FIGURES: Final = ("obstacle_evidence", "country_indicators")
"""Tables of published figures about countries."""
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("site_id", "city", "atmp_classes", "capabilities", "expertise", "product_ids"), 3),
        **dict.fromkeys(("consortium_role", "start_year", "enrolment", "source_ids"), 3),
        **dict.fromkeys(("id", "note", "aliases", "other_ids", "closed_year", "confidence", "retrieved"), 0),
    }
)
"""Column -> how much a gap in it counts: 3 where maps, filters and heatmaps rest on it, 0 where an empty cell is often
right; every other column counts 1. Columns that can never be empty count 0 too: they would only flatter."""


@dataclass(frozen=True)
class Gap:
    """A column with empty cells."""

    table: str
    column: str
    missing: int
    """Rows in which it is empty."""
    rows: int
    weight: int


def rows_of_country(tables: Tables, country: str) -> dict[str, pd.DataFrame]:
    """Return the rows of each table that tell of a country, with sites in it or naming it; sound tables only."""
    sites = tables.frames.get("sites")
    here = frozenset() if sites is None else frozenset(sites.loc[sites["country"] == country, "id"])
    found = _at(tables, here)
    organisations = tables.frames.get("organisations")
    if organisations is not None:
        found["organisations"] = organisations[
            (organisations["country"] == country) | organisations["site_id"].isin(here)
        ]
    return found


def rows_of_partner(tables: Tables, organisation: str) -> dict[str, pd.DataFrame]:
    """Return the rows of an organisation, of its site, and of all that is done there."""
    organisations = tables["organisations"]
    row = organisations[organisations["id"] == organisation]
    found = _at(tables, frozenset(row["site_id"].dropna()))
    return {**found, "organisations": row}


def _at(tables: Tables, sites: frozenset[str]) -> dict[str, pd.DataFrame]:
    """Return the rows at some sites; trials are those with a site there."""
    found = {}
    for name in ASKED:
        frame = tables.frames.get(name)
        if frame is not None and name != "trials":
            found[name] = frame[frame["id" if name == "sites" else "site_id"].isin(sites)]
    trials = tables.frames.get("trials")
    if trials is not None and "trial_sites" in found:
        found["trials"] = trials[trials["id"].isin(found["trial_sites"]["trial_id"])]
    return {name: found[name] for name in ASKED if name in found}


def weight_of(tables: Tables, table: str, column: str) -> int:
    """Return how much a gap in a column counts."""
    required = tables.kept(
        ("required columns", table), lambda: frozenset(one.name for one in tables.columns[table] if one.required)
    )
    return 0 if column in required else WEIGHTS.get(column, 1)


def gaps_in(tables: Tables, rows: Mapping[str, pd.DataFrame]) -> tuple[Gap, ...]:
    """Return the columns with empty cells, those first whose gaps count most."""
    found = [
        Gap(name, column, missing, len(frame), weight)
        for name, frame in rows.items()
        for column in frame.columns
        if (weight := weight_of(tables, name, column)) and (missing := int(frame[column].isna().sum()))
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.weight * gap.missing, gap.table, gap.column)))


def completeness(tables: Tables, rows: Mapping[str, pd.DataFrame]) -> float | None:
    """Return the share of cells that are filled, each counted by its weight; None where there is no cell."""
    filled = total = 0
    for name, frame in rows.items():
        for column in frame.columns:
            weight = weight_of(tables, name, column)
            total += weight * len(frame)
            filled += weight * int(frame[column].notna().sum())
    return filled / total if total else None
