"""What each sheet of an upload is taken for, and each of its columns; the reader confirms or corrects."""

from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.analysis.table_titles import table_title
from mapping.importers.table_import import targets_of
from mapping.importers.upload import Part, headings, is_foreign
from mapping.tables.schemas import SCHEMAS, column_names
from mapping.words import Words
from pages.parts import card_markdown, upload_work

SHEETS_SHOWN: Final = 20
HEADINGS_SHOWN: Final = 60
COLUMNS: Final = 3


def show(parts: list[Part], words: Words) -> list[Part]:
    """Draw the choices and return the sheets as they now are."""
    if len(parts) == 1:
        _table(0, parts[0], words)
        return parts
    ours = sum(bool(part.table) for part in parts)
    told = words.plural(
        "{n} of {all} sheets is taken for a table of ours",
        "{n} of {all} sheets are taken for tables of ours",
        ours,
        all=len(parts),
    )
    with st.expander(told, expanded=not ours, key="upload_sheets"):
        for number, part in enumerate(parts[:SHEETS_SHOWN]):
            _table(number, part, words)
    if len(parts) > SHEETS_SHOWN:
        st.caption(words.plural("{n} sheet is left out.", "{n} sheets are left out.", len(parts) - SHEETS_SHOWN))
    return parts


def _table(number: int, part: Part, words: Words) -> None:
    """Draw which table a sheet is, and its columns."""
    key = f"upload_table_{number}"
    st.session_state[key] = part.table
    rows = words.plural("{n} row", "{n} rows", len(part.sheet.rows))
    st.selectbox(
        words.text("Sheet “{sheet}” ({rows}) holds", sheet=card_markdown.plain(part.sheet.name), rows=rows),
        ["", *SCHEMAS],
        format_func=lambda name: table_title(name, words) if name else words.text("none of our tables"),
        key=key,
        on_change=_choose_table,
        args=(number, key),
    )
    if part.sheet.notes:
        st.caption(card_markdown.plain("; ".join(part.sheet.notes)))
    if not part.table:
        return
    if is_foreign(part):
        st.info(
            words.text(
                "This sheet has no ids of ours, so it is turned into our columns first: words become codes, towns are "
                "looked up, each row gets an id. Look through its columns; the corrected workbook has ours."
            ),
            icon=":material/translate:",
        )
    _columns(number, part, words)


def _columns(number: int, part: Part, words: Words) -> None:
    """Draw what each heading is taken for; folded while all have the names of ours."""
    found = headings(part)
    unsure = [one for one in found if one.target != one.heading]
    label = words.plural(
        "{n} column that is not called as ours", "{n} columns that are not called as ours", len(unsure)
    )
    if not unsure and not part.columns:
        return
    with st.expander(label, key=f"upload_columns_{number}"):
        names = list(dict.fromkeys([*targets_of(part.table), *column_names(part.table)]))
        places = st.columns(COLUMNS)
        for place, one in enumerate(unsure[:HEADINGS_SHOWN]):
            key = f"upload_column_{number}_{one.column}"
            st.session_state[key] = one.target
            places[place % COLUMNS].selectbox(
                f"{card_markdown.plain(one.heading[:80])} →",
                ["", *names],
                format_func=lambda name: name or words.text("not used"),
                key=key,
                help=card_markdown.plain(one.reason),
                on_change=_choose_column,
                args=(number, one.column, key),
            )


def _choose_table(number: int, key: str) -> None:
    _change(number, lambda part: replace(part, table=st.session_state[key] or "", columns={}, mended=()))


def _choose_column(number: int, column: int, key: str) -> None:
    target = st.session_state[key] or ""
    _change(number, lambda part: replace(part, columns={**part.columns, column: target}, mended=()))


def _change(number: int, update: object) -> None:
    file, parts = st.session_state[upload_work.PARTS]
    parts[number] = update(parts[number])  # type: ignore[operator]
    st.session_state[upload_work.PARTS] = (file, parts)
