"""A conflict looked at: both versions side by side, and what a reviewer can decide to end it."""

from collections.abc import Mapping
from dataclasses import dataclass

from mapping.errors import Conflict
from mapping.store.overlay import Cells
from mapping.store.records import Change
from mapping.store.reviewing import Decision


@dataclass(frozen=True)
class Both:
    """One cell in two versions."""

    column: str
    mine: str
    theirs: str


def side_by_side(conflict: Conflict) -> tuple[Both, ...]:
    """Return the cells that either version names, mine first; none where the conflict is not about cells."""
    mine, theirs = _cells(conflict.mine), _cells(conflict.theirs)
    columns = [*mine, *(column for column in theirs if column not in mine)] if mine else []
    shown = [column for column in columns if mine.get(column) != theirs.get(column)] or columns
    return tuple(
        Both(column, mine.get(column, ""), theirs.get(column, "")) for column in shown if column in mine or theirs
    )


def rival_of(conflict: Conflict) -> int | None:
    """Return the number of the accepted change that a conflict is with; None where it is with something else."""
    number = conflict.theirs.get("change")
    return number if isinstance(number, int) else None


def put_mine(change: Change, cells: Cells, reason: str, rival: Change | None = None) -> tuple[Decision, ...]:
    """Return the decisions after which a row is accepted with these values, whatever was decided meanwhile.

    Parameters
    ----------
    change : Change
        The row as it stands now.
    cells : Cells
        The values that shall hold.
    reason : str
        Why; also why a rival is rejected.
    rival : Change, optional
        Another accepted change of the same row, which gives way.
    """
    decisions, seen = [], change.version
    if rival is not None:
        decisions.append(Decision(rival.id, "reject", rival.version, reason))
    if change.state in ("accepted", "rejected"):
        decisions.append(Decision(change.id, "reopen", seen, reason))
        seen += 1
    wanted = None if change.operation.action == "remove" else dict(cells)
    return (*decisions, Decision(change.id, "accept", seen, reason, wanted))


def _cells(side: Mapping[str, object]) -> dict[str, str]:
    """Return the cells of one side, which stand in it or under the name ``cells``."""
    inner = side.get("cells", side)
    if not isinstance(inner, Mapping):
        return {}
    return {str(column): str(text) for column, text in inner.items() if isinstance(text, str) and column != "state"}
