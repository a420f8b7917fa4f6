"""The filter bar of the trials: counts are trials."""

from typing import Final

import streamlit as st

from mapping.analysis.pipeline import TRIAL_KEYS, Pipeline
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import empty, filters

_FACETS: Final = (
    ("country", mark("Country"), False),
    ("class", mark("ATMP class"), True),
    ("phase", mark("Phase"), True),
    ("status", mark("Status"), True),
    ("modality", mark("Modality"), False),
    ("area", mark("Therapeutic area"), False),
    ("sponsor", mark("Sponsor"), True),
    ("confidence", mark("Confidence"), True),
)


def bar(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the filters that apply to trials, each option with its number of trials under the other filters."""
    filters.search(view, words, words.text("Trial, product, condition, hospital …"))
    for key, label, short in _FACETS:
        counts = found.counts(key)
        options = {code: filters.option_label(atlas, key, code, words) for code in counts}
        filters.choice(key, words.text(label), options, counts, view, words, short)
    filters.years(atlas, view, words)
    filters.reset(words, bool(view.active()))
    st.caption(words.text("Counts are trials. A country counts the trials that name it, with or without a known site."))


def notes(view: ViewState, found: Pipeline, words: Words) -> None:
    """Say which filters of the address mean nothing to a trial; where nothing is in view, offer to drop what blocks."""
    empty.unused(view, TRIAL_KEYS, words)
    said, back = "", {}
    if not found.rows.any():
        said = words.text("**No trial matches all of these filters.** Drop one of them:")
        counts = {key: int(found.under(key).sum()) for key in found.masks}
        back = {key: words.plural("{n} trial", "{n} trials", count) for key, count in counts.items() if count}
    empty.offer(said, back, words)
