"""The filter bar of the partners: counts are organisations."""

from typing import Final

import streamlit as st

from mapping.analysis.partner_matrix import PARTNER_KEYS, in_view, masks, option_counts, partners
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import empty, filters

_FACETS: Final = (
    ("kind", mark("Kind of organisation"), True),
    ("stage", mark("Stage of expertise"), True),
    ("country", mark("Country"), False),
    ("confidence", mark("Confidence"), True),
)


def bar(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the filters that apply to organisations, each option with its number under the other filters."""
    filters.search(view, words, words.text("Organisation, city, network …"))
    found = masks(atlas, view)
    for key, label, short in _FACETS:
        counts = option_counts(atlas, found, key)
        options = {code: filters.option_label(atlas, key, code, words) for code in counts}
        filters.choice(key, words.text(label), options, counts, view, words, short)
    filters.reset(words, bool(view.active()))
    st.caption(words.text("Counts are organisations. A filter on country hides those without a known country."))


def notes(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Say which filters of the address mean nothing here; where nothing is in view, offer to drop what blocks."""
    empty.unused(view, PARTNER_KEYS, words)
    said, back = "", {}
    everybody, found = partners(atlas.tables), masks(atlas, view)
    if not len(in_view(found, everybody)):
        said = words.text("**No organisation matches all of these filters.** Drop one of them:")
        counts = {key: len(in_view(found, everybody, key)) for key in found}
        back = {
            key: words.plural("{n} organisation", "{n} organisations", count) for key, count in counts.items() if count
        }
    empty.offer(said, back, words)
