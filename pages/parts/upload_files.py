"""What the reader takes away: the sheets with what was mended, marked, and the list of findings."""

import streamlit as st

from mapping.importers.upload import Checked, marked
from mapping.words import Words


def show(found: tuple[Checked, ...], words: Words) -> None:
    """Draw the button for the corrected workbook, which is made when it is asked for."""

    def made() -> bytes:
        from mapping.importers.corrected_workbook import corrected_workbook  # openpyxl is slow to import

        mended = {finding for each in found for finding in each.part.mended}
        return corrected_workbook([marked(each) for each in found], mended.__contains__)

    st.download_button(
        words.text("Corrected workbook"),
        data=made,
        file_name="atmp-atlas-corrected.xlsx",
        key="upload_corrected",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        words.text(
            "All sheets with what you put in; mended cells are green, those still wrong orange with a note, and a "
            "sheet lists every finding."
        )
    )
