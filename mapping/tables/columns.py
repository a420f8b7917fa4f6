"""The kinds of column our tables have; each says once what it holds, and checking and documentation both read that.

A column's words are its title and description. What a cell may hold is in the field itself (pattern, range) or, where
it depends on other tables, in its metadata: `vocabulary` (codes of codes.csv), `references` (ids of another table),
`many` (a list, joined with `|`) and `unit`.
"""

from typing import Any

import pandera.pandas as pa

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""Ids of ours: lower-case words of ASCII letters and digits, joined with single hyphens."""
DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
"""A day, as ISO 8601 writes it."""
DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
"""A day, month or year, as ISO 8601 writes it, for dates known only in part."""
ADDRESS = r"^https?://[^\s<>\"|]+$"
"""A web address."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside are slips of the keyboard."""
LIST_MARK = "|"
"""What joins the elements of a list in one cell."""


def key(title: str, description: str, *, pattern: str = SLUG) -> Any:
    """Return the column that names a row, different in every row."""
    return pa.Field(unique=True, str_matches=pattern, title=title, description=description, metadata={"key": True})


def text(title: str, description: str, *, nullable: bool = False, pattern: str | None = None) -> Any:
    """Return a column of words."""
    return pa.Field(nullable=nullable, str_matches=pattern, title=title, description=description, metadata={})


def words(title: str, description: str) -> Any:
    """Return a column of lists of words, empty where there are none."""
    return pa.Field(nullable=True, title=title, description=description, metadata={"many": True})


def code(title: str, description: str, vocabulary: str, *, nullable: bool = False, many: bool = False) -> Any:
    """Return a column of codes of one vocabulary, or of lists of them."""
    metadata = {"vocabulary": vocabulary, "many": many}
    return pa.Field(nullable=nullable or many, title=title, description=description, metadata=metadata)


def link(
    title: str,
    description: str,
    table: str,
    *,
    nullable: bool = False,
    many: bool = False,
    or_vocabulary: str | None = None,
) -> Any:
    """Return a column of ids of rows of another table, or of lists of them; codes of a vocabulary may be let in too."""
    metadata = {"references": table, "many": many, "or_vocabulary": or_vocabulary}
    return pa.Field(nullable=nullable or many, title=title, description=description, metadata=metadata)


def number(
    title: str,
    description: str,
    unit: str | None = None,
    *,
    lowest: float | None = None,
    highest: float | None = None,
    nullable: bool = False,
) -> Any:
    """Return a column of numbers in one unit, bounds included."""
    metadata = {"unit": unit} if unit else {}
    return pa.Field(ge=lowest, le=highest, nullable=nullable, title=title, description=description, metadata=metadata)


def year(title: str, description: str) -> Any:
    """Return a column of years, empty where the source states none."""
    return number(title, description, "year", lowest=FIRST_YEAR, highest=LAST_YEAR, nullable=True)


def address(title: str, description: str, *, nullable: bool = True) -> Any:
    """Return a column of web addresses."""
    return text(title, description, nullable=nullable, pattern=ADDRESS)


class Table(pa.DataFrameModel):
    """What all tables share: no column more, none less."""

    class Config:
        """Let no unknown column through."""

        strict = True


class Sourced(Table):
    """The columns by which a row says where it comes from; they stand last."""

    source_ids: str = link(
        "Sources", "Documents and pages the row rests on; empty only where nobody has found one", "sources", many=True
    )
    confidence: str = code(
        "Confidence", "Whether a page states the fact, it follows from one, or no page was found", "confidence"
    )
    retrieved: str = text("Retrieved", "Day on which the source was read", pattern=DAY)
