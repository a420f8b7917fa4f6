"""What can go wrong in the Atlas, as one tree of exceptions.

::

    MappingError
    ├── TableError   a table of ours has faults, or is not there
    ├── BuildError   the tables cannot be built from what is in data/raw
    ├── ReleaseError a release cannot be made, or is not there
    └── ViewError    what was asked for cannot be shown

A fault is a value, not an exception: a file is read to its end and all its faults are told together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


class ViewError(MappingError):
    """What was asked for cannot be shown."""
