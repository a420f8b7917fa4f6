"""Ways in which a sound workbook of the Atlas is spoilt, each with the message expected at the expected cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Rows = dict[str, list[list[str]]]
"""Name of a sheet -> its rows, the header first."""
ANY = object()
"""For mutations whose suggestion does not matter."""


@dataclass(frozen=True)
class Mutation:
    """One fault put into a workbook."""

    name: str
    sheet: str
    spoil: Callable[[list[list[str]]], None]
    cell: str
    """Address at which it has to be found, such as B2; of a missing column, the row alone."""
    message: str
    """Part of the problem or remedy that is told."""
    suggestion: object = ANY
    """What has to be suggested; None where nothing may be."""


def put(column: str, text: str, row: int = 2) -> Callable[[list[list[str]]], None]:
    """Write a text into a column by name."""

    def spoil(rows: list[list[str]]) -> None:
        rows[row - 1][rows[0].index(column)] = text

    return spoil


def letters_of(header: list[str], column: str) -> str:
    """Letters of a column; no table of ours has more than 26."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[header.index(column)]


CELLS = [
    # sheet, column, text, message, suggestion
    ("sites", "country", "QQ", "is not a country we know", None),
    ("sites", "country", "Deutschland", "is not a country we know", "DE"),
    ("sites", "country", "Italia", "is not a country we know", "IT"),
    ("sites", "country", "FRA", "did you mean 'FR'", None),
    ("sites", "country", "", "is empty", None),
    ("sites", "name", "", "is empty", None),
    ("sites", "name", " Example", "space at its start", "Example"),
    ("sites", "name", "=HYPERLINK(1)", "spreadsheet formula", ANY),
    ("sites", "name", "+Example", "spreadsheet formula", "Example"),
    ("sites", "name", "@Example", "spreadsheet formula", "Example"),
    ("sites", "name", "Example <b>", "holds a tag", ANY),
    ("sites", "name", "Example person@example.org", "holds an e-mail address", "Example [removed]"),
    ("sites", "name", "Example tel. 030 1234567", "holds a telephone number", ANY),
    ("sites", "name", "Example\nBerlin", "line break", "Example Berlin"),
    ("sites", "name", "Exam\u202eple", "control or a replacement", ANY),
    ("sites", "name", "x" * 5_001, "is too long", None),
    ("sites", "aliases", "A||B", "empty or a repeated element", "A|B"),
    ("sites", "aliases", "A|A", "empty or a repeated element", "A"),
    ("sites", "lat", "north", "is not a number", None),
    ("sites", "lat", "52,52", "is not a number", "52.52"),
    ("sites", "lat", "52,520", "is not a number", None),
    ("sites", "lat", "95", "is too large", None),
    ("sites", "lat", "-52.52", "is too small", None),
    ("sites", "lat", "", "is empty", None),
    ("sites", "lon", "190", "is too large", None),
    ("sites", "lat", "40.85", "outside the stated country", None),
    ("sites", "coord_precision", "exact", "is not a code of coord_precision", None),
    ("sites", "coord_precision", "City", "is not a code of coord_precision", "city"),
    ("sites", "disclosure", "nmaed", "is not a code of disclosure", "named"),
    ("sites", "place_id", "99", "is not the id of a row of places", None),
    ("sites", "region", "ZZ99", "is not a region of ours", None),
    ("sites", "website", "www.example.org", "is not a web address", "https://www.example.org"),
    ("sites", "website", "example", "is not a web address", None),
    ("sites", "ror", "05ABC", "has not the form", None),
    ("sites", "id", "Example Berlin 2", "is not an id of ours", "example-berlin-2"),
    ("sites", "id", "", "is empty", None),
    ("sites", "source_ids", "example-lost", "is not the id of a row of sources", None),
    ("sites", "source_ids", "", "no source is named", None),
    ("sites", "confidence", "sure", "is not a code of confidence", None),
    ("sites", "confidence", "Verified", "is not a code of confidence", "verified"),
    ("sites", "retrieved", "22.11.2026", "is not a day", "2026-11-22"),
    ("sites", "retrieved", "22/11/2026", "is not a day", "2026-11-22"),
    ("sites", "retrieved", "2026-02-30", "is not a day of the calendar", None),
    ("sites", "retrieved", "2026-11-22 00:00:00", "is not a day", "2026-11-22"),
    ("facilities", "site_id", "example-lost", "is not the id of a row of sites", None),
    ("facilities", "kind", "Academik", "is not a code of facility_kind", "academic"),
    ("facilities", "kind", "Academic", "is not a code of facility_kind", "academic"),
    ("facilities", "atmp_classes", "GTMP; sCTMP", "is not a code of atmp_class", "GTMP|sCTMP"),
    ("facilities", "atmp_classes", "GTMP|gene therapy", "which is not a code of atmp_class", "GTMP"),
    ("facilities", "gmp_status", "perhaps", "is not a code of gmp_status", None),
    ("facilities", "clean_room_m2", "1.250,5", "is not a number", "1250.5"),
    ("facilities", "clean_room_m2", "250 m2", "is not a number", "250"),
    ("facilities", "clean_room_m2", "-5", "is too small", None),
    ("facilities", "opened_year", "2015.5", "is not a whole number", None),
    ("facilities", "opened_year", "2015-04-03", "is not a whole number", "2015"),
    ("facilities", "opened_year", "1215", "is too small", None),
    ("facilities", "website", "http:// example", "is not a web address", None),
    ("trials", "id", "NCT123", "has not the form", None),
    ("trials", "registry", "ctis", "does not write its numbers like this", None),
    ("trials", "registry_url", "https://clinicaltrials.gov/study/NCT00000009", "does not lead to this trial", None),
    ("trials", "phase", "Phase 1/2", "is not a code of phase", "1/2"),
    ("trials", "status", "Recruiting", "is not a code of trial_status", "recruiting"),
    ("trials", "enrolment", "about 20", "is not a whole number", None),
    ("trials", "countries", "DE;FR", "is not a country we know", "DE|FR"),
    ("products", "ma_date", "01.02.2020", "is not a date", "2020-02-01"),
    ("products", "status", "Authorized", "is not a code of product_status", "authorised"),
]


