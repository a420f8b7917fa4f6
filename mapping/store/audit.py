"""The trail of what was done: read, proved unbroken, exported; and people forgotten without breaking it."""

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mapping.errors import StoreError
from mapping.store.models import Audit, Heads, People
from mapping.store.opening import Store, told
from mapping.store.people import Person
from mapping.store.proposing import refuse_unless
from mapping.store.records import AuditEntry
from mapping.store.turns import canonical, hash_of, turn

START: Final = "0" * 64
"""What the first entry names as the hash before it."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell."""


def trail(store: Store, person: Person | None) -> tuple[AuditEntry, ...]:
    """Return the trail for a reviewer, the oldest act first; it names people."""
    refuse_unless(store, person, "audit")
    return read_trail(store)


def read_trail(store: Store) -> tuple[AuditEntry, ...]:
    """Return the trail for whoever runs the Atlas, who has the database anyway."""
    with Session(store.engine) as session:
        people = {person.id: person for person in session.scalars(select(People))}
        return tuple(
            _entry(row, people[row.person_id]) for row in session.scalars(select(Audit).order_by(Audit.number))
        )


def broken_links(store: Store) -> tuple[str, ...]:
    """Return where the trail was tampered with, in words; nothing where each entry follows from the one before."""
    try:
        with Session(store.engine) as session:
            head = session.get_one(Heads, 1)
            return tuple(_broken(session.scalars(select(Audit).order_by(Audit.number)), head))
    except SQLAlchemyError as error:
        raise StoreError(f"the trail cannot be read ({told(error)})") from error


def as_json_lines(entries: Iterable[AuditEntry]) -> bytes:
    """Return the trail as JSON lines, one act a line."""
    return "".join(json.dumps(dataclasses.asdict(entry), ensure_ascii=False) + "\n" for entry in entries).encode()


def as_csv(entries: Iterable[AuditEntry]) -> bytes:
    """Return the trail as CSV; a cell that a spreadsheet would run has an apostrophe before it."""
    names = [field.name for field in dataclasses.fields(AuditEntry)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for entry in entries:
        cells = [getattr(entry, name) for name in names]
        writer.writerow([_harmless(canonical(cell) if isinstance(cell, dict) else str(cell)) for cell in cells])
    return text.getvalue().encode()


def forget(store: Store, person: Person | None, email: str, reason: str) -> None:
    """Take the address and name of a person out of the store; what they did stays, under nobody's name."""
    refuse_unless(store, person, "forget")
    with turn(store, person, "forget") as mine:
        found = mine.session.scalar(select(People).where(People.email == email.strip().casefold()))
        if found is None:
            raise StoreError("nothing was written: the store knows nobody of that address")
        found.email, found.name = None, ""
        mine.record("forget", f"person/{found.id}", reason.strip(), {})


def _entry(row: Audit, person: People) -> AuditEntry:
    """Return one stored act as a value."""
    return AuditEntry(
        row.number,
        row.at,
        person.email or "",
        person.name,
        row.role,
        row.act,
        row.subject,
        row.reason,
        json.loads(row.detail),
        row.previous,
        row.hash,
    )


def _broken(rows: Iterable[Audit], head: Heads) -> Iterator[str]:
    """Yield what is wrong with the chain."""
    number, previous = 0, START
    for row in rows:
        if row.number != number + 1:
            yield f"entry {number + 1} is missing"
        if row.previous != previous or row.hash != hash_of(row):
            yield f"entry {row.number} is not what was written"
        number, previous = row.number, row.hash
    if (number, previous) != (head.audit_number, head.audit_hash):
        yield f"the trail ends at {number}, but {head.audit_number} entries were written"


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet runs."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text
