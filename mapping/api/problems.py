"""What can be wrong with a request, as an exception that becomes the JSON error of the contract."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process, utils

from mapping.errors import MappingError

LIKE_ENOUGH: Final = 60.0
"""Similarity in percent from which a known name is worth proposing for an unknown one."""
LONGEST_SHOWN: Final = 60
"""Characters of a reader's own text that an error repeats."""


class ApiError(MappingError):
    """A request that cannot be answered as asked.

    Parameters
    ----------
    status : int
        HTTP status.
    code : str
        What programs look at; never changes its meaning.
    message : str
        What is wrong, for people.
    hint : str
        What to do about it.
    """

    def __init__(self, status: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint


def shown(text: str) -> str:
    """Return a reader's own text in single quotes, short, printable and free of line breaks."""
    short = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    visible = (character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in short)
    return "'" + "".join(visible) + "'"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like the one given, or None where none is like it."""
    found = process.extractOne(
        name[:LONGEST_SHOWN], list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=LIKE_ENOUGH
    )
    return found[0] if found else None


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint ``Did you mean 'sites'?``, or another one where nothing is near."""
    near = nearest(name, known)
    return f"Did you mean '{near}'?" if near else otherwise


def unknown_column(name: str, table: str, known: Iterable[str]) -> ApiError:
    """Return the problem of a filter on a column that is not there."""
    names = list(known)
    message = f"{shown(name)} is not a column of {table}."
    return ApiError(400, "unknown_column", message, suggestion(name, names, "Columns: " + ", ".join(names) + "."))


def bad_value(key: str, value: str, rule: str, hint: str) -> ApiError:
    """Return the problem of a value that a key cannot take."""
    return ApiError(400, "bad_value", f"{key}: {shown(value)} {rule}.", hint)
