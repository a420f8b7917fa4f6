"""Who pays for the Atlas, as every file that leaves the house says it; the texts are in one file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from mapping.words import SOURCE_LANGUAGE, Words

FUNDING_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "funding.toml"
"""The one file with statement, notice, number of the grant agreement and emblem."""


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
    """Return the funding line in the reader's language, in English where it does not come in that."""
    told = _told(file)
    statement, agreement, emblem = _said(told, "statement", words), told["grant"]["agreement"], told["grant"]["emblem"]
    if agreement:
        statement = words.text(
            "{statement}, grant agreement {agreement}", statement=statement, agreement=str(agreement)
        )
    return Funding(statement, _said(told, "views", words), file.parent / emblem if emblem else None)


@cache
def _told(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        return tomllib.load(opened)


def _said(told: dict[str, Any], key: str, words: Words) -> str:
    texts: dict[str, str] = told[key]
    return texts.get(words.lang, texts[SOURCE_LANGUAGE])
