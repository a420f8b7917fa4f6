"""The trials in view as one sentence, and as the table that is listed."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mapping.analysis.approvals import Tally
from mapping.analysis.filter_words import filters_in_words
from mapping.analysis.pipeline import Pipeline
from mapping.analysis.provenance import addresses
from mapping.analysis.trial_codes import COLUMNS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

TRIALS_A_PAGE: Final = 25
LABELLED: Final[Mapping[str, str]] = {
    "registry": "registry",
    "atmp_class": "atmp_class",
    "modality": "modality",
    "therapeutic_area": "therapeutic_area",
    "phase": "phase",
    "status": "trial_status",
    "sponsor_kind": "sponsor_kind",
    "confidence": "confidence",
}
"""Column of the trials -> vocabulary of its codes."""
_DATE_AT_END: Final = re.compile(r"(?:of|updated) (\d{4}(?:-\d{2}){0,2})$")


def pipeline_headline(found: Pipeline, products: Tally, atlas: Atlas, view: ViewState, words: Words) -> str:
    """Return the finding for the trials in view as one sentence without a full stop."""
    count = int(found.rows.sum())
    if not count:
        return words.text("No trial matches: {filters}", filters=filters_in_words(atlas.tables, view, words))
    trials = _running(found.open_count, count, words)
    approved = words.plural(
        "{n} of {all} products ever authorised in the EU still is",
        "{n} of {all} products ever authorised in the EU still are",
        products.authorised,
        all=products.ever,
    )
    if not products.ever:
        approved = words.text("no product of this kind has been authorised in the EU")
    said = words.text("{trials}; {approved}", trials=trials, approved=approved)
    if found.open_count <= products.authorised:
        return said
    return words.text("Many in development, few approved: {finding}", finding=said)


def _running(running: int, count: int, words: Words) -> str:
    if count == 1:
        if running:
            return words.text("The only trial found is running or about to start")
        return words.text("The only trial found is over, or its state is not known")
    return words.plural(
        "{n} of {all} trials found is running or about to start",
        "{n} of {all} trials found are running or about to start",
        running,
        all=count,
    )


def status_day(snapshot: str, words: Words) -> str:
    """Return the day, month or year a status is of, as the reader's language writes it; empty where none is given."""
    day = _DATE_AT_END.search(snapshot)
    return words.date(day[1]) if day else snapshot


def trial_order(trials: pd.DataFrame, sort: str, phases: Sequence[str]) -> pd.DataFrame:
    """Return the trials in the order asked for; without one, the newest start first and the undated last.

    Parameters
    ----------
    trials : DataFrame
        Rows of the table of trials.
    sort : str
        title, start_year, enrolment or phase, a minus before it for descending; anything else is the default.
    phases : sequence of str
        Phases in their order.
    """
    column = sort.removeprefix("-")
    if column not in {"title", "start_year", "enrolment", "phase"}:
        column, sort = "start_year", "-start_year"
    rank = trials["phase"].map({phase: place for place, phase in enumerate(phases)})
    key = rank if column == "phase" else trials[column]
    ordered = key.sort_values(ascending=not sort.startswith("-"), na_position="last", kind="stable")
    return trials.loc[ordered.index]


def in_words(trials: pd.DataFrame, atlas: Atlas, words: Words) -> pd.DataFrame:
    """Return trials with their codes in words, and the address of the first source of each.

    Returns
    -------
    DataFrame
        The columns of the trials; codes and countries in words, ``source`` a web address (empty where a row has
        none), ``sites`` the number of places known.
    """
    tables = atlas.tables
    said = {
        column: [words.label(tables, vocabulary, code) for code in trials[column].tolist()]
        for column, vocabulary in LABELLED.items()
    }
    countries = [
        ", ".join(words.country(tables, code) for code in cell.split("|") if code)
        for cell in trials["countries"].fillna("").tolist()
    ]
    urls = addresses(tables)
    cells = trials["source_ids"].fillna("").tolist()
    at = tables.kept(("sites a trial",), lambda: tables["trial_sites"]["trial_id"].value_counts().to_dict())
    return trials.assign(
        **said,
        countries=countries,
        snapshot=[status_day(cell, words) for cell in trials["snapshot"].fillna("").tolist()],
        source=pd.Series([urls.get(cell.split("|")[0]) for cell in cells], index=trials.index, dtype="str"),
        sites=[at.get(trial, 0) for trial in trials["id"].tolist()],
    )


def option_words(atlas: Atlas, key: str, words: Words) -> dict[str, str]:
    """Return each option of a filter of trials in words, in the order shown."""
    vocabulary = LABELLED[COLUMNS[key]]
    return {code: words.label(atlas.tables, vocabulary, code) for code in atlas.known.options[key]}
