"""Where next: the exact answer is the best of all choices, greedy never beats it, and the search can be stopped."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from mapping.analysis.covering import (
    SMALLEST_TOWN,
    Covering,
    covering,
    greedy,
    optimum,
    people_served,
    site_candidates,
    town_candidates,
)
from mapping.analysis.covering_job import started
from mapping.analysis.scenarios import distances_today, with_scenario
from mapping.tables.loading import load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from tests.unit.analysis.conftest import ROOT

problems = st.integers(1, 7).flatmap(
    lambda n: st.lists(
        st.tuples(st.lists(st.booleans(), min_size=n, max_size=n), st.integers(1, 1000)), min_size=1, max_size=12
    )
)


@pytest.fixture(scope="module")
def europe() -> Atlas:
    return atlas_of(load_tables(ROOT / "data"))


def problem_of(rows: list[tuple[list[bool], int]]) -> Covering:
    served = csr_matrix(np.array([row for row, _ in rows], dtype=float))
    people = np.array([float(count) for _, count in rows])
    return Covering(pd.DataFrame({"id": range(served.shape[1])}), served, people, 0, people.sum())


def best_of_all(rows: list[tuple[list[bool], int]], k: int) -> int:
    """The most people any choice of k candidates serves, tried one by one."""
    number = len(rows[0][0])
    choices = itertools.combinations(range(number), min(k, number))
    return max(sum(count for row, count in rows if any(row[at] for at in choice)) for choice in choices)


@settings(deadline=None, max_examples=40)
@given(rows=problems, k=st.integers(1, 4))
def test_the_exact_answer_is_the_best_of_all_choices(rows: list[tuple[list[bool], int]], k: int) -> None:
    problem = problem_of(rows)
    found = optimum(problem.served, problem.people, k, 10)
    assert found.is_proven
    assert len(found.answer.chosen) <= k
    assert found.answer.people == pytest.approx(best_of_all(rows, k))
    assert found.bound == pytest.approx(found.answer.people, rel=1e-4)


@settings(deadline=None, max_examples=40)
@given(rows=problems, k=st.integers(1, 4))
def test_greedy_is_never_better_and_at_least_63_per_cent_as_good(rows: list[tuple[list[bool], int]], k: int) -> None:
    found, best = greedy(problem_of(rows), k), best_of_all(rows, k)
    assert found.people <= best
    assert found.people >= (1 - 1 / np.e) * best - 1e-9  # Nemhauser, Wolsey and Fisher 1978


def test_greedy_falls_into_the_trap_and_the_exact_search_does_not() -> None:
    rows = [([True, True, False], 4), ([True, False, True], 4), ([False, True, False], 3), ([False, False, True], 3)]
    problem = problem_of(rows)
    assert greedy(problem, 2).people == 11
    assert optimum(problem.served, problem.people, 2, 10).answer.people == 14


@pytest.mark.parametrize("km", [100, 200])
def test_what_the_search_promises_is_what_the_scenario_gives(europe: Atlas, km: int) -> None:
    today = distances_today(europe, ViewState())
    problem = covering(today, town_candidates(europe.tables), km)
    found = optimum(problem.served, problem.people, 3, 20)
    assert found.answer.people >= greedy(problem, 3).people - 1
    ids = tuple(problem.candidates["id"].iloc[list(found.answer.chosen)])
    then = with_scenario(europe.tables, today, ViewState(added=ids))
    people = today.homes["people"].to_numpy()
    assert people[(today.km > km) & (then.km <= km)].sum() == pytest.approx(found.answer.people)


def test_in_the_own_country_a_candidate_serves_its_own_people_only(europe: Atlas) -> None:
    today = distances_today(europe, ViewState(own=True))
    problem = covering(today, town_candidates(europe.tables), 200)
    then = with_scenario(europe.tables, today, ViewState(added=(problem.candidates["id"].iloc[0],), own=True))
    people = today.homes["people"].to_numpy()
    gained = people[~(today.km <= 200) & (then.km <= 200)].sum()
    assert gained == pytest.approx(people_served(problem.served, problem.people, (0,)))


def test_candidates_are_large_towns_and_known_sites_that_do_not_count_yet(europe: Atlas) -> None:
    towns = town_candidates(europe.tables)
    people = distances_today(europe, ViewState()).homes.set_index("id")["people"]
    assert (people.loc[towns["id"]] >= SMALLEST_TOWN).all()
    counted = distances_today(europe, ViewState()).sites
    assert not set(site_candidates(europe.tables, counted)["id"]) & set(counted["id"])


def test_where_everybody_is_served_there_is_nothing_to_find(europe: Atlas) -> None:
    today = distances_today(europe, ViewState())
    near = replace(today, km=np.zeros(len(today.km)))
    problem = covering(near, town_candidates(europe.tables), 200)
    assert (len(problem.candidates), greedy(problem, 3).chosen) == (0, ())


def test_the_search_beside_the_page_answers_as_the_search_itself() -> None:
    rows = [([True, True, False], 4), ([True, False, True], 4), ([False, True, False], 3), ([False, False, True], 3)]
    job = started(problem_of(rows), 2, 10)
    job.process.wait(60)
    found = job.result()
    assert found is not None
    assert (sorted(found.answer.chosen), found.answer.people, found.is_proven) == ([1, 2], 14, True)
    assert job.result() is found


def test_a_search_that_is_stopped_ends_at_once_and_has_no_answer() -> None:
    job = started(problem_of([([True], 1)]), 1, 10)
    begun = time.monotonic()
    job.cancel()
    assert time.monotonic() - begun < 2
    assert not job.is_running
    assert job.result() is None
