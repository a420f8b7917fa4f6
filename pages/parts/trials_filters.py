"""The filter bar of the trials: counts are trials."""

from typing import Final

import streamlit as st

from mapping.analysis.filter_words import key_words
from mapping.analysis.pipeline import TRIAL_KEYS, Pipeline
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import filters, link

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
    st.session_state["q"] = view.text
    st.text_input(
        words.text("Search"),
        key="q",
        placeholder=words.text("Trial, product, condition, hospital …"),
        icon=":material/search:",
        on_change=link.from_widget,
        args=("q",),
    )
    for key, label, short in _FACETS:
        counts = found.counts(key)
        options = {code: filters.option_label(atlas, key, code, words) for code in counts}
        filters.choice(key, words.text(label), options, counts, view, words, short)
    filters._years(atlas, view, words)
    st.button(
        words.text("Reset filters"),
        key="reset",
        icon=":material/restart_alt:",
        width="stretch",
        disabled=not view.active(),
        on_click=link.change,
        args=(ViewState.reset,),
    )
    st.caption(words.text("Counts are trials. A country counts the trials that name it, with or without a known site."))


def unused(view: ViewState, words: Words) -> None:
    """Say which filters of the address mean nothing to a trial."""
    idle = list(dict.fromkeys(key for key, _ in view.active() if key not in TRIAL_KEYS))
    if idle:
        named = words.list([key_words(words, key) for key in idle])
        st.caption(words.text("Not used on this page: {filters}.", filters=named))


def empty(view: ViewState, found: Pipeline, words: Words) -> None:
    """Where nothing is in view, offer to drop each filter that alone stands in the way."""
    if found.rows.any():
        return
    with st.container(border=True, key="empty"):
        st.markdown(words.text("**No trial matches all of these filters.** Drop one of them:"))
        with st.container(horizontal=True):
            for key in found.masks:
                if back := int(found.under(key).sum()):
                    st.button(
                        f"{key_words(words, key)} · {words.plural('{n} trial', '{n} trials', back)}",
                        key=f"unblock-{key}",
                        on_click=link.set_key,
                        args=(key,),
                    )
            st.button(words.text("Reset filters"), key="unblock-all", on_click=link.change, args=(ViewState.reset,))
