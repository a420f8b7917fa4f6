"""Release: what is accepted, whether it would hold, the notes everybody reads, and the releases there are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.errors import StoreError
from mapping.store.records import Change
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import (
    cached,
    card_markdown,
    contribute_cells,
    contribute_conflict,
    contribute_how,
    contribute_releases,
    contribute_row,
    contribute_store,
    contribute_trail,
    link,
)
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.opening import Store
    from mapping.store.rehearsal import Rehearsal

_FORM: Final = "release"
_CHECKED: Final = "release_checked"
ROWS_LISTED: Final = 50
FAULTS_LISTED: Final = 20


def show(atlas: Atlas, view: ViewState, here: Here, words: Words) -> None:
    """Draw what can be released, the releases there are, and the trail."""
    if not here.may("release"):
        contribute_how.show(atlas, view, here, words)
        return
    from mapping.store.reading import changes  # the database is imported when it is needed

    store = contribute_store.opened(here)
    accepted = changes(store, here.person, states=("accepted",))
    st.subheader(words.text("Ready to be released"), anchor=False)
    refused = contribute_store.tell(_FORM, words)
    if refused is not None:
        contribute_conflict.head(refused, words)
    if accepted:
        _accepted(accepted, atlas, words)
        _release(accepted, store, here, words)
    else:
        _nothing(words)
    st.divider()
    contribute_releases.show(store, atlas, here, words)
    st.divider()
    contribute_trail.show(store, here, words)


def _nothing(words: Words) -> None:
    with st.container(border=True, key="nothing_accepted"):
        st.markdown(words.text("**No accepted row waits.** Rows come here once a reviewer accepts them."))
        label = words.text("Proposals")
        st.button(label, key="to_proposals", on_click=link.set_fields, kwargs={"part": "proposals", "proposal": 0})


def _accepted(accepted: Sequence[Change], atlas: Atlas, words: Words) -> None:
    """List the accepted rows with their cells."""
    proposals = len({change.proposal_id for change in accepted})
    told = words.plural("{n} accepted row", "{n} accepted rows", len(accepted))
    of = words.plural("of {n} proposal", "of {n} proposals", proposals)
    with st.expander(f"{told} {of}", expanded=len(accepted) <= 5, key="accepted"):
        for change in accepted[:ROWS_LISTED]:
            st.markdown(contribute_row.heading(change.operation, atlas, words))
            contribute_row.cells(change.operation, atlas, words)
        if len(accepted) > ROWS_LISTED:
            st.caption(words.text("The first {n} of {all} rows are listed.", n=ROWS_LISTED, all=len(accepted)))


def _release(accepted: Sequence[Change], store: "Store", here: Here, words: Words) -> None:
    """Draw the check, the notes and the button, which asks once more."""
    versions = {change.id: change.version for change in accepted}
    found = _rehearsed(versions)
    _told(found, words)
    st.button(
        words.text("Check all tables with these rows"),
        key="release_check",
        icon=":material/fact_check:",
        on_click=_rehearse,
        args=(accepted, versions, here),
    )
    told = words.text("Everybody reads them in the list of releases. Name no person.")
    notes = contribute_cells.text(_FORM, "_notes", words.text("What is new"), lines=True, help_text=told)
    sure = st.checkbox(
        words.plural(
            "I have looked at this row and want everybody to see it",
            "I have looked at these {n} rows and want everybody to see them",
            len(accepted),
        ),
        key="release_sure",
    )
    st.button(
        words.plural("Release {n} row", "Release {n} rows", len(accepted)),
        key="release_now",
        type="primary",
        icon=":material/publish:",
        disabled=not (sure and notes.strip() and found is not None and found.is_sound),
        on_click=_release_now,
        args=(versions, here, words),
    )
    if found is None or not notes.strip() or not sure:
        st.caption(words.text("To release: check the tables, write what is new, and say that you have looked."))


def _rehearsed(versions: dict[int, int]) -> "Rehearsal | None":
    """Return what the check found of just these rows; None where it has not been made."""
    kept = st.session_state.get(_CHECKED)
    found: Rehearsal | None = kept[1] if kept is not None and kept[0] == versions else None
    return found


def _rehearse(accepted: Sequence[Change], versions: dict[int, int], here: Here) -> None:
    from mapping.store.rehearsal import rehearse

    def act() -> str:
        found = rehearse(contribute_store.opened(here), here.person, accepted)
        st.session_state[_CHECKED] = (versions, found)
        return ""

    if contribute_store.attempt(_FORM, act):
        contribute_store.dismiss(_FORM)


def _told(found: "Rehearsal | None", words: Words) -> None:
    """Say what the check found."""
    if found is None:
        return
    if found.is_sound:
        st.success(words.text("All tables are sound with these rows in them."), icon=":material/verified:")
        return
    st.error(words.text("These rows cannot be released as they are:"), icon=":material/block:")
    lines = [*found.overtaken, *(str(fault) for fault in found.faults)]
    st.markdown("\n".join(f"- {card_markdown.plain(line)}" for line in lines[:FAULTS_LISTED]))
    st.caption(words.text("Reopen them in their proposal, then accept them with other values or reject them."))


def _release_now(versions: dict[int, int], here: Here, words: Words) -> None:
    """Release the rows as they were seen; for callbacks."""
    from mapping.store.releasing import release

    def act() -> str:
        try:
            notes = contribute_cells.typed(_FORM).get("_notes", "")
            made = release(contribute_store.opened(here), here.person, notes, versions)
        except StoreError:
            st.session_state.pop(_CHECKED, None)
            raise
        cached.live().look_again()
        return words.text("Released as {version}. Pages and interface serve it now.", version=made.version)

    if contribute_store.attempt(_FORM, act):
        contribute_cells.clear(_FORM)
        st.session_state.pop(_CHECKED, None)
        st.session_state["release_sure"] = False
