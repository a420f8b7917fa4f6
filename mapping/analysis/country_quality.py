"""How well each country is known: rows by table, what is filled, how old the evidence is, what to ask for next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.analysis.asked_rows import FIGURES, Gap, completeness, gaps_in, rows_of_country
from mapping.analysis.country_gaps import SUBJECTS
from mapping.analysis.ranking import coverage_state
from mapping.tables.loading import Tables
from mapping.words import Words

ASKED_FOR: Final = 2
"""Gaps in rows that are named as what to ask for next."""


@dataclass(frozen=True)
class CountryQuality:
    """How well one country is known."""

    country: str
    rows: dict[str, int]
    """Table -> rows that tell of it."""
    filled: float | None
    """Share of the cells of its places and records that are filled, weighted; None where there is no row."""
    unsure: int
    """Rows that are not verified."""
    source_year: int | None
    """Middle year of the sources that its rows name; None where none has a year."""
    newest_year: int | None
    not_assessed: tuple[str, ...]
    """Subjects that nobody searched for there."""
    gaps: tuple[Gap, ...]
    """Columns with empty cells, those first whose gaps count most."""


def country_qualities(tables: Tables) -> tuple[CountryQuality, ...]:
    """Return how well each country that the Atlas covers is known, the least filled first."""
    return tables.kept(("country qualities",), lambda: _qualities(tables))


def _qualities(tables: Tables) -> tuple[CountryQuality, ...]:
    countries = tables["countries"]
    found = [_quality(tables, str(code)) for code in countries.loc[countries["scope"] == "core", "id"]]
    return tuple(sorted(found, key=lambda one: (one.filled if one.filled is not None else -1.0, one.country)))


def _quality(tables: Tables, country: str) -> CountryQuality:
    rows = rows_of_country(tables, country)
    figures = {
        name: tables.frames[name][tables.frames[name]["country"] == country]
        for name in FIGURES
        if name in tables.frames
    }
    whole = {**rows, **figures}
    years = _source_years(tables, whole)
    sure = [frame["confidence"] == "verified" for frame in whole.values()]
    return CountryQuality(
        country=country,
        rows={name: len(frame) for name, frame in whole.items()},
        filled=completeness(tables, rows),
        unsure=sum(int((~one).sum()) for one in sure),
        source_year=None if years.empty else int(years.median()),
        newest_year=None if years.empty else int(years.max()),
        not_assessed=tuple(
            subject for subject in SUBJECTS if coverage_state(tables, country, subject) == "not_assessed"
        ),
        gaps=gaps_in(tables, rows),
    )


def _source_years(tables: Tables, rows: dict[str, pd.DataFrame]) -> pd.Series:
    """Return the years of the sources that rows name, one a row and source."""
    sources = tables["sources"].set_index("id")["year"]
    named = [frame["source_ids"].dropna().str.split("|").explode() for frame in rows.values()]
    ids = pd.concat(named) if named else pd.Series(dtype="str")
    return pd.Series(sources.reindex(ids).dropna())


def ask_next(tables: Tables, found: CountryQuality, title: Callable[[str], str], words: Words) -> str:
    """Return what to ask the partners of a country for next, in words; ``title`` says what a table is called."""
    told = [words.text(SUBJECTS[subject]) for subject in found.not_assessed]
    asked = [words.text("to look for: {subjects}", subjects=words.list(told))] if told else []
    titles = {(name, one.name): one.title for name, columns in tables.columns.items() for one in columns}
    for gap in found.gaps[:ASKED_FOR]:
        asked.append(
            words.text(
                "{column} for {missing} of {rows} rows of {table}",
                column=titles.get((gap.table, gap.column), gap.column),
                missing=gap.missing,
                rows=gap.rows,
                table=title(gap.table),
            )
        )
    return "; ".join(asked)
