"""From what is in the way, over what has been tried, to what is proposed: obstacle -> solution -> path.

Every link is one statement of the tables: a solution names the obstacles it answers, a path names the solutions it
builds on and the obstacles it answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.analysis.solution_matrix import obstacles_in_order
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.answers import paths_in_view, solutions_in_view
from mapping.view.state import ViewState
from mapping.words import Words

COLUMNS: Final = ("obstacle", "solution", "path")
"""Kinds of node, from left to right."""
MOST_NODES: Final = 26
"""Nodes of one kind that can be read side by side; with more, groups are drawn."""
_SOLUTION_FILTERS: Final = ("types", "solution_statuses", "countries", "confidences", "text", "solution")
_PATH_FILTERS: Final = ("horizons", "path")


@dataclass(frozen=True)
class Flow:
    """What the picture draws."""

    nodes: pd.DataFrame
    """One row a node: kind (obstacle, solution, path), id, label, key (of the address that picking it sets)."""
    links: pd.DataFrame
    """One row a link: source_kind, source, target_kind, target, weight (number of statements)."""
    is_grouped: bool
    """Nodes are stages, types and horizons rather than single obstacles, solutions and paths."""


def triples(tables: Tables) -> pd.DataFrame:
    """Return every way from an obstacle to a path.

    Returns
    -------
    pd.DataFrame
        Columns obstacle_id, solution_id, path_id; an empty text where the way ends or, for a solution, where a path
        answers the obstacle without building on any of its solutions. Each obstacle has a row.
    """
    return tables.kept(("chains",), lambda: _triples(tables))


def _triples(tables: Tables) -> pd.DataFrame:
    answers = _pairs(tables, "solutions", "obstacle_ids", "solution_id", "obstacle_id")
    builds = _pairs(tables, "pathways", "solution_ids", "path_id", "solution_id")
    direct = _pairs(tables, "pathways", "obstacle_ids", "path_id", "obstacle_id")
    through = answers.merge(builds, on="solution_id", how="left")
    reached = through[["obstacle_id", "path_id"]].dropna().drop_duplicates()
    beside = direct.merge(reached, how="left", on=["obstacle_id", "path_id"], indicator=True)
    beside = beside[beside["_merge"] == "left_only"].drop(columns="_merge")
    obstacles = obstacles_in_order(tables)[["id"]].rename(columns={"id": "obstacle_id"})
    rows = obstacles.merge(pd.concat([through, beside]), on="obstacle_id", how="left")
    return rows[["obstacle_id", "solution_id", "path_id"]].fillna("").reset_index(drop=True)


def _pairs(tables: Tables, table: str, column: str, row: str, value: str) -> pd.DataFrame:
    return tables.pairs(table, column).rename(columns={"id": row, "value": value})


def chains_in_view(tables: Tables, view: ViewState) -> pd.DataFrame:
    """Return the ways that pass every filter set; a filter on solutions or paths asks for a way that has one."""
    rows = triples(tables)
    obstacles = obstacles_in_order(tables, view.stages)["id"]
    mask = rows["obstacle_id"].isin(list(obstacles))
    if view.obstacle:
        mask &= rows["obstacle_id"] == view.obstacle
    if any(getattr(view, field) for field in _SOLUTION_FILTERS):
        found = set(solutions_in_view(tables, view, ("obstacle", "stage"))["id"])
        mask &= rows["solution_id"].isin(found & {view.solution} if view.solution else found)
    if any(getattr(view, field) for field in _PATH_FILTERS):
        found = set(paths_in_view(tables, view, ("obstacle", "stage", "q", "confidence"))["id"])
        mask &= rows["path_id"].isin(found & {view.path} if view.path else found)
    return rows[mask].reset_index(drop=True)


def flow(tables: Tables, rows: pd.DataFrame, words: Words) -> Flow:
    """Return nodes and links of some ways: single ones where they can be read, otherwise groups."""
    counts = [rows.loc[rows[f"{kind}_id"] != "", f"{kind}_id"].nunique() for kind in COLUMNS]
    if max(counts, default=0) > MOST_NODES:
        return _grouped(tables, rows, words)
    named = {
        "obstacle": _column(tables, "obstacles", "title"),
        "solution": _column(tables, "solutions", "title"),
        "path": _column(tables, "pathways", "title"),
    }
    keys = {kind: kind for kind in COLUMNS}
    return Flow(_nodes(rows, named, keys), _links(rows, "solution_id"), is_grouped=False)


def _grouped(tables: Tables, rows: pd.DataFrame, words: Words) -> Flow:
    groups = {
        "obstacle": ("stage", "stage", _column(tables, "obstacles", "stage")),
        "solution": ("type", "solution_type", _column(tables, "solutions", "type")),
        "path": ("horizon", "horizon", _column(tables, "pathways", "horizon")),
    }
    replaced = rows.assign(
        **{f"{kind}_id": rows[f"{kind}_id"].map({**column, "": ""}) for kind, (_, _, column) in groups.items()}
    )
    named = {
        kind: {code: words.label(tables, vocabulary, code) for code in labels(tables, vocabulary)}
        for kind, (_, vocabulary, _) in groups.items()
    }
    named["path"] = {
        code: words.text("Horizon, our reading: {horizon}", horizon=said) for code, said in named["path"].items()
    }
    keys = {kind: key for kind, (key, _, _) in groups.items()}
    links = _links(rows, "solution_id")
    for end in ("source", "target"):
        links[end] = [groups[kind][2][node] for kind, node in zip(links[f"{end}_kind"], links[end], strict=True)]
    ends = ["source_kind", "source", "target_kind", "target"]
    summed = links.groupby(ends, sort=False, as_index=False).agg({"weight": "sum"})
    return Flow(_nodes(replaced, named, keys), summed, is_grouped=True)


def _nodes(rows: pd.DataFrame, named: Mapping[str, Mapping[str, str]], keys: Mapping[str, str]) -> pd.DataFrame:
    """Return the nodes used: single ones in the order of the ways, groups in that of their names."""
    nodes = []
    for kind in COLUMNS:
        used = set(rows[f"{kind}_id"]) - {""}
        order = dict.fromkeys(rows[f"{kind}_id"]) if keys[kind] == kind else named[kind]
        nodes += [(kind, node, named[kind].get(node, node), keys[kind]) for node in order if node in used]
    return pd.DataFrame(nodes, columns=["kind", "id", "label", "key"])


def _links(rows: pd.DataFrame, middle: str) -> pd.DataFrame:
    """Return the links of single nodes, each statement once."""
    steps = (("obstacle", "solution"), ("solution", "path"), ("obstacle", "path"))
    parts = []
    for source, target in steps:
        ends = [f"{source}_id", f"{target}_id"]
        held = (rows[ends] != "").all(axis=1)
        if (source, target) == ("obstacle", "path"):
            held &= rows[middle] == ""
        pairs = rows.loc[held, ends].drop_duplicates().set_axis(["source", "target"], axis=1)
        parts.append(pairs.assign(source_kind=source, target_kind=target, weight=1))
    return pd.concat(parts, ignore_index=True)[["source_kind", "source", "target_kind", "target", "weight"]]


def indented(tables: Tables, rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Return the same as a list to be read from top to bottom: depth (0 to 2), kind, id."""
    lines: list[tuple[int, str, str]] = []
    for obstacle, own in rows.groupby("obstacle_id", sort=False):
        lines.append((0, "obstacle", str(obstacle)))
        for solution, ways in own.groupby("solution_id", sort=False):
            if solution:
                lines.append((1, "solution", str(solution)))
            depth = 2 if solution else 1
            lines += [(depth, "path", path) for path in ways["path_id"] if path]
    return lines


def reach(rows: pd.DataFrame) -> Mapping[str, int]:
    """Return how many obstacles are in view, with a solution, and with a way through a solution to a path."""
    answered = rows[rows["solution_id"] != ""]
    return {
        "obstacles": rows["obstacle_id"].nunique(),
        "answered": answered["obstacle_id"].nunique(),
        "whole": answered.loc[answered["path_id"] != "", "obstacle_id"].nunique(),
    }


def _column(tables: Tables, table: str, column: str) -> Mapping[str, str]:
    return dict(zip(tables[table]["id"], tables[table][column], strict=True))
