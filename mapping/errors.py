"""What can go wrong in the Atlas, as one tree of exceptions.

::

    MappingError
    ├── TableError   a table of ours has faults, or is not there
    ├── BuildError   the tables cannot be built from what is in data/raw
    ├── ReleaseError a release cannot be made, or is not there
    ├── SourceError  what is to be brought in cannot be read, or does not answer
    ├── StoreError   the store of proposals cannot be used, or refuses what was asked of it
    │   ├── NotAllowed     the person may not do this
    │   ├── Conflict       somebody else was first
    │   └── RefusedChange  proposed rows have faults
    ├── FullError    a line of work has no room left (mapping/waiting_line.py)
    └── ViewError    what was asked for cannot be shown
        └── StepError   a story's step names what the Atlas does not have

A fault is a value, not an exception: a file is read to its end and all its faults are told together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VALUE_SHOWN_CHARACTERS = 60
"""Longest piece of a faulty value that a message repeats."""


class MappingError(Exception):
    """Root of every error the Atlas raises on purpose."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one place of a file."""

    line: int
    """Line of the file, the header being 1; 0 when the file as a whole is meant."""
    column: str
    """Name of the column; empty when the whole line is meant."""
    value: str
    """What stands there, as text; empty when nothing does."""
    rule: str
    """What is wrong, in words that follow the value: ``is not a number``."""
    remedy: str
    """How to mend it, as an order: ``write degrees with a point, such as 52.52``."""

    @property
    def problem(self) -> str:
        """Return the value, shortened and quoted, followed by what is wrong with it."""
        if not self.value:
            return self.rule
        shown = self.value if len(self.value) <= VALUE_SHOWN_CHARACTERS else self.value[:VALUE_SHOWN_CHARACTERS] + "…"
        return f"{ascii_controls(shown)} {self.rule}"

    def __str__(self) -> str:
        """Return ``row:column: problem; remedy``, to follow the name of the file."""
        return f"{self.line}:{self.column or '-'}: {self.problem}; {self.remedy}"


@dataclass(frozen=True)
class RowFault:
    """One thing that is wrong in one cell of a row that somebody proposes."""

    position: int
    """Place of the row in the proposal, from 0; -1 where a row that was there before is meant."""
    table: str
    row_id: str
    column: str
    """Name of the column; empty when the whole row is meant."""
    value: str
    """What stands there, as text."""
    rule: str
    """What is wrong, in words that follow the value."""
    remedy: str
    """How to mend it, as an order."""

    @property
    def problem(self) -> str:
        """Return the value, shortened and quoted, followed by what is wrong with it."""
        return Fault(0, self.column, self.value, self.rule, self.remedy).problem

    def __str__(self) -> str:
        """Return ``table/row:column: problem; remedy``."""
        return f"{self.table}/{self.row_id}:{self.column or '-'}: {self.problem}; {self.remedy}"


def ascii_controls(text: str) -> str:
    """Return the text in single quotes on one line, with control characters spelled out."""
    visible = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
    return f"'{visible}'"


class TableError(MappingError):
    """A table of ours is faulty or missing, so none of it is shown."""

    def __init__(self, path_name: str, faults: Sequence[Fault]) -> None:
        self.path_name = path_name
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path_name}:{fault}" for fault in self.faults) or f"{path_name}: cannot be shown")


class BuildError(MappingError):
    """The tables cannot be built from what is in ``data/raw``."""


class ReleaseError(MappingError):
    """A release of the data cannot be made, is not there, or is not what was released."""


class SourceError(MappingError):
    """What is to be brought in is not what it claims, is too large, or does not answer."""


class StoreError(MappingError):
    """The store of proposals cannot be used, or what was asked of it makes no sense."""


class NotAllowed(StoreError):  # noqa: N818 - it names what the person meets
    """The person may not do this; nothing was written."""


class Conflict(StoreError):  # noqa: N818 - it names what the person meets
    """Somebody else was first; nothing was written, and both versions are told."""

    def __init__(self, message: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        self.mine = dict(mine)
        """What this person was about to write, or what they had read."""
        self.theirs = dict(theirs)
        """What stands there now."""
        super().__init__(message)


class RefusedChange(StoreError):  # noqa: N818 - it names what the person meets
    """Proposed rows have faults; nothing was written."""

    def __init__(self, faults: Sequence["RowFault"]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ViewError(MappingError):
    """What was asked for cannot be shown."""
