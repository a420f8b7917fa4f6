"""The filter bar of the partners: counts are organisations."""

from typing import Final

import streamlit as st

from mapping.analysis.filter_words import key_words
from mapping.analysis.partner_matrix import PARTNER_KEYS, in_view, masks, option_counts, partners
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import filters, link

_FACETS: Final = (
    ("kind", mark("Kind of organisation"), True),
    ("stage", mark("Stage of expertise"), True),
    ("country", mark("Country"), False),
    ("confidence", mark("Confidence"), True),
)


def bar(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the filters that apply to organisations, each option with its number under the other filters."""
    st.session_state["q"] = view.text
    st.text_input(
        words.text("Search"),
        key="q",
        placeholder=words.text("Organisation, city, network …"),
        icon=":material/search:",
        on_change=link.from_widget,
        args=("q",),
    )
    for key, label, short in _FACETS:
        counts = option_counts(atlas, view, key)
        options = {code: filters.option_label(atlas, key, code, words) for code in counts}
        filters.choice(key, words.text(label), options, counts, view, words, short)
    st.button(
        words.text("Reset filters"),
        key="reset",
        icon=":material/restart_alt:",
        width="stretch",
        disabled=not view.active(),
        on_click=link.change,
        args=(ViewState.reset,),
    )
    st.caption(words.text("Counts are organisations. A filter on country hides those without a known country."))


def notes(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Say which filters of the address mean nothing here; where nothing is in view, offer to drop what blocks."""
    idle = list(dict.fromkeys(key for key, _ in view.active() if key not in PARTNER_KEYS))
    if idle:
        named = words.list([key_words(words, key) for key in idle])
        st.caption(words.text("Not used on this page: {filters}.", filters=named))
    everybody, found = partners(atlas.tables), masks(atlas, view)
    if len(in_view(found, everybody)):
        return
    with st.container(border=True, key="empty"):
        st.markdown(words.text("**No organisation matches all of these filters.** Drop one of them:"))
        with st.container(horizontal=True):
            for key in found:
                if back := len(in_view(found, everybody, key)):
                    told = words.plural("{n} organisation", "{n} organisations", back)
                    name = f"{key_words(words, key)} · {told}"
                    st.button(name, key=f"unblock-{key}", on_click=link.set_key, args=(key,))
            st.button(words.text("Reset filters"), key="unblock-all", on_click=link.change, args=(ViewState.reset,))
