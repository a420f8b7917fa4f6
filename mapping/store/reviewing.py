"""What reviewers do with proposed rows: accept them as they are or with other values, reject them, reopen them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapping.errors import Conflict, StoreError
from mapping.store.models import Changes, People
from mapping.store.opening import Store
from mapping.store.overlay import Cells, Operation
from mapping.store.people import Person
from mapping.store.proposing import refuse_unless
from mapping.store.records import Change, operation_of
from mapping.store.rows import change_of, locked_change, locked_proposal, redo, shown_name
from mapping.store.standing import Standing, refuse_overtaken, standing_in
from mapping.store.turns import Turn, turn, worded

Verdict = Literal["accept", "reject", "reopen"]
FROM: Final = {"accept": ("open",), "reject": ("open", "accepted"), "reopen": ("accepted", "rejected")}
"""States in which a row may meet each verdict."""
INTO: Final = {"accept": "accepted", "reject": "rejected", "reopen": "open"}


@dataclass(frozen=True)
class Decision:
    """What a reviewer decides on one row."""

    change_id: int
    verdict: Verdict
    seen: int
    """Version of the change the reviewer saw."""
    reason: str = ""
    """Needed to reject."""
    cells: Cells | None = None
    """With accept: other values than those proposed, which they replace; so a conflict is resolved too."""


def decide(store: Store, person: Person | None, decisions: Sequence[Decision]) -> tuple[Change, ...]:
    """Decide on rows, all or none, and return them as they are then.

    Raises
    ------
    NotAllowed
        The person is no reviewer.
    Conflict
        Somebody else decided on one meanwhile, a release changed what it would change, or another accepted change
        writes the same cell; `mine` and `theirs` hold both versions.
    RefusedChange
        The reviewer's own values have faults.
    StoreError
        A rejection has no reason, or a row is not in a state for the verdict.
    """
    refuse_unless(store, person, "review")
    with turn(store, person, "review") as mine:
        now = standing_in(mine.session, store)  # nobody releases while this turn lasts
        return tuple(_decide(mine, now, each) for each in decisions)


def _decide(mine: Turn, now: Standing, decision: Decision) -> Change:
    """Decide on one row."""
    reason = worded(decision.reason, "the reason", needed=decision.verdict == "reject")
    change = locked_change(
        mine.session,
        decision.change_id,
        seen=decision.seen,
        states=FROM[decision.verdict],
        mine=decision.cells,
    )
    told: dict[str, object] = {"change": change.id, "row": f"{change.table_name}/{change.row_id}"}
    if decision.verdict == "accept":
        told |= _accept(mine.session, now, change, decision.cells)
    elif decision.cells is not None:
        raise StoreError("nothing was written: other values go with accepting a row")
    change.state = INTO[decision.verdict]
    change.decided_by, change.decided_at, change.decision = mine.person_id, mine.at, reason
    change.version += 1
    proposal = locked_proposal(mine.session, change.proposal_id)
    proposal.version += 1
    mine.record(decision.verdict, f"proposal/{proposal.id}", reason, told)
    return change_of(change, shown_name(mine.session.get(People, mine.person_id)))


def _accept(session: Session, now: Standing, change: Changes, cells: Cells | None) -> dict[str, object]:
    """Check that a row can be accepted, with the reviewer's values if there are any; returns what to record."""
    told: dict[str, object] = {}
    if cells is None:
        refuse_overtaken(operation_of(change), now.table(change.table_name))
    else:
        told = {"before": dict(change.cells), "cells": dict(cells)}
        operation = redo(now, operation_of(change), cells)
        change.action, change.cells, change.before = operation.action, dict(operation.cells), dict(operation.before)
    _refuse_rival(session, change)
    return told


def _refuse_rival(session: Session, change: Changes) -> None:
    """Raise a Conflict where another accepted change of the same row wants something else."""
    same_row = select(Changes).where(
        Changes.table_name == change.table_name,
        Changes.row_id == change.row_id,
        Changes.state == "accepted",
        Changes.id != change.id,
    )
    for other in session.scalars(same_row):
        if _differ(operation_of(change), operation_of(other)):
            message = f"{change.table_name}/{change.row_id}: change {other.id}, accepted already, wants something else"
            raise Conflict(message, change.cells, {"change": other.id, "cells": dict(other.cells)})


def _differ(one: Operation, other: Operation) -> bool:
    """Return whether two operations on one row cannot both be done."""
    if one.action != "change" or other.action != "change":
        return True
    return any(other.cells.get(column, text) != text for column, text in one.cells.items())
