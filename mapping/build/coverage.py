"""What was looked for in which country, so that an empty place on the map can say why it is empty."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from mapping.tables.csvs import Row, join_cell, split_cell

BASIS_OF_NOTHING: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "trial_sites": (
            "none_found",
            "The copies of trial registers read span all countries and name no site here; "
            "they are a sample, so there may be some",
        ),
        "organisations": ("not_assessed", "No partner or network has its seat here; others were not looked for"),
        "facilities": (
            "not_assessed",
            "No maker here stands in the pages read; this country was not searched by itself",
        ),
        "treatment_centres": (
            "not_assessed",
            "No centre here stands in the pages read; this country was not searched by itself",
        ),
        "obstacle_evidence": ("not_assessed", "No figure about this country stands in the sources read"),
    }
)
"""State and words for a country without a row, by subject."""
BASIS_OF_SOMETHING: Mapping[str, str] = MappingProxyType(
    {
        "trial_sites": "Sites named in copies of trial registers and other pages; a sample, not all",
        "organisations": "Partners and networks with a seat here; others may exist",
        "facilities": "Makers met in the pages read; not a full list of licences",
        "treatment_centres": "Centres named in the pages read; national totals are higher",
        "obstacle_evidence": "Figures met in the sources read",
    }
)
"""Words for a country with rows, by subject."""


def coverage_rows(countries: Iterable[Row], found: Mapping[str, Sequence[Row]], registers: Iterable[str]) -> list[Row]:
    """Return one row per core country and subject.

    Parameters
    ----------
    countries : rows of countries
        Only core ones are told of.
    found : mapping of subject to rows
        Rows with `country`, `source_ids` and `retrieved`.
    registers : ids of sources
        The copies of registers that a trial site anywhere would stand in.
    """
    by_place: dict[tuple[str, str], list[Row]] = {}
    for subject, rows in found.items():
        for row in rows:
            by_place.setdefault((subject, row["country"]), []).append(row)
    newest = max(row["retrieved"] for rows in found.values() for row in rows)
    looked_in = join_cell(sorted(set(registers)))
    return [
        _state(country["id"], subject, by_place.get((subject, country["id"]), []), looked_in, newest)
        for country in countries
        if country["scope"] == "core"
        for subject in found
    ]


def _state(country: str, subject: str, rows: Sequence[Row], looked_in: str, newest: str) -> Row:
    """Return what can be said of one subject in one country."""
    if rows:
        state, basis = "found", BASIS_OF_SOMETHING[subject]
        sources = join_cell(sorted({source for row in rows for source in split_cell(row["source_ids"])}))
    else:
        state, basis = BASIS_OF_NOTHING[subject]
        sources = looked_in if state == "none_found" else ""
    return {
        "id": f"{country.lower()}-{subject.replace('_', '-')}",
        "country": country,
        "subject": subject,
        "state": state,
        "basis": basis,
        "source_ids": sources,
        "confidence": "inferred" if sources else "unverified",
        "retrieved": max((row["retrieved"] for row in rows), default=newest),
    }
