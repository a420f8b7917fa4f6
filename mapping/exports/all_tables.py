"""Every table of the Atlas in one workbook, with a sheet that says what each column holds."""

from typing import Final

import pandas as pd

from mapping.exports.listing import Listing
from mapping.exports.readme import Section, edition_sections
from mapping.exports.workbook import workbook_of
from mapping.tables.loading import Tables
from mapping.words import Words

COLUMNS: Final = "columns"
"""Name of the sheet that explains the columns."""


def tables_workbook(tables: Tables) -> bytes:
    """Return all tables as one workbook: README, what each column holds, then a sheet a table; codes stay codes."""
    listings = {
        name: Listing(name, tables.frames[name], _lists(tables, name))
        for name in tables.columns
        if name in tables.frames
    }
    about = {COLUMNS: Listing(COLUMNS, _columns(tables, list(listings)))} if listings else {}
    return workbook_of(_readme(tables, listings, Words()), {**about, **listings}, tables)


def _lists(tables: Tables, name: str) -> frozenset[str]:
    return frozenset(column.name for column in tables.columns[name] if column.is_list)


def _columns(tables: Tables, names: list[str]) -> pd.DataFrame:
    """Return one row a column of a table: what it is called and holds."""
    told = [
        {
            "table": name,
            "column": column.name,
            "title": column.title,
            "description": column.description,
            "kind": "list" if column.is_list else column.kind,
            "unit": column.unit,
            "vocabulary": column.vocabulary,
            "references": column.references,
            "may_be_empty": not column.required,
        }
        for name in names
        for column in tables.columns[name]
    ]
    return pd.DataFrame(told)


def _readme(tables: Tables, listings: dict[str, Listing], words: Words) -> list[Section]:
    """Return what the workbook says about itself, in English like the tables."""
    held = [
        words.plural("Sheet “{title}”: {n} row.", "Sheet “{title}”: {n} rows.", len(listing.frame), title=name)
        for name, listing in listings.items()
    ]
    missing = [words.text("The table {table} has a fault and is left out.", table=name) for name in tables.faults]
    return [
        Section(words.text("What this is"), (words.text("Every table of the ATMP Atlas."), *held)),
        Section(
            words.text("How to read it"),
            (
                words.text("The sheet “columns” says what each column holds; codes have their words in “codes”."),
                words.text("Lists are joined with |. An id in one table stands for a row of another."),
                words.text("An empty cell means not known: neither zero nor none."),
                *missing,
            ),
        ),
        *edition_sections(tables, words),
    ]
