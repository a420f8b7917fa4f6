"""How well each country is known, and workbooks to ask its partners for the rest."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.asked_rows import ASKED, FIGURES, rows_of_country, rows_of_partner
from mapping.analysis.country_quality import CountryQuality, ask_next, country_qualities
from mapping.analysis.table_titles import table_title
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, frame_downloads

NEEDED: Final = ("countries", "sites", "sources", "coverage")


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the table of countries and the workbooks."""
    if any(name not in atlas.tables.frames for name in NEEDED):
        return
    found = country_qualities(atlas.tables)
    shown = _frame(atlas, found, words)
    st.markdown(
        words.text(
            "What is known of each country, the least filled first. Cells are counted by how much rests on them; an "
            "empty cell is empty. “Not assessed” is not none: nobody has searched there yet."
        )
    )
    share = st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
    st.dataframe(
        shown,
        hide_index=True,
        height=35 * 16,
        placeholder="–",
        column_config={
            words.text("Cells filled"): share,
            words.text("Middle year of sources"): st.column_config.NumberColumn(format="%d"),
            words.text("Newest source"): st.column_config.NumberColumn(format="%d"),
        },
        key="country_quality",
        alt=words.text("Countries with their rows, completeness, age of evidence and what to ask for next"),
    )
    label = words.text("Download this table")
    frame_downloads.row("quality-by-country", label, lambda: shown, atlas, view, words)
    _workbooks(atlas, words)


def _frame(atlas: Atlas, found: tuple[CountryQuality, ...], words: Words) -> pd.DataFrame:
    """Return one row a country, in words."""
    named = [name for name in (*ASKED, *FIGURES) if any(name in one.rows for one in found)]
    return pd.DataFrame(
        {
            words.text("Country"): [words.country(atlas.tables, one.country) for one in found],
            words.text("Cells filled"): [one.filled for one in found],
            words.text("What to ask for next"): [
                ask_next(atlas.tables, one, lambda name: table_title(name, words), words) for one in found
            ],
            **{table_title(name, words): [one.rows.get(name, 0) for one in found] for name in named},
            words.text("Not verified"): [one.unsure for one in found],
            words.text("Middle year of sources"): pd.array([one.source_year for one in found], dtype="Int64"),
            words.text("Newest source"): pd.array([one.newest_year for one in found], dtype="Int64"),
        }
    )


def _workbooks(atlas: Atlas, words: Words) -> None:
    """Draw the choice of a country or partner and the button for its workbook."""
    st.subheader(words.text("Ask partners for what is missing"), anchor=False)
    st.markdown(
        words.text(
            "A workbook with the rows we have, the gaps marked and codes to choose from. Send it out; what comes back "
            "goes into “Check your data”, which shows exactly the cells that were filled in."
        )
    )
    of_country, of_partner = st.columns(2)
    with of_country:
        names = cached.country_names(atlas, words)
        country = st.selectbox(words.text("A country"), list(names), format_func=names.__getitem__, key="ask_country")
        if country:
            _button(atlas, country, names[country], words)
    with of_partner:
        partners = _partners(atlas)
        partner = st.selectbox(
            words.text("A partner"), list(partners), format_func=partners.__getitem__, key="ask_partner", index=None
        )
        if partner:
            _button(atlas, partner, partners[partner], words)


def _partners(atlas: Atlas) -> dict[str, str]:
    frame = atlas.tables.frames.get("organisations")
    if frame is None:
        return {}
    return dict(sorted(zip(frame["id"], frame["name"], strict=True), key=lambda item: item[1]))


def _button(atlas: Atlas, code: str, name: str, words: Words) -> None:
    """Draw the button for a workbook, which is made when it is asked for."""

    def made() -> bytes:
        from mapping.exports.ask_workbook import ask_workbook  # openpyxl is slow to import

        is_country = code in atlas.known.core_countries
        rows = (rows_of_country if is_country else rows_of_partner)(atlas.tables, code)
        return ask_workbook(atlas.tables, rows, name, words)

    st.download_button(
        words.text("Workbook for {name}", name=name),
        data=made,
        file_name=f"atmp-atlas-{atlas.tables.version}-ask-{code}.xlsx",
        key=f"ask-{'country' if code in atlas.known.core_countries else 'partner'}",
        icon=":material/edit_note:",
        on_click="ignore",
    )
