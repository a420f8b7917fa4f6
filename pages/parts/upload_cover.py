"""What a cover sheet of the consortium gives, before its trials are checked as rows of ours."""

import streamlit as st

from mapping.importers.cover_sheet_tables import CoverSheetTables
from mapping.words import Words


def show(cover: CoverSheetTables, words: Words) -> None:
    """Say what was read from cover sheets, and what the command does with the rest."""
    st.info(
        words.text(
            "This is the consortium's cover sheet. Trials: {trials}; products: {products}; sites: {sites}; "
            "answers about hurdles and delays: {answers}. Its trials are checked below. `{command}` writes all of it, "
            "with a report of each cell that was not taken.",
            trials=len(cover.trials),
            products=len(cover.products),
            sites=len(cover.sites),
            answers=len(cover.evidence),
            command="python -m mapping import cover-sheet FILE --out FOLDER",
        ),
        icon=":material/description:",
    )
    removed = sum(row["outcome"] == "personal data removed" for row in cover.report)
    if removed:
        st.caption(
            words.plural(
                "Personal data were removed from {n} cell.", "Personal data were removed from {n} cells.", removed
            )
        )
