"""A solution, and a path forward, with all that is known of it in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.analysis.card import Evidence
from mapping.analysis.cells import Row, evidence, many, names_of, rows_at, text, whole
from mapping.analysis.outcome_figures import has_figure
from mapping.tables.loading import Tables
from mapping.words import Words

Named = tuple[str, str]
"""Id and title."""


@dataclass(frozen=True)
class SolutionCard:
    """A real-world solution."""

    id: str
    title: str
    type: str
    stage: str
    where: str
    """Countries in words, or that it holds for the EU."""
    organisation: str
    status: str
    """Code."""
    status_label: str
    since: int | None
    """Year it began, where the page states one."""
    description: str
    outcome: str
    has_figure: bool
    """Whether the outcome states a figure, by our rule."""
    transfer: str
    """What is needed to use it elsewhere."""
    obstacles: tuple[Named, ...]
    paths: tuple[Named, ...]
    """Paths that build on it."""
    evidence: Evidence


@dataclass(frozen=True)
class PathCard:
    """A recommended path forward."""

    id: str
    title: str
    horizon: str
    """In words; our reading."""
    lead_actor: str
    proposed_by: str
    is_own: bool
    """Whether JOIN4ATMP proposes it."""
    year: int | None
    stage: str
    description: str
    obstacles: tuple[Named, ...]
    solutions: tuple[Named, ...]
    evidence: Evidence


def solution_cards(tables: Tables, ids: Sequence[str], words: Words) -> list[SolutionCard]:
    """Return the cards of some solutions, in the order asked for."""
    return [_solution(tables, row, words) for row in _rows(tables, "solutions", ids)]


def path_cards(tables: Tables, ids: Sequence[str], words: Words) -> list[PathCard]:
    """Return the cards of some paths, in the order asked for."""
    return [_path(tables, row, words) for row in _rows(tables, "pathways", ids)]


def where(tables: Tables, area: str, countries: Sequence[str], words: Words) -> str:
    """Return where a solution is: its countries, or that it holds for a larger area."""
    if not countries:
        return words.label(tables, "area", area)
    return words.list([words.country(tables, code) for code in countries])


def _rows(tables: Tables, table: str, ids: Sequence[str]) -> list[Row]:
    at = tables.kept(("positions", table), lambda: _positions(tables, table))
    positions = [at[row_id] for row_id in ids if row_id in at]
    return rows_at(tables, table, positions) if positions else []


def _positions(tables: Tables, table: str) -> Mapping[str, int]:
    return {row_id: at for at, row_id in enumerate(tables[table]["id"])}


def _solution(tables: Tables, row: Row, words: Words) -> SolutionCard:
    builders = tables.kept(("paths of solutions",), lambda: _builders(tables)).get(row["id"], ())
    return SolutionCard(
        id=text(row["id"]),
        title=text(row["title"]),
        type=words.label(tables, "solution_type", text(row["type"])),
        stage=words.label(tables, "stage", text(row["stage"])),
        where=where(tables, text(row["area"]), many(row["countries"]), words),
        organisation=text(row["organisation"]),
        status=text(row["status"]),
        status_label=words.label(tables, "solution_status", text(row["status"])),
        since=whole(row["start_year"]),
        description=text(row["description"]),
        outcome=text(row["outcome"]),
        has_figure=has_figure(text(row["outcome"])),
        transfer=text(row["transferability"]),
        obstacles=_named(tables, "obstacles", many(row["obstacle_ids"])),
        paths=_named(tables, "pathways", builders),
        evidence=evidence(tables, words, row),
    )


def _path(tables: Tables, row: Row, words: Words) -> PathCard:
    return PathCard(
        id=text(row["id"]),
        title=text(row["title"]),
        horizon=words.label(tables, "horizon", text(row["horizon"])),
        lead_actor=text(row["lead_actor"]),
        proposed_by=text(row["proposed_by"]),
        is_own=text(row["proposed_by"]).startswith("JOIN4ATMP"),
        year=whole(row["year"]),
        stage=words.label(tables, "stage", text(row["stage"])),
        description=text(row["description"]),
        obstacles=_named(tables, "obstacles", many(row["obstacle_ids"])),
        solutions=_named(tables, "solutions", many(row["solution_ids"])),
        evidence=evidence(tables, words, row),
    )


def _builders(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    pairs = tables.pairs("pathways", "solution_ids")
    return {str(solution): tuple(rows["id"]) for solution, rows in pairs.groupby("value")}


def _named(tables: Tables, table: str, ids: Sequence[str]) -> tuple[Named, ...]:
    return tuple(zip(ids, names_of(tables, table, "title", ids), strict=True))
