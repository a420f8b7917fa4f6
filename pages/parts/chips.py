"""The filters that are set, each a button that takes it away."""

import streamlit as st

from mapping.analysis.filter_words import chips
from mapping.view.atlas import Atlas
from mapping.view.state import Dropped, ViewState
from mapping.words import Words
from pages.parts import link


def row(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw one chip a filter, in words, and one button that drops them all."""
    shown = chips(atlas.tables, view, words)
    if not shown:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for chip in shown:
            st.button(
                chip.text,
                key=f"chip-{chip.key}-{chip.value}",
                icon=":material/close:",
                icon_position="right",
                help=words.text("Remove this filter"),
                on_click=_drop,
                args=(chip.key, chip.value),
            )


def notices(dropped: tuple[Dropped, ...], words: Words) -> None:
    """Say which parts of the link could not be kept."""
    if dropped:
        parts = words.list([f"{item.key} “{item.value}”" for item in dropped])
        st.info(
            words.text("This link asks for something the data does not have; it was left out: {parts}.", parts=parts),
            icon=":material/link_off:",
        )


def _drop(key: str, value: str) -> None:
    link.change(lambda view: view.without(key, value))
