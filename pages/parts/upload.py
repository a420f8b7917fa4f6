"""Check your data: a file dropped, what is wrong in it cell by cell, what it would change, and a corrected copy."""

from typing import Final

import streamlit as st

from mapping.errors import MappingError
from mapping.importers.limits import LARGEST_FILE, MOST_ROWS
from mapping.importers.upload import Checked, Part, Upload, check_parts, held_for_covers, read_upload
from mapping.words import Words
from pages.parts import (
    cached,
    card_markdown,
    upload_changes,
    upload_choice,
    upload_cover,
    upload_files,
    upload_findings,
    upload_propose,
    upload_work,
)

KINDS: Final = "CSV, XLSX, ODS, GeoJSON, GeoPackage, Parquet"


def show(words: Words) -> None:
    """Draw the place to drop a file and, once there is one, its report."""
    st.markdown(
        words.text(
            "Drop a table and see what is wrong with it, cell by cell, how to mend it, and what it would change. "
            "**Nothing is stored**: the file stays in the memory of this visit and is gone when you take it away, "
            "leave this part of the page, or close the tab. No program in it is run and no link in it followed."
        )
    )
    size = LARGEST_FILE // 1024**2
    dropped = st.file_uploader(
        words.text("A table: {kinds}; at most {size} MB and {rows} rows", kinds=KINDS, size=size, rows=MOST_ROWS),
        key="upload",
        max_upload_size=size,
    )
    if dropped is None:
        upload_work.forget()
        return
    try:
        _report(dropped.file_id, dropped.name, dropped.getvalue(), words)
    except MappingError as error:
        st.error(card_markdown.plain(str(error)), icon=":material/block:")
        st.caption(words.text("The file was refused and nothing of it was kept."))


def _report(file: str, name: str, content: bytes, words: Words) -> None:
    """Draw what a file holds and what is wrong with it."""
    known, against = upload_work.known(), upload_work.against()
    read = upload_work.done(
        "read",
        file,
        lambda _: read_upload(name, content, lambda: held_for_covers(cached.DATA, known)),
        words,
    )
    if read is None:
        return
    parts = _parts(file, read)
    if read.cover is not None:
        upload_cover.show(read.cover, words)
    if not parts:
        return
    parts = upload_choice.show(parts, words)
    if not any(part.table for part in parts):
        return
    found = upload_work.done(
        "check",
        (file, known.tables.version, parts_key(parts)),
        lambda tell: check_parts(parts, against, known, tell),
        words,
    )
    if found:
        _sheets(found, name, words)


def _parts(file: str, read: Upload) -> list[Part]:
    """Return the sheets as the reader has set them, from the session."""
    kept = st.session_state.get(upload_work.PARTS)
    if kept is None or kept[0] != file:
        kept = (file, list(read.parts))
        st.session_state[upload_work.PARTS] = kept
    return list(kept[1])


def parts_key(parts: list[Part]) -> tuple[object, ...]:
    """Return what decides the report of the sheets."""
    return tuple((part.table, tuple(sorted(part.columns.items())), part.mended) for part in parts)


def _sheets(found: tuple[Checked, ...], name: str, words: Words) -> None:
    """Draw the report of one sheet, the one the reader opens where there are several."""
    number = 0
    if len(found) > 1:
        labels = [_label(each, words) for each in found]
        number = st.selectbox(
            words.text("Sheet"), range(len(found)), format_func=labels.__getitem__, key="upload_sheet"
        )
    one = found[number or 0]
    upload_findings.show(one, words)
    upload_changes.show(one, words)
    upload_files.show(found, name, words)
    upload_propose.show(found, words)


def _label(one: Checked, words: Words) -> str:
    count = len(one.review.findings)
    told = words.plural("{n} finding", "{n} findings", count) if count else words.text("nothing wrong")
    return f"{one.part.sheet.name} ({told})"
