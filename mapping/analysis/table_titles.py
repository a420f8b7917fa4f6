"""What each table, and each of its columns, is called in words."""

from collections.abc import Mapping
from typing import Final

from mapping.tables.kinds import Column
from mapping.words import Words, mark

TABLE_TITLES: Final[Mapping[str, str]] = {
    "sites": mark("Places"),
    "organisations": mark("Partners and stakeholders"),
    "facilities": mark("Manufacturing units"),
    "treatment_centres": mark("Treatment centre records"),
    "trials": mark("Clinical trials"),
    "trial_sites": mark("Trials at a place"),
    "products": mark("Authorised products"),
    "obstacles": mark("Obstacles"),
    "obstacle_evidence": mark("Published figures about obstacles"),
    "solutions": mark("Solutions"),
    "pathways": mark("Paths forward"),
    "country_indicators": mark("Figures about countries"),
    "work_packages": mark("Work packages"),
    "countries": mark("Countries"),
    "coverage": mark("What was looked for, by country"),
    "codes": mark("Codes and their words"),
    "sources": mark("Sources"),
    "places": mark("Populated places"),
}
"""Name -> title, in the order in which a reader would want to meet the tables."""


def table_title(name: str, words: Words) -> str:
    """Return what a table is called; its name where nobody gave it a title."""
    return words.text(TABLE_TITLES[name]) if name in TABLE_TITLES else name


def column_title(column: Column, words: Words) -> str:
    """Return what a column is called on the pages; downloads keep its name, which is a contract."""
    return words.text(column.title)
