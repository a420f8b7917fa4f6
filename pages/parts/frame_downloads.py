"""Download one table as it is filtered: CSV, and a workbook that says what it is."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from mapping.exports.listing import Listing, csv_file
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import lines


def row(name: str, label: str, make: Callable[[], pd.DataFrame], atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw one button a format; the file is made when it is asked for.

    Parameters
    ----------
    name : str
        What the table is called in the file's name and the button's key.
    label : str
        What is downloaded, in the reader's words.
    make : callable
        Gives the rows, ids and codes as the data have them.
    atlas, view, words
        The data, what is asked of it, and the reader's language.
    """
    file = f"atmp-atlas-{atlas.tables.version}-{name}"
    with st.container(horizontal=True, key=f"downloads_{name}", vertical_alignment="center"):
        st.markdown(label)
        st.download_button(
            "CSV",
            data=lambda: csv_file(Listing(name, make())),
            file_name=f"{file}.csv",
            key=f"csv-{name}",
            icon=":material/download:",
            help=words.text("Download as CSV"),
            on_click="ignore",
        )
        st.download_button(
            "Excel (XLSX)",
            data=lambda: lines.made(lambda: _workbook(Listing(name, make()), atlas, view)),
            file_name=f"{file}.xlsx",
            key=f"xlsx-{name}",
            icon=":material/download:",
            help=words.text("Download as Excel workbook"),
            on_click="ignore",
        )


def _workbook(listing: Listing, atlas: Atlas, view: ViewState) -> bytes:
    from mapping.exports.workbook import table_workbook  # openpyxl is slow to import

    filters: dict[str, tuple[str, ...]] = {}
    for key, value in view.active():
        filters[key] = (*filters.get(key, ()), value)
    return table_workbook(listing, filters, atlas.tables)
