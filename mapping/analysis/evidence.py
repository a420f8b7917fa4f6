"""How well the obstacles are evidenced: published figures and their sources by stage and country.

A source is counted once a cell, however many figures it gives there. Figures about the EU or Europe as a whole have a
column of their own and are never spread over countries. A cell without figures is not a zero: it says which kind of
nothing it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.words import Words

EUROPE_WIDE = "EUROPE"
"""Column of the figures about the EU or Europe as a whole."""

_SHOWN = (
    "id", "obstacle_id", "obstacle", "stage", "category", "area", "country", "stakeholders", "measure", "measure_kind",
    "value", "unit", "n", "year", "page_or_table", "direction", "scope", "restates", "source_ids", "confidence",
    "retrieved",
)  # fmt: skip

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class EvidenceIndex:
    """The obstacle figures ready for counting; :func:`evidence_index` builds it once for each data version."""

    figures: pd.DataFrame
    """obstacle_evidence with its obstacle's title, stage and category, and ``column``: country or EUROPE."""
    stages: tuple[str, ...]
    """All stages in the order of a therapy's life."""
    stage: Ints
    """Position of each figure's stage in ``stages``."""
    columns: tuple[str, ...]
    """The countries with figures, and EUROPE."""
    column: Ints
    """Position of each figure's column in ``columns``."""
    categories: Mapping[str, Bools]
    """Category to the figures about obstacles of it."""
    stakeholders: Mapping[str, Bools]
    """Stakeholder to the figures that concern it."""
    pair_figure: Ints
    """Figure of each (figure, source) pair."""
    pair_source: Ints
    """Position in ``sources`` of the source of each pair."""
    sources: tuple[str, ...]
    """Ids of the sources of any figure."""
    is_zero: Bools
    """Figures that measured zero."""
    coverage: Mapping[str, str]
    """Country to how far its obstacle evidence was looked for."""


def evidence_index(tables: Tables) -> EvidenceIndex:
    """Return the index of the obstacle figures of these tables, kept with them."""
    return tables.kept(("evidence index",), lambda: _indexed(tables))


def _indexed(tables: Tables) -> EvidenceIndex:
    stages = tuple(labels(tables, "stage"))
    figures = _with_obstacles(tables["obstacle_evidence"], tables["obstacles"])
    sources = tables.pairs("obstacle_evidence", "source_ids")
    concerned = tables.pairs("obstacle_evidence", "stakeholders")
    source, source_ids = pd.factorize(sources["value"], sort=True)
    column, columns = pd.factorize(figures["column"], sort=True)
    coverage = tables["coverage"]
    about = coverage[coverage["subject"] == "obstacle_evidence"]
    return EvidenceIndex(
        figures=figures,
        stages=stages,
        stage=_positions(stages, figures["stage"]),
        columns=tuple(columns),
        column=column.astype(np.int64),
        categories={
            str(code): (figures["category"] == code).to_numpy(np.bool_) for code in figures["category"].unique()
        },
        stakeholders={
            str(code): figures["id"].isin(rows["id"]).to_numpy(np.bool_) for code, rows in concerned.groupby("value")
        },
        pair_figure=_positions(figures["id"], sources["id"]),
        pair_source=source.astype(np.int64),
        sources=tuple(source_ids),
        is_zero=(figures["value"] == 0).to_numpy(np.bool_),
        coverage=dict(zip(about["country"], about["state"], strict=True)),
    )


def stage_by_country(
    tables: Tables,
    countries: Sequence[str],
    *,
    stages: Sequence[str] = (),
    categories: Sequence[str] = (),
    stakeholders: Sequence[str] = (),
) -> pd.DataFrame:
    """Count figures and sources by stage and country.

    Returns
    -------
    pd.DataFrame
        One row a cell, stages in their order and, within, countries as given and last EUROPE; columns stage, country,
        sources (distinct), figures (rows), state (found, zero where every figure measured zero, none_found,
        not_assessed, not_applicable). An empty tuple of filters restricts nothing.
    """
    index = evidence_index(tables)
    rows = [stage for stage in index.stages if not stages or stage in stages]
    columns = [*dict.fromkeys(code for code in countries if code != EUROPE_WIDE), EUROPE_WIDE]
    cell = _cells(index, rows, columns, _matching(index, (), categories, stakeholders))
    size = len(rows) * len(columns)
    figures = np.bincount(cell[cell >= 0], minlength=size)
    zeros = np.bincount(cell[(cell >= 0) & index.is_zero], minlength=size)
    country = np.tile(np.array(columns, dtype=object), len(rows))
    nothing = np.array([index.coverage.get(code, "not_assessed") for code in columns], dtype=object)
    unseen = np.tile(np.where(nothing == "found", "not_assessed", nothing), len(rows))
    return pd.DataFrame(
        {
            "stage": np.repeat(np.array(rows, dtype=object), len(columns)),
            "country": country,
            "sources": _distinct_sources(index, cell, size),
            "figures": figures,
            "state": np.where(figures == 0, unseen, np.where(zeros == figures, "zero", "found")),
        }
    )


