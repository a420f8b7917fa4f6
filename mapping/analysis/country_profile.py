"""One country on one page: who is there, what is known of it, how sure that is, and what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.analysis.card import Source, Tally
from mapping.analysis.cells import evidence, many, names_of, rows_at, text, whole
from mapping.analysis.country_gaps import gaps
from mapping.analysis.country_rows import newest_figures
from mapping.analysis.evidence import evidence_index
from mapping.analysis.ranking import ranking, solutions_by_country, trials_by_country
from mapping.analysis.unit_words import value_words
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.options import CONFIDENCES
from mapping.view.ranked import DISTANCES_KM, PER_MILLION, REACHED, WITHIN, ranked
from mapping.words import Words, mark

OBSTACLES_SHOWN: Final = 6
NOTHING: Final[Mapping[str, str]] = {
    "none_found": mark("looked for, none found"),
    "not_assessed": mark("not assessed"),
    "not_applicable": mark("not applicable"),
    "zero": mark("none open: those known are closed, planned or in construction"),
}
LEGAL: Final = (
    *("hospital_exemption_framework", "hospital_exemption_products_named"),
    *("gmo_procedure_type", "gmo_authorisation_sequence"),
)


@dataclass(frozen=True)
class RoleCount:
    """How many sites hold a role, and for how many people."""

    role: str
    label: str
    count: int
    per_million: float | None
    state: str


@dataclass(frozen=True)
class Published:
    """One published figure or answer, or that there is none."""

    figure: str
    label: str
    """What it is, with its basket and date."""
    told: str
    """Value with unit and year, or which kind of nothing."""
    state: str
    note: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class EvidencedObstacle:
    """An obstacle with the distinct sources and the figures published about it in the country."""

    id: str
    title: str
    sources: int
    figures: int


@dataclass(frozen=True)
class InPlace:
    """A solution in use or being tried."""

    id: str
    title: str
    told: str
    """Kind, state and since when."""
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class AccessShare:
    """Estimated share of people within a distance of a kind of site, in per cent; None where it is not known."""

    figure: str
    role: str
    km: int
    share: float | None


@dataclass(frozen=True)
class CountryProfile:
    """What is known about one country."""

    country: str
    name: str
    standing: str
    """Whether it is in the EU, the EEA or EFTA, in words."""
    population: int | None
    sites: int
    sites_per_million: float | None
    roles: tuple[RoleCount, ...]
    trials: int
    trials_state: str
    trial_cells: pd.DataFrame
    """One row a phase and class with a trial: phase, atmp_class, trials."""
    medicines: tuple[Published, ...]
    medicines_unknown: int
    """Indicators of reimbursement and availability without a figure for this country."""
    law: tuple[Published, ...]
    obstacles: tuple[EvidencedObstacle, ...]
    """The most evidenced, at most six."""
    obstacle_count: int
    obstacle_figures: int
    obstacle_sources: int
    obstacle_state: str
    solutions: tuple[InPlace, ...]
    access: tuple[AccessShare, ...]
    listed_share: float | None
    records: int
    mix: tuple[Tally, ...]
    """Records by how sure we are of them; the three add up to ``records``."""
    gaps: tuple[str, ...]


def country_profile(atlas: Atlas, country: str, words: Words) -> CountryProfile:
    """Return what is known about a country of the Atlas, in the reader's words."""
    tables, known = atlas.tables, figures_of(atlas, country)
    people, listed = _value(known, "population"), _value(known, "listed_share")
    obstacles = evidenced_obstacles(tables, country)
    records = _count(known, "records")
    return CountryProfile(
        country=country,
        name=words.country(tables, country),
        standing=_standing(tables, country, words),
        population=None if people is None else int(people),
        sites=_count(known, "sites"),
        sites_per_million=_value(known, f"sites{PER_MILLION}"),
        roles=tuple(_role(tables, words, known, role) for role in ROLES),
        trials=_count(known, "trials"),
        trials_state=str(known["trials"]["state"]),
        trial_cells=_trial_cells(tables, country),
        medicines=tuple(row for row in _published(tables, words, known, "medicines") if row.state in {"found", "zero"}),
        medicines_unknown=sum(known[code]["state"] == "not_assessed" for code in ranked(tables)["medicines"]),
        law=tuple(row for row in _published(tables, words, known, "law") if row.figure in LEGAL),
        obstacles=obstacles[:OBSTACLES_SHOWN],
        obstacle_count=len(obstacles),
        obstacle_figures=_count(known, "obstacle_figures"),
        obstacle_sources=_count(known, "obstacle_sources"),
        obstacle_state=str(known["obstacle_sources"]["state"]),
        solutions=_solutions(tables, country, words),
        access=tuple(_access(known, role, km) for role in REACHED for km in DISTANCES_KM),
        listed_share=listed,
        records=records,
        mix=_mix(tables, words, known, records),
        gaps=gaps(atlas, country, known, words),
    )


def figures_of(atlas: Atlas, country: str) -> Mapping[str, Mapping[str, Any]]:
    """Return figure -> value, code, unit, year and state of one country."""
    by_country = atlas.tables.kept(("ranking by country",), lambda: _by_country(ranking(atlas)))
    return by_country[country]


