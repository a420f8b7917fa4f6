"""What explains obstacles in a country: its rules on exemption and GMOs, what is paid for, and how soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapping.analysis.card import Source
from mapping.analysis.cells import Row, evidence, rows_at, text, whole
from mapping.analysis.unit_words import value_words
from mapping.tables.loading import Tables
from mapping.words import Words, by_name

INDICATORS: Final = (
    "hospital_exemption_framework",
    "gmo_procedure_type",
    "gmo_authorisation_sequence",
    "atmp_reimbursed_count",
    "atmp_reimbursed_share",
    "atmp_days_to_market_access",
    "wait_days_all_medicines",
)
"""Indicators shown, in the order of the columns; of several years the newest."""


@dataclass(frozen=True)
class Fact:
    """One figure or answer about a country."""

    id: str
    told: str
    """Value and unit, or the answer, in words."""
    year: int | None
    note: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class CountryContext:
    """What is known about one country; an indicator without an entry was not assessed."""

    country: str
    facts: Mapping[str, Fact]


def country_contexts(tables: Tables, words: Words, countries: Sequence[str] = ()) -> list[CountryContext]:
    """Return the context of each core country, or of those asked for, by name; also of those nobody assessed."""
    core = tables["countries"]
    codes = [code for code in core.loc[core["scope"] == "core", "id"] if not countries or code in countries]
    names = {code: words.country(tables, code) for code in codes}
    rows = tables.kept(("context rows",), lambda: _rows(tables))
    return [CountryContext(code, _facts(tables, words, rows.get(code, ()))) for code in by_name(names)]


def context_sources(contexts: Sequence[CountryContext]) -> tuple[str, ...]:
    """Return the sources of everything shown."""
    return tuple(source.id for context in contexts for fact in context.facts.values() for source in fact.sources)


def _rows(tables: Tables) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    figures = tables["country_indicators"]
    wanted = (figures["area"] == "country") & figures["indicator"].isin(INDICATORS)
    for row in rows_at(tables, "country_indicators", [at for at, kept in enumerate(wanted) if kept]):
        found.setdefault(row["country"], []).append(row)
    return found


def _facts(tables: Tables, words: Words, rows: Sequence[Row]) -> dict[str, Fact]:
    newest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row["year"] or 0, row["id"])):
        newest[row["indicator"]] = row
    return {code: _fact(tables, words, newest[code]) for code in INDICATORS if code in newest}


def _fact(tables: Tables, words: Words, row: Row) -> Fact:
    code = text(row["value_code"])
    told = (
        words.label(tables, "indicator_value", code) if code else value_words(tables, words, row["value"], row["unit"])
    )
    return Fact(row["id"], told, whole(row["year"]), text(row["note"]), evidence(tables, words, row).sources)
