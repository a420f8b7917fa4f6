"""What is shown where filters leave nothing or mean nothing: which ones, and one click to drop what stands in the way.

Each draws one container in any case, so that what follows keeps its place on the page.
"""

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from mapping.analysis.filter_words import key_words
from mapping.analysis.findings import blocking_filters
from mapping.view.address import INCLUDE
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import link


def show(atlas: Atlas, view: ViewState, sites: int, words: Words) -> None:
    """Where there are no sites, offer to drop each filter that alone keeps some out, with how many would come back."""
    said = words.text("**No site matches all of these filters.** Drop one of them:") if not sites else ""
    blocks = blocking_filters(atlas, view) if not sites else ()
    offer(said, {block.key: words.plural("{n} site", "{n} sites", block.sites) for block in blocks}, words)


def offer(said: str, back: Mapping[str, str], words: Words, called: Callable[[Words, str], str] = key_words) -> None:
    """Say that nothing is in view and offer to drop each filter that alone stands in the way.

    Parameters
    ----------
    said : str
        That there is nothing, in the reader's words; empty where there is something.
    back : Mapping
        Key of the filter to how much would come back without it, in words.
    words : Words
        The reader's language.
    called : callable
        Gives what a filter is called on the page.
    """
    with st.container(border=bool(said), key="empty"):
        if not said:
            return
        st.markdown(said)
        with st.container(horizontal=True):
            for key, count in back.items():
                st.button(
                    f"{called(words, key)} · {count}",
                    key=f"unblock-{key}",
                    on_click=link.set_key,
                    args=(key, *(INCLUDE if key == "include" else ())),
                )
            st.button(words.text("Reset filters"), key="unblock-all", on_click=link.change, args=(ViewState.reset,))


def unused(view: ViewState, used: Collection[str], words: Words) -> None:
    """Say which filters of the address mean nothing on this page, whose filters are ``used``."""
    idle = list(dict.fromkeys(key for key, _ in view.active() if key not in used))
    with st.container(key="unused"):
        if idle:
            named = words.list([key_words(words, key) for key in idle])
            st.caption(words.text("Not used on this page: {filters}.", filters=named))
