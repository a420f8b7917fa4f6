"""The releases made here, the newest first: what each changed, and for reviewers the way back."""

from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.store.records import Published
from mapping.view.atlas import Atlas
from mapping.words import Words
from pages.parts import (
    cached,
    contribute_cells,
    contribute_conflict,
    contribute_row,
    contribute_store,
    contribute_words,
)
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.opening import Store

A_PAGE: Final = 10
ROWS_LISTED: Final = 50


def show(store: "Store", atlas: Atlas, here: Here, words: Words) -> None:
    """Draw the list with the button to roll a release back."""
    from mapping.store.reading import published  # the database is imported when it is needed

    found = published(store)
    st.subheader(words.text("Releases made here"), anchor=False)
    contribute_store.tell("roll-back", words)
    if not found:
        st.caption(words.text("Nothing has been released here yet; the tables are those of the data folder."))
    undone = {release.undoes for release in found}
    pages = max(1, -(-len(found) // A_PAGE))
    number = min(st.session_state.get("releases_page", 1), pages)
    for release in found[(number - 1) * A_PAGE : number * A_PAGE]:
        with st.container(border=True, key=f"release_{release.number}", gap="small"):
            st.markdown(contribute_words.release_entry(release, words))
            _rows(release, atlas, words)
            if release.number in undone:
                st.caption(words.text("Rolled back by a later release."))
            else:
                _way_back(release, here, words)
    if pages > 1:
        st.session_state["releases_page"] = number
        st.pagination(pages, key="releases_page")


def _rows(release: Published, atlas: Atlas, words: Words) -> None:
    """Draw the rows of a release, when they are asked for."""
    opened = st.expander(words.text("See what"), key=f"release_rows_{release.number}", on_change="rerun")
    if opened.open:
        with opened:
            for operation in release.operations[:ROWS_LISTED]:
                st.markdown(contribute_row.heading(operation, atlas, words))
                contribute_row.cells(operation, atlas, words)
            if len(release.operations) > ROWS_LISTED:
                count = len(release.operations)
                st.caption(words.text("The first {n} of {all} rows are listed.", n=ROWS_LISTED, all=count))


def _way_back(release: Published, here: Here, words: Words) -> None:
    """Draw how a release is rolled back: a reason, then a second click."""
    form, place = f"roll-back-{release.number}", f"roll-back-{release.number}"
    refused = contribute_store.tell(place, words)
    if refused is not None:
        contribute_conflict.head(refused, words)
    label = words.text("Roll back")
    with st.expander(label, icon=":material/history:", key=f"roll_back_{release.number}"):
        st.markdown(words.text("The tables are then what they were before it. That is a release too, and is kept."))
        why = contribute_cells.text(form, "_reason", words.text("Why; everybody reads it"))
        st.button(
            words.text("Roll {version} back", version=release.version),
            key=f"roll_back_now_{release.number}",
            disabled=not why.strip(),
            on_click=_roll_back,
            args=(release.number, here, words),
        )


def _roll_back(number: int, here: Here, words: Words) -> None:
    from mapping.store.releasing import roll_back

    form = f"roll-back-{number}"

    def act() -> str:
        why = contribute_cells.typed(form).get("_reason", "")
        made = roll_back(contribute_store.opened(here), here.person, number, why)
        cached.live().look_again()
        told = words.text("Rolled back; the data are now {version}.", version=made.version)
        contribute_store.attempt("roll-back", lambda: told)
        return ""

    if contribute_store.attempt(form, act):
        contribute_store.dismiss(form)
        contribute_cells.clear(form)
