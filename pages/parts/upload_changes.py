"""What an upload would change: rows added, changed and unchanged, cell by cell, and where they lie."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.figures import decks, legend
from mapping.figures.extents import MAP_PX, extent_of
from mapping.figures.upload_map import COLOURS, KINDS, MOST_MARKS, upload_layer
from mapping.importers.changes import RowChange
from mapping.importers.review import positions
from mapping.importers.upload import Checked
from mapping.view.address import EUROPE
from mapping.words import Words
from pages.parts import atlas_map, cached, upload_work

LISTED: Final = 1_000
MAP_HEIGHT_PX: Final = 420


def show(found: Checked, words: Words) -> None:
    """Draw the counts, the list of changes and the map of one sheet."""
    review = found.review
    version = upload_work.against().tables.version
    st.subheader(words.text("Against the data of {version}", version=version), anchor=False)
    counts = {kind: review.count(kind) for kind in KINDS}
    labels = {
        "added": words.text("Rows added"),
        "changed": words.text("Rows changed"),
        "unchanged": words.text("Rows unchanged"),
    }
    for place, kind in zip(st.columns(4), KINDS, strict=False):
        place.metric(labels[kind], words.number(counts[kind]))
    if review.not_in_upload:
        st.caption(
            words.plural(
                "{n} row of the table is not in your file; it stays, for an upload removes nothing.",
                "{n} rows of the table are not in your file; they stay, for an upload removes nothing.",
                review.not_in_upload,
            )
        )
    _list([change for change in review.changes if change.kind != "unchanged"], words)
    _map(found, labels, words)


def _list(changes: list[RowChange], words: Words) -> None:
    """Draw the rows that are new and the cells that change."""
    if not changes:
        return
    kinds = {"added": words.text("added"), "changed": words.text("changed")}
    lines = [
        (change.row, change.key, kinds[change.kind], *cell, change.is_faulty)
        for change in changes[:LISTED]
        for cell in (change.cells or (("", "", ""),))
    ]
    heads = [
        words.text("Row"),
        words.text("Id"),
        words.text("What happens"),
        words.text("Column"),
        words.text("Before"),
        words.text("After"),
        words.text("Still faulty"),
    ]
    st.dataframe(
        pd.DataFrame(lines, columns=heads),
        hide_index=True,
        key="upload_changes",
        alt=words.text("Rows added and cells changed by your file"),
    )
    if len(changes) > LISTED:
        st.caption(words.text("The first {n} of {all} rows are listed.", n=LISTED, all=len(changes)))


def _map(found: Checked, labels: dict[str, str], words: Words) -> None:
    """Draw where the rows lie; those that lie nowhere are counted."""
    placed = positions(found.review, upload_work.against())
    if placed.empty:
        return
    theme, newest = atlas_map.theme(), cached.newest()
    deck = decks.atlas_deck(
        [*decks.base_layers(theme, cached.map_version(newest)), upload_layer(placed)],
        extent_of(EUROPE, newest.tables, cached.DATA / "geo", MAP_PX),
        decks.tooltip_style(theme),
        f"<b>{{head}}</b><br>{words.text('Row')} {{tip}}",
    )
    told = words.plural("{n} row of your file on the map", "{n} rows of your file on the map", len(placed))
    st.pydeck_chart(deck, height=MAP_HEIGHT_PX, key="upload_map", alt=words.text("Map: {what}", what=told))
    st.html(legend.legend_html(told, [(legend.colour_swatch(COLOURS[kind]), labels[kind]) for kind in KINDS]))
    more = len(placed) - MOST_MARKS
    if more > 0:
        st.caption(words.text("The map shows {n} of them, new and changed ones first.", n=MOST_MARKS))
    without = len(found.review.changes) - len(placed)
    if without:
        st.caption(words.plural("{n} row lies nowhere.", "{n} rows lie nowhere.", without))
