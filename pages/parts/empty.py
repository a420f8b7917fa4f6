"""What is shown where the filters leave nothing: which filter does it, and one click to drop it."""

import streamlit as st

from mapping.analysis.filter_words import key_words
from mapping.analysis.findings import blocking_filters
from mapping.view.address import INCLUDE
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import link


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Offer to drop each filter that alone stands in the way, with the number of sites that would come back."""
    with st.container(border=True, key="empty"):
        st.markdown(words.text("**No site matches all of these filters.** Drop one of them:"))
        with st.container(horizontal=True):
            for block in blocking_filters(atlas, view):
                st.button(
                    f"{key_words(words, block.key)} · {words.plural('{n} site', '{n} sites', block.sites)}",
                    key=f"unblock-{block.key}",
                    on_click=link.set_key,
                    args=(block.key, *(INCLUDE if block.key == "include" else ())),
                )
            st.button(words.text("Reset filters"), key="unblock-all", on_click=link.change, args=(ViewState.reset,))
