"""The page of solutions in words: the finding of each part, the table, and the filters that apply to it."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from mapping.analysis.answer_cards import where
from mapping.analysis.brief import Brief
from mapping.analysis.cells import names_of
from mapping.analysis.chains import chains_in_view, reach
from mapping.analysis.filter_words import Chip, value_words
from mapping.analysis.outcome_figures import has_figure
from mapping.analysis.solution_matrix import STATUSES, by_status, unanswered
from mapping.tables.loading import Tables
from mapping.view.address import FIELDS
from mapping.view.answers import PATH_KEYS, SOLUTION_KEYS, is_own, paths_in_view, solutions_in_view
from mapping.view.state import ViewState
from mapping.words import Words, mark, mark_plural

FILTER_WORDS: Final = {
    "q": mark("Search"),
    "type": mark("Type of solution"),
    "solution_status": mark("Status"),
    "horizon": mark("Horizon (our reading)"),
    "stage": mark("Stage"),
    "country": mark("Country"),
    "confidence": mark("Confidence"),
    "obstacle": mark("Obstacle"),
    "solution": mark("Solution"),
    "path": mark("Path forward"),
    "about": mark("About"),
}
"""Key of the address -> what the filter is called on this page."""
STATUS_COUNTS: Final = {
    "in_use": mark_plural("{n} in use", "{n} in use"),
    "pilot": mark_plural("{n} being tried", "{n} being tried"),
    "proposed": mark_plural("{n} proposed", "{n} proposed"),
    "discontinued": mark_plural("{n} ended", "{n} ended"),
}
KEYS_OF: Final = {
    "catalogue": SOLUTION_KEYS,
    "gaps": SOLUTION_KEYS,
    "chains": tuple(dict.fromkeys([*SOLUTION_KEYS, *PATH_KEYS, "solution", "path"])),
    "paths": PATH_KEYS,
    "brief": ("about", "country"),
}
"""Part of the page -> filters that apply to it."""
_TITLED: Final = {"solution": "solutions", "path": "pathways", "about": "obstacles"}
"""Key that holds ids -> their table."""


def chips_of(tables: Tables, view: ViewState, words: Words) -> list[Chip]:
    """Return a chip for each value of each filter that applies to the open part of the page."""
    found = []
    for key in KEYS_OF[view.tab]:
        asked = getattr(view, FIELDS[key])
        for value in (asked,) if isinstance(asked, str) else asked:
            if value:
                said = _value(tables, words, key, value)
                text = words.text("{filter}: {value}", filter=words.text(FILTER_WORDS[key]), value=said)
                found.append(Chip(key, value, text))
    return found


def _value(tables: Tables, words: Words, key: str, value: str) -> str:
    """Return one value of a filter in words; what is picked is called by its title."""
    if key in _TITLED:
        return names_of(tables, _TITLED[key], "title", [value])[0]
    return value_words(tables, words, key, value)


def _filters(tables: Tables, view: ViewState, words: Words) -> str:
    return "; ".join(chip.text for chip in chips_of(tables, view, words))


def headline(tables: Tables, view: ViewState, written: Brief | None, words: Words) -> str:
    """Return the finding of the open part of the page, as one sentence."""
    if view.tab == "gaps":
        return _gaps(tables, view, words)
    if view.tab == "chains":
        return _chains(tables, view, words)
    if view.tab == "paths":
        return _paths(tables, view, words)
    if view.tab == "brief":
        return written.title if written else words.text("What others did about these: pick obstacles, or a country")
    return _catalogue(tables, view, words)


def _catalogue(tables: Tables, view: ViewState, words: Words) -> str:
    shown = solutions_in_view(tables, view)
    if shown.empty:
        return words.text("No solution on record matches: {filters}", filters=_filters(tables, view, words))
    states = [words.plural(*STATUS_COUNTS[status], count) for status, count in by_status(shown).items() if count]
    told = words.plural("{n} real-world solution", "{n} real-world solutions", len(shown))
    return words.text("{solutions}: {states}", solutions=told, states=words.list(states)) if states else told


def _gaps(tables: Tables, view: ViewState, words: Words) -> str:
    bare = len(unanswered(tables, view.stages))
    stages = [value_words(tables, words, "stage", code) for code in view.stages]
    obstacles = tables["obstacles"]
    total = int(obstacles["stage"].isin(list(view.stages)).sum()) if stages else len(obstacles)
    told = words.plural(
        "{n} of {all} obstacles has no solution on record", "{n} of {all} obstacles have no solution on record", bare,
        all=total,
    )  # fmt: skip
    return words.text("{stages}: {finding}", stages=words.list(stages), finding=told) if stages else told


def _chains(tables: Tables, view: ViewState, words: Words) -> str:
    found = reach(chains_in_view(tables, view))
    return words.text(
        "{obstacles}: {answered} with a solution on record, {whole} with a path that builds on one",
        obstacles=words.plural("{n} obstacle", "{n} obstacles", found["obstacles"]),
        answered=found["answered"],
        whole=found["whole"],
    )


def _paths(tables: Tables, view: ViewState, words: Words) -> str:
    paths = paths_in_view(tables, view)
    if paths.empty:
        return words.text("No path forward matches: {filters}", filters=_filters(tables, view, words))
    return words.plural(
        "{n} path forward, {own} proposed by JOIN4ATMP",
        "{n} paths forward, {own} proposed by JOIN4ATMP",
        len(paths),
        own=int(is_own(paths).sum()),
    )


def solution_table(tables: Tables, solutions: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the solutions as the reader sees them, one row each, under column names in the reader's language."""
    area_countries = zip(solutions["area"], solutions["countries"].fillna(""), strict=True)
    states = {code: words.label(tables, "solution_status", code) for code in STATUSES}
    return pd.DataFrame(
        {
            words.text("Solution"): solutions["title"].to_numpy(),
            words.text("Type"): _said(tables, words, solutions["type"], "solution_type"),
            words.text("Where"): [where(tables, area, _split(cell), words) for area, cell in area_countries],
            words.text("Status"): solutions["status"].map(states).to_numpy(),
            words.text("Since"): solutions["start_year"].astype("str").fillna(words.text("not stated")).to_numpy(),
            words.text("Outcome"): solutions["outcome"].fillna("").to_numpy(),
            words.text("Figure"): ["✓" if has_figure(text) else "–" for text in solutions["outcome"].fillna("")],
            words.text("To transfer it"): solutions["transferability"].fillna("").to_numpy(),
            words.text("Organisation"): solutions["organisation"].fillna("").to_numpy(),
            words.text("Stage"): _said(tables, words, solutions["stage"], "stage"),
            words.text("Confidence"): _said(tables, words, solutions["confidence"], "confidence"),
            words.text("Source"): [_first_page(tables, cell) for cell in solutions["source_ids"].fillna("")],
        }
    )


def country_words(tables: Tables, counts: Mapping[str, int], words: Words) -> dict[str, str]:
    """Return country -> its number of solutions in words, most first, those without left out."""
    held = sorted((code for code in counts if counts[code]), key=lambda code: (-counts[code], code))
    return {
        code: words.plural(
            "{country}: {n} solution", "{country}: {n} solutions", counts[code], country=words.country(tables, code)
        )
        for code in held
    }


def _first_page(tables: Tables, source_ids: str) -> str:
    """Return the address of the first source; the card has them all."""
    return next(iter(names_of(tables, "sources", "url", _split(source_ids)[:1])), "")


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _said(tables: Tables, words: Words, codes: "pd.Series[str]", vocabulary: str) -> list[str]:
    return [words.label(tables, vocabulary, code) for code in codes]
