"""What can be done about one row of a proposal: decide on it, or, for who proposed it, put other values in."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from mapping.errors import Conflict
from mapping.store.records import Change
from mapping.view.atlas import Atlas
from mapping.words import Words
from pages.parts import contribute_cells, contribute_conflict, contribute_store
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.reviewing import Decision

VERDICT_FROM = {"accept": ("open",), "reject": ("open", "accepted"), "reopen": ("accepted", "rejected")}


def all_open(rows: Sequence[Change], here: Here, place: str, words: Words) -> None:
    """Draw the button that accepts every open row at once."""
    waiting = [row for row in rows if row.state == "open"]
    if len(waiting) > 1:
        st.button(
            words.plural("Accept the {n} open row", "Accept all {n} open rows", len(waiting)),
            key="accept_all",
            icon=":material/done_all:",
            on_click=_decide,
            args=(waiting, "accept", place, "", here, words),
        )


def show(change: Change, atlas: Atlas, here: Here, words: Words) -> None:
    """Draw what a reviewer can decide on one row."""
    form, place = f"review-{change.id}", f"change-{change.id}"
    refused = contribute_store.tell(place, words)
    if refused is not None:
        _conflict(refused, change, here, words)
    verdicts = [verdict for verdict, states in VERDICT_FROM.items() if change.state in states]
    if not verdicts:
        return
    contribute_cells.text(form, "_reason", words.text("Reason (needed to reject)"))
    labels: dict[str, tuple[str, str]] = {
        "accept": (words.text("Accept"), ":material/check:"),
        "reject": (words.text("Reject"), ":material/close:"),
        "reopen": (words.text("Reopen"), ":material/undo:"),
    }
    with st.container(horizontal=True, key=f"verdicts_{change.id}"):
        for verdict in verdicts:
            label, icon = labels[verdict]
            st.button(
                label,
                key=f"{verdict}_{change.id}",
                icon=icon,
                on_click=_decide,
                args=([change], verdict, place, form, here, words),
            )
    if "accept" in verdicts and change.operation.action != "remove":
        label = words.text("Accept with other values")
        _other_values(change, atlas, label, lambda cells, why: _accept(change, cells, why, here, words), form, words)


def revise(change: Change, atlas: Atlas, here: Here, words: Words) -> None:
    """Draw how somebody puts other values into an open row of their own."""
    form, place = f"revise-{change.id}", f"change-{change.id}"
    refused = contribute_store.tell(place, words)
    if refused is not None:
        contribute_conflict.head(refused, words)
        st.button(
            words.text("I have seen it"),
            key=f"seen_{change.id}",
            on_click=contribute_store.dismiss,
            args=(place,),
        )
    label = words.text("Revise")
    _other_values(change, atlas, label, lambda cells, why: _revise(change, cells, why, here, words), form, words)


def _other_values(
    change: Change,
    atlas: Atlas,
    label: str,
    act: Callable[[dict[str, str], str], str],
    form: str,
    words: Words,
) -> None:
    """Draw the cells of a row to be put differently, folded until wanted."""
    operation = change.operation
    columns = [
        column
        for column in atlas.tables.columns.get(operation.table, ())
        if column.name in operation.cells and column.name not in ("id", "vocabulary", "code")
    ]
    kept = contribute_cells.typed(form)
    values = {name: kept.get(name, text) for name, text in operation.cells.items()}
    with st.expander(label, icon=":material/edit:", key=f"{form}-values"):
        contribute_cells.show(form, columns, values, operation.before or None, {}, atlas, words)
        st.button(
            label,
            key=f"{form}-go",
            type="primary",
            on_click=_go,
            args=(change, form, act),
        )


def _go(change: Change, form: str, act: Callable[[dict[str, str], str], str]) -> None:
    kept = contribute_cells.typed(form)
    cells = {name: kept.get(name, text) for name, text in change.operation.cells.items()}
    if contribute_store.attempt(f"change-{change.id}", lambda: act(cells, kept.get("_reason", ""))):
        contribute_cells.clear(form)


def _accept(change: Change, cells: dict[str, str], why: str, here: Here, words: Words) -> str:
    from mapping.store.reviewing import Decision

    _judge(here, [Decision(change.id, "accept", change.version, why, cells or None)], cells)
    return words.text("Accepted with your values. It is public once it is released.")


def _judge(here: Here, decisions: "Sequence[Decision]", cells: Mapping[str, str]) -> None:
    """Decide; a conflict says which values this person wanted, and whether they wanted them accepted."""
    from mapping.store.reviewing import decide

    try:
        decide(contribute_store.opened(here), here.person, decisions)
    except Conflict as error:
        mine = {"cells": dict(cells), "verdict": decisions[-1].verdict if len(decisions) == 1 else ""}
        raise Conflict(str(error), mine, error.theirs) from error


def _revise(change: Change, cells: dict[str, str], why: str, here: Here, words: Words) -> str:
    from mapping.store.proposing import revise as put_in

    put_in(contribute_store.opened(here), here.person, change.id, cells, seen=change.version, reason=why)
    return words.text("Revised.")


def _decide(changes: Sequence[Change], verdict: str, place: str, form: str, here: Here, words: Words) -> None:
    """Decide on rows as they were seen; for callbacks."""
    from mapping.store.reviewing import Decision

    why = contribute_cells.typed(form).get("_reason", "") if form else ""
    told = {
        "accept": words.plural(
            "Accepted. It is public once it is released.",
            "{n} rows accepted. They are public once they are released.",
            len(changes),
        ),
        "reject": words.text("Rejected."),
        "reopen": words.text("Open again."),
    }

    def act() -> str:
        decisions = [Decision(each.id, verdict, each.version, why) for each in changes]  # type: ignore[arg-type]
        _judge(here, decisions, changes[0].operation.cells if len(changes) == 1 else {})
        return told[verdict]

    if contribute_store.attempt(place, act) and form:
        contribute_cells.clear(form)


def _conflict(conflict: Conflict, change: Change, here: Here, words: Words) -> None:
    """Draw the conflict a decision met, and the ways out of it."""
    place = f"change-{change.id}"
    with st.container(border=True, key=f"conflict_{change.id}"):
        contribute_conflict.head(conflict, words)
        with st.container(horizontal=True):
            if conflict.mine.get("verdict") == "accept" and change.state in ("open", "accepted", "rejected"):
                st.button(
                    words.text("Accept mine all the same"),
                    key=f"conflict_mine_{change.id}",
                    on_click=_put_mine,
                    args=(conflict, change, here, words),
                )
            st.button(
                words.text("Leave it as it is now"),
                key=f"conflict_theirs_{change.id}",
                on_click=contribute_store.dismiss,
                args=(place,),
            )


def _put_mine(conflict: Conflict, change: Change, here: Here, words: Words) -> None:
    """Accept this person's values whatever came between; for callbacks."""
    from mapping.store.conflicts import put_mine, rival_of
    from mapping.store.reading import changes
    from mapping.store.reviewing import decide

    form = f"review-{change.id}"

    def act() -> str:
        store = contribute_store.opened(here)
        rival = next((row for row in changes(store, here.person) if row.id == rival_of(conflict)), None)
        cells = {**change.operation.cells, **conflict.mine["cells"]}
        why = contribute_cells.typed(form).get("_reason", "") or words.text("Decided after a conflict")
        decide(store, here.person, put_mine(change, cells, why, rival))  # one turn: all of it or nothing
        return words.text("Accepted with your values. It is public once it is released.")

    if contribute_store.attempt(f"change-{change.id}", act):
        contribute_cells.clear(form)
