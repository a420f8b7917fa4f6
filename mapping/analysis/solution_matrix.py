"""The audit: which obstacles have which solutions, and where there are none.

A cell is an obstacle and a type of solution. Its solutions are those whose ``obstacle_ids`` name the obstacle, so one
solution stands in as many rows as it answers obstacles; totals of rows are not totals of solutions.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import FIELDS
from mapping.view.answers import SOLUTION_KEYS, solutions_in_view
from mapping.view.state import ViewState
from mapping.words import Words

STATUSES: Final = ("in_use", "pilot", "proposed", "discontinued")
"""Order in which the states of solutions are told, from what works to what is over."""
FREE: Final = ("obstacle", "type")
"""Filters that a cell sets itself, so that the matrix keeps its rows and columns when one is picked."""


def gap_matrix(tables: Tables, view: ViewState) -> pd.DataFrame:
    """Count the solutions in view of each obstacle by type and status.

    Returns
    -------
    pd.DataFrame
        One row a cell, obstacles by stage in the order of a therapy's life and then by title, types in their order;
        columns obstacle_id, stage, type, count, one column a status of STATUSES, and state: found, filtered (there
        are solutions, none under the filters), not_assessed (none recorded). Stages limit the rows.
    """
    rows = obstacles_in_order(tables, view.stages)
    types = list(labels(tables, "solution_type"))
    obstacles = rows[["id", "stage"]].rename(columns={"id": "obstacle_id"})
    cells = obstacles.merge(pd.DataFrame({"type": types}), how="cross")
    shown, everything = (_counted(_pairs(tables, part)) for part in (_shown(tables, view), tables["solutions"]))
    keys = ["obstacle_id", "type"]
    counted = cells.merge(shown, on=keys, how="left").fillna(dict.fromkeys(("count", *STATUSES), 0))
    known = cells.merge(everything[[*keys, "count"]], on=keys, how="left")["count"].notna()
    state = known.map({True: "filtered", False: "not_assessed"}).where(counted["count"] == 0, "found")
    return counted.assign(state=state.to_numpy()).astype(dict.fromkeys(("count", *STATUSES), "int64"))


def obstacles_in_order(tables: Tables, stages: Sequence[str] = ()) -> pd.DataFrame:
    """Return the obstacles of some stages, or of all, by stage in life-cycle order and then by title."""
    rank = {stage: at for at, stage in enumerate(labels(tables, "stage"))}
    obstacles = tables["obstacles"]
    kept = obstacles[obstacles["stage"].isin(list(stages))] if stages else obstacles
    return kept.assign(rank=kept["stage"].map(rank)).sort_values(["rank", "title"]).drop(columns="rank")


def unanswered(tables: Tables, stages: Sequence[str] = ()) -> pd.DataFrame:
    """Return the obstacles that no recorded solution answers, whatever the other filters, in their order."""
    answered = set(tables.pairs("solutions", "obstacle_ids")["value"])
    rows = obstacles_in_order(tables, stages)
    return rows[~rows["id"].isin(list(answered))]


def by_status(solutions: pd.DataFrame) -> Mapping[str, int]:
    """Return status -> number of solutions, in the order of STATUSES, zeros included."""
    counts = solutions["status"].value_counts()
    return {status: int(counts.get(status, 0)) for status in STATUSES}


def in_words(cells: pd.DataFrame, tables: Tables, words: Words) -> pd.DataFrame:
    """Return the cells with obstacle_label, stage_label and type_label in the reader's language."""
    titles = dict(zip(tables["obstacles"]["id"], tables["obstacles"]["title"], strict=True))
    stages = {code: words.label(tables, "stage", code) for code in cells["stage"].unique()}
    types = {code: words.label(tables, "solution_type", code) for code in cells["type"].unique()}
    return cells.assign(
        obstacle_label=cells["obstacle_id"].map(titles),
        stage_label=cells["stage"].map(stages),
        type_label=cells["type"].map(types),
    )


def is_filtered(view: ViewState) -> bool:
    """Return whether a filter besides stage, obstacle and type hides solutions from the matrix."""
    return any(getattr(view, FIELDS[key]) for key in SOLUTION_KEYS if key not in (*FREE, "stage"))


def _shown(tables: Tables, view: ViewState) -> pd.DataFrame:
    return solutions_in_view(tables, view, FREE)


def _pairs(tables: Tables, solutions: pd.DataFrame) -> pd.DataFrame:
    pairs = tables.pairs("solutions", "obstacle_ids").rename(columns={"value": "obstacle_id"})
    return pairs.merge(solutions[["id", "type", "status"]], on="id")


def _counted(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return one row an obstacle and type that has solutions: count, and how many in each status."""
    counted = pd.crosstab([pairs["obstacle_id"], pairs["type"]], pairs["status"]).reindex(columns=list(STATUSES))
    counted = counted.fillna(0)
    return counted.assign(count=counted.sum(axis=1)).reset_index()
