"""Every figure about every country, side by side, each with its value or its kind of nothing.

Counts are those of the Atlas without a filter, so planned and closed sites are left out. Figures that others
published stand as they were published, the newest of each country; a country without a row was not assessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.analysis.access import population_coverage, reach
from mapping.analysis.evidence import country_evidence
from mapping.analysis.rates import sites_per_million
from mapping.tables.loading import Tables
from mapping.view.address import INCLUDE, ROLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection, select
from mapping.view.options import CONFIDENCES
from mapping.view.ranked import CLASS, DISTANCES_KM, PER_MILLION, PHASE, REACHED, WITHIN, ranked
from mapping.view.state import ViewState
from mapping.words import by_name

COLUMNS: Final = ("country", "figure", "value", "code", "unit", "year", "state")
IN_PLACE: Final = frozenset({"in_use", "pilot"})
"""States of solutions that are in place."""

Cell = tuple[str, str, float, str, str, int | None, str]
"""Country, figure, value, answer as a code, unit, year, state."""


def ranking(atlas: Atlas) -> pd.DataFrame:
    """Return every figure of every country of the Atlas.

    Returns
    -------
    pd.DataFrame
        One row a country and figure of :func:`mapping.view.ranked.ranked`: country, figure, value (NaN where there
        is none; shares in per cent), code (an answer that is no number), unit, year (of published figures), state
        (found, zero, none_found, not_assessed, not_applicable).
    """
    return atlas.tables.kept(("ranking",), lambda: _ranking(atlas))


def in_order(cells: pd.DataFrame, sort: str, names: Mapping[str, str]) -> list[str]:
    """Return the countries in the order of a figure, a minus before it for the highest first; those without last.

    Parameters
    ----------
    cells : DataFrame
        From :func:`ranking`.
    sort : str
        Code of a figure, ``country`` or nothing for the names.
    names : Mapping
        Country to what it is called, by which equal ones stand.
    """
    named = by_name(names)
    figure, down = sort.removeprefix("-"), sort.startswith("-")
    held = cells[cells["figure"] == figure]
    if held.empty:
        return named[::-1] if sort == "-country" else named
    value = dict(zip(held["country"], held["value"], strict=True))
    answer = dict(zip(held["country"], held["code"], strict=True))
    known = [code for code in named if answer.get(code) or not np.isnan(value.get(code, np.nan))]
    return sorted(
        known, key=lambda code: (answer[code], 0.0 if answer[code] else value[code]), reverse=down
    ) + [code for code in named if code not in known]  # fmt: skip


def coverage_state(tables: Tables, country: str, subject: str) -> str:
    """Return how far something was looked for in a country; not assessed where nothing says so."""
    states = tables.kept(("states by subject",), lambda: _states(tables))
    return states.get((country, subject), "not_assessed")


def _states(tables: Tables) -> dict[tuple[str, str], str]:
    coverage = tables["coverage"]
    return dict(zip(zip(coverage["country"], coverage["subject"], strict=True), coverage["state"], strict=True))


def _ranking(atlas: Atlas) -> pd.DataFrame:
    tables = atlas.tables
    countries = tables["countries"]
    core = countries[countries["scope"] == "core"]
    codes = [str(code) for code in core["id"]]
    selection = select(atlas, ViewState())
    population = dict(zip(codes, core["population"].astype("float64"), strict=True))
    cells: list[Cell] = [
        (code, "population", people, "", "persons", None, "not_assessed" if np.isnan(people) else "found")
        for code, people in population.items()
    ]
    cells += _sites(atlas, selection)
    cells += _trials(tables, population)
    cells += _access(tables, codes)
    cells += _evidence(tables, codes)
    cells += _confidence(selection, codes)
    cells += _published(tables, codes)
    frame = pd.DataFrame(cells, columns=list(COLUMNS)).drop_duplicates(["country", "figure"])
    wanted = {code for group in ranked(tables).values() for code in group}
    kept: pd.DataFrame = frame[frame["figure"].isin(wanted)].reset_index(drop=True)
    return kept


def _sites(atlas: Atlas, selection: Selection) -> Iterable[Cell]:
    """Count the open sites; none where all that are known are closed or planned is a zero, not a search in vain."""
    ever = select(atlas, ViewState(include=INCLUDE))
    for kind, roles in {"sites": ROLES, **{role: (role,) for role in ROLES}}.items():
        known = dict(sites_per_million(atlas, ever, roles)[["country", "sites"]].itertuples(index=False, name=None))
        for row in sites_per_million(atlas, selection, roles).to_dict("records"):
            country, count, state = str(row["country"]), int(row["sites"]), str(row["state"])
            if not count and known[country]:
                yield country, kind, 0.0, "", "", None, "zero"
                yield country, f"{kind}{PER_MILLION}", 0.0, "", "", None, "zero"
                continue
            yield country, kind, count if count else np.nan, "", "", None, "found" if count else state
            yield country, f"{kind}{PER_MILLION}", row["per_million"], "", "", None, state


def _trials(tables: Tables, population: Mapping[str, float]) -> Iterable[Cell]:
    """Count the trials with a site in the country: all, by million people, by phase and by class."""
    at_sites = trials_by_country(tables)
    for figure in (*ranked(tables)["trials"], *ranked(tables)["classes"]):
        held = at_sites
        for prefix, column in ((PHASE, "phase"), (CLASS, "atmp_class")):
            if figure.startswith(prefix):
                held = at_sites[at_sites[column] == figure.removeprefix(prefix)]
        counts = held["country"].value_counts().to_dict()
        for country, people in population.items():
            nothing = coverage_state(tables, country, "trial_sites")
            count = float(counts.get(country, np.nan))
            value = count * 1e6 / people if figure.endswith(PER_MILLION) else count
            state = "found" if count > 0 else "none_found" if nothing == "found" else nothing
            yield country, figure, value, "", "trials", None, state


def trials_by_country(tables: Tables) -> pd.DataFrame:
    """Return each trial once a country with a site of it: trial_id, country, phase, atmp_class."""
    return tables.kept(("trials by country",), lambda: _trials_by_country(tables))


def _trials_by_country(tables: Tables) -> pd.DataFrame:
    sites = tables["sites"].set_index("id")["country"]
    trials = tables["trials"].set_index("id")[["phase", "atmp_class"]]
    joins = tables["trial_sites"]
    joined = pd.DataFrame({"trial_id": joins["trial_id"], "country": joins["site_id"].map(sites)})
    return joined.dropna().drop_duplicates().join(trials, on="trial_id")


def _access(tables: Tables, codes: Sequence[str]) -> Iterable[Cell]:
    for role in REACHED:
        for km in DISTANCES_KM:
            found = {row.country: row.share_within * 100 for row in reach(tables, role, km).countries}
            for country in codes:
                share = found.get(country, np.nan)
                state = "not_assessed" if np.isnan(share) else "found" if share else "zero"
                yield country, f"{WITHIN}{km}_{role}", share, "", "percent", None, state
    listed = population_coverage(tables).set_index("country")["coverage"]
    for country in codes:
        share = float(listed.get(country, np.nan)) * 100
        yield country, "listed_share", share, "", "percent", None, "not_assessed" if np.isnan(share) else "found"


def solutions_by_country(tables: Tables) -> pd.DataFrame:
    """Return each solution in use or being tried once a country it names: id, value (the country)."""
    solutions, pairs = tables["solutions"], tables.pairs("solutions", "countries")
    in_place = solutions.loc[solutions["status"].isin(IN_PLACE), "id"]
    kept: pd.DataFrame = pairs[pairs["id"].isin(in_place)]
    return kept


def _evidence(tables: Tables, codes: Sequence[str]) -> Iterable[Cell]:
    solutions = solutions_by_country(tables)["value"].value_counts()
    for country in codes:
        figures, sources = country_evidence(tables, country)
        nothing = coverage_state(tables, country, "obstacle_evidence")
        state = "found" if figures else "none_found" if nothing == "found" else nothing
        yield country, "obstacle_sources", sources if figures else np.nan, "", "sources", None, state
        yield country, "obstacle_figures", figures if figures else np.nan, "", "", None, state
        count = int(solutions.get(country, 0))
        yield country, "solutions", count if count else np.nan, "", "", None, "found" if count else "not_assessed"


def _confidence(selection: Selection, codes: Sequence[str]) -> Iterable[Cell]:
    """Count the records in view by how sure we are of them; without records the question does not arise."""
    presence, rows = selection.presence, selection.row_numbers
    names = np.array([*presence.options["country"], ""], dtype=object)[presence.country[rows]]
    for country in codes:
        mix = np.bincount(presence.confidence[rows][names == country], minlength=len(CONFIDENCES))
        total = int(mix.sum())
        yield country, "records", total if total else np.nan, "", "", None, "found" if total else "not_applicable"
        for rank, confidence in enumerate(CONFIDENCES):
            share = mix[rank] * 100 / total if total else np.nan
            state = "not_applicable" if not total else "found" if share else "zero"
            yield country, confidence, share, "", "percent", None, state


def _published(tables: Tables, codes: Sequence[str]) -> Iterable[Cell]:
    """Take the newest figure of each country; of two of one year the first by id."""
    rows = tables["country_indicators"]
    ours = rows[rows["area"] == "country"].sort_values(["year", "id"], ascending=[False, True], na_position="last")
    newest = {(row.country, row.indicator): row for row in ours.iloc[::-1].itertuples(index=False)}
    indicators = {code for group in ("medicines", "law", "reported") for code in ranked(tables).get(group, ())}
    for figure in sorted(indicators):
        for country in codes:
            row: Any = newest.get((country, figure))
            if row is None:
                yield country, figure, np.nan, "", "", None, "not_assessed"
                continue
            answer = "" if pd.isna(row.value_code) else str(row.value_code)
            year = None if pd.isna(row.year) else int(row.year)
            yield country, figure, float(row.value), answer, str(row.unit), year, "zero" if row.value == 0 else "found"
