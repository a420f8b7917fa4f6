"""A turn to write: one person, one transaction, and a trail of what was done that nobody can rewrite unseen."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mapping.errors import NotAllowed, StoreError
from mapping.store.models import Audit, Heads, People
from mapping.store.opening import Store, told
from mapping.store.people import NEEDED, Act, Person, role_of, who_may

LONGEST_WORDS: Final = 5_000
"""Characters of a reason, a comment or notes."""


@dataclass(frozen=True)
class Turn:
    """What a writer works with, between taking its turn and the commit."""

    session: Session
    head: Heads
    person_id: int
    role: str
    at: str
    """When it began, ISO 8601, UTC."""

    def next_id(self, column: Any) -> int:
        """Return the next number of a table; nobody else writes meanwhile."""
        return int(self.session.scalar(select(func.coalesce(func.max(column), 0))) or 0) + 1

    def record(self, act: str, subject: str, reason: str, detail: Mapping[str, Any]) -> None:
        """Append one act to the trail."""
        entry = Audit(
            number=self.head.audit_number + 1,
            at=self.at,
            person_id=self.person_id,
            role=self.role,
            act=act,
            subject=subject,
            reason=reason,
            detail=canonical(detail),
            previous=self.head.audit_hash,
        )
        entry.hash = hash_of(entry)
        self.session.add(entry)
        self.head.audit_number, self.head.audit_hash = entry.number, entry.hash
        self.session.flush()


@contextmanager
def turn(store: Store, person: Person | None, act: Act) -> Iterator[Turn]:
    """Take the turn to write as a person; all of it is committed at the end, or nothing.

    Every function that writes goes through here, so none can write for somebody who may not.

    Raises
    ------
    NotAllowed
        The person has not the role for this act now.
    StoreError
        The database cannot be reached, or others write for too long.
    """
    rules = store.rules()
    if person is None or not who_may(person, act, rules):
        raise NotAllowed(f"this takes the role {NEEDED[act].name.lower()}; nothing was written")
    try:
        with Session(store.writer) as session, session.begin():
            head = session.get_one(Heads, 1, with_for_update=True)
            at = store.now().isoformat(timespec="microseconds")
            yield Turn(session, head, _person_id(session, person), role_of(person, rules).name.lower(), at)
    except SQLAlchemyError as error:
        raise StoreError(f"nothing was written: the store did not take it ({told(error)})") from error


def worded(text: str, name: str, *, needed: bool = True) -> str:
    """Return what a person wrote, trimmed; raises a StoreError where it is needed and empty, or too long."""
    trimmed = text.strip()
    if needed and not trimmed:
        raise StoreError(f"nothing was written: {name} is empty")
    if len(trimmed) > LONGEST_WORDS or "\0" in trimmed or not trimmed.isascii() and not _encodes(trimmed):
        raise StoreError(f"nothing was written: {name} is longer than {LONGEST_WORDS} characters, or is no plain text")
    return trimmed


def hash_of(entry: Audit) -> str:
    """Return the hash of an entry of the trail: over all it says, and over the hash before."""
    said = [entry.number, entry.at, entry.person_id, entry.role, entry.act, entry.subject, entry.reason, entry.detail]
    return hashlib.sha256(canonical([*said, entry.previous]).encode()).hexdigest()


def canonical(value: Any) -> str:
    """Return JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _encodes(text: str) -> bool:
    """Return whether a text can be stored at all: half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _person_id(session: Session, person: Person) -> int:
    """Return the number of a person, who is entered on the first write and renamed when the provider does."""
    found = session.scalar(select(People).where(People.email == person.email))
    if found is None:
        number = int(session.scalar(select(func.coalesce(func.max(People.id), 0))) or 0) + 1
        found = People(id=number, email=person.email, name=person.name)
        session.add(found)
        session.flush()
    elif person.name and found.name != person.name:
        found.name = person.name
    return found.id
