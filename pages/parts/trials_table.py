"""The trials in view as a table, a page at a time, with links to the registries; and the products beside them."""

import zlib
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.approvals import products_in_view
from mapping.analysis.pipeline import Pipeline
from mapping.analysis.pipeline_words import TRIALS_A_PAGE, in_words, trial_order
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import frame_downloads, table_controls

ROW_PX: Final = 35
_COLUMNS: Final = {
    "id": mark("Number"),
    "registry_url": mark("Registry"),
    "title": mark("Title"),
    "phase": mark("Phase"),
    "status": mark("Status"),
    "snapshot": mark("Status as of"),
    "atmp_class": mark("ATMP class"),
    "modality": mark("Modality"),
    "therapeutic_area": mark("Therapeutic area"),
    "sponsor": mark("Sponsor"),
    "sponsor_kind": mark("Kind of sponsor"),
    "start_year": mark("Start year"),
    "enrolment": mark("Participants"),
    "countries": mark("Countries (at least)"),
    "sites": mark("Known sites"),
    "confidence": mark("Confidence"),
    "source": mark("Source"),
}
_SORTS: Final = {
    "": mark("Newest start first"),
    "start_year": mark("Oldest start first"),
    "-enrolment": mark("Most participants first"),
    "-phase": mark("Latest phase first"),
    "title": mark("Title, A to Z"),
}
_SORTED: Final = ["title", "start_year", "enrolment", "phase"]
"""Columns an order can go by."""
_PRODUCT_COLUMNS: Final = {
    "name": mark("Product"),
    "inn": mark("Active substance"),
    "atmp_class": mark("ATMP class"),
    "ma_holder": mark("Holder"),
    "indication": mark("Indication"),
    "ma_date": mark("Authorised"),
    "status": mark("Status"),
    "status_date": mark("Ended"),
    "confidence": mark("Confidence"),
    "source": mark("Source"),
}


def show(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw one page of the trials, with order and page in the address, and the downloads of all of them."""
    ordered = trial_order(found.table.loc[found.rows, _SORTED], view.sort, atlas.known.options["phase"]).index
    pages = max(-(-len(ordered) // TRIALS_A_PAGE), 1)
    page = min(view.page, pages)
    with st.container(horizontal=True, vertical_alignment="bottom", key="trials_controls"):
        st.subheader(words.plural("{n} trial in view", "{n} trials in view", len(ordered)), anchor=False)
        table_controls.order({code: words.text(name) for code, name in _SORTS.items()}, view, words)
        table_controls.page(page, pages)
    rows = found.table.loc[ordered[(page - 1) * TRIALS_A_PAGE : page * TRIALS_A_PAGE]]
    shown = in_words(rows, atlas, words)
    _grid(shown, _COLUMNS, words, words.text("Table of the trials in view"))
    frame_downloads.row("trials", words.text("All trials in view:"), lambda: found.trials, atlas, view, words)


def show_products(atlas: Atlas, view: ViewState, words: Words) -> None:
    """List the products of the timeline with what became of them."""
    products = products_in_view(atlas.tables, view)
    title = words.plural("{n} product authorised in the EU", "{n} products authorised in the EU", len(products))
    table = st.expander(title, key="products_table", on_change="rerun")
    if not table.open:
        return
    first = products["source_ids"].fillna("").str.split("|").str[0]
    said = {
        column: products[column].map(lambda code, name=name: words.label(atlas.tables, name, code))
        for column, name in (("atmp_class", "atmp_class"), ("status", "product_status"), ("confidence", "confidence"))
    }
    shown = products.assign(**said, source=first.map(atlas.tables["sources"].set_index("id")["url"]))
    with table:
        _grid(shown.sort_values("ma_date"), _PRODUCT_COLUMNS, words, words.text("Table of the products"))
        frame_downloads.row("products", words.text("These products:"), lambda: products, atlas, view, words)


def _grid(shown: pd.DataFrame, columns: dict[str, str], words: Words, alt: str) -> None:
    names = {column: words.text(label) for column, label in columns.items()}
    links = {
        "registry_url": st.column_config.LinkColumn(display_text=words.text("Open record"), width=110),
        "source": st.column_config.LinkColumn(display_text=words.text("Open source"), width=110),
        "title": st.column_config.TextColumn(width="large"),
    }
    number = st.column_config.NumberColumn(format="%d", width="small")
    links |= dict.fromkeys(("start_year", "enrolment", "sites"), number)
    ids = "|".join(shown.index.astype(str))
    st.dataframe(
        shown[list(columns)].rename(columns=names),
        key=f"grid-{alt}-{zlib.crc32(ids.encode())}",
        hide_index=True,
        height=ROW_PX * (max(len(shown), 1) + 1) + 3,
        row_height=ROW_PX,
        placeholder="–",
        column_config={names[column]: config for column, config in links.items() if column in names},
        alt=alt,
    )
