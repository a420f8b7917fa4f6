"""Download exactly what is filtered, in the form the reader works with."""

from typing import Final

import streamlit as st

from mapping.exports.download import package
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import lines, picture_downloads

_KINDS: Final = {"xlsx": "Excel (XLSX)", "csv": "CSV", "geojson": "GeoJSON", "gpkg": "GeoPackage"}


def row(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw one button a format; the file is made when it is asked for, not at every change of a filter."""
    with st.container(horizontal=True, key="downloads", vertical_alignment="center"):
        st.markdown(words.plural("Download this {n} site:", "Download these {n} sites:", len(selection.sites)))
        for kind, label in _KINDS.items():
            st.download_button(
                label,
                data=lambda kind=kind: lines.made(lambda: package(atlas, view, kind)[0]),
                file_name=f"atmp-atlas-{atlas.tables.version}.{'zip' if kind == 'csv' else kind}",
                key=f"download-{kind}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not len(selection.sites),
            )
        if len(selection.sites):
            picture_downloads.buttons("", atlas, view, words)
