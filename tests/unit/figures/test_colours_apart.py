"""What the pictures of obstacles and solutions really draw, seen by every eye: read from the marks of the figures."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from mapping.analysis.matrices import asked_of, matrix_of
from mapping.analysis.matrix_words import told_matrix
from mapping.analysis.solution_matrix import gap_matrix, in_words
from mapping.figures.chain_flow import FILLS, RIBBON_ALPHA
from mapping.figures.gap_map import gap_map
from mapping.figures.matrix_chart import matrix_chart
from mapping.figures.matrix_scale import COLOURED, NOTHINGS, scale_of
from mapping.figures.scales import HEAT
from mapping.tables.loading import Tables, load_tables
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.figures.test_scales import CLEARLY_APART, EYES, apart, linear
from tests.unit.paths import ROOT

WORDS = Words()
PRINTED = {"none_found": "0", "found": "3", "other": "", "left_out": "", "zero": "0"}
KINDS = ("not_assessed", "none_found", "not_applicable", "zero", "other", "left_out")


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(ROOT / "data")


def rgb(hexed: str) -> tuple[int, ...]:
    return tuple(int(hexed[at : at + 2], 16) for at in (1, 3, 5))


def tone(marker: dict) -> np.ndarray:
    """The even tone that a cell melts into from afar."""
    pattern = marker.get("pattern") or {}
    if not pattern.get("shape"):
        return linear(rgb(marker["color"]))
    share = pattern["solidity"]
    return (1 - share) * linear(rgb(pattern["bgcolor"])) + share * linear(rgb(pattern["fgcolor"]))


def look(trace: dict) -> tuple:
    """What is not colour: pattern, whether there is a border, what is printed."""
    marker = trace["marker"]
    line = (marker.get("line") or {}).get("width", 0)
    return ((marker.get("pattern") or {}).get("shape", ""), line > 0, (trace.get("text") or [""])[0])


def one_of_each(tables: Tables, theme: str) -> dict[str, dict]:
    """Each state of a cell -> the trace that draws it, in a heatmap that has all of them."""
    found = matrix_of(tables, asked_of(tables, ViewState(measure="months")))
    told = told_matrix(tables, found, WORDS)
    states = [(*KINDS, COLOURED)[at % 7] for at in range(len(told.cells))]
    cells = told.cells.assign(
        state=states, printed=[PRINTED.get(state, "") for state in states], value=12.0, figures=1, sources=1
    )
    scale = scale_of([12.0], found.asked.measure, theme, WORDS)
    figure = matrix_chart(replace(told, cells=cells), scale, theme).to_dict()
    big = [trace for trace in figure["data"] if trace["y"][0] > 0.5]
    drawn = {}
    for state in (*KINDS, COLOURED):
        count = states.count(state)
        # stretches carry no address; a state that does is found by the address of its first cell
        at = states.index(state)
        address = [cells["row"].iloc[at], cells["column"].iloc[at]]
        named = [trace for trace in big if address in list(map(list, trace.get("customdata", [])))]
        shape = {"not_assessed": "/", "not_applicable": "x"}.get(state)
        bare = [trace for trace in big if not trace.get("customdata") and trace["marker"]["pattern"]["shape"] == shape]
        drawn[state] = (named or bare)[0]
        assert len(drawn[state]["y"]) == count
    return drawn


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("state", KINDS)
def test_no_state_without_a_value_can_be_taken_for_a_value(real: Tables, theme: str, eye: str, state: str) -> None:
    seen = tone(one_of_each(real, theme)[state]["marker"])
    assert min(apart(linear(step), seen, eye) for step in HEAT[theme].steps) >= CLEARLY_APART


@pytest.mark.parametrize("theme", HEAT)
def test_every_two_states_differ_in_something_that_is_not_colour(real: Tables, theme: str) -> None:
    assert set(KINDS) == set(NOTHINGS)
    looks = {state: look(trace) for state, trace in one_of_each(real, theme).items()}
    assert len(set(looks.values())) == len(looks) == 7


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
def test_an_empty_cell_of_the_gap_map_is_no_count(real: Tables, theme: str, eye: str) -> None:
    cells = in_words(gap_matrix(real, ViewState(solution_statuses=("pilot",))), real, WORDS)
    traces = gap_map(cells, WORDS, theme).to_dict()["data"]
    steps = [trace for trace in traces if not trace["marker"].get("pattern")]
    empty = [trace for trace in traces if trace["marker"].get("pattern")]
    assert steps
    assert len({look(trace) for trace in empty}) == len(empty) == 2  # none recorded, none under the filters
    for one, other in itertools.product(steps, empty):
        assert apart(tone(one["marker"]), tone(other["marker"]), eye) >= CLEARLY_APART


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
def test_obstacles_solutions_and_paths_are_told_apart_in_the_flow(theme: str, eye: str) -> None:
    for one, other in itertools.combinations(FILLS[theme].values(), 2):
        assert apart(linear(one), linear(other), eye) >= CLEARLY_APART


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
def test_bands_of_the_flow_are_told_apart_and_seen_on_the_page(theme: str, eye: str) -> None:
    page = np.array(HEAT[theme].surface)
    bands = [
        np.array(FILLS[theme][kind]) * RIBBON_ALPHA + page * (1 - RIBBON_ALPHA) for kind in ("obstacle", "solution")
    ]
    assert apart(linear(bands[0]), linear(bands[1]), eye) >= CLEARLY_APART
    assert min(apart(linear(band), linear(page), eye) for band in bands) >= 5
