"""The filters that are set, each a button that takes it away."""

from collections.abc import Sequence

import streamlit as st

from mapping.analysis.filter_words import Chip, chips
from mapping.view.atlas import Atlas
from mapping.view.state import Dropped, ViewState
from mapping.words import Words
from pages.parts import card_markdown, link

MOST_TOLD = 8
"""Lost values that a notice names one by one."""


def row(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw one chip for each filter that is set, in words."""
    buttons(chips(atlas.tables, view, words), words)


def buttons(shown: Sequence[Chip], words: Words) -> None:
    """Draw one button a chip; one container also where there is none, so that what follows keeps its place."""
    with st.container(horizontal=True, gap="small", key="chips"):
        for chip in shown:
            st.button(
                card_markdown.plain(chip.text),
                key=f"chip-{chip.key}-{chip.value}",
                icon=":material/close:",
                icon_position="right",
                help=words.text("Remove this filter"),
                on_click=_drop,
                args=(chip.key, chip.value),
            )


def notices(dropped: Sequence[Dropped], words: Words) -> None:
    """Say which parts of the link could not be kept, the header that of the data version; one container in any case."""
    left_out = [item for item in dropped if item.key != "v"]
    with st.container(key="notices"):
        if left_out:
            told = [f"{item.key} “{item.value}”" for item in left_out[:MOST_TOLD]]
            parts = card_markdown.plain(words.list([*told, "…"] if len(left_out) > MOST_TOLD else told))
            said = words.text(
                "This link asks for something the data does not have; it was left out: {parts}.", parts=parts
            )
            st.info(said, icon=":material/link_off:")


def _drop(key: str, value: str) -> None:
    link.change(lambda view: view.without(key, value))