def _swap(rows: list[list[str]]) -> None:
    lat, lon = rows[0].index("lat"), rows[0].index("lon")
    rows[1][lat], rows[1][lon] = rows[1][lon], rows[1][lat]


def _twice(rows: list[list[str]]) -> None:
    rows[2][rows[0].index("id")] = rows[1][rows[0].index("id")]


def _without_note(rows: list[list[str]]) -> None:
    place = rows[0].index("note")
    for row in rows:
        del row[place]


def _renamed(rows: list[list[str]]) -> None:
    rows[0][rows[0].index("website")] = "Webseite"


def _extra(rows: list[list[str]]) -> None:
    for number, row in enumerate(rows):
        row.append("xyzzy" if number == 0 else "1")


def _reversed_years(rows: list[list[str]]) -> None:
    rows[1][rows[0].index("opened_year")], rows[1][rows[0].index("closed_year")] = "2020", "2010"


def mutations(sound: Rows) -> Iterator[Mutation]:
    """Yield every mutation of a sound workbook."""
    for sheet, column, text, message, suggestion in CELLS:
        where = f"{letters_of(sound[sheet][0], column)}2"
        name = f"{sheet}.{column}={text[:30]!r}"
        yield Mutation(name, sheet, put(column, text), where, message, suggestion)
    header = sound["sites"][0]
    yield Mutation("swapped lat", "sites", _swap, f"{letters_of(header, 'lat')}2", "look swapped", "52.52")
    yield Mutation("swapped lon", "sites", _swap, f"{letters_of(header, 'lon')}2", "swap lat and lon", "13.41")
    yield Mutation("id twice", "sites", _twice, f"{letters_of(header, 'id')}3", "stands in several rows", None)
    yield Mutation("missing column", "sites", _without_note, "1", "the column note is missing", None)
    yield Mutation("renamed column", "sites", _renamed, f"{letters_of(header, 'website')}1", "not a column", "website")
    yield Mutation("extra column", "sites", _extra, "R1", "is not a column of this table", None)
    closed = f"{letters_of(sound['facilities'][0], 'closed_year')}2"
    yield Mutation("years reversed", "facilities", _reversed_years, closed, "is before opened_year", None)
