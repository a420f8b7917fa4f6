"""The partners in view as tables: the consortium first, each group of its own, and those without a seat."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.partner_matrix import Bools, seatless
from mapping.analysis.partner_words import groups_in_view, in_words, work_packages
from mapping.analysis.provenance import addresses
from mapping.figures.network_chart import GLYPHS, GROUP_WORDS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import card_markdown, frame_downloads

ROW_PX: Final = 35
ROWS_SHOWN: Final = 25
NAME_PX: Final = 330
COUNTRY_PX: Final = 120
_COLUMNS: Final = {
    "name": mark("Name"),
    "consortium_role": mark("In JOIN4ATMP"),
    "work_packages": mark("Work packages"),
    "kind": mark("Kind"),
    "country": mark("Country"),
    "city": mark("City"),
    "expertise": mark("Expertise"),
    "networks": mark("Networks"),
    "website": mark("Website"),
    "note": mark("Note"),
    "confidence": mark("Confidence"),
    "source": mark("Source"),
}
_PROJECT_COLUMNS: Final = ("consortium_role", "work_packages")


def show(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    """List the partners in view, group by group, and then once more those without a known seat."""
    st.subheader(words.plural("{n} organisation in view", "{n} organisations in view", len(shown)), anchor=False)
    narrowed, groups = bool(view.active()), groups_in_view(shown)
    stands_in = shown["group"].to_numpy(dtype=object)
    for group in groups:
        held = stands_in == group
        title = f"{GLYPHS[group]} {words.text(GROUP_WORDS[group])} · {words.number(int(held.sum()))}"
        _group(title, f"group-{group}", held, group == "consortium" or narrowed, shown, atlas, words)
    if "euha" not in groups and "consortium" in groups:
        st.caption(
            words.text("Every member of EUHA in the data takes part in the project and stands in the first list.")
        )
    away = seatless(shown)
    if away.any():
        title = words.plural(
            "{n} organisation without a known seat, not drawn on any map",
            "{n} organisations without a known seat, not drawn on any map",
            int(away.sum()),
        )
        _group(title, "group-seatless", away, False, shown, atlas, words)
    frame_downloads.row(
        "partners", words.text("All organisations in view:"), lambda: shown.drop(columns="group"), atlas, view, words
    )


def _group(title: str, key: str, held: Bools, first: bool, shown: pd.DataFrame, atlas: Atlas, words: Words) -> None:
    """List those held of the partners shown; the columns about the project where one of them takes part."""
    box = st.expander(title, key=key, on_change="rerun", expanded=first)
    if not box.open:
        return
    project = shown["consortium_role"].notna().to_numpy()[held].any()
    columns = {name: words.text(said) for name, said in _COLUMNS.items() if project or name not in _PROJECT_COLUMNS}
    rows = in_words(atlas, words).select(list(columns)).take(shown.index.to_numpy()[held])
    with box:
        st.dataframe(
            rows.rename_columns(list(columns.values())),
            key=f"rows-{key}",
            hide_index=True,
            height=ROW_PX * (min(rows.num_rows, ROWS_SHOWN) + 1) + 3,
            row_height=ROW_PX,
            placeholder="–",
            column_config={
                columns["name"]: st.column_config.Column(width=NAME_PX),
                columns["country"]: st.column_config.Column(width=COUNTRY_PX),
                columns["website"]: st.column_config.LinkColumn(display_text=words.text("Open"), width=80),
                columns["source"]: st.column_config.LinkColumn(display_text=words.text("Open source"), width=110),
            },
            alt=title,
        )


def show_work_packages(atlas: Atlas, words: Words) -> None:
    """List the work packages of the project; a lead that no page states is said so."""
    st.subheader(words.text("Work packages"), anchor=False)
    silent = words.text("not stated")
    urls = addresses(atlas.tables)
    lines = [
        f"- **{card_markdown.plain(package.name)}**  \n"
        + words.text(
            "Lead: {lead}. Stages: {stages}. {source}",
            lead=card_markdown.plain(package.lead or silent),
            stages=card_markdown.plain(", ".join(package.topics)),
            source=card_markdown.web_link(words.text("Source"), urls.get(package.source, "")),
        )
        for package in work_packages(atlas, words)
    ]
    st.markdown("\n".join(lines))
    st.caption(
        words.text(
            "The project reports 14 core partners and no page lists them all; those named are here. Members of EUHA "
            "take part as a whole, so their legal beneficiary is not confirmed. Fraunhofer and its two institutes are "
            "three rows of one partner."
        )
    )
