"""Data: every table, what its columns mean, how complete and how sure it is, and where it comes from."""

import streamlit as st

from mapping.analysis.headlines import dateline
from mapping.analysis.table_quality import overview
from pages.parts import cached, chips, data_tables, faults, header, link, release_notes

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
tables = overview(atlas.tables)

header.show(
    words.text(
        "{rows} rows in {tables} tables, from {sources} sources",
        rows=sum(table.rows for table in tables),
        tables=len(tables),
        sources=len(atlas.tables.frames.get("sources", ())),
    ),
    dateline(atlas.tables, words),
    words,
)
chips.notices(dropped, words)
faults.notice_of_missing_tables(atlas, words)
data_tables.overview_table(atlas, view, tables, words)
if view.table in atlas.tables.frames:
    st.divider()
    data_tables.one(atlas, view, words)
st.subheader(words.text("Releases of the data"), anchor=False)
release_notes.log(words)
