"""The sites in view as a table beside the map: the same ids, by keyboard, and picking a row picks the mark."""

import zlib
from typing import Final

import pyarrow as pa
import streamlit as st

from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.site_order import page_of, site_order
from mapping.view.site_table import listed_sites
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import cached, link, table_controls

ROW_PX: Final = 35
_COLUMNS: Final = {
    "name": mark("Site"),
    "city": mark("City"),
    "country": mark("Country"),
    "roles": mark("Roles"),
    "partners": mark("Partners"),
    "facilities": mark("Units"),
    "trials": mark("Trials"),
    "treatment_centres": mark("Treatment"),
    "confidence": mark("Confidence"),
}
_SORTS: Final = {
    "": mark("Name, A to Z"),
    "country": mark("Country, then city"),
    "-trials": mark("Most trials first"),
    "-facilities": mark("Most manufacturing units first"),
    "-treatment_centres": mark("Most treatment records first"),
    "-partners": mark("Most partner records first"),
}


def show(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw one page of the table, with its order and its page as parts of the address."""
    page = page_of(site_order(atlas, selection, view), view.page)
    with st.container(horizontal=True, vertical_alignment="bottom", key="table_controls"):
        st.subheader(words.plural("{n} site in view", "{n} sites in view", page.total), anchor=False)
        table_controls.order({code: words.text(name) for code, name in _SORTS.items()}, view, words)
        table_controls.page(page.number, page.pages)
    _grid(atlas, view, listed_sites(atlas, selection, page.sites), words)


def _grid(atlas: Atlas, view: ViewState, rows: pa.Table, words: Words) -> None:
    """Draw the rows of one page; the open site's row is chosen, wherever it was picked."""
    ids = rows["id"].to_pylist()
    elsewhere = "" if view.site == st.session_state.get("row_picked") else view.site
    chosen = [ids.index(view.site)] if view.site in ids else []
    st.session_state["rows_shown"] = ids
    with st.container(key="sites_table"):
        st.dataframe(
            _shown(atlas, rows, words),
            key=f"rows-{zlib.crc32('|'.join([*ids, elsewhere]).encode())}",
            hide_index=True,
            height=ROW_PX * (max(rows.num_rows, 1) + 1) + 3,
            row_height=ROW_PX,
            on_select=_row_picked,
            selection_mode="single-row",
            selection_default={"selection": {"rows": chosen, "columns": [], "cells": []}},
            alt=words.text("Table of the sites in view"),
        )


def _shown(atlas: Atlas, rows: pa.Table, words: Words) -> pa.Table:
    """Return the rows as the reader sees them: names of columns and codes in words, an empty cell for no record."""
    roles = {code: words.label(atlas.tables, "role", code) for code in atlas.known.options["layers"]}
    sure = {code: words.label(atlas.tables, "confidence", code) for code in atlas.known.options["confidence"]}
    names = cached.country_names(atlas, words)
    in_words = {
        "country": [names.get(code, code) for code in rows["country"].to_pylist()],
        "roles": [", ".join(roles[code] for code in cell.split("|")) for cell in rows["roles"].to_pylist()],
        "confidence": [sure.get(code, code) for code in rows["confidence"].to_pylist()],
    }
    shown = {
        column: pa.array(in_words[column], pa.string()) if column in in_words else rows[column] for column in _COLUMNS
    }
    return pa.table({words.text(label): shown[column] for column, label in _COLUMNS.items()})


def _row_picked() -> None:
    """Open the card of the row picked, or close it where the row was left again."""
    grid = next(value for key, value in st.session_state.items() if str(key).startswith("rows-"))
    rows = grid.selection.rows
    site = st.session_state["rows_shown"][rows[0]] if rows else ""
    st.session_state["row_picked"] = site
    link.set_fields(site=site)
