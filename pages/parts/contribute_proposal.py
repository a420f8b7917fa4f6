"""One proposal: why, its rows before and after, what is decided on each, and what people say about it."""

from typing import TYPE_CHECKING

import streamlit as st

from mapping.errors import StoreError
from mapping.store.records import Change, Proposal
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import (
    card_markdown,
    contribute_cells,
    contribute_conflict,
    contribute_proposals,
    contribute_review,
    contribute_row,
    contribute_store,
    contribute_words,
    link,
)
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.opening import Store

ROWS_A_PAGE = 20


def show(atlas: Atlas, view: ViewState, here: Here, words: Words) -> None:
    """Draw the proposal whose number is in the address."""
    from mapping.store.reading import changes, proposal  # the database is imported when it is needed

    back = words.text("All proposals")
    with st.container(key="back"):
        st.button(back, icon=":material/arrow_back:", key="all_proposals", on_click=_leave)
    store = contribute_store.opened(here)
    try:
        one = proposal(store, here.person, view.proposal)
    except StoreError as error:
        st.info(card_markdown.plain(str(error)), icon=":material/info:")
        return
    rows = changes(store, here.person, one.id)
    place = f"proposal-{one.id}"
    st.subheader(f"{one.id} · {card_markdown.plain(one.title)}", anchor=False)
    st.caption(f"{contribute_proposals.told(one, words)} · {contribute_proposals.counts(dict(one.states), words)}")
    refused = contribute_store.tell(place, words)
    if refused is not None:
        contribute_conflict.head(refused, words)
        st.button(words.text("I have seen it"), key="seen_proposal", on_click=contribute_store.dismiss, args=(place,))
    _why(one, words)
    if here.may("review"):
        contribute_review.all_open(rows, here, place, words)
    _rows(rows, one, atlas, here, words)
    if any(row.state == "open" for row in rows) and (one.is_mine or here.may("review")):
        _withdraw(one, here, place, words)
    _comments(store, one, here, words)


def _leave() -> None:
    contribute_store.forget()
    link.set_fields(proposal=0)


def _why(one: Proposal, words: Words) -> None:
    """Draw reason and source; the source is a link where it is a plain web address."""
    source = card_markdown.web_link(one.source, one.source) if one.source else words.text("no source named")
    st.markdown(
        f"**{words.text('Why')}:** {card_markdown.plain(one.reason)}  \n**{words.text('Source')}:** {source}",
    )


def _rows(rows: tuple[Change, ...], one: Proposal, atlas: Atlas, here: Here, words: Words) -> None:
    """Draw the rows, a page at a time."""
    pages = -(-len(rows) // ROWS_A_PAGE)
    number = min(st.session_state.get("changes_page", 1), pages)
    for row in rows[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]:
        with st.container(border=True, key=f"change_{row.id}", gap="small"):
            contribute_row.show(row, atlas, words)
            if here.may("review"):
                contribute_review.show(row, atlas, here, words)
            elif one.is_mine and row.state == "open" and here.may("propose") and row.operation.action != "remove":
                contribute_review.revise(row, atlas, here, words)
    if pages > 1:
        st.session_state["changes_page"] = number
        st.pagination(pages, key="changes_page")


def _withdraw(one: Proposal, here: Here, place: str, words: Words) -> None:
    """Draw the button that takes the open rows back."""
    if not here.may("propose"):
        return
    form = f"withdraw-{one.id}"
    with st.expander(words.text("Withdraw what is still open"), icon=":material/undo:", key="withdraw"):
        contribute_cells.text(form, "_reason", words.text("Why (may be left empty)"))
        st.button(words.text("Withdraw"), key="withdraw_now", on_click=_withdraw_now, args=(one, here, place, words))


def _withdraw_now(one: Proposal, here: Here, place: str, words: Words) -> None:
    from mapping.store.proposing import withdraw

    form = f"withdraw-{one.id}"

    def act() -> str:
        why = contribute_cells.typed(form).get("_reason", "")
        withdraw(contribute_store.opened(here), here.person, one.id, seen=one.version, reason=why)
        return words.text("Withdrawn.")

    if contribute_store.attempt(place, act):
        contribute_cells.clear(form)


def _comments(store: "Store", one: Proposal, here: Here, words: Words) -> None:
    """Draw what people said, and the box to say more."""
    from mapping.store.reading import comments

    said = comments(store, here.person, one.id)
    st.subheader(words.plural("{n} comment", "{n} comments", len(said)), anchor=False)
    for each in said:
        with st.container(border=True, gap=None, key=f"comment_{each.id}"):
            who = card_markdown.plain(each.person)
            st.caption(f"**{who}** · {contribute_words.moment(each.at, words)}")
            st.markdown("  \n".join(card_markdown.plain(line) for line in each.words.splitlines()))
    if not said:
        st.caption(words.text("Nobody has said anything yet."))
    place, form = f"comment-{one.id}", f"comment-{one.id}"
    contribute_store.tell(place, words)
    if here.may("comment"):
        contribute_cells.text(form, "_words", words.text("Your comment"), lines=True)
        st.button(
            words.text("Comment"),
            key="comment_now",
            icon=":material/chat:",
            on_click=_comment,
            args=(one, here, words),
        )


def _comment(one: Proposal, here: Here, words: Words) -> None:
    from mapping.store.proposing import comment

    form = f"comment-{one.id}"

    def act() -> str:
        said = contribute_cells.typed(form).get("_words", "")
        comment(contribute_store.opened(here), here.person, one.id, said)
        return words.text("Your comment is kept.")

    if contribute_store.attempt(f"comment-{one.id}", act):
        contribute_cells.clear(form)
