"""Propose what an upload changes: for whoever may, hidden from everybody else."""

import os

import streamlit as st

from mapping.errors import MappingError
from mapping.importers.changes import RowChange
from mapping.importers.upload import Checked
from mapping.store.people import Person, read_rules, who_may
from mapping.store.records import Draft, DraftRow
from mapping.store.settings import StoreSettings, settings_from
from mapping.store.sign_in import local_person, person_of
from mapping.tables.schemas import column_names
from mapping.words import Words
from pages.parts import cached, card_markdown

PROXY_HEADERS = ("X-Forwarded-For", "Forwarded")


def show(found: tuple[Checked, ...], words: Words) -> None:
    """Draw the form to propose the sound rows."""
    settings = settings_from(os.environ)
    person = _person(settings)
    if person is None:
        return
    rows = tuple(_draft(each.review.table, change) for each in found for change in _sound(each))
    if not rows:
        return
    with st.form("upload_propose", border=True):
        st.markdown(
            words.plural(
                "{n} row without a fault is new or changed.", "{n} rows without a fault are new or changed.", len(rows)
            )
        )
        reason = st.text_input(words.text("Why: what these changes rest on"), key="upload_reason", max_chars=500)
        if st.form_submit_button(words.text("Propose these changes"), icon=":material/outbox:"):
            _propose(settings, person, Draft(rows, reason, origin="upload"), words)


def _propose(settings: StoreSettings, person: Person, draft: Draft, words: Words) -> None:
    from mapping.store.opening import open_store  # the database is imported when it is needed
    from mapping.store.proposing import propose

    try:
        number = propose(open_store(settings, cached.DATA), person, draft)
    except MappingError as error:
        st.error(card_markdown.plain(str(error)), icon=":material/block:")
        return
    st.success(words.text("Proposed as number {number}; a reviewer decides row by row.", number=str(number)))


def _person(settings: StoreSettings) -> Person | None:
    """Return who is here, if they may propose."""
    rules = read_rules(settings.roles_file, local_edit=settings.local_edit)
    is_forwarded = any(name in st.context.headers for name in PROXY_HEADERS)
    person = person_of(st.user.to_dict(), rules) if st.user.get("is_logged_in") else None
    person = person or local_person(rules, st.context.ip_address, forwarded=is_forwarded)
    return person if who_may(person, "propose", rules) else None


def _sound(found: Checked) -> list[RowChange]:
    return [change for change in found.review.changes if change.kind != "unchanged" and not change.is_faulty]


def _draft(table: str, change: RowChange) -> DraftRow:
    """Return one row as a proposal: all cells of a new one, those that change of another with what was seen there."""
    if change.kind == "added":
        cells = {name: text for name, text in zip(column_names(table), change.after, strict=True) if text}
        return DraftRow(table, change.key, "add", cells)
    after = {name: text for name, _, text in change.cells}
    return DraftRow(table, change.key, "change", after, {name: text for name, text, _ in change.cells})
