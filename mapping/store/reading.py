"""What screens show of the store: proposals, their rows and discussion, releases.

Proposals and discussion are for people with a role; released changes and their notes for everybody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mapping.errors import StoreError
from mapping.store.models import Changes, Comments, People, Proposals, ReleaseRows, Releases
from mapping.store.opening import Store, told
from mapping.store.people import Person
from mapping.store.proposing import refuse_unless
from mapping.store.records import Change, Comment, Origin, Proposal, Published, State, operation_of
from mapping.store.rows import change_of, shown_name
from mapping.store.standing import standing


def row_now(store: Store, table: str, row_id: str) -> dict[str, str] | None:
    """Return the cells of a row as they stand, for a form to start from; None where there is no such row."""
    return standing(store).table(table).row(row_id)


def proposals(store: Store, person: Person | None, states: tuple[State, ...] = ()) -> tuple[Proposal, ...]:
    """Return proposals, the newest first; with states only those that have a row in one of them."""
    refuse_unless(store, person, "see")
    with _reading(store) as session:
        counts: dict[int, Counter[State]] = {}
        grouped = select(Changes.proposal_id, Changes.state, func.count()).group_by(Changes.proposal_id, Changes.state)
        for number, state, rows in session.execute(grouped):
            counts.setdefault(number, Counter())[state] = rows  # type: ignore[index]  # only states are ever written
        found = session.execute(select(Proposals, People).join(People).order_by(Proposals.id.desc()))
        return tuple(
            _proposal(row, owner, person, counts[row.id])
            for row, owner in found
            if not states or any(counts[row.id][state] for state in states)
        )


def proposal(store: Store, person: Person | None, proposal_id: int) -> Proposal:
    """Return one proposal."""
    found = [each for each in proposals(store, person) if each.id == proposal_id]
    if not found:
        raise StoreError(f"there is no proposal {proposal_id}")
    return found[0]


def changes(
    store: Store,
    person: Person | None,
    proposal_id: int | None = None,
    *,
    states: tuple[State, ...] = (),
    table: str = "",
    row_id: str = "",
) -> tuple[Change, ...]:
    """Return rows of proposals in the order they were proposed, of one proposal, in some states, or of one row."""
    refuse_unless(store, person, "see")
    wanted = select(Changes).order_by(Changes.id)
    if proposal_id is not None:
        wanted = wanted.where(Changes.proposal_id == proposal_id)
    if states:
        wanted = wanted.where(Changes.state.in_(states))
    if table:
        wanted = wanted.where(Changes.table_name == table)
    if row_id:
        wanted = wanted.where(Changes.row_id == row_id)
    with _reading(store) as session:
        names = _names(session)
        return tuple(change_of(row, names.get(row.decided_by or 0, "")) for row in session.scalars(wanted))


def comments(store: Store, person: Person | None, proposal_id: int) -> tuple[Comment, ...]:
    """Return the comments on a proposal and its rows, the oldest first."""
    refuse_unless(store, person, "see")
    with _reading(store) as session:
        names = _names(session)
        found = session.scalars(select(Comments).where(Comments.proposal_id == proposal_id).order_by(Comments.id))
        return tuple(
            Comment(row.id, row.proposal_id, row.change_id, names[row.person_id], row.created_at, row.words)
            for row in found
        )


def published(store: Store) -> tuple[Published, ...]:
    """Return the releases of the store, the newest first; for everybody, so without the name of a person."""
    with _reading(store) as session:
        rows: dict[int, list[ReleaseRows]] = {}
        for row in session.scalars(select(ReleaseRows).order_by(ReleaseRows.release, ReleaseRows.position)):
            rows.setdefault(row.release, []).append(row)
        return tuple(
            Published(
                each.number,
                each.version,
                each.notes,
                "",
                each.created_at,
                each.undoes,
                tuple(map(operation_of, rows.get(each.number, []))),
            )
            for each in session.scalars(select(Releases).order_by(Releases.number.desc()))
        )


@contextmanager
def _reading(store: Store) -> Iterator[Session]:
    """Read as of one moment."""
    try:
        with Session(store.engine) as session:
            yield session
    except SQLAlchemyError as error:
        raise StoreError(f"the store cannot be read ({told(error)})") from error


def _names(session: Session) -> Mapping[int, str]:
    """Return what is shown of each person."""
    return {person.id: shown_name(person) for person in session.scalars(select(People))}


def _proposal(row: Proposals, owner: People, asker: Person | None, states: Counter[State]) -> Proposal:
    """Return a stored proposal as a value."""
    origin: Origin = row.origin  # type: ignore[assignment]  # only these are ever written
    mine = asker is not None and owner.email == asker.email
    return Proposal(
        row.id,
        origin,
        row.title,
        row.reason,
        row.source,
        shown_name(owner),
        mine,
        row.created_at,
        row.version,
        dict(states),
    )
