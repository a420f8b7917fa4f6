"""One value a country for the map beside the heatmap, and what is said about Europe as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mapping.analysis.comparing import facts_of
from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.matrices import LEFT_OUT, OTHER, Asked, Matrix, matrix_of, matrix_rows
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels


@dataclass(frozen=True)
class EuropeWide:
    """The figures about the EU or Europe as a whole: shown as such, never spread over countries."""

    figures: int
    sources: int
    rows: tuple[tuple[str, int], ...]
    """Obstacle, or category, with its number of sources; most first."""


def by_country(tables: Tables, asked: Asked) -> Matrix:
    """Return the heatmap by country that fits another one: obstacles, or categories, in its rows."""
    return matrix_of(tables, replace(asked, matrix="category" if asked.matrix == "category" else "country"))


def country_values(matrix: Matrix, tables: Tables, row: str = "") -> pd.DataFrame:
    """Return one row a country: country, value, sources, figures, state.

    Parameters
    ----------
    matrix : Matrix
        By country.
    tables : Tables
        The data.
    row : str
        The one row looked at; all rows in view without it.

    Returns
    -------
    DataFrame
        value is the number of distinct sources, or the median of the measure's figures; NaN where there is none, and
        then state says why: a kind of nothing, or other where all figures are of another kind.
    """
    rows = [row] if row in matrix.rows else list(matrix.rows)
    facts, measure = facts_of(tables), matrix.asked.measure
    states = _states(matrix)
    lines = []
    for country in (column for column in matrix.columns if column != EUROPE_WIDE):
        held = _shown(matrix, rows, country, states)
        if held:
            sources = len(facts.sources(held))
            value = float(sources) if measure is None else facts.median(held)
            state = "found" if any(facts.value[at] for at in held) else "zero"
            lines.append((country, value, sources, len(held), state))
        else:
            lines.append((country, np.nan, 0, 0, _nothing([states[line, country] for line in rows])))
    return pd.DataFrame(lines, columns=["country", "value", "sources", "figures", "state"])


def country_sources(matrix: Matrix, tables: Tables, row: str = "") -> list[str]:
    """Return the ids of the sources behind the values of the countries, of one row or of all in view."""
    rows, states = [row] if row in matrix.rows else list(matrix.rows), _states(matrix)
    countries = (column for column in matrix.columns if column != EUROPE_WIDE)
    held = [at for country in countries for at in _shown(matrix, rows, country, states)]
    return sorted(facts_of(tables).sources(held))


def europe_wide(matrix: Matrix, tables: Tables) -> EuropeWide:
    """Return what the column of Europe as a whole holds."""
    facts, states = facts_of(tables), _states(matrix)
    held = _shown(matrix, matrix.rows, EUROPE_WIDE, states)
    rows = [(row, len(facts.sources(at))) for row in matrix.rows if (at := _shown(matrix, [row], EUROPE_WIDE, states))]
    ranked = sorted(rows, key=lambda line: -line[1])
    return EuropeWide(len(held), len(facts.sources(held)), tuple(ranked))


def _states(matrix: Matrix) -> dict[tuple[str, str], str]:
    cells = matrix.cells
    return dict(zip(zip(cells["row"], cells["column"], strict=True), cells["state"], strict=True))


def _shown(
    matrix: Matrix, rows: "list[str] | tuple[str, ...]", column: str, states: dict[tuple[str, str], str]
) -> list[int]:
    """Return the figures of some cells of a column that no filter left out."""
    places = ((row, column) for row in rows)
    return sorted({at for place in places if states[place] != LEFT_OUT for at in matrix.held.get(place, ())})


def _nothing(states: list[str]) -> str:
    """Return why a country has no value: the first of these that holds for a cell of it."""
    for state in (OTHER, LEFT_OUT, "none_found", "not_assessed"):
        if state in states:
            return state
    return states[0] if states else "not_assessed"


def facet_counts(tables: Tables, asked: Asked) -> dict[str, dict[str, int]]:
    """Return for each filter how many obstacles each option leaves under the other filters; zeros are kept.

    Of a country these are the obstacles with a figure about it.
    """
    bare = replace(asked, matrix="country", order="az", evidence=(), agreement=())
    counts: dict[str, dict[str, int]] = {}
    one: dict[str, Callable[[str], Asked]] = {
        "stage": lambda code: replace(bare, stages=(code,)),
        "category": lambda code: replace(bare, categories=(code,)),
        "stakeholder": lambda code: replace(bare, stakeholders=(code,)),
    }
    for key, asking in one.items():
        counts[key] = {code: len(matrix_rows(tables, asking(code))) for code in labels(tables, key)}
    held = matrix_of(tables, replace(bare, countries=())).held
    core = tables["countries"]
    places = [column for _, column in held]
    counts["country"] = {code: places.count(code) for code in core.loc[core["scope"] == "core", "id"]}
    return counts
