"""What contributors do: propose, comment, revise, withdraw."""

from collections.abc import Sequence

from sqlalchemy import insert

from mapping.errors import NotAllowed, RefusedChange, RowFault, StoreError
from mapping.store.models import Changes, Comments, People, Proposals
from mapping.store.opening import Store
from mapping.store.overlay import Cells, Operation
from mapping.store.people import NEEDED, Act, Person, Role, role_of, who_may
from mapping.store.records import ORIGINS, Change, Draft, DraftRow, operation_of
from mapping.store.rows import change_of, locked_change, locked_proposal, redo
from mapping.store.soundness import faults_of
from mapping.store.standing import operations_of, standing, standing_in
from mapping.store.turns import Turn, turn, worded

LONGEST_TITLE = 120
"""Characters of a title that is made of the rows."""


def check_draft(store: Store, rows: Sequence[DraftRow]) -> tuple[RowFault, ...]:
    """Return what is wrong with proposed rows, cell by cell; writes nothing, and anybody may ask.

    Raises
    ------
    StoreError
        A row names no table or column of ours, is there twice, or changes nothing.
    Conflict
        A row is not there, is there already, or is no longer as the person saw it.
    """
    now = standing(store)
    return faults_of(now.folder, operations_of(now, rows))


def propose(store: Store, person: Person | None, draft: Draft) -> int:
    """Store a proposal and return its number.

    Raises
    ------
    NotAllowed
        The person is no contributor.
    RefusedChange
        Rows have faults; `faults` names each cell.
    Conflict
        A row is not there, is there already, or is no longer as the person saw it.
    StoreError
        There is no row or no reason, or a row makes no sense.
    """
    refuse_unless(store, person, "propose")
    reason, source = worded(draft.reason, "the reason"), worded(draft.source, "the source", needed=False)
    if not draft.rows or draft.origin not in ORIGINS:
        raise StoreError("nothing was written: there is no row to change, or it comes from nowhere we know")
    now = standing(store)
    operations = operations_of(now, draft.rows)
    refuse_faults(faults_of(now.folder, operations))  # before the turn, for it takes a while
    title = worded(draft.title, "the title", needed=False) or _title(operations)
    with turn(store, person, "propose") as mine:
        if mine.head.release != now.release:  # a release came between
            now = standing(store)
            operations = operations_of(now, draft.rows)
            refuse_faults(faults_of(now.folder, operations))
        proposal = Proposals(
            id=mine.next_id(Proposals.id),
            origin=draft.origin,
            title=title,
            reason=reason,
            source=source,
            person_id=mine.person_id,
            created_at=mine.at,
            version=1,
        )
        mine.session.add(proposal)
        mine.session.flush()
        _add_changes(mine, proposal.id, operations)
        told = {"origin": draft.origin, "rows": len(operations), "source": source, "title": title}
        mine.record("propose", f"proposal/{proposal.id}", reason, told)
        return proposal.id


def comment(store: Store, person: Person | None, proposal_id: int, words: str, change_id: int | None = None) -> int:
    """Add a comment to a proposal, or to one row of it, and return its number."""
    refuse_unless(store, person, "comment")
    text = worded(words, "the comment")
    with turn(store, person, "comment") as mine:
        locked_proposal(mine.session, proposal_id)
        if change_id is not None and locked_change(mine.session, change_id).proposal_id != proposal_id:
            raise StoreError(f"nothing was written: change {change_id} is not of proposal {proposal_id}")
        number = mine.next_id(Comments.id)
        mine.session.add(
            Comments(
                id=number,
                proposal_id=proposal_id,
                change_id=change_id,
                person_id=mine.person_id,
                created_at=mine.at,
                words=text,
            )
        )
        mine.session.flush()
        mine.record("comment", f"proposal/{proposal_id}", text, {"comment": number, "change": change_id})
        return number


def revise(store: Store, person: Person | None, change_id: int, cells: Cells, *, seen: int, reason: str = "") -> Change:
    """Let a contributor put other values into an open row of their own proposal.

    Parameters
    ----------
    cells : Cells
        The new values; they replace all that were proposed before.
    seen : int
        Version of the change the person saw.

    Raises
    ------
    NotAllowed
        The proposal is somebody else's.
    Conflict
        Somebody decided or revised it meanwhile.
    """
    refuse_unless(store, person, "propose")
    why = worded(reason, "the reason", needed=False)
    with turn(store, person, "propose") as mine:
        change = locked_change(mine.session, change_id, seen=seen, states=("open",), mine=cells)
        proposal = locked_proposal(mine.session, change.proposal_id)
        if proposal.person_id != mine.person_id:
            raise NotAllowed("this is somebody else's proposal; nothing was written")
        was = dict(change.cells)
        operation = redo(standing_in(mine.session, store), operation_of(change), cells)
        change.action, change.cells, change.before = operation.action, dict(operation.cells), dict(operation.before)
        change.version += 1
        proposal.version += 1
        told = {"change": change.id, "before": was, "cells": dict(operation.cells)}
        mine.record("revise", f"proposal/{proposal.id}", why, told)
        return change_of(change, "")


def withdraw(store: Store, person: Person | None, proposal_id: int, *, seen: int, reason: str = "") -> None:
    """Let a contributor take the open rows of their own proposal back; a reviewer may for anybody."""
    refuse_unless(store, person, "propose")
    why = worded(reason, "the reason", needed=False)
    with turn(store, person, "propose") as mine:
        proposal = locked_proposal(mine.session, proposal_id, seen=seen)
        owner = mine.session.get_one(People, proposal.person_id)
        if proposal.person_id != mine.person_id and role_of(person, store.rules()) < Role.REVIEWER:
            raise NotAllowed(f"this is the proposal of {owner.name or 'somebody else'}; nothing was written")
        open_rows = mine.session.query(Changes).filter_by(proposal_id=proposal_id, state="open").all()
        if not open_rows:
            raise StoreError("nothing was written: no row of this proposal is open")
        for change in open_rows:
            change.state, change.decided_by, change.decided_at = "withdrawn", mine.person_id, mine.at
            change.decision = why
            change.version += 1
        proposal.version += 1
        mine.record("withdraw", f"proposal/{proposal_id}", why, {"rows": len(open_rows)})


def refuse_unless(store: Store, person: Person | None, act: Act) -> None:
    """Raise a NotAllowed where a person has not the role, before anything else is looked at."""
    if not who_may(person, act, store.rules()):
        raise NotAllowed(f"this takes the role {NEEDED[act].name.lower()}; nothing was written")


def refuse_faults(faults: Sequence[RowFault]) -> None:
    """Raise a RefusedChange where there are faults."""
    if faults:
        raise RefusedChange(faults)


def _add_changes(mine: Turn, proposal_id: int, operations: Sequence[Operation]) -> None:
    """Store the rows of a proposal."""
    first = mine.next_id(Changes.id)
    rows = [
        {
            "id": first + at,
            "proposal_id": proposal_id,
            "position": at,
            "table_name": each.table,
            "row_id": each.row_id,
            "action": each.action,
            "cells": dict(each.cells),
            "before": dict(each.before),
            "state": "open",
            "decided_by": None,
            "decided_at": "",
            "decision": "",
            "release": None,
            "version": 1,
        }
        for at, each in enumerate(operations)
    ]
    mine.session.execute(insert(Changes), rows)


def _title(operations: Sequence[Operation]) -> str:
    """Return what a list calls a proposal that nobody named."""
    first = operations[0]
    more = f" (+{len(operations) - 1})" if len(operations) > 1 else ""
    return f"{first.action} {first.table}/{first.row_id}"[:LONGEST_TITLE] + more
