"""Codes of countries from the names that registries and people write, in several languages."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from babel import Locale

from mapping.places.names import ascii_lower
from mapping.tables.csvs import Row, read_rows

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "fi", "cs", "hu", "ro")
"""Languages whose names of countries are understood, English first."""
EUROPEAN_SCOPES: Final = ("core", "europe")
"""Scopes of countries.csv that count as Europe; `context` is drawn and no more."""
OWN_NAMES = Path(__file__).with_name("rules") / "country_names.csv"


@dataclass(frozen=True)
class Countries:
    """The countries of the data, and what they are called."""

    european: frozenset[str]
    """Codes of the countries that the Atlas covers."""
    known: frozenset[str]
    """Codes that a cell of the data may hold, those outside the map included."""

    @classmethod
    def of(cls, countries: Iterable[Row], elsewhere: Iterable[str]) -> "Countries":
        """Return the countries of `countries.csv`, and the codes outside the map."""
        scopes = {row["id"]: row["scope"] for row in countries}
        european = frozenset(code for code, scope in scopes.items() if scope in EUROPEAN_SCOPES)
        return cls(european, frozenset(scopes) | frozenset(elsewhere))


def read_countries(folder: Path) -> Countries:
    """Return the countries of a data folder."""
    codes = read_rows(folder / "codes.csv")
    elsewhere = [row["code"] for row in codes if row["vocabulary"] == "country_elsewhere"]
    return Countries.of(read_rows(folder / "countries.csv"), elsewhere)


def country_code(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country by name, in any of :data:`LANGUAGES`, or code; else empty."""
    plain = ascii_lower(name)
    return _spellings().get(plain) or _spellings().get(ascii_lower(name.partition("(")[0]), "")


@cache
def _spellings() -> Mapping[str, str]:
    """Return folded name -> code; English names win where languages disagree."""
    found: dict[str, str] = {}
    with OWN_NAMES.open(encoding="utf-8", newline="") as file:
        found |= {ascii_lower(row["name"]): row["country"] for row in csv.DictReader(file)}
    for language in LANGUAGES:
        territories = Locale(language).territories
        codes = {str(code): str(name) for code, name in territories.items() if len(code) == 2 and code.isalpha()}
        for code, name in codes.items():
            found.setdefault(ascii_lower(name), code)
            found.setdefault(code.lower(), code)
    return MappingProxyType(found)
