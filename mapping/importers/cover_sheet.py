"""The consortium's cover sheet: rows found by their titles, never by position, persons left out on reading.

The template has a column of titles and one column of answers a product, in four sections. Titles are compared folded
and by likeness, so small changes of wording do no harm; a title met again begins the next record, so sheets stacked
below each other are read too. Names of persons, e-mail addresses and telephone numbers never leave this module.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz

from mapping.errors import SourceError
from mapping.importers.personal_data import plain_line, scrub, without_persons
from mapping.importers.sheets import Sheet, address
from mapping.places.names import ascii_lower
from mapping.tables.csvs import split_cell

FIELDS = Path(__file__).with_name("rules") / "cover_sheet_fields.csv"
LIKE_ENOUGH: Final = 78.0
"""Likeness out of 100 from which a title is one of the template's."""
CLEAR_LEAD: Final = 3.0
"""Points by which it must be more like that one than like any other."""
FEWEST_TITLES: Final = 8
"""Titles a sheet must have to be a cover sheet."""
ALMOST: Final = 99.0
"""Likeness of a title that differs from the template's in its wording alone."""
BRACKETS: Final = 1.0
"""Points that a likeness costs for which brackets were left out."""
SAYS_NOTHING: Final = frozenset({"a", "an", "and", "for", "of", "or", "s", "the", "to"})
SPELLINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"e mail": "email", "pre clinical": "preclinical", "centre": "center", "centres": "centers"}
)
"""Spellings of one word, folded -> the one that is compared."""
NOT_ANSWERS: Final = frozenset({"n a", "na", "none", "unknown", "tbd", "not applicable", ""})


@dataclass(frozen=True)
class Field:
    """One row of the template."""

    section: str
    key: str
    """Our word for it; empty for a heading of a section."""
    title: str
    use: str
    """section, trial, product, site, evidence, dropped, or kept as text."""
    stage: str
    """Stage of development that an answer about a hurdle belongs to."""
    also: tuple[str, ...] = ()
    """Other wordings of the title that have been met or are likely."""


@dataclass(frozen=True)
class Answer:
    """One filled cell, without persons."""

    text: str
    cell: str
    """Sheet and address, such as `Sheet1!C17`."""


@dataclass(frozen=True)
class Record:
    """One column of answers."""

    sheet: str
    column: int
    answers: Mapping[str, Answer]
    """Key of the field -> answer; fields that only name persons are not among them."""


@dataclass(frozen=True)
class Remark:
    """What became of a cell that did not go straight into a table."""

    cell: str
    title: str
    outcome: str
    """unknown title, missing title, personal data removed, not read."""
    detail: str


@dataclass
class CoverSheets:
    """All records of a workbook, and what to say about them."""

    records: list[Record] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass
class _Block:
    """Titles of one record, or of several side by side: row -> field."""

    rows: dict[int, Field] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        return {found.key for found in self.rows.values()}


def read_cover_sheets(file: str, sheets: Sequence[Sheet]) -> CoverSheets:
    """Return the records of all cover sheets of a workbook.

    Raises
    ------
    SourceError
        No sheet has the titles of a cover sheet.
    """
    found = CoverSheets()
    is_any = False
    for sheet in sheets:
        column = _title_column(sheet)
        if column:
            is_any = True
            _read_sheet(sheet, column, found)
    if not is_any:
        raise SourceError(f"{file}: no sheet has the titles of the cover sheet in one column")
    if not found.records:
        raise SourceError(f"{file}: the cover sheet has titles but no answers beside them")
    return found


@cache
def fields() -> tuple[Field, ...]:
    """Return the rows of the template in its order."""
    with FIELDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(
            Field(
                row["section"], row["key"], row["title"], row["use"], row["stage"], tuple(split_cell(row["also"] or ""))
            )
            for row in rows
        )


def field_like(title: str) -> tuple[Field | None, float, Field]:
    """Return the field a title names, or nothing where that is not clear; how like it is; and the nearest field."""
    scored = sorted(((_likeness(title, one), -place, one) for place, one in enumerate(fields())), reverse=True)
    (best, _, nearest), (second, _, _) = scored[0], scored[1]
    is_clear = best >= LIKE_ENOUGH and (best == 100 or best - second >= CLEAR_LEAD)
    return (nearest if is_clear else None), best, nearest


