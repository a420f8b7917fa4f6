"""Values inside a JSON record by their path, with a plain word where the record is not shaped as it should be."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from mapping.errors import SourceError

Record = Mapping[str, Any]
"""A JSON object."""


def value_at(record: Record, path: str, name: str) -> Any:
    """Return what stands at a path of keys joined by points; None where a key is missing or null.

    Raises
    ------
    SourceError
        Something on the way is not an object; `name` says whose record it is.
    """
    here: Any = record
    steps = path.split(".")
    for number, step in enumerate(steps):
        if here is None:
            return None
        if not isinstance(here, Mapping):
            raise _changed(name, ".".join(steps[:number]), "an object")
        here = here.get(step)
    return here


def text_at(record: Record, path: str, name: str) -> str:
    """Return the text, or number as text, at a path; empty where there is none."""
    found = value_at(record, path, name)
    if found is None:
        return ""
    if isinstance(found, str | int | float) and not isinstance(found, bool):
        return str(found).strip()
    raise _changed(name, path, "text")


def number_at(record: Record, path: str, name: str) -> float | None:
    """Return the number at a path, or nothing."""
    found = value_at(record, path, name)
    if found is None:
        return None
    if isinstance(found, int | float) and not isinstance(found, bool) and isfinite(found):
        return found
    raise _changed(name, path, "a number")


def objects_at(record: Record, path: str, name: str) -> Iterator[Record]:
    """Yield the objects of the list at a path."""
    for found in _list_at(record, path, name):
        if not isinstance(found, Mapping):
            raise _changed(name, path, "a list of objects")
        yield found


def texts_at(record: Record, path: str, name: str) -> tuple[str, ...]:
    """Return the texts of the list at a path; a single text is a list of one."""
    found = value_at(record, path, name)
    texts = [found] if isinstance(found, str) else _list_at(record, path, name)
    if not all(isinstance(text, str) for text in texts):
        raise _changed(name, path, "a list of texts")
    return tuple(text.strip() for text in texts if text.strip())


def _list_at(record: Record, path: str, name: str) -> list[Any]:
    """Return the list at a path, empty where there is none."""
    found = value_at(record, path, name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise _changed(name, path, "a list")
    return found


def _changed(name: str, path: str, expected: str) -> SourceError:
    """Return the error of a record whose shape is not the documented one."""
    return SourceError(f"{name}: {path or 'the record'} is not {expected}; the registry may have changed its format")