def in_words(cells: pd.DataFrame, tables: Tables, words: Words) -> pd.DataFrame:
    """Return the cells with ``stage_label`` and ``country_label`` in the reader's language."""
    stages = {code: words.label(tables, "stage", code) for code in dict.fromkeys(cells["stage"])}
    countries = {code: words.country(tables, code) for code in dict.fromkeys(cells["country"])}
    countries |= {EUROPE_WIDE: words.text("Europe as a whole")}
    return cells.assign(
        stage_label=[stages[code] for code in cells["stage"]],
        country_label=[countries[code] for code in cells["country"]],
    )


def cell_figures(
    tables: Tables,
    stage: str,
    country: str,
    *,
    categories: Sequence[str] = (),
    stakeholders: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the figures behind one cell, newest first; as many rows as the cell's ``figures``."""
    index = evidence_index(tables)
    match = _matching(index, (stage,), categories, stakeholders)
    match &= _chosen(index.columns, (country,))[index.column] == 0
    shown = index.figures.loc[match, list(_SHOWN)]
    return shown.sort_values(["year", "id"], ascending=[False, True], na_position="last").reset_index(drop=True)


def country_evidence(tables: Tables, country: str) -> tuple[int, int]:
    """Return how many figures there are about obstacles in a country, and from how many sources."""
    index = evidence_index(tables)
    held = _chosen(index.columns, (country,))[index.column] == 0
    return int(held.sum()), int(_distinct_sources(index, np.where(held, 0, -1), 1)[0])


def evidence_sources(
    tables: Tables,
    countries: Sequence[str],
    *,
    stages: Sequence[str] = (),
    categories: Sequence[str] = (),
    stakeholders: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return the ids of the sources behind all cells of a heatmap, Europe-wide ones included."""
    index = evidence_index(tables)
    match = _matching(index, stages, categories, stakeholders)
    match &= _chosen(index.columns, [*countries, EUROPE_WIDE])[index.column] >= 0
    return tuple(index.sources[at] for at in np.unique(index.pair_source[match[index.pair_figure]]))


def order_countries(
    tables: Tables,
    countries: Sequence[str],
    *,
    stages: Sequence[str] = (),
    categories: Sequence[str] = (),
    stakeholders: Sequence[str] = (),
    top: int | None = None,
) -> list[str]:
    """Return countries by their number of distinct sources, most first, ties by code; at most ``top`` of them."""
    index = evidence_index(tables)
    match = _matching(index, stages, categories, stakeholders)
    columns = sorted(set(countries) - {EUROPE_WIDE})
    place = _chosen(index.columns, columns)[index.column]
    counts = _distinct_sources(index, np.where(match, place, -1), len(columns))
    ordered = [columns[at] for at in np.argsort(-counts, kind="stable")]
    return ordered if top is None else ordered[:top]


def _with_obstacles(evidence: pd.DataFrame, obstacles: pd.DataFrame) -> pd.DataFrame:
    about = obstacles.rename(columns={"id": "obstacle_id", "title": "obstacle"})
    joined = evidence.merge(about[["obstacle_id", "obstacle", "stage", "category"]], on="obstacle_id", how="left")
    return joined.assign(column=joined["country"].where(joined["area"] == "country", EUROPE_WIDE))


def _positions(codes: Iterable[Any], values: "pd.Series[Any]") -> Ints:
    """Return where each value stands among the codes, -1 where it does not."""
    return np.asarray(pd.Index(list(codes)).get_indexer(pd.Index(values)), dtype=np.int64)


def _chosen(codes: Sequence[str], wanted: Sequence[str]) -> Ints:
    """Return for each code its place among those wanted, -1 where it is not."""
    places = {code: at for at, code in enumerate(wanted)}
    return np.array([places.get(code, -1) for code in codes], dtype=np.int64)


def _matching(
    index: EvidenceIndex, stages: Sequence[str], categories: Sequence[str], stakeholders: Sequence[str]
) -> Bools:
    """Return which figures match every filter that is set; a value nothing carries matches nothing."""
    match = np.ones(len(index.figures), dtype=np.bool_)
    if stages:
        match &= np.isin(index.stage, [at for at, stage in enumerate(index.stages) if stage in stages])
    for chosen, members in ((categories, index.categories), (stakeholders, index.stakeholders)):
        if chosen:
            match &= np.logical_or.reduce([members[code] for code in chosen if code in members], initial=False)
    return match


def _cells(index: EvidenceIndex, rows: Sequence[str], columns: Sequence[str], match: Bools) -> Ints:
    """Return the cell of each figure, row by row, or -1 where it has none."""
    row, column = _chosen(index.stages, rows)[index.stage], _chosen(index.columns, columns)[index.column]
    return np.where(match & (row >= 0) & (column >= 0), row * len(columns) + column, -1)


def _distinct_sources(index: EvidenceIndex, cell: Ints, size: int) -> Ints:
    """Return the number of different sources of each cell."""
    pair_cell = cell[index.pair_figure]
    held = pair_cell >= 0
    many = int(index.pair_source.max(initial=0)) + 1
    distinct = np.unique(pair_cell[held] * many + index.pair_source[held])
    return np.bincount(distinct // many, minlength=size)