def _by_country(cells: pd.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for values in cells.itertuples(index=False, name=None):
        row = dict(zip(cells.columns, values, strict=True))
        found.setdefault(str(row["country"]), {})[str(row["figure"])] = row
    return found


def _value(known: Mapping[str, Mapping[str, Any]], figure: str) -> float | None:
    value = float(known[figure]["value"])
    return None if np.isnan(value) else value


def _count(known: Mapping[str, Mapping[str, Any]], figure: str) -> int:
    return int(_value(known, figure) or 0)


def _standing(tables: Tables, country: str, words: Words) -> str:
    [row] = rows_at(tables, "countries", [int(np.flatnonzero((tables["countries"]["id"] == country).to_numpy())[0])])
    if row["eu_member"] == "yes":
        return words.text("Member of the European Union")
    if row["eea"] == "yes":
        return words.text("In the European Economic Area, not in the European Union")
    if row["efta"] == "yes":
        return words.text("In EFTA, not in the European Economic Area")
    return words.text("Outside the European Union and the European Economic Area")


def _role(tables: Tables, words: Words, known: Mapping[str, Mapping[str, Any]], role: str) -> RoleCount:
    rate = _value(known, f"{role}{PER_MILLION}")
    return RoleCount(
        role, words.label(tables, "role", role), _count(known, role), rate, str(known[role]["state"])
    )  # fmt: skip


def _trial_cells(tables: Tables, country: str) -> pd.DataFrame:
    held = trials_by_country(tables)
    counted = held[held["country"] == country].groupby(["phase", "atmp_class"], as_index=False).size()
    phases, classes = list(labels(tables, "phase")), list(labels(tables, "atmp_class"))
    order = counted["phase"].map(phases.index) * len(classes) + counted["atmp_class"].map(classes.index)
    ordered: pd.DataFrame = counted.assign(order=order).sort_values("order").drop(columns="order")
    return ordered.rename(columns={"size": "trials"}).reset_index(drop=True)


def _published(tables: Tables, words: Words, known: Mapping[str, Mapping[str, Any]], group: str) -> Sequence[Published]:
    return [_one(tables, words, known[figure]) for figure in ranked(tables).get(group, ())]


def _one(tables: Tables, words: Words, cell: Mapping[str, Any]) -> Published:
    label = words.label(tables, "indicator", cell["figure"])
    if cell["state"] not in {"found", "zero"}:
        return Published(cell["figure"], label, words.text(NOTHING[cell["state"]]), cell["state"], "", ())
    row = _newest_row(tables, cell)
    return Published(
        cell["figure"],
        label,
        cell_words(tables, words, cell),
        cell["state"],
        text(row["note"]),
        evidence(tables, words, row).sources,
    )


def cell_words(tables: Tables, words: Words, cell: Mapping[str, Any]) -> str:
    """Return a published figure or answer with its unit and the year it is of."""
    code = str(cell["code"])
    told = (
        words.label(tables, "indicator_value", code)
        if code
        else value_words(tables, words, cell["value"], cell["unit"])
    )
    year = cell["year"]
    return told if year is None or pd.isna(year) else words.text("{told} ({year})", told=told, year=str(int(year)))


def _newest_row(tables: Tables, cell: Mapping[str, Any]) -> Mapping[str, Any]:
    return rows_at(tables, "country_indicators", [newest_figures(tables)[cell["country"], cell["figure"]]])[0]


def evidenced_obstacles(tables: Tables, country: str) -> tuple[EvidencedObstacle, ...]:
    """Return the obstacles with figures about a country, those with most distinct sources first."""
    figures = evidence_index(tables).figures
    held = figures[figures["column"] == country]
    found = [
        EvidencedObstacle(
            str(obstacle),
            str(rows["obstacle"].iloc[0]),
            len({source for cell in rows["source_ids"].dropna() for source in cell.split("|")}),
            len(rows),
        )
        for obstacle, rows in held.groupby("obstacle_id")
    ]
    return tuple(sorted(found, key=lambda row: (-row.sources, -row.figures, row.title)))


def _solutions(tables: Tables, country: str, words: Words) -> tuple[InPlace, ...]:
    held = solutions_by_country(tables)
    ids = set(held.loc[held["value"] == country, "id"])
    positions = [at for at, solution in enumerate(tables["solutions"]["id"]) if solution in ids]
    rows = rows_at(tables, "solutions", positions) if positions else []
    return tuple(_solution(tables, words, row) for row in rows)


def _solution(tables: Tables, words: Words, row: Mapping[str, Any]) -> InPlace:
    parts = [
        words.label(tables, "solution_type", text(row["type"])),
        words.label(tables, "solution_status", text(row["status"])),
    ]
    since = whole(row["start_year"])
    if since is not None:
        parts.append(words.text("since {year}", year=str(since)))
    others = [words.country(tables, code) for code in many(row["countries"])]
    if len(others) > 1:
        parts.append(words.list(others))
    [title] = names_of(tables, "solutions", "title", [text(row["id"])])
    return InPlace(text(row["id"]), title, ", ".join(parts), evidence(tables, words, row).sources)


def _access(known: Mapping[str, Mapping[str, Any]], role: str, km: int) -> AccessShare:
    figure = f"{WITHIN}{km}_{role}"
    return AccessShare(figure, role, km, _value(known, figure))


def _mix(tables: Tables, words: Words, known: Mapping[str, Mapping[str, Any]], records: int) -> tuple[Tally, ...]:
    shares = {code: _value(known, code) or 0.0 for code in CONFIDENCES}
    return tuple(
        Tally(code, words.label(tables, "confidence", code), round(shares[code] * records / 100))
        for code in CONFIDENCES
    )
