"""The first store: people, proposals, changes, comments, releases and the trail that nothing may rewrite."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit", "releases", "release_rows")
START = "0" * 64


def upgrade() -> None:
    """Make the tables and the triggers."""
    _people_and_proposals()
    _changes_and_comments()
    _releases()
    _trail()
    _triggers()


def _people_and_proposals() -> None:
    op.create_table(
        "people",
        _number("id"),
        sa.Column("email", sa.String(320), nullable=True, unique=True),
        _text("name"),
    )
    op.create_table(
        "proposals",
        _number("id"),
        _text("origin", 20),
        _text("title"),
        _text("reason"),
        _text("source"),
        _link("person_id", "people.id"),
        _text("created_at", 40),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _changes_and_comments() -> None:
    op.create_table(
        "changes",
        _number("id"),
        _link("proposal_id", "proposals.id", index=True),
        sa.Column("position", sa.Integer, nullable=False),
        *_row_columns(),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        _link("decided_by", "people.id", nullable=True),
        _text("decided_at", 40),
        _text("decision"),
        sa.Column("release", sa.Integer, nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "comments",
        _number("id"),
        _link("proposal_id", "proposals.id", index=True),
        _link("change_id", "changes.id", nullable=True),
        _link("person_id", "people.id"),
        _text("created_at", 40),
        _text("words"),
    )


def _releases() -> None:
    op.create_table(
        "releases",
        _number("number"),
        _text("version", 80),
        _text("base", 80),
        _text("notes"),
        _link("person_id", "people.id"),
        _text("created_at", 40),
        sa.Column("undoes", sa.Integer, nullable=True),
    )
    op.create_table(
        "release_rows",
        sa.Column("release", sa.Integer, sa.ForeignKey("releases.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _link("change_id", "changes.id", nullable=True),
        *_row_columns(index=True),
    )


def _trail() -> None:
    op.create_table(
        "audit",
        _number("number"),
        _text("at", 40),
        _link("person_id", "people.id"),
        _text("role", 20),
        _text("act", 20),
        _text("subject"),
        _text("reason"),
        _text("detail"),
        _text("previous", 64),
        _text("hash", 64),
    )
    heads = op.create_table(
        "heads",
        _number("id"),
        sa.Column("audit_number", sa.Integer, nullable=False),
        _text("audit_hash", 64),
        sa.Column("release", sa.Integer, nullable=False),
    )
    op.bulk_insert(heads, [{"id": 1, "audit_number": 0, "audit_hash": START, "release": 0}])


def _triggers() -> None:
    """Let the database itself refuse to rewrite what is only ever appended to."""
    if op.get_context().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION atlas_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION atlas_append_only()"
        )


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _text(name: str, length: int | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _link(name: str, target: str, *, nullable: bool = False, index: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, sa.ForeignKey(target), nullable=nullable, index=index)


def _row_columns(*, index: bool = False) -> "tuple[sa.Column[Any], ...]":
    """Return the columns that say what becomes of a row."""
    return (
        sa.Column("table_name", sa.String(60), nullable=False, index=index),
        _text("row_id"),
        _text("action", 10),
        sa.Column("cells", sa.JSON, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
    )
