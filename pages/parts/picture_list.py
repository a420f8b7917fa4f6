"""The pictures of a page one by one, each as a file, and all of them as slides: listed when the reader asks."""

import streamlit as st

from mapping.exports.screens import screen_of
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, card_markdown, picture_downloads


def show(page: str, atlas: Atlas, view: ViewState, words: Words) -> None:
    """List the pictures of a page (its path in the address), folded until it is asked for."""
    fold = st.expander(words.text("Download pictures and slides"), key=f"pictures_{page}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        screen = screen_of(atlas, page, view, words, cached.DATA / "geo")
        for number, picture in enumerate(screen.pictures, 1):
            with st.container(horizontal=True, vertical_alignment="center", key=f"picture_{number}"):
                st.markdown(card_markdown.plain(picture.title))
                picture_downloads.stills(page, atlas, view, words, (number,))
        with st.container(horizontal=True, vertical_alignment="center", key="picture_slides"):
            st.markdown(words.text("All of them as slides"))
            picture_downloads.buttons(page, atlas, view, words, pictures=())
