"""What the store holds, as values for screens and tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from mapping.store.models import Changes, ReleaseRows
from mapping.store.overlay import Action, Cells, Operation

Origin = Literal["upload", "form", "suggestion"]
State = Literal["open", "accepted", "rejected", "withdrawn", "released", "rolled_back"]
ORIGINS: Final[tuple[Origin, ...]] = ("upload", "form", "suggestion")
FORGOTTEN: Final = "(forgotten)"
"""What stands for a person who was forgotten."""


@dataclass(frozen=True)
class DraftRow:
    """One row that somebody wants to change."""

    table: str
    row_id: str
    """Id of the row; of a code ``vocabulary/code``."""
    action: Action
    cells: Cells = field(default_factory=dict)
    """Column -> new text. Of a row added all that are not empty; of one changed those to change; none to remove it."""
    seen: Cells | None = None
    """Column -> what the person saw there when they began. Where it is no longer so, they meet a Conflict."""


@dataclass(frozen=True)
class Draft:
    """A proposal before it is stored."""

    rows: tuple[DraftRow, ...]
    reason: str
    """Why; needed."""
    source: str = ""
    """What it rests on: an address or a title."""
    title: str = ""
    """What the list of proposals calls it; made of the rows where it is empty."""
    origin: Origin = "form"


@dataclass(frozen=True)
class Change:
    """One row of a proposal."""

    id: int
    proposal_id: int
    operation: Operation
    """Table, row, action, new cells, and what stood there."""
    state: State
    decided_by: str
    """Name of the one who decided; empty while open."""
    decided_at: str
    decision: str
    """The reason of the decision."""
    release: int | None
    """Number of the release that published it."""
    version: int
    """Give it back with a decision: one on another version meets a Conflict."""


@dataclass(frozen=True)
class Comment:
    """A word on a proposal, or on one row of it."""

    id: int
    proposal_id: int
    change_id: int | None
    person: str
    at: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """A proposal without its rows, as a list shows it."""

    id: int
    origin: Origin
    title: str
    reason: str
    source: str
    person: str
    """Name of the one who proposed it."""
    is_mine: bool
    """Whether that is the person who asks."""
    created_at: str
    version: int
    """Counts up with every decision on any of its rows."""
    states: Mapping[State, int]
    """How many of its rows are in each state."""


@dataclass(frozen=True)
class Published:
    """One release of the store."""

    number: int
    version: str
    """Data version, such as 2026.11.0-published.3."""
    notes: str
    person: str
    at: str
    undoes: int | None
    """Number of the release it rolls back."""
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class AuditEntry:
    """One act in the trail."""

    number: int
    at: str
    email: str
    """Who; empty for a person who was forgotten."""
    name: str
    role: str
    act: str
    subject: str
    reason: str
    detail: Mapping[str, Any]
    previous: str
    hash: str


def operation_of(row: Changes | ReleaseRows) -> Operation:
    """Return what a stored row does to a table."""
    action: Action = row.action  # type: ignore[assignment]  # only these three are ever written
    return Operation(row.table_name, row.row_id, action, row.cells, row.before)