def _likeness(title: str, one: Field) -> float:
    """Return how like a title is to one of the template's, in any of its wordings, what stands in brackets aside."""
    if ascii_lower(title) == ascii_lower(one.title):
        return 100.0
    short = _telling_words(re.split(r"\s*[(/]|\s-\s", one.title)[0])
    if _telling_words(title) == short and len(short) > 3:
        return 96.0
    found = 0.0
    for wording in (one.title, *one.also):
        found = max(found, _alike(_telling_words(title), _telling_words(wording)))
        found = max(found, _alike(_without_brackets(title), _without_brackets(wording)) - BRACKETS)
    return min(found, ALMOST)


def _alike(words: str, others: str) -> float:
    """Return how like two phrases are, in the order of their words or in any."""
    return float(max(fuzz.ratio(words, others), fuzz.token_sort_ratio(words, others)))


@cache
def _without_brackets(title: str) -> str:
    return _telling_words(re.sub(r"\(.*?\)", " ", title))


@cache
def _telling_words(title: str) -> str:
    """Return the folded words of a title in one spelling, without those that every title has."""
    plain = ascii_lower(title)
    for spelling, ours in SPELLINGS.items():
        plain = re.sub(rf"\b{spelling}\b", ours, plain)
    return " ".join(word for word in plain.split() if word not in SAYS_NOTHING)


def _title_column(sheet: Sheet) -> int:
    """Return the column, counted from 1, that holds the most titles; 0 where none holds enough."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    exact = {ascii_lower(one.title) for one in fields()}
    rough = [sum(ascii_lower(row[column]) in exact for row in sheet.rows) for column in range(min(width, 20))]
    if rough and max(rough) >= FEWEST_TITLES:
        return rough.index(max(rough)) + 1
    counts = [
        sum(field_like(row[column])[0] is not None for row in sheet.rows[:400] if row[column])
        for column in range(min(width, 6))
    ]
    return counts.index(max(counts)) + 1 if counts and max(counts) >= FEWEST_TITLES else 0


def _read_sheet(sheet: Sheet, column: int, found: CoverSheets) -> None:
    """Read the records of one sheet."""
    for block in _blocks(sheet, column, found.remarks):
        for missing in fields():
            if missing.key and missing.key not in block.keys:
                found.remarks.append(Remark(sheet.name, missing.title, "missing title", "the sheet has no such row"))
        for place in range(column + 1, len(sheet.rows[0]) + 1):
            answers = dict(_answers(sheet, place, block, found.remarks))
            if answers:
                found.records.append(Record(sheet.name, place, answers))


def _blocks(sheet: Sheet, column: int, remarks: list[Remark]) -> list[_Block]:
    """Return the titles of a sheet, cut where they begin again."""
    blocks = [_Block()]
    for number in range(1, len(sheet.rows) + 1):
        title = sheet.cell(number, column)
        if not title:
            continue
        named, likeness, nearest = field_like(title)
        where = f"{sheet.name}!{address(number, column)}"
        if named is None:
            if any(sheet.rows[number - 1][column:]) or likeness > LIKE_ENOUGH / 2:
                shown = scrub(title)[0][:120]
                remarks.append(
                    Remark(where, shown, "unknown title", f"the nearest is {nearest.title!r} ({likeness:.0f})")
                )
            continue
        if named.use != "section" and named.key in blocks[-1].keys:
            blocks.append(_Block())
        if named.use != "section":
            blocks[-1].rows[number] = named
    return [block for block in blocks if block.rows]


def _answers(sheet: Sheet, column: int, block: _Block, remarks: list[Remark]) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of one column, persons left out."""
    for number, named in block.rows.items():
        raw = sheet.cell(number, column)
        if not raw:
            continue
        where = f"{sheet.name}!{address(number, column)}"
        if named.use == "dropped":
            remarks.append(Remark(where, named.title, "personal data removed", "the field names a person; not read"))
            continue
        text, removed = without_persons(raw, is_place=named.use == "site")
        if removed:
            remarks.append(Remark(where, named.title, "personal data removed", f"{removed} removed from the answer"))
        line = plain_line(text)
        if ascii_lower(line) not in NOT_ANSWERS:
            yield named.key, Answer(line, where)
