"""Rules a cell has to keep, each with the words for the one that does not."""

import datetime
import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
import pandera.pandas as pa

from mapping.tables.columns import LIST_MARK

Words = tuple[str, str]
"""What is wrong, in words that follow the value, and how to mend it."""

FIRST, OWN, LATE = 0, 50, 90
"""Ranks: where a cell breaks several rules the one of lowest rank is told; ranges and patterns stand at OWN."""
LONGEST_TEXT = 5_000
"""Characters; a longer cell is a lost quotation mark or a pasted page."""
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})
"""For what has no other spelling."""
CODES_TOLD = 8
"""Most codes a message lists."""

CONTROLS = r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]"
EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}"
TELEPHONE = r"(?:(?i:\b(?:tel|phone|telephone|fax|mobile)\b\.?:?)\s*[+(]?\d|\+\d{1,3}[ ./()-]{1,2}\d[\d ./()-]{5,}\d)"
SHAPES: Mapping[str, Words] = MappingProxyType(
    {
        CONTROLS: ("holds a line break, a control or a replacement character", "write it on one line of plain text"),
        r"^\s|\s$": ("has a space at its start or end", "remove the space"),
        r"^[=+@-]": (
            "starts like a spreadsheet formula",
            "put a letter or digit first; =, +, - and @ may not lead",
        ),
        r"<[A-Za-z/!?]": ("holds a tag", "write the text without < and >"),
        EMAIL: ("holds an e-mail address", "remove it; we keep no personal data"),
        TELEPHONE: ("holds a telephone number", "remove it; we keep no personal data"),
    }
)
"""Shapes no text of ours may have, the gravest first."""
ADDRESS_SHAPES: Mapping[str, Words] = MappingProxyType(dict(list(SHAPES.items())[:2]))
"""Those that matter in a web address, which has a pattern of its own."""
TOO_LONG: Words = ("is too long", f"keep it under {LONGEST_TEXT} characters")


@dataclass(frozen=True)
class Rule:
    """A promise every cell of a column keeps."""

    name: str
    """Distinct within a column."""
    rank: int
    """Lower is told first."""
    holds: Callable[[pd.Series], pd.Series]
    """Whether each cell keeps it; gets the cells that are not empty, indexed by line."""
    tell: Callable[[str], Words]
    """Words for a cell that does not, given its text."""
    empty_too: bool = False
    """Whether empty cells are looked at as well."""

    def check(self) -> pa.Check:
        """Return the rule as pandera runs it."""
        return pa.Check(self.holds, name=self.name, error=self.name, ignore_na=not self.empty_too)


def text_rule(shapes: Mapping[str, Words] = SHAPES) -> Rule:
    """Return what every cell of words keeps: plain text on one line that no program runs and that names no person."""
    any_shape = re.compile("|".join(f"(?:{shape})" for shape in shapes))

    def tell(cell: str) -> Words:
        return next((words for shape, words in shapes.items() if re.search(shape, cell)), TOO_LONG)

    def holds(cell: str) -> bool:
        return len(cell) <= LONGEST_TEXT and any_shape.search(cell) is None

    return Rule("plain", FIRST, lambda cells: _of_each(cells, holds), tell)


def list_rule() -> Rule:
    """Return what every list keeps: no element empty, none twice."""

    def holds(cell: str) -> bool:
        elements = cell.split(LIST_MARK)
        return all(elements) and len(set(elements)) == len(elements)

    words = ("is a list with an empty or a repeated element", "join distinct elements with a single |")
    return Rule("list", FIRST + 1, lambda cells: _of_each(cells, holds), _always(words))


def known_rule(
    known: Collection[str], many: bool, told_as: str, where: str, spellings: Mapping[str, str] = NO_SPELLINGS
) -> Rule:
    """Return the rule that a cell, or each element of its list, is among known ones.

    The remedy suggests the known one that is closest, or that another spelling (in lower case) stands for.
    """
    among = frozenset(known)

    def unknown(cell: str) -> list[str]:
        return [element for element in (cell.split(LIST_MARK) if many else [cell]) if element not in among]

    def tell(cell: str) -> Words:
        wrong = unknown(cell)[0]
        rule = f"is not {told_as}" if wrong == cell else f"has {wrong!r}, which is not {told_as}"
        meant = spellings.get(wrong.casefold())
        return rule, f"did you mean {meant!r}? see {where}" if meant else _instead(wrong, sorted(among), where)

    return Rule(f"known {told_as}", LATE + 1, lambda cells: _of_each(cells, lambda cell: not unknown(cell)), tell)


def day_rule() -> Rule:
    """Return the rule that a date is in the calendar."""

    def holds(cell: str) -> bool:
        try:
            datetime.date.fromisoformat(cell + "2000-01-01"[len(cell) :])
        except ValueError:
            return False
        return True

    words = ("is not a day of the calendar", "write YYYY-MM-DD")
    return Rule("calendar", LATE, lambda cells: _of_each(cells, holds), _always(words))


def row_rule(
    name: str, kept: pd.Series, problem: str, remedy: str, *, rank: int = LATE, empty_too: bool = False
) -> Rule:
    """Return a rule across columns, filed under the column to mend; `kept` says for each line whether it holds."""
    return Rule(name, rank, lambda cells: kept.loc[cells.index], _always((problem, remedy)), empty_too)


def _of_each(cells: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Tell of each cell whether something holds; cells that repeat are looked at once."""
    places, distinct = pd.factorize(cells)
    kept = np.fromiter((holds(cell) for cell in distinct), dtype=bool, count=len(distinct))
    return pd.Series(kept[places], index=cells.index)


def _always(words: Words) -> Callable[[str], Words]:
    """Return a teller that says the same of every cell."""
    return lambda _: words


def _instead(wrong: str, known: list[str], where: str) -> str:
    """Return what to write instead: the closest known one, or some of them."""
    close = difflib.get_close_matches(wrong, known, n=1)
    if close:
        return f"did you mean {close[0]!r}? see {where}"
    if not known:
        return f"add it to {where}"
    if len(known) <= CODES_TOLD:
        return f"use one of {', '.join(known)}"
    return f"look it up in {where}"
