"""The one model of the store, the same for SQLite and PostgreSQL.

Numbers are given by the writers, who write one at a time, so neither database counts. E-mail addresses stand in
``people`` and nowhere else. Days and times are ISO 8601 texts in UTC: what the trail hashes reads the same everywhere.
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPEND_ONLY = ("audit", "releases", "release_rows")
"""Tables in which the database itself refuses to change or delete a row."""


class Base(DeclarativeBase):
    """Root of the model."""


class People(Base):
    """One row per person who ever wrote."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    """Empty for a person who was forgotten."""
    name: Mapped[str] = mapped_column(Text)


class Proposals(Base):
    """One row per proposal: why, on what source, by whom."""

    __tablename__ = "proposals"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(String(20))
    """upload, form or suggestion."""
    title: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(Integer)
    """Counts up with every decision on any of its rows."""


class Changes(Base):
    """One row per row of a table that a proposal would change."""

    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(10))
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), index=True)
    """open, accepted, rejected, withdrawn, released or rolled_back."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[str] = mapped_column(String(40))
    decision: Mapped[str] = mapped_column(Text)
    """The reason of the decision."""
    release: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class Comments(Base):
    """One row per comment on a proposal or on one row of it."""

    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("changes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)


class Releases(Base):
    """One row per release; a roll-back is a release that undoes another."""

    __tablename__ = "releases"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(80))
    """Data version, such as 2026.11.0-published.3."""
    base: Mapped[str] = mapped_column(String(80))
    """Fingerprint of the data folder that the release was checked with."""
    notes: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[str] = mapped_column(String(40))
    undoes: Mapped[int | None] = mapped_column(Integer)


class ReleaseRows(Base):
    """One row per row of a table that a release changes."""

    __tablename__ = "release_rows"
    release: Mapped[int] = mapped_column(ForeignKey("releases.number"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("changes.id"))
    table_name: Mapped[str] = mapped_column(String(60), index=True)
    row_id: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(10))
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)


class Audit(Base):
    """One row per act, never changed; each carries the hash of the one before."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(Text)
    """What it was done to, such as ``proposal/12``."""
    reason: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    """JSON with sorted keys."""
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Heads(Base):
    """The one row that every writer locks first: where the trail and the releases stand."""

    __tablename__ = "heads"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    audit_number: Mapped[int] = mapped_column(Integer)
    audit_hash: Mapped[str] = mapped_column(String(64))
    release: Mapped[int] = mapped_column(Integer)
