"""What was proposed: the list, what waits first; one click opens a proposal."""

from typing import Final

import streamlit as st

from mapping.errors import NotAllowed
from mapping.store.records import Proposal, State
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark, mark_plural
from pages.parts import card_markdown, contribute_how, contribute_proposal, contribute_store, contribute_words, link
from pages.parts.sign_in import Here

A_PAGE: Final = 10
WAITING: Final[tuple[State, ...]] = ("open", "accepted")
_SHOWN: Final[dict[str, tuple[State, ...]]] = {
    "waiting": WAITING,
    "released": ("released",),
    "rejected": ("rejected", "withdrawn", "rolled_back"),
    "all": (),
}
_NAMES: Final = {
    "waiting": mark("Waiting"),
    "released": mark("Released"),
    "rejected": mark("Not taken"),
    "all": mark("All"),
}
_COUNTS: Final[dict[State, tuple[str, str]]] = {
    "open": mark_plural("{n} row to decide", "{n} rows to decide"),
    "accepted": mark_plural("{n} row accepted", "{n} rows accepted"),
    "rejected": mark_plural("{n} row rejected", "{n} rows rejected"),
    "withdrawn": mark_plural("{n} row withdrawn", "{n} rows withdrawn"),
    "released": mark_plural("{n} row released", "{n} rows released"),
    "rolled_back": mark_plural("{n} row rolled back", "{n} rows rolled back"),
}
_ORIGINS: Final = {
    "upload": mark("from an upload"),
    "form": mark("from the form"),
    "suggestion": mark("suggested on a site card"),
}


def show(atlas: Atlas, view: ViewState, here: Here, words: Words) -> None:
    """Draw the list, or the open proposal."""
    if not here.may("see"):
        contribute_how.show(atlas, view, here, words)
        return
    if view.proposal:
        contribute_proposal.show(atlas, view, here, words)
        return
    contribute_store.tell("proposals", words)
    chosen = st.segmented_control(
        words.text("Which proposals"),
        list(_SHOWN),
        default="waiting",
        required=True,
        format_func=lambda code: words.text(_NAMES[code]),
        key="proposals_shown",
        label_visibility="collapsed",
    )
    _list(_found(here, _SHOWN[chosen or "all"]), str(chosen), words)


def counts(states: dict[State, int], words: Words) -> str:
    """Return how many rows are in each state, in words."""
    return " · ".join(words.plural(*_COUNTS[state], states[state]) for state in _COUNTS if states.get(state))


def told(one: Proposal, words: Words) -> str:
    """Return who proposed it, when and how, as Markdown."""
    who = words.text("you") if one.is_mine else card_markdown.plain(one.person)
    when = contribute_words.moment(one.created_at, words)
    return words.text("By {who}, {when}, {origin}", who=who, when=when, origin=words.text(_ORIGINS[one.origin]))


def _found(here: Here, states: tuple[State, ...]) -> tuple[Proposal, ...]:
    """Return the proposals that have a row in one of the states."""
    from mapping.store.reading import proposals  # the database is imported when it is needed

    try:
        return proposals(contribute_store.opened(here), here.person, states)
    except NotAllowed:  # the role was taken away since the page began
        return ()


def _list(found: tuple[Proposal, ...], chosen: str, words: Words) -> None:
    """Draw the proposals, a page at a time."""
    if not found:
        _nothing(chosen, words)
        return
    pages = -(-len(found) // A_PAGE)
    number = min(st.session_state.get("proposals_page", 1), pages)
    for one in found[(number - 1) * A_PAGE : number * A_PAGE]:
        with st.container(border=True, key=f"proposal_{one.id}", gap="small"):
            st.markdown(f"**{one.id} · {card_markdown.plain(one.title)}**")
            st.markdown(card_markdown.plain(one.reason[:300]))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{told(one, words)} · {counts(dict(one.states), words)}", width="stretch")
                st.button(
                    words.text("Open"),
                    key=f"open_proposal_{one.id}",
                    help=words.text("Open proposal {number}", number=str(one.id)),
                    on_click=link.set_fields,
                    kwargs={"proposal": one.id},
                )
    if pages > 1:
        st.session_state["proposals_page"] = number
        st.pagination(pages, key="proposals_page")


def _nothing(chosen: str, words: Words) -> None:
    """Say that there is nothing, and how there would be."""
    with st.container(border=True, key="no_proposals"):
        if chosen == "waiting":
            st.markdown(words.text("**Nothing waits.** Propose a change to a row, or rows from a file of yours."))
        else:
            st.markdown(words.text("**No proposal is in this list.**"))
        with st.container(horizontal=True):
            for part, label in (("correct", words.text("Correct a row")), ("check", words.text("Check your data"))):
                st.button(label, key=f"to_{part}", on_click=link.set_fields, kwargs={"part": part})
