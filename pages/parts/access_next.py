"""Where the next sites would help most: the search runs beside the page, can be stopped, and says how good it is."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from mapping.analysis.access_words import people_words
from mapping.analysis.covering import (
    MOST_CANDIDATES,
    SECONDS,
    SMALLEST_TOWN,
    Answer,
    Covering,
    Solved,
    covering,
    greedy,
    people_served,
    site_candidates,
    town_candidates,
)
from mapping.analysis.covering_line import LinedUp, lined_up
from mapping.view.address import AMONG, K_RANGE
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.waiting_line import FullError
from mapping.words import Words
from pages.parts import access_scenario, access_state, card_markdown, lines, link
from pages.parts.access_state import Study

POLL_S = 0.7
_SEARCH = "access_search"


@dataclass(frozen=True)
class _Search:
    """A search of this session."""

    key: Hashable
    problem: Covering
    first: Answer
    """The greedy answer."""
    job: LinedUp


def show(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw the controls of the search and, while it runs or once it is done, its answer."""
    st.subheader(words.text("Where next"), anchor=False)
    st.markdown(
        words.plural(
            "The {n} place where a new site would bring most people within {km} km.",
            "The {n} places where new sites would bring most people within {km} km.",
            view.k,
            km=view.km,
        )
    )
    key = (*access_state.key_of(atlas, view), view.km, view.k, view.among)
    search: _Search | None = st.session_state.get(_SEARCH)
    if search is not None and search.key != key:
        search.job.cancel()
        del st.session_state[_SEARCH]
        search = None
    with st.container(horizontal=True, key="next_bar", vertical_alignment="bottom"):
        st.session_state["k"] = view.k
        st.number_input(words.text("New sites"), *K_RANGE, key="k", on_change=_k_changed, width=130)
        _among(view, words)
        st.button(
            words.text("Find them"), key="next_find", icon=":material/travel_explore:",
            on_click=_start, args=(atlas, view, study, key),
            disabled=search is not None and (search.job.is_running or search.job.result() is not None),
        )  # fmt: skip
    if before := st.session_state.pop("search_refused", 0):
        st.info(words.text("{n} searches of other readers are before yours; try again in a minute.", n=before))
    if search is not None:
        running = search.job.is_running
        st.fragment(_progress, run_every=POLL_S if running else None)(search, atlas, view, words, running)


def _k_changed() -> None:
    link.set_fields(k=st.session_state["k"])


def _among(view: ViewState, words: Words) -> None:
    names = {
        AMONG[0]: words.text("Towns of {n} and more", n=SMALLEST_TOWN),
        AMONG[1]: words.text("Known trial and treatment sites"),
    }
    st.session_state["among"] = view.among
    st.selectbox(
        words.text("Places to choose from"), list(names), format_func=names.__getitem__, key="among",
        on_change=link.from_widget, args=("among",), width=270,
    )  # fmt: skip


def _start(atlas: Atlas, view: ViewState, study: Study, key: Hashable) -> None:
    towns = view.among == AMONG[0]
    candidates = town_candidates(atlas.tables) if towns else site_candidates(atlas.tables, study.then.sites)
    problem = covering(study.then, candidates, view.km)
    try:
        job = lined_up(lines.searches(), problem, view.k)
    except FullError as full:
        st.session_state["search_refused"] = full.before
        return
    st.session_state[_SEARCH] = _Search(key, problem, greedy(problem, view.k), job)


def _progress(search: _Search, atlas: Atlas, view: ViewState, words: Words, was_running: bool) -> None:
    """Draw how far the search is; once it is done, what it found."""
    if search.job.is_running:
        st.progress(min(search.job.elapsed_s / SECONDS, 1.0), text=_told(search.job, words))
        st.button(
            words.text("Stop"), key="next_cancel", icon=":material/stop_circle:", on_click=search.job.cancel
        )  # fmt: skip
    elif was_running:
        st.rerun()
    _answer(search, search.job.result(), atlas, view, words)


def _told(job: LinedUp, words: Words) -> str:
    """Return how far a search is, or its place in line."""
    if place := job.place:
        return words.text("Other readers are searching: yours is number {n} in line and begins by itself.", n=place)
    return words.text(
        "Looking for the best answer: {seconds} s of at most {most} s",
        most=round(SECONDS),
        seconds=round(job.elapsed_s),
    )


def _answer(search: _Search, solved: Solved | None, atlas: Atlas, view: ViewState, words: Words) -> None:
    problem, best = search.problem, search.first
    if solved is not None and solved.answer.people > best.people:
        best = solved.answer
    if not best.chosen:
        st.info(words.text("No candidate brings anybody within {km} km who is not there already.", km=view.km))
        return
    st.markdown(_quality(search, solved, best, view, words))
    rows = problem.candidates.iloc[list(best.chosen)]
    alone = [people_served(problem.served, problem.people, (at,)) for at in best.chosen]
    st.table(
        pd.DataFrame(
            {
                words.text("Place"): rows["name"].map(card_markdown.plain).to_numpy(),
                words.text("Country"): [words.country(atlas.tables, code) for code in rows["country"]],
                words.text("Would bring, alone"): [people_words(people, words) for people in alone],
            },
            index=pd.RangeIndex(1, len(rows) + 1),
        )
    )
    tried = st.button(
        words.text("Try these on the map"), key="next_try", icon=":material/add_location_alt:",
        on_click=access_scenario.change, args=("add", *rows["id"]),
    )  # fmt: skip
    if tried:
        st.rerun()  # the button lies in a fragment, and the whole page changes
    told = words.text(
        "Candidates: {n}, at most {most}; those that reach the same people count once.",
        n=len(problem.candidates),
        most=MOST_CANDIDATES,
    )
    left = words.plural("{n} weaker candidate was left out.", "{n} weaker candidates were left out.", problem.left_out)
    st.caption(f"{told} {left}" if problem.left_out else told)


def _quality(search: _Search, solved: Solved | None, best: Answer, view: ViewState, words: Words) -> str:
    """Return what the answer brings, and how far from the best it can be."""
    told = words.text(
        "Together they bring **{people}** within {km} km, of {all} who are not.",
        people=people_words(best.people, words),
        km=view.km,
        all=people_words(search.problem.unserved, words),
    )
    if solved is None:
        return f"{told} {words.text('This is the greedy answer: one place after the other. A better one may exist.')}"
    if solved.is_proven:
        gap = 1 - search.first.people / best.people
        if gap < 0.0005:
            more = words.text(
                "No other choice among the candidates brings more; choosing one place after the other gives as much."
            )
        else:
            more = words.text(
                "No other choice among the candidates brings more; choosing one place after the other gives "
                "{gap} less.",
                gap=words.percent(gap),
            )
        return f"{told} {more}"
    gap = 1 - best.people / solved.bound if solved.bound else 0.0
    return f"{told} {words.text('The time ran out: at most {gap} more is possible.', gap=words.percent(gap))}"
