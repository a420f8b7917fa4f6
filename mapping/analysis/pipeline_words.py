"""The trials in view as one sentence, and as the table that is listed."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mapping.analysis.approvals import Tally
from mapping.analysis.filter_words import filters_in_words
from mapping.analysis.pipeline import COLUMNS, Pipeline
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


def pipeline_headline(found: Pipeline, products: Tally, atlas: Atlas, view: ViewState, words: Words) -> str:
    """Return the finding for the trials in view as one sentence without a full stop."""
    count = len(found.trials)
    if not count:
        return words.text("No trial matches: {filters}", filters=filters_in_words(atlas.tables, view, words))
    trials = words.plural(
        "{open} of {n} trial found goes on or is about to", "{open} of {n} trials found go on or are about to", count,
        open=found.open_count,
    )  # fmt: skip
    approved = words.plural(
        "{now} of {n} product ever authorised in the EU still is",
        "{now} of {n} products ever authorised in the EU still are",
        products.ever,
        now=products.authorised,
    )
    if not products.ever:
        approved = words.text("no product of this kind has been authorised in the EU")
    said = words.text("{trials}; {approved}", trials=trials, approved=approved)
    if found.open_count <= products.authorised:
        return said
    return words.text("Many in development, few approved: {finding}", finding=said)


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
        column: trials[column].map({code: words.label(tables, vocabulary, code) for code in trials[column].unique()})
        for column, vocabulary in LABELLED.items()
    }
    codes = sorted({code for cell in trials["countries"].dropna() for code in cell.split("|")})
    names = {code: words.country(tables, code) for code in codes}
    countries = [", ".join(names[code] for code in cell.split("|") if code) for cell in trials["countries"].fillna("")]
    first = trials["source_ids"].fillna("").str.split("|").str[0]
    urls = tables.kept(("source addresses",), lambda: tables["sources"].set_index("id")["url"])
    at = tables.kept(("sites a trial",), lambda: tables["trial_sites"]["trial_id"].value_counts())
    return trials.assign(
        **said,
        countries=pd.Series(countries, index=trials.index, dtype="str"),
        source=first.map(urls),
        sites=trials["id"].map(at).fillna(0).astype("int64"),
    )


def option_words(atlas: Atlas, key: str, words: Words) -> dict[str, str]:
    """Return each option of a filter of trials in words, in the order shown."""
    vocabulary = LABELLED[COLUMNS[key]]
    return {code: words.label(atlas.tables, vocabulary, code) for code in atlas.known.options[key]}
