"""Who pays for the Atlas, as every file that leaves the house says it; the texts are in one file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from mapping.errors import BuildError
from mapping.words import SOURCE_LANGUAGE, Words

FUNDING_NAME: Final = "funding.toml"
FUNDING_FILE: Final = Path(__file__).resolve().parents[2] / "data" / FUNDING_NAME
"""The one file with statement, notice, number of the grant agreement and emblem."""
_PARTS: Final = (
    f"write a text for {SOURCE_LANGUAGE} under [statement] and [views], and agreement and emblem, empty or not, under "
    "[grant]"
)


@dataclass(frozen=True)
class Funding:
    """The funding line in one language."""

    statement: str
    """Who pays, with the number of the grant agreement where it is known."""
    views: str
    """Whose views these are."""
    emblem: Path | None
    """Picture of the emblem, PNG or SVG; None where only its place is kept."""


def funding(words: Words, file: Path = FUNDING_FILE) -> Funding:
    """Return the funding line in the reader's language, in English where it does not come in that.

    Raises
    ------
    BuildError
        The file lacks a part, or the emblem is no picture in its folder.
    """
    told = read_funding(file)
    statement, agreement, emblem = _said(told, "statement", words), told["grant"]["agreement"], told["grant"]["emblem"]
    if agreement:
        statement = words.text(
            "{statement}, grant agreement {agreement}", statement=statement, agreement=str(agreement)
        )
    return Funding(statement, _said(told, "views", words), file.parent / emblem if emblem else None)


@cache
def read_funding(file: Path) -> dict[str, Any]:
    """Return what the file says, each part of it there.

    Raises
    ------
    BuildError
        As in :func:`funding`.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        statement, views, grant = told["statement"], told["views"], told["grant"]
        texts = [*statement.values(), *views.values(), grant["agreement"], grant["emblem"]]
        is_sound = bool(statement[SOURCE_LANGUAGE] and views[SOURCE_LANGUAGE])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(f"{FUNDING_NAME}:0:-: cannot be read ({error}); {_PARTS}") from error
    if not is_sound or not all(isinstance(text, str) for text in texts):
        raise BuildError(f"{FUNDING_NAME}:0:-: a part is empty or no text; {_PARTS}")
    emblem = grant["emblem"]
    if emblem and not (emblem.endswith((".png", ".svg")) and (file.parent / emblem).is_file()):
        raise BuildError(f"{FUNDING_NAME}:0:emblem: {emblem!r} is no picture here; put a PNG or SVG beside this file")
    return told


def _said(told: dict[str, Any], key: str, words: Words) -> str:
    texts: dict[str, str] = told[key]
    return texts.get(words.lang, texts[SOURCE_LANGUAGE])
