"""Download the heatmap in view: its cells, the figures behind them and their sources."""

from typing import Final

import streamlit as st

from mapping.analysis.matrices import Matrix
from mapping.exports.obstacles import obstacles_package
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import lines, obstacles_data, picture_downloads

_KINDS: Final = {"xlsx": "Excel (XLSX)", "csv": "CSV"}


def row(atlas: Atlas, view: ViewState, matrix: Matrix, words: Words) -> None:
    """Draw one button a format; the file is made when it is asked for. Pictures have their own buttons."""
    figures = len({at for held in matrix.held.values() for at in held})
    with st.container(horizontal=True, key="downloads", vertical_alignment="center"):
        st.markdown(
            words.plural(
                "Download this heatmap and its {n} figure:", "Download this heatmap and its {n} figures:", figures
            )
        )
        for kind, label in _KINDS.items():
            st.download_button(
                label,
                data=lambda kind=kind: lines.made(lambda: _file(atlas, view, matrix, words, kind)),
                file_name=f"atmp-atlas-obstacles-{atlas.tables.version}.{'zip' if kind == 'csv' else kind}",
                key=f"download-{kind}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not matrix.rows,
            )
        picture_downloads.buttons("obstacles", atlas, view, words, pictures=())


def _file(atlas: Atlas, view: ViewState, matrix: Matrix, words: Words, kind: str) -> bytes:
    return obstacles_package(atlas.tables, view, obstacles_data.told(atlas, matrix.asked, words), kind)
