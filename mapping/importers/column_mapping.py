"""Which column of a received table is which of ours: proposed by name, correctable, remembered as a small file."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from mapping.errors import SourceError
from mapping.importers.sheets import Sheet
from mapping.places.names import ascii_lower

SYNONYMS = Path(__file__).with_name("rules") / "column_synonyms.csv"
LIKE_ENOUGH: Final = 84.0
"""Likeness out of 100 from which a heading is proposed to be a column of ours."""
HEADER_ROWS: Final = 15
"""Rows in which a header is looked for; titles and remarks may stand above it."""
PLACE_COLUMNS: Final = ("city", "country", "lat", "lon")
"""Columns of a received table that tell where a row lies, for tables of ours that refer to a site."""


@dataclass(frozen=True)
class Proposal:
    """What one heading is proposed to be."""

    column: int
    """Column of the sheet, counted from 1."""
    heading: str
    target: str
    """Column of ours; empty where it is none."""
    score: float
    reason: str


@dataclass(frozen=True)
class ColumnMapping:
    """The mapping of one received table, as it is remembered."""

    table: str
    columns: Mapping[str, str]
    """Heading -> column of ours; empty for a heading that is not used."""
    decimal: str = ""
    """A point or a comma where it is set by hand; empty to find out."""
    dates: str = ""
    """`day first` or `month first` where it is set by hand; empty to find out."""


def propose(header: Sequence[str], targets: Sequence[str]) -> list[Proposal]:
    """Return what each heading is proposed to be; a column of ours is given to the heading most like it."""
    scored = sorted(
        (
            (*_likeness(heading, target), -place, target)
            for place, heading in enumerate(header)
            for target in targets
            if heading
        ),
        reverse=True,
    )
    given: dict[int, tuple[str, float, str]] = {}
    taken: set[str] = set()
    for score, reason, place, target in scored:
        if score >= LIKE_ENOUGH and -place not in given and target not in taken:
            given[-place] = (target, score, reason)
            taken.add(target)
    return [
        Proposal(place + 1, heading, *given.get(place, ("", 0.0, "no column of ours has a name like it")))
        for place, heading in enumerate(header)
    ]


def _likeness(heading: str, target: str) -> tuple[float, str]:
    """Return how like a heading is to a column of ours, out of 100, and why."""
    plain, own = ascii_lower(heading), target.replace("_", " ")
    if plain == own:
        return 100.0, "the same name"
    known = _synonyms().get(target, ())
    if plain in known:
        return 98.0, "another word for it"
    best = max((fuzz.token_sort_ratio(plain, name) for name in (own, *known)), default=0.0)
    return min(best, 97.0), "a name like it"


def header_row(sheet: Sheet, targets: Sequence[str]) -> int:
    """Return the row, counted from 1, whose cells are most like columns of ours; the first where none is."""
    tried = range(1, min(HEADER_ROWS, len(sheet.rows)) + 1)
    known = {name for target in targets for name in (target.replace("_", " "), *_synonyms().get(target, ()))}
    return max(
        tried, key=lambda row: (sum(ascii_lower(cell) in known for cell in sheet.rows[row - 1]), -row), default=1
    )


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return column of ours -> folded words for it in several languages."""
    found: dict[str, list[str]] = {}
    with SYNONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["column"]] = [ascii_lower(word) for word in row["words"].split("|")]
    return {column: tuple(words) for column, words in found.items()}


def read_mapping(path: Path) -> ColumnMapping:
    """Return a remembered mapping.

    Raises
    ------
    SourceError
        The file is not there, or not a mapping as we write it.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        columns = {str(heading): str(target) for heading, target in told["columns"].items()}
        found = ColumnMapping(str(told["table"]), columns, str(told.get("decimal", "")), str(told.get("dates", "")))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(f"{path}: not a column mapping; it needs `table` and `columns`, heading to column") from error
    if found.decimal not in ("", ".", ",") or found.dates not in ("", "day first", "month first"):
        raise SourceError(f"{path}: `decimal` is a point or a comma, `dates` is day first or month first")
    return found


def mapping_json(mapping: ColumnMapping) -> str:
    """Return a mapping as the file it is remembered by."""
    told = {
        "table": mapping.table,
        "columns": dict(mapping.columns),
        "decimal": mapping.decimal,
        "dates": mapping.dates,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
