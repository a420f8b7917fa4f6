"""What makes accepted changes public: a release, and the roll-back of one.

A release is a row and the operations it consists of; nothing is written into the data folder. A roll-back is a release
of the inverse operations, so the trail of what readers saw when stays whole.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mapping.errors import Conflict, StoreError
from mapping.store.models import Changes, ReleaseRows, Releases
from mapping.store.opening import Store
from mapping.store.overlay import Operation, OverlaidFolder, fold
from mapping.store.people import Person
from mapping.store.proposing import refuse_faults, refuse_unless
from mapping.store.published import Edition, edition_of, published_version
from mapping.store.records import Published, operation_of
from mapping.store.soundness import faults_of_all
from mapping.store.standing import Standing, refuse_overtaken, standing
from mapping.store.turns import Turn, turn, worded
from mapping.tables.rules import SHAPES

Listed = Sequence[tuple[int | None, Operation]]
"""Operations with the change each comes from."""
MANY: Final = 500
"""Numbers a statement names at once; SQLite takes so many variables and no more."""


def release(store: Store, person: Person | None, notes: str, changes: Mapping[int, int] | None = None) -> Published:
    """Publish accepted changes as a new data version.

    Parameters
    ----------
    notes : str
        What is new, for the change log that everybody reads; so it holds no address of a person.
    changes : mapping of change to version, optional
        What the reviewer saw; all accepted changes where it is left out.

    Raises
    ------
    NotAllowed
        The person is no reviewer.
    Conflict
        Another release came between, or a change was decided on again.
    RefusedChange
        The tables as a whole would have faults; nothing is released.
    StoreError
        There is nothing to release, or no notes.
    """
    refuse_unless(store, person, "release")
    said = _public(worded(notes, "the notes"))
    now, edition = standing(store), edition_of(store.data)
    with Session(store.engine) as session:
        chosen = _chosen(session, changes)
        listed = [(each.id, operation_of(each)) for each in chosen]
        versions = {each.id: each.version for each in chosen}
    for _, operation in listed:
        refuse_overtaken(operation, now.table(operation.table))
    _refuse_unsound(store, now, [operation for _, operation in listed])
    with turn(store, person, "release") as mine:
        _refuse_late(mine, now)
        if {each.id: each.version for each in _chosen(mine.session, versions)} != versions:
            raise Conflict("accepted changes were decided on again meanwhile", {}, {})
        return _publish(mine, store, edition, listed, said, "released", None)


def roll_back(store: Store, person: Person | None, number: int, reason: str) -> Published:
    """Undo a release by a new one; the tables are then what they were before it.

    Raises
    ------
    NotAllowed
        The person is no reviewer.
    Conflict
        A later release changed the same cells; roll that one back first.
    RefusedChange
        The tables as a whole would have faults.
    StoreError
        There is no such release, it is undone already, or no reason is given.
    """
    refuse_unless(store, person, "roll_back")
    said = _public(worded(reason, "the reason"))
    now, edition = standing(store), edition_of(store.data)
    with Session(store.engine) as session:
        known = session.get(Releases, number)
        if known is None or session.scalar(select(Releases.number).where(Releases.undoes == number)):
            raise StoreError(f"nothing was written: there is no release {number} that is not undone already")
        rows = session.scalars(select(ReleaseRows).where(ReleaseRows.release == number).order_by(ReleaseRows.position))
        listed = [(row.change_id, operation_of(row).inverse) for row in rows][::-1]
        state = "rolled_back" if known.undoes is None else "released"
    _refuse_later(now, {(each.table, each.row_id): each for _, each in listed[::-1]})
    _refuse_unsound(store, now, [operation for _, operation in listed])
    with turn(store, person, "roll_back") as mine:
        _refuse_late(mine, now)
        return _publish(mine, store, edition, listed, said, state, number)


def _chosen(session: Session, changes: Mapping[int, int] | None) -> list[Changes]:
    """Return the accepted changes to be released, in the order of their proposals."""
    accepted = session.scalars(select(Changes).where(Changes.state == "accepted").order_by(Changes.id))
    found = [change for change in accepted if changes is None or change.id in changes]
    stale = {change.id: change.version for change in found if changes and changes[change.id] != change.version}
    missing = set(changes or ()) - {change.id for change in found}
    if stale or missing:
        names = ", ".join(str(number) for number in sorted({*stale, *missing}))
        raise Conflict(f"changes {names} were decided on again meanwhile", dict.fromkeys(names, ""), {"now": stale})
    if not found:
        raise StoreError("nothing was written: no accepted change waits to be released")
    return found


def _refuse_unsound(store: Store, now: Standing, operations: Sequence[Operation]) -> None:
    """Raise a RefusedChange where the tables as a whole would have faults."""
    folder = OverlaidFolder(store.data, fold([*now.operations, *operations]))
    refuse_faults(faults_of_all(folder, operations))


def _refuse_late(mine: Turn, now: Standing) -> None:
    """Raise a Conflict where a release came between the check and the turn."""
    if mine.head.release != now.release:
        message = "another release came between; look at it, then try again"
        raise Conflict(message, {"release": now.release}, {"release": mine.head.release})


def _refuse_later(now: Standing, inverses: Mapping[tuple[str, str], Operation]) -> None:
    """Raise a Conflict where rows are no longer as the release left them."""
    for (table, row_id), inverse in inverses.items():
        there = now.table(table).row(row_id)
        left = None if inverse.action == "add" else inverse.before
        seen = there if there is None or left is None else {column: there[column] for column in left}
        if seen != left:
            message = f"{table}/{row_id} was changed by a later release; roll that one back first"
            raise Conflict(message, left or {}, there or {})


def _publish(
    mine: Turn, store: Store, edition: Edition, listed: Listed, said: str, state: str, undoes: int | None
) -> Published:
    """Write a release."""
    number = mine.head.release + 1
    version = published_version(edition.version, number)
    mine.session.add(
        Releases(
            number=number,
            version=version,
            base=edition.fingerprint,
            notes=said,
            person_id=mine.person_id,
            created_at=mine.at,
            undoes=undoes,
        )
    )
    mine.session.flush()
    mine.session.execute(insert(ReleaseRows), [_row(number, at, *each) for at, each in enumerate(listed)])
    _mark(mine.session, [change for change, _ in listed if change is not None], state, number)
    mine.head.release = number
    act = "release" if undoes is None else "roll_back"
    mine.record(act, f"release/{number}", said, {"version": version, "rows": len(listed), "undoes": undoes})
    operations = tuple(operation for _, operation in listed)
    return Published(number, version, said, "", mine.at, undoes, operations)


def _row(number: int, position: int, change: int | None, operation: Operation) -> dict[str, object]:
    """Return one operation of a release as it is stored."""
    return {
        "release": number,
        "position": position,
        "change_id": change,
        "table_name": operation.table,
        "row_id": operation.row_id,
        "action": operation.action,
        "cells": dict(operation.cells),
        "before": dict(operation.before),
    }


def _mark(session: Session, changes: Sequence[int], state: str, number: int) -> None:
    """Give changes the state that a release brings them."""
    for start in range(0, len(changes), MANY):
        some = select(Changes).where(Changes.id.in_(changes[start : start + MANY]))
        for change in session.scalars(some):
            change.state, change.release = state, number
            change.version += 1


def _public(notes: str) -> str:
    """Return notes that everybody may read; raises a StoreError where they hold what no text of ours may."""
    lines = notes.splitlines()
    for shape, (problem, remedy) in list(SHAPES.items())[1:]:
        if any(re.search(shape, line.strip()) for line in lines):
            raise StoreError(f"nothing was written: the text everybody will read {problem}; {remedy}")
    return notes
