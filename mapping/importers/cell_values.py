"""One cell as our tables write it: codes for labels, points for commas, ISO dates; nothing is guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from mapping.importers.countries import country_code
from mapping.importers.personal_data import plain_line
from mapping.places.names import ascii_lower
from mapping.tables.columns import ADDRESS, DATE, DAY, LIST_MARK, SLUG
from mapping.tables.kinds import Column
from mapping.tables.loading import Tables
from mapping.tables.schemas import SCHEMAS

NOTHING: Final = frozenset(
    {"-", "–", "—", "?", "n/a", "n.a.", "#n/a", "na", "null", "none", "nan", "k.a.", "s.o.", "."}
)
"""What people write where they have nothing to write; a code of the column's own comes first."""
DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
TIME_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
POINT_NUMBER = re.compile(r"-?\d{1,3}(?:[, '\u00a0\u202f]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
COMMA_NUMBER = re.compile(
    r"-?\d{1,3}(?:[. '\u00a0\u202f]\d{3})*,\d+|-?\d{1,3}(?:[.'\u00a0\u202f]\d{3})+|-?\d+,\d+|-?\d+"
)
CLEAR_COMMA = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+,\d+|-?\d+,(?:\d{1,2}|\d{4,})")
"""A comma that can only stand before decimals: 1,250 may be either and is left."""
SEPARATORS = re.compile(r"\s*[|;,\n]\s*")
HARMLESS = re.compile(r"^'(?=[=+@\t-])")
"""The apostrophe our own exports put before text that a spreadsheet would run."""
LIKE_A_CODE: Final = 78.0
"""Likeness out of 100 from which another code is suggested; it is never put in unasked."""


@dataclass(frozen=True)
class Form:
    """How the cells of one column of a received table are written."""

    decimal: str = "."
    """What stands before decimals: a point or a comma."""
    is_day_first: bool = True
    """Whether 03/04/2024 is the third of April, as Europe writes it."""


@dataclass(frozen=True)
class Lexicon:
    """The words that stand for codes, and the kinds of the columns."""

    tables: Tables

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """Return vocabulary -> folded code, label or synonym -> code."""
        found: dict[str, dict[str, str]] = {}
        frame = self.tables["codes"]
        told = zip(frame["vocabulary"], frame["code"], frame["label"], frame["synonyms"].fillna(""), strict=True)
        for vocabulary, code, label, synonyms in told:
            words = found.setdefault(vocabulary, {})
            for spelling in (code, label, *synonyms.split(LIST_MARK)):
                if ascii_lower(spelling):
                    words.setdefault(ascii_lower(spelling), code)
        return found

    @cached_property
    def exact(self) -> Mapping[str, frozenset[str]]:
        """Return vocabulary -> its codes."""
        return {vocabulary: frozenset(words.values()) for vocabulary, words in self.codes.items()}

    def likely(self, vocabulary: str, text: str) -> str:
        """Return the code whose words are most like a text, or nothing."""
        words = self.codes.get(vocabulary, {})
        found = process.extractOne(ascii_lower(text), list(words), scorer=fuzz.WRatio, score_cutoff=LIKE_A_CODE)
        return words[found[0]] if found else ""


def shown_patterns(table: str) -> Mapping[str, str]:
    """Return the pattern that each column of text keeps, where it has one."""
    found = {}
    for name, column in SCHEMAS[table].to_schema().columns.items():
        for check in column.checks:
            pattern = check.statistics.get("pattern") if check.statistics else None
            if pattern is not None:
                found[str(name)] = str(getattr(pattern, "pattern", pattern))
    return found


def form_of(cells: Iterable[str]) -> Form:
    """Return how numbers and dates of a column are written, from all its cells together."""
    numbers = [cell for cell in cells if cell]
    commas = sum(bool(re.fullmatch(r"-?[\d. '\u00a0\u202f]*\d,\d+", cell)) for cell in numbers)
    points = sum(bool(re.fullmatch(r"-?[\d, '\u00a0\u202f]*\d\.\d+", cell)) for cell in numbers)
    dates = [found for cell in numbers if (found := DAY_FIRST.fullmatch(cell))]
    is_american = any(int(date[2]) > 12 for date in dates) and not any(int(date[1]) > 12 for date in dates)
    return Form("," if commas > points else ".", not is_american)


def as_ours(text: str, column: Column, pattern: str, form: Form, lexicon: Lexicon) -> str:
    """Return a cell as our tables write it; what cannot be turned without a guess comes back as it is.

    Parameters
    ----------
    text : str
        The cell.
    column : Column
        What the column holds.
    pattern : str
        The pattern its text keeps; empty where it has none.
    form : Form
        How numbers and dates are written in it.
    lexicon : Lexicon
        The words for codes.
    """
    cell = HARMLESS.sub("", text).strip()
    if not cell or (cell.lower() in NOTHING and ascii_lower(cell) not in _words_of(column, lexicon)):
        return ""
    if column.is_list:
        parts = [cell] if _is_one(cell, column, lexicon) else SEPARATORS.split(cell)
        return LIST_MARK.join(
            dict.fromkeys(filter(None, (_one(part, column, pattern, form, lexicon) for part in parts)))
        )
    return _one(cell, column, pattern, form, lexicon)


def _one(cell: str, column: Column, pattern: str, form: Form, lexicon: Lexicon) -> str:
    """Return one value."""
    if column.kind in ("number", "integer"):
        return number_text(cell, column, form)
    if column.references == "countries":
        return cell if cell.isupper() and len(cell) == 2 and cell not in ("UK", "EL") else country_code(cell) or cell
    if column.vocabulary:
        return cell if cell in lexicon.exact.get(column.vocabulary, ()) else _code(cell, column.vocabulary, lexicon)
    if pattern in (DAY, DATE):
        return day_text(cell, form)
    if pattern == ADDRESS:
        return f"https://{cell}" if re.match(r"www\.\S+\.\w", cell) else cell
    return cell if pattern or column.references else plain_line(cell)


def number_text(cell: str, column: Column, form: Form) -> str:
    """Return a number as we write it: digits and a point; of a date in a column of years, its year."""
    plain = re.sub(r"\s*(?:€|EUR|m²|m2|%)$", "", cell)
    wanted = COMMA_NUMBER if form.decimal == "," else POINT_NUMBER
    if wanted.fullmatch(plain):
        marks = r"[. '\u00a0\u202f]" if form.decimal == "," else r"[, '\u00a0\u202f]"
        number = re.sub(marks, "", plain).replace(",", ".")
        return re.sub(r"\.0+$", "", number) if column.kind == "integer" else number
    if column.unit == "year":
        date = re.fullmatch(r"(\d{4})-\d{2}(?:-\d{2}.*)?", day_text(cell, form))
        return date[1] if date else cell
    return cell


def day_text(cell: str, form: Form) -> str:
    """Return a day as ISO 8601 writes it."""
    european = DAY_FIRST.fullmatch(cell)
    if european:
        day, month = (european[1], european[2]) if form.is_day_first else (european[2], european[1])
        return f"{european[3]}-{int(month):02}-{int(day):02}" if 0 < int(month) <= 12 else cell
    timed = TIME_OF_DAY.fullmatch(cell)
    return timed[1] if timed else cell


def _code(cell: str, vocabulary: str, lexicon: Lexicon) -> str:
    """Return the code that a word stands for; the word itself where none does."""
    return lexicon.codes.get(vocabulary, {}).get(ascii_lower(cell), cell)


def _words_of(column: Column, lexicon: Lexicon) -> Mapping[str, str]:
    """Return the words of a column's vocabulary."""
    return lexicon.codes.get(column.vocabulary or "", {})


def _is_one(cell: str, column: Column, lexicon: Lexicon) -> bool:
    """Tell whether a cell of a list is one element although it holds a comma ("Active, not recruiting")."""
    return LIST_MARK not in cell and ascii_lower(cell) in _words_of(column, lexicon)


def suggestion(text: str, column: Column, pattern: str, form: Form, lexicon: Lexicon) -> str:
    """Return what a faulty cell most likely should be; empty where nothing better is known."""
    better = as_ours(text, column, pattern, form, lexicon)
    if column.kind in ("number", "integer") and better == text and CLEAR_COMMA.fullmatch(text):
        better = number_text(text, column, Form(","))
    if column.vocabulary and column.references is None:
        better = LIST_MARK.join(_likely_codes(better.split(LIST_MARK), column.vocabulary, lexicon))
    if pattern == SLUG and better == text:
        better = re.sub(r"-+", "-", ascii_lower(text).replace(" ", "-"))
    return better if better != text else ""


def _likely_codes(parts: Sequence[str], vocabulary: str, lexicon: Lexicon) -> list[str]:
    """Return codes, the unknown ones replaced by the most likely."""
    known = lexicon.exact.get(vocabulary, frozenset())
    return list(dict.fromkeys(part if part in known else lexicon.likely(vocabulary, part) or part for part in parts))
