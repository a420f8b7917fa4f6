"""The rows behind one figure of one country: as many as it counts, each with the sources it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.analysis.access import kept_people, nearest_km, open_sites, unit_vectors
from mapping.analysis.card import Source
from mapping.analysis.cells import evidence
from mapping.analysis.evidence import evidence_index
from mapping.analysis.ranking import solutions_by_country, trials_by_country
from mapping.tables.loading import Tables
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.options import CONFIDENCES
from mapping.view.presence import ROLE_TABLES
from mapping.view.ranked import CLASS, PER_MILLION, PHASE, WITHIN
from mapping.view.site_table import site_table
from mapping.view.state import ViewState
from mapping.words import Words

_TRIALS: Final = (
    *("id", "title", "phase", "atmp_class", "modality", "status", "sponsor", "start_year", "registry_url"),
    *("source_ids", "confidence"),
)
_FIGURES: Final = (
    *("id", "obstacle", "measure", "value", "unit", "n", "year", "page_or_table", "direction", "scope", "restates"),
    *("source_ids", "confidence"),
)
_SOLUTIONS: Final = ("id", "title", "type", "status", "organisation", "start_year", "outcome", "countries")
_SITES: Final = (
    *("id", "name", "city", "roles", "partners", "facilities", "trials", "treatment_centres", "confidence"),
    "source_ids",
)


@dataclass(frozen=True)
class RowsBehind:
    """What a figure of a country counts or states."""

    figure: str
    country: str
    frame: pd.DataFrame
    """Columns of the table they come from; ``source_ids`` is a list cell, and empty for places of GeoNames."""


def rows_behind(atlas: Atlas, figure: str, country: str) -> RowsBehind:
    """Return the rows of a figure of :func:`mapping.view.ranked.ranked`, or of the id of an obstacle."""
    return RowsBehind(figure, country, _frame(atlas, figure, country).reset_index(drop=True))


def sources_of(tables: Tables, words: Words, frame: pd.DataFrame) -> tuple[Source, ...]:
    """Return the distinct sources of some rows, in the order in which they first stand."""
    if "source_ids" not in frame:
        return ()
    row = {"source_ids": "|".join(dict.fromkeys(_elements(frame["source_ids"]))), "confidence": "", "retrieved": ""}
    return evidence(tables, words, row).sources


def _elements(cells: "pd.Series[str]") -> Iterable[str]:
    return (source for cell in cells.dropna() for source in cell.split("|") if source)


def _frame(atlas: Atlas, figure: str, country: str) -> pd.DataFrame:
    tables, kind = atlas.tables, figure.removesuffix(PER_MILLION)
    if kind == "sites" or kind in ROLES:
        return _sites(atlas, kind, country)
    if figure.startswith("trials"):
        return _trials(tables, figure, country)
    if figure.startswith(WITHIN):
        return _places(tables, figure, country)
    if figure == "listed_share":
        places = tables["places"]
        return places[places["country"] == country].sort_values("population", ascending=False)
    if figure == "solutions":
        pairs = solutions_by_country(tables)
        solutions = tables["solutions"]
        ids = pairs.loc[pairs["value"] == country, "id"]
        return solutions.loc[solutions["id"].isin(ids), [*_SOLUTIONS, "source_ids", "confidence"]]
    if figure == "records" or figure in CONFIDENCES:
        return _records(atlas, figure, country)
    if figure in {"obstacle_sources", "obstacle_figures"} or (tables["obstacles"]["id"] == figure).any():
        return obstacle_figures(tables, country, figure)
    rows = tables["country_indicators"]
    held = (rows["area"] == "country") & (rows["country"] == country) & (rows["indicator"] == figure)
    return rows[held].sort_values(["year", "id"], ascending=[False, True], na_position="last")


def newest_figures(tables: Tables) -> Mapping[tuple[str, str], int]:
    """Return country and figure -> the position of its newest row, of one year the first by id; made once."""
    return tables.kept(("newest figures of countries",), lambda: _newest(tables["country_indicators"]))


def _newest(rows: pd.DataFrame) -> Mapping[tuple[str, str], int]:
    ordered = rows[rows["area"] == "country"].sort_values(["year", "id"], ascending=[False, True], na_position="last")
    first = ordered.drop_duplicates(["country", "indicator"])
    return dict(zip(zip(first["country"], first["indicator"], strict=True), first.index.tolist(), strict=True))


def obstacle_figures(tables: Tables, country: str, obstacle: str = "") -> pd.DataFrame:
    """Return the published figures about obstacles in a country, or about the one whose id is given."""
    figures = evidence_index(tables).figures
    held = figures["column"] == country
    if (tables["obstacles"]["id"] == obstacle).any():
        held &= figures["obstacle_id"] == obstacle
    return figures.loc[held, list(_FIGURES)].sort_values(["obstacle", "year", "id"], na_position="last")


def _sites(atlas: Atlas, kind: str, country: str) -> pd.DataFrame:
    view = ViewState(countries=(country,), layers=ROLES if kind == "sites" else (kind,))
    return site_table(atlas, select(atlas, view), view)[list(_SITES)]


def _trials(tables: Tables, figure: str, country: str) -> pd.DataFrame:
    held = trials_by_country(tables)
    held = held[held["country"] == country]
    for prefix, column in ((PHASE, "phase"), (CLASS, "atmp_class")):
        if figure.startswith(prefix):
            held = held[held[column] == figure.removeprefix(prefix)]
    trials = tables["trials"]
    found = trials.loc[trials["id"].isin(held["trial_id"]), list(_TRIALS)]
    return found.sort_values(["start_year", "id"], ascending=[False, True], na_position="last")


def _places(tables: Tables, figure: str, country: str) -> pd.DataFrame:
    """Return the places of a country with the people each stands for and how far they have, the largest first."""
    km, role = figure.removeprefix(WITHIN).split("_", 1)
    homes, sites, places = kept_people(tables), open_sites(tables, role), tables["places"]
    ours = homes[homes["country"] == country]
    far = nearest_km(unit_vectors(ours["lat"], ours["lon"]), unit_vectors(sites["lat"], sites["lon"]))
    names = places.loc[(places["country"] == country) & (places["population"] > 0), "name"]
    found = pd.DataFrame({"name": names.to_numpy(), "people": ours["people"].to_numpy(), "nearest_km": far})
    return found.assign(within=found["nearest_km"] <= float(km)).sort_values("people", ascending=False)


def _records(atlas: Atlas, figure: str, country: str) -> pd.DataFrame:
    """Return the records in view of a country: each organisation, facility, centre and trial at a site."""
    selection = select(atlas, ViewState(countries=(country,)))
    presence, rows = selection.presence, selection.row_numbers
    parts = []
    for at, table in enumerate(ROLE_TABLES):
        held = rows[presence.role[rows] == at]
        frame = atlas.tables[table].iloc[presence.record[held]]
        told = frame["trial_id"] if table == "trial_sites" else frame["name"]
        sure = [CONFIDENCES[rank] for rank in presence.confidence[held]]
        parts.append(
            pd.DataFrame(
                {
                    "role": ROLES[at],
                    "id": frame["id"].to_numpy(),
                    "name": told.to_numpy(),
                    "source_ids": frame["source_ids"].to_numpy(),
                    "confidence": sure,
                }
            )
        )
    found = pd.concat(parts, ignore_index=True)
    return found if figure == "records" else found[found["confidence"] == figure]
