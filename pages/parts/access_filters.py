"""The filter bar of the page Access: filters that fit the chosen kind of site; the country is that of the people."""

from typing import Final

import streamlit as st

from mapping.analysis.scenarios import sites_view
from mapping.view.atlas import Atlas
from mapping.view.filtering import facet_counts
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import cached, filters

_BY_ROLE: Final = {
    "partners": ("kind", "confidence"),
    "facilities": ("class", "kind", "capability", "confidence"),
    "trial_sites": ("class", "modality", "area", "phase", "status", "sponsor", "confidence"),
    "treatment_centres": ("class", "confidence"),
}
_LABELS: Final = {
    "class": mark("ATMP class"),
    "kind": mark("Kind of organisation"),
    "capability": mark("Capability"),
    "modality": mark("Modality"),
    "area": mark("Therapeutic area"),
    "phase": mark("Phase"),
    "status": mark("Status"),
    "sponsor": mark("Sponsor"),
    "confidence": mark("Confidence"),
}
_SHORT: Final = frozenset({"class", "phase", "status", "sponsor", "confidence"})


def bar(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the filters of the chosen kind of site, each option with its number of sites."""
    filters.choice(
        "country", words.text("People of"), cached.country_names(atlas, words), None, view, words,
        explained=mark("Whose people are counted. Sites count wherever they are: the nearest may be across a border."),
    )  # fmt: skip
    filters.search(view, words, words.text("Hospital, city, trial, product …"))
    counts = facet_counts(atlas, sites_view(view))
    for key in _BY_ROLE[view.near_role]:
        options = {code: filters.option_label(atlas, key, code, words) for code in counts.get(key, {})}
        filters.choice(key, words.text(_LABELS[key]), options, counts.get(key), view, words, key in _SHORT)
    if view.near_role == "trial_sites":
        filters.years(atlas, view, words)
    filters.reset(words, bool(view.active()))
    st.caption(words.text("Counts are sites. Planned and closed sites are left out."))
