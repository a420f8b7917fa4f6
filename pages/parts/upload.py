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
from pages.parts.sign_in import Here

KINDS: Final = "CSV, XLSX, ODS, GeoJSON, GeoPackage, Parquet"


def show(here: Here, words: Words) -> None:
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
        _report(dropped.file_id, dropped.name, dropped.getvalue(), here, words)
    except MappingError as error:
        st.error(card_markdown.plain(str(error)), icon=":material/block:")
        st.caption(words.text("The file was refused and nothing of it was kept."))


def _report(file: str, name: str, content: bytes, here: Here, words: Words) -> None:
    """Draw what a file holds and what is wrong with it."""
    known, against = upload_work.known(), upload_work.against()
    read = upload_work.done(
        "read",
        file,
        len(content),
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
        len(content),
        lambda tell: check_parts(parts, against, known, tell),
        words,
    )
    if found:
        _sheets(found, here, words)


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


def _sheets(found: tuple[Checked, ...], here: Here, words: Words) -> None:
    """Draw the report of one sheet, the one the reader opens where there are several."""
    one = found[0]
    if len(found) > 1:
        labels = [_label(each, words) for each in found]
        first = next((place for place, each in enumerate(found) if _is_of_note(each)), 0)
        chosen = st.selectbox(
            words.text("Report on the sheet"),
            range(len(found)),
            index=first,
            format_func=labels.__getitem__,
            key="upload_sheet",
        )
        one = found[chosen or 0]
    upload_findings.show(one, words)
    upload_changes.show(one, words)
    upload_files.show(found, words)
    upload_propose.show(found, here, words)


def _is_of_note(one: Checked) -> bool:
    """Tell whether something is wrong in a sheet, or it changes something."""
    return bool(one.review.findings) or one.review.count("unchanged") < len(one.review.changes)


def _label(one: Checked, words: Words) -> str:
    """Return a sheet with how much is wrong in it and how much it changes."""
    wrong = words.plural("{n} thing to mend", "{n} things to mend", len(one.review.findings))
    moved = len(one.review.changes) - one.review.count("unchanged")
    told = words.plural("{n} row new or changed", "{n} rows new or changed", moved)
    return f"{one.part.sheet.name}: {wrong}, {told}"
