"""The heatmaps of obstacles: what stands in each cell, and which published figures it stands for.

A figure about the EU or Europe as a whole stands in a column of its own and is never spread over countries. A cell
without a figure says which kind of nothing it is. Where the colour means a kind of figure, a cell gives the median of
its comparable figures, with their range and number; figures that cannot be compared are never put together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.analysis.comparing import Facts, Place, facts_of
from mapping.analysis.evidence import EUROPE_WIDE, evidence_index
from mapping.analysis.matrix_order import ordered_lines, profile_of
from mapping.analysis.measures import PARTS, Measure, measure_of
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.state import ViewState

OTHER: Final = "other"
"""State of a cell that has figures, but none of the measure chosen."""
LEFT_OUT: Final = "left_out"
"""State of a cell whose evidence or agreement is not among those asked for."""
CELL_COLUMNS: Final = (
    *("row", "column", "sources", "figures", "value", "low", "high", "evidence", "agreement", "state"),
)


@dataclass(frozen=True)
class Asked:
    """What a reader asked of a heatmap; two that are equal give the same one."""

    matrix: str
    """country, stage, stakeholder (of obstacles), or category (by country)."""
    measure: Measure | None
    """What the colour means; None for the number of distinct sources."""
    order: str
    countries: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """One heatmap, ready to be drawn."""

    asked: Asked
    rows: tuple[str, ...]
    """Obstacles, or categories, in the order drawn."""
    groups: tuple[str, ...]
    """Stage of each row; empty where rows are not grouped."""
    columns: tuple[str, ...]
    """Countries and last EUROPE, or stages, or stakeholders, in the order drawn."""
    cells: pd.DataFrame
    """One row a cell, in the order drawn, with the columns of ``CELL_COLUMNS``: sources (distinct) and figures (how
    many), both of the measure alone; value (median), low and high, NaN for the measure sources; evidence and agreement,
    empty without a figure; state: found, zero (all measured zero), other, left_out, or a kind of nothing."""
    held: Mapping[Place, tuple[int, ...]]
    """Row and column -> positions, in the figures of the evidence index, of the figures the cell stands for."""


def asked_of(tables: Tables, view: ViewState) -> Asked:
    """Return what a view asks of the heatmap."""
    return Asked(
        view.matrix,
        measure_of(tables, view.measure),
        view.order,
        view.countries,
        view.stages,
        view.categories,
        view.stakeholders,
        view.evidence,
        view.agreement,
    )


def matrix_of(tables: Tables, asked: Asked) -> Matrix:
    """Return the heatmap that was asked for."""
    figures = evidence_index(tables).figures
    rows, columns = matrix_rows(tables, asked), _columns(tables, asked)
    every = _placed(tables, asked, rows, columns)
    fits = _fits(figures, asked.measure)
    held = {place: kept for place, at in every.items() if (kept := tuple(p for p in at if fits[p]))}
    facts = facts_of(tables)
    cells = [
        _cell(tables, asked, facts, (row, column), every.get((row, column), ()), held.get((row, column), ()))
        for row in rows
        for column in columns
    ]
    frame = pd.DataFrame(cells, columns=list(CELL_COLUMNS))
    return _ordered(tables, asked, frame, rows, columns, held)


def cell_code(row: str, column: str) -> str:
    """Return a cell as the address writes it."""
    return f"{row}:{column}"


def matrix_rows(tables: Tables, asked: Asked) -> list[str]:
    """Return the obstacles that match the filters, or the categories."""
    obstacles = tables["obstacles"]
    if asked.matrix == "category":
        return [code for code in labels(tables, "category") if not asked.categories or code in asked.categories]
    kept = np.ones(len(obstacles), dtype=np.bool_)
    for column, chosen in (("stage", asked.stages), ("category", asked.categories)):
        if chosen:
            kept &= obstacles[column].isin(chosen).to_numpy()
    if asked.stakeholders:
        kept &= obstacles["id"].isin(_concerning(tables, asked.stakeholders)).to_numpy()
    order = {stage: at for at, stage in enumerate(labels(tables, "stage"))}
    stages = dict(zip(obstacles["id"], obstacles["stage"], strict=True))
    return sorted(obstacles["id"][kept].tolist(), key=lambda obstacle: (order[stages[obstacle]], obstacle))


def _concerning(tables: Tables, stakeholders: Sequence[str]) -> set[str]:
    """Return the obstacles that concern one of some stakeholders, themselves or by one of their figures."""
    met = tables.pairs("obstacles", "stakeholders")
    told = tables.pairs("obstacle_evidence", "stakeholders")
    evidence = tables["obstacle_evidence"]
    figures = set(told.loc[told["value"].isin(stakeholders), "id"])
    return {*met.loc[met["value"].isin(stakeholders), "id"], *evidence.loc[evidence["id"].isin(figures), "obstacle_id"]}


def _columns(tables: Tables, asked: Asked) -> list[str]:
    if asked.matrix in {"stage", "stakeholder"}:
        chosen = asked.stages if asked.matrix == "stage" else asked.stakeholders
        return [code for code in labels(tables, asked.matrix) if not chosen or code in chosen]
    countries = tables["countries"]
    core = countries.loc[countries["scope"] == "core", "id"].tolist()
    return [*(code for code in sorted(core) if not asked.countries or code in asked.countries), EUROPE_WIDE]


def _placed(tables: Tables, asked: Asked, rows: Sequence[str], columns: Sequence[str]) -> dict[Place, list[int]]:
    """Return the figures that match the filters by the cells they stand in, of whatever measure."""
    figures = evidence_index(tables).figures
    row = figures["category" if asked.matrix == "category" else "obstacle_id"].tolist()
    column = _column_lists(figures, asked.matrix)
    match = _matching(figures, asked)
    wanted_rows, wanted_columns = set(rows), set(columns)
    placed: dict[Place, list[int]] = {}
    for at, code in enumerate(row):
        if match[at] and code in wanted_rows:
            for place in column[at]:
                if place in wanted_columns:
                    placed.setdefault((code, place), []).append(at)
    return placed


def _column_lists(figures: pd.DataFrame, matrix: str) -> list[list[str]]:
    if matrix == "stakeholder":
        return [str(cell).split("|") for cell in figures["stakeholders"].fillna("")]
    return [[code] for code in figures["stage" if matrix == "stage" else "column"]]


def _matching(figures: pd.DataFrame, asked: Asked) -> Any:
    """Return which figures match; countries keep Europe-wide ones only where those have a column of their own."""
    match = np.ones(len(figures), dtype=np.bool_)
    for column, chosen in (("stage", asked.stages), ("category", asked.categories)):
        if chosen:
            match &= figures[column].isin(chosen).to_numpy()
    if asked.stakeholders:
        wanted = set(asked.stakeholders)
        match &= np.array(
            [bool(wanted & set(str(cell).split("|"))) for cell in figures["stakeholders"]], dtype=np.bool_
        )
    if asked.countries and asked.matrix in {"stage", "stakeholder"}:
        match &= figures["column"].isin(asked.countries).to_numpy()
    return match


def _fits(figures: pd.DataFrame, measure: Measure | None) -> Any:
    """Return which figures are of a measure."""
    fits = np.ones(len(figures), dtype=np.bool_)
    if measure is not None:
        wanted = (measure.kind, measure.unit, measure.direction, measure.scope)
        for column, code in zip(PARTS, wanted, strict=True):
            fits &= (figures[column] == code).to_numpy()
    return fits


def _cell(
    tables: Tables, asked: Asked, facts: Facts, place: Place, every: Sequence[int], held: Sequence[int]
) -> tuple[Any, ...]:
    """Return one row of the cells."""
    if not held:
        state = OTHER if every else _nothing(tables, asked, place)
        return (*place, 0, 0, np.nan, np.nan, np.nan, "", "", state)
    values = [facts.value[at] for at in held]
    told = (facts.median(held), min(values), max(values)) if asked.measure else (np.nan, np.nan, np.nan)
    sure = facts.confidence(held)
    wanted = (not asked.evidence or sure.evidence in asked.evidence) and (
        not asked.agreement or sure.agreement in asked.agreement
    )
    state = LEFT_OUT if not wanted else "found" if any(values) else "zero"
    return (*place, len(facts.sources(held)), len(held), *told, sure.evidence, sure.agreement, state)


def _nothing(tables: Tables, asked: Asked, place: Place) -> str:
    """Return which kind of nothing a cell without any figure is."""
    row, column = place
    if asked.matrix == "stage":
        stages = tables.kept(("obstacle stages",), lambda: _stages(tables))
        return "not_assessed" if stages[row] == column else "not_applicable"
    state = evidence_index(tables).coverage.get(column, "not_assessed")
    return "not_assessed" if state == "found" else state


def _stages(tables: Tables) -> dict[str, str]:
    obstacles = tables["obstacles"]
    return dict(zip(obstacles["id"], obstacles["stage"], strict=True))


def _ordered(
    tables: Tables,
    asked: Asked,
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    held: Mapping[Place, tuple[int, ...]],
) -> Matrix:
    """Return the matrix with its rows ordered inside their stage, and its countries ordered alike."""
    stages = {} if asked.matrix == "category" else _stages(tables)
    profile = profile_of(cells, asked.measure).reshape(len(rows), len(columns))
    ranked = partial(ordered_lines, held=held, facts=facts_of(tables), measure=asked.measure, order=asked.order)
    down, across = dict(zip(rows, profile, strict=True)), dict(zip(columns, profile.T, strict=True))
    of_row = {row: [(row, column) for column in columns] for row in rows}
    of_column = {column: [(row, column) for row in rows] for column in columns}
    groups = [[row for row in rows if stages[row] == stage] for stage in labels(tables, "stage")] if stages else [rows]
    titles = obstacle_titles(tables) if stages else labels(tables, "category")
    placed = [row for group in groups for row in ranked(group, titles, of_row, down)]
    if asked.matrix in {"country", "category"}:
        countries = [column for column in columns if column != EUROPE_WIDE]
        columns = [*ranked(countries, {code: code for code in countries}, of_column, across), EUROPE_WIDE]
    index = {place: at for at, place in enumerate(zip(cells["row"], cells["column"], strict=True))}
    moved = cells.iloc[[index[row, column] for row in placed for column in columns]].reset_index(drop=True)
    return Matrix(asked, tuple(placed), tuple(stages[row] for row in placed if stages), tuple(columns), moved, held)


def obstacle_titles(tables: Tables) -> Mapping[str, str]:
    """Return obstacle -> title."""
    obstacles = tables["obstacles"]
    return tables.kept(("titles by obstacle",), lambda: dict(zip(obstacles["id"], obstacles["title"], strict=True)))
