"""Stored rows looked up for a writer, with the check that nobody wrote them since they were read."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from mapping.errors import Conflict, RefusedChange, StoreError
from mapping.store.models import Changes, People, Proposals
from mapping.store.overlay import Cells, Operation
from mapping.store.records import FORGOTTEN, Change, DraftRow, State, operation_of
from mapping.store.soundness import faults_of
from mapping.store.standing import Standing, operations_of


def locked_proposal(session: Session, proposal_id: int, *, seen: int | None = None) -> Proposals:
    """Return a proposal of the version that was seen."""
    found = session.get(Proposals, proposal_id)
    if found is None:
        raise StoreError(f"there is no proposal {proposal_id}")
    if seen is not None and found.version != seen:
        message = f"proposal {proposal_id} was decided on by somebody else meanwhile"
        raise Conflict(message, {"version": seen}, {"version": found.version})
    return found


def locked_change(
    session: Session,
    change_id: int,
    *,
    seen: int | None = None,
    states: Collection[str] = (),
    mine: Mapping[str, str] | None = None,
) -> Changes:
    """Return a row of a proposal of the version that was seen; `mine` is what a Conflict tells beside it."""
    found = session.get(Changes, change_id)
    if found is None:
        raise StoreError(f"there is no change {change_id}")
    if seen is not None and found.version != seen:
        theirs = {"version": found.version, "state": found.state, "cells": dict(found.cells)}
        message = f"{found.table_name}/{found.row_id} was decided on or revised by somebody else meanwhile"
        raise Conflict(message, {"version": seen, "cells": dict(mine or {})}, theirs)
    if states and found.state not in states:
        raise StoreError(f"nothing was written: change {change_id} is {found.state.replace('_', ' ')}")
    return found


def redo(now: Standing, operation: Operation, cells: Cells) -> Operation:
    """Return an operation with other values, against the tables as they stand; refuses faulty ones.

    A row that was to be added and meanwhile is there is changed instead.
    """
    there = now.table(operation.table).row(operation.row_id) is not None
    if operation.action == "remove":
        raise StoreError("nothing was written: a row that is removed has no values")
    row = DraftRow(operation.table, operation.row_id, "change" if there else "add", cells)
    [redone] = operations_of(now, [row])
    faults = faults_of(now.folder, [redone])
    if faults:
        raise RefusedChange(faults)
    return redone


def change_of(row: Changes, decided_by: str) -> Change:
    """Return a stored row of a proposal as a value."""
    state: State = row.state  # type: ignore[assignment]  # only these are ever written
    return Change(
        row.id,
        row.proposal_id,
        operation_of(row),
        state,
        decided_by,
        row.decided_at,
        row.decision,
        row.release,
        row.version,
    )


def shown_name(person: People | None) -> str:
    """Return what others read of a person: never the whole address."""
    if person is None:
        return ""
    if person.email is None:
        return FORGOTTEN
    return person.name or person.email.partition("@")[0]
