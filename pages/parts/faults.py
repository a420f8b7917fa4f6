"""How a fault looks: what is wrong, in words, and that nothing else is affected. Never a traceback, never a path."""

import streamlit as st

from mapping.errors import MappingError, TableError
from mapping.view.atlas import Atlas
from mapping.words import Words
from pages.parts import card_markdown

FAULTS_SHOWN = 5


def show(error: MappingError, words: Words) -> None:
    """Say on the page why this part of it cannot be shown."""
    if not isinstance(error, TableError):
        st.error(card_markdown.plain(str(error)), icon=":material/error:")
        return
    st.error(
        words.text(
            "The table “{table}” has a fault, so nothing that needs it is shown. The other pages work.",
            table=card_markdown.plain(error.path_name),
        ),
        icon=":material/error:",
    )
    for fault in error.faults[:FAULTS_SHOWN]:
        st.text(f"{error.path_name}:{fault}")


def notice_of_missing_tables(atlas: Atlas, words: Words) -> None:
    """Say which tables are left out of this page because of a fault in them; one container in any case."""
    with st.container(key="missing"):
        if atlas.tables.faults:
            missing = card_markdown.plain(words.list(sorted(atlas.tables.faults)))
            said = words.text("Not shown because of a fault in the data: {tables}.", tables=missing)
            st.warning(said, icon=":material/warning:")
