"""What a country can be coloured by: rates, shares and durations, never raw totals.

A country without a figure says which kind of nothing it is; it is never a zero unless a source measured one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words, mark

RATE_UNITS: Final = ("percent", "days")
"""Units of indicators that compare countries of different size."""
FEWEST_COUNTRIES: Final = 3
"""An indicator with figures for fewer countries makes no map."""
SUBJECTS: Final = {
    "partners": "organisations",
    "facilities": "facilities",
    "trial_sites": "trial_sites",
    "treatment_centres": "treatment_centres",
}
"""Role -> what the table of coverage calls it."""
PER_MILLION_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": mark("Sites per million people"),
        "partners": mark("Partner sites per million people"),
        "facilities": mark("Manufacturing sites per million people"),
        "trial_sites": mark("Trial sites per million people"),
        "treatment_centres": mark("Treatment centres per million people"),
    }
)
"""Role, or none for several together -> what its rate is called."""


@dataclass(frozen=True)
class CountryFigures:
    """One figure a country, ready to colour a map."""

    title: str
    """What it is, with its unit and year."""
    frame: pd.DataFrame
    """One row a core country: country, value (NaN where there is none), state (found, zero or a kind of nothing)."""
    decimals: int
    """Decimals that mean something."""
    source_ids: tuple[str, ...]
    """Sources of the figures; empty for rates that rest on the sites in view."""


def indicator_choices(tables: Tables, words: Words) -> dict[str, str]:
    """Return what countries can be coloured by, code -> title; the empty code is the rate of the sites in view."""
    choices = {"": words.text(PER_MILLION_WORDS[""])}
    for indicator, (unit, year) in _snapshots(tables).items():
        choices[indicator] = _title(tables, words, indicator, unit, year)
    return choices


def country_figures(atlas: Atlas, selection: Selection, view: ViewState, words: Words) -> CountryFigures:
    """Return the figures of the view's indicator, or, without one, the sites in view per million people."""
    snapshot = _snapshots(atlas.tables).get(view.indicator)
    if snapshot is None:
        rates = sites_per_million(atlas, selection, view.layers)
        role = view.layers[0] if len(view.layers) == 1 else ""
        frame = rates.rename(columns={"per_million": "value"})[["country", "value", "state"]]
        return CountryFigures(words.text(PER_MILLION_WORDS[role]), frame, 1, ())
    rows = _rows_of(atlas.tables, view.indicator, snapshot)
    pairs = atlas.tables.pairs("country_indicators", "source_ids")
    return CountryFigures(
        _title(atlas.tables, words, view.indicator, *snapshot),
        _one_a_country(atlas.tables, rows),
        0,
        tuple(sorted(set(pairs.loc[pairs["id"].isin(rows["id"]), "value"]))),
    )


def sites_per_million(atlas: Atlas, selection: Selection, roles: Sequence[str] = ROLES) -> pd.DataFrame:
    """Return the sites in view by country, per million people.

    Parameters
    ----------
    atlas : Atlas
        The data.
    selection : Selection
        What is in view.
    roles : sequence of str
        Roles that count; a site with several counts once.

    Returns
    -------
    pd.DataFrame
        One row a core country: country, sites, population, per_million (NaN where there is no site or no
        population), state (found, or what kind of nothing: none_found where all these roles were looked for).
    """
    countries = atlas.tables["countries"]
    core = countries[countries["scope"] == "core"]
    codes = core["id"].to_numpy(object)
    sites = _sites_by_country(atlas, selection, roles).reindex(codes, fill_value=0).to_numpy()
    population = core["population"].to_numpy("float64", na_value=np.nan)
    known = (sites > 0) & (population > 0)
    nothing = np.array([_nothing(atlas.tables, code, roles) for code in codes], dtype=object)
    return pd.DataFrame(
        {
            "country": codes,
            "sites": sites,
            "population": population,
            "per_million": np.where(known, sites * 1e6 / np.where(population > 0, population, 1.0), np.nan),
            "state": np.where(known, "found", np.where(sites > 0, "not_assessed", nothing)),
        }
    )


def _sites_by_country(atlas: Atlas, selection: Selection, roles: Sequence[str]) -> "pd.Series[int]":
    columns = [at for at, role in enumerate(ROLES) if role in roles]
    held = selection.sites[selection.counts[:, columns].sum(axis=1) > 0]
    if not len(held):
        return pd.Series(dtype="int64")
    counts: pd.Series[int] = atlas.tables["sites"]["country"].iloc[held].value_counts()
    return counts


def _nothing(tables: Tables, country: str, roles: Sequence[str]) -> str:
    """Return which kind of nothing a country without a site in view is."""
    coverage = tables.kept(("coverage states",), lambda: _coverage_states(tables))
    states = {coverage.get((country, SUBJECTS[role]), "not_assessed") for role in roles}
    if states == {"not_applicable"}:
        return "not_applicable"
    return "not_assessed" if "not_assessed" in states else "none_found"


def _coverage_states(tables: Tables) -> Mapping[tuple[str, str], str]:
    coverage = tables["coverage"]
    return dict(zip(zip(coverage["country"], coverage["subject"], strict=True), coverage["state"], strict=True))


def _snapshots(tables: Tables) -> Mapping[str, tuple[str, int]]:
    """Return unit and year of each indicator that can colour a map, in the order of the vocabulary."""
    return tables.kept(("indicator snapshots",), lambda: _found_snapshots(tables))


def _found_snapshots(tables: Tables) -> Mapping[str, tuple[str, int]]:
    """Take for each indicator the year with most countries, of two the later; other years are other surveys."""
    figures = tables["country_indicators"]
    usable = figures[(figures["area"] == "country") & figures["unit"].isin(RATE_UNITS)].dropna(subset=["value", "year"])
    counts = usable.groupby(["indicator", "unit", "year"])["country"].nunique().reset_index()
    best = counts[counts["country"] >= FEWEST_COUNTRIES].sort_values(["country", "year"]).groupby("indicator").last()
    found = {str(code): (str(row.unit), int(row.year)) for code, row in best.iterrows()}
    return {code: found[code] for code in labels(tables, "indicator") if code in found}


def _rows_of(tables: Tables, indicator: str, snapshot: tuple[str, int]) -> pd.DataFrame:
    figures, (unit, year) = tables["country_indicators"], snapshot
    held = (figures["indicator"] == indicator) & (figures["unit"] == unit) & (figures["year"] == year)
    rows = figures[held & (figures["area"] == "country")].dropna(subset=["value"])
    return rows.drop_duplicates("country")


def _one_a_country(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    countries = tables["countries"]
    codes = countries.loc[countries["scope"] == "core", "id"]
    value = codes.map(dict(zip(rows["country"], rows["value"], strict=True))).astype("float64").to_numpy()
    state = np.where(np.isnan(value), "not_assessed", np.where(value == 0, "zero", "found"))
    return pd.DataFrame({"country": codes.to_numpy(object), "value": value, "state": state})


def _title(tables: Tables, words: Words, indicator: str, unit: str, year: int) -> str:
    label = words.label(tables, "indicator", indicator)
    said = words.label(tables, "evidence_unit", unit)
    return words.text("{label} ({unit}, {year})", label=label, unit=said, year=str(year))
