"""Data: every table, what its columns mean, how complete and how sure it is, and where it comes from."""

import streamlit as st

from mapping.analysis.table_quality import overview
from pages.parts import cached, data_parts, header, link, sign_in

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
    atlas,
    dropped,
    words,
)
with st.container(key="data_part"):
    here = sign_in.here()
    data_parts.control(view, here, words)
    data_parts.show(atlas, view, here, tables, words)
