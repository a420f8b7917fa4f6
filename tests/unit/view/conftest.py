"""Invented tables for this room: a few hospitals whose spellings are hard to find, and random ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of

Rows = Sequence[Mapping[str, Any]]
PROVENANCE = ("source_ids", "confidence", "retrieved")
COLUMNS = {
    "sites": "id name aliases city country lat lon coord_precision place_id region website ror disclosure note",
    "organisations": "id site_id name short_name kind country city consortium_role work_packages networks expertise",
    "facilities": "id site_id name operator kind atmp_classes capabilities gmp_status products",
    "treatment_centres": "id site_id name scope product_ids atmp_classes status note",
    "trials": "id registry other_ids title atmp_class modality product condition therapeutic_area phase status sponsor"
    " sponsor_kind start_year enrolment countries",
    "trial_sites": "id trial_id site_id facility_names",
    "products": "id name inn",
    "obstacles": "id title stage category stakeholders",
    "countries": "id iso3 name scope",
    "places": "id name country",
}
CODES = {
    "role": ["partners", "facilities", "trial_sites", "treatment_centres"],
    "atmp_class": ["GTMP", "sCTMP", "TEP", "cATMP"],
    "facility_kind": ["academic", "cdmo", "public"],
    "organisation_kind": ["university_hospital", "company"],
    "capability": ["car_t", "viral_vector_aav", "msc"],
    "modality": ["car_t", "msc", "aav_gene_therapy"],
    "therapeutic_area": ["oncology_haem", "ophthalmology"],
    "phase": ["1", "1/2", "2", "3"],
    "trial_status": ["recruiting", "completed"],
    "sponsor_kind": ["academic", "commercial"],
    "stage": ["preclinical", "manufacturing"],
    "category": ["regulatory", "financial"],
    "stakeholder": ["patients", "regulator"],
    "indicator": ["population"],
}
SYNONYMS = {"car_t": ("CAR-T cells", "CAR T|CART|chimeric antigen receptor"), "msc": ("Stromal cells", "MSC")}


def frame(table: str, rows: Rows) -> pd.DataFrame:
    """A table with the columns of the contract that this room reads, empty cells null."""
    columns = COLUMNS[table].split() + list(PROVENANCE)
    made = pd.DataFrame([{"confidence": "verified", "source_ids": "example-source", **row} for row in rows])
    made = made.reindex(columns=columns)
    numbers = {"lat": "float64", "lon": "float64", "start_year": "Int64", "enrolment": "Int64"}
    return made.astype({column: numbers.get(column, "str") for column in columns})


def codes_frame() -> pd.DataFrame:
    rows = [
        {
            "vocabulary": vocabulary,
            "code": code,
            "label": SYNONYMS.get(code, (code.replace("_", " ").capitalize(), ""))[0],
            "synonyms": SYNONYMS.get(code, ("", None))[1] or None,
            "position": position,
        }
        for vocabulary, codes in CODES.items()
        for position, code in enumerate(codes, start=1)
    ]
    # Out of order on purpose: positions decide, not lines.
    return pd.DataFrame(rows[::-1]).astype({"label": "str", "synonyms": "str", "code": "str", "vocabulary": "str"})


COUNTRIES: Rows = [
    {"id": "DE", "iso3": "DEU", "name": "Germany", "scope": "core"},
    {"id": "AT", "iso3": "AUT", "name": "Austria", "scope": "core"},
    {"id": "SE", "iso3": "SWE", "name": "Sweden", "scope": "core"},
    {"id": "ES", "iso3": "ESP", "name": "Spain", "scope": "core"},
    {"id": "PL", "iso3": "POL", "name": "Poland", "scope": "core"},
    {"id": "DK", "iso3": "DNK", "name": "Denmark", "scope": "core"},
    {"id": "RS", "iso3": "SRB", "name": "Serbia", "scope": "europe"},
    {"id": "UA", "iso3": "UKR", "name": "Ukraine", "scope": "europe"},
]


def make_tables(rows: Mapping[str, Rows], without: Sequence[str] = ()) -> Tables:
    """Tables of the rows given, the others empty; those named last are faulty and so not there."""
    frames = {table: frame(table, rows.get(table, ())) for table in COLUMNS if table not in without}
    if "countries" in frames and "countries" not in rows:
        frames["countries"] = frame("countries", COUNTRIES)
    if "codes" not in without:
        frames["codes"] = codes_frame()
    return Tables("2026.11.0", "2026-11-22", frames, {})


@pytest.fixture(scope="session")
def tables_of() -> Callable[..., Tables]:
    return make_tables


@pytest.fixture(scope="session")
def hospitals() -> Mapping[str, Rows]:
    """A handful of places whose names people spell in many ways, all in this test only."""
    sites = [
        ("example-charite", "Charité – Universitätsmedizin Berlin", None, "Berlin", "DE"),
        ("example-tuebingen", "Universitätsklinikum Tübingen", "UKT", "Tübingen", "DE"),
        ("example-vall", "Hospital Universitari Vall d'Hebron", "Vall d Hebron Barcelona", "Barcelona", "ES"),
        ("example-clinic", "Hospital Clínic de Barcelona", None, "Barcelona", "ES"),
        ("example-karolinska", "Karolinska University Hospital", "KI|Karolinska Institutet", "Stockholm", "SE"),
        ("example-lodz", "Szpital Kliniczny Łódź", None, "Łódź", "PL"),
        ("example-koge", "Sjællands Universitetshospital Køge", None, "Køge", "DK"),
        ("example-giessen", "Klinikum Gießen", None, "Gießen", "DE"),
        ("example-cartilage", "Cartilage Works", None, "Wien", "AT"),
    ]
    return {
        "sites": [
            {"id": id_, "name": name, "aliases": aliases, "city": city, "country": country, "lat": 50.0, "lon": 10.0}
            for id_, name, aliases, city, country in sites
        ],
        "treatment_centres": [
            {"id": f"{id_}-centre", "site_id": id_, "name": name, "status": "designated", "scope": "not said"}
            for id_, name, *_ in sites
        ],
        "facilities": [
            {
                "id": "example-cell-unit",
                "site_id": "example-giessen",
                "name": "GMP unit",
                "kind": "academic",
                "atmp_classes": "GTMP",
                "capabilities": "car_t|msc",
                "gmp_status": "clinical_licence",
            }
        ],
        "trials": [
            {
                "id": "NCT00000001",
                "title": "β-globin gene addition",
                "condition": "beta-thalassaemia",
                "sponsor": "Example <b>Pharma</b>",
                "atmp_class": "GTMP",
                "modality": "car_t",
                "therapeutic_area": "ophthalmology",
                "phase": "1/2",
                "status": "recruiting",
                "sponsor_kind": "commercial",
                "start_year": 2020,
            }
        ],
        "trial_sites": [
            {
                "id": "nct00000001-example-lodz",
                "trial_id": "NCT00000001",
                "site_id": "example-lodz",
                "facility_names": "Research Site 12",
            }
        ],
        "products": [{"id": "example-product", "name": "Examplecel", "inn": "examplegene autoleucel"}],
        "organisations": [
            {
                "id": "example-network",
                "name": "Network without a seat",
                "kind": "company",
                "country": "DE",
                "confidence": "inferred",
            },
            {
                "id": "example-partner",
                "site_id": "example-charite",
                "name": "Charité",
                "kind": "university_hospital",
                "country": "DE",
                "networks": "EUHA",
            },
        ],
        "obstacles": [{"id": "example-obstacle", "title": "Example", "stage": "preclinical"}],
        "places": [{"id": "2950159", "name": "Berlin", "country": "DE"}],
    }


@pytest.fixture(scope="session")
def atlas(hospitals: Mapping[str, Rows]) -> Atlas:
    return atlas_of(make_tables(hospitals))


@pytest.fixture(scope="session")
def random_tables() -> Callable[[int], Tables]:
    """Tables of random rows, the same for the same number."""
    return _random_tables


def _random_tables(seed: int) -> Tables:
    chance = random.Random(seed)
    some = lambda codes: "|".join(sorted(chance.sample(codes, chance.randint(0, len(codes))))) or None  # noqa: E731
    sure = lambda: chance.choice(["verified", "inferred", "unverified"])  # noqa: E731
    site_ids = [f"example-site-{number:02}" for number in range(chance.randint(1, 14))]
    at = lambda: {  # noqa: E731
        "site_id": chance.choice(site_ids),
        "confidence": sure(),
        "source_ids": some(["example-a", "example-b", "example-c"]),
    }
    rows: dict[str, Rows] = {
        "sites": [
            {
                "id": id_,
                "name": chance.choice(["Alpha house", "Beta clinic", "Gamma works"]),
                "aliases": some(["delta", "omega"]),
                "city": chance.choice(["Northtown", "Southtown"]),
                "country": chance.choice(["DE", "AT", "SE", "RS"]),
                "lat": 50.0,
                "lon": 10.0,
            }
            for id_ in site_ids
        ],
        "organisations": [
            {"id": f"example-org-{n}", "kind": chance.choice(CODES["organisation_kind"])}
            | (at() if chance.random() < 0.8 else {"confidence": sure()})
            for n in range(chance.randint(0, 8))
        ],
        "facilities": [
            {
                "id": f"example-unit-{n}",
                "name": chance.choice(["North unit", "Omega unit"]),
                "kind": chance.choice(CODES["facility_kind"]),
                "atmp_classes": some(CODES["atmp_class"]),
                "capabilities": some(CODES["capability"]),
                "gmp_status": chance.choice(["clinical_licence", "closed", "in_construction", "unknown"]),
            }
            | at()
            for n in range(chance.randint(0, 15))
        ],
        "treatment_centres": [
            {
                "id": f"example-centre-{n}",
                "name": "Delta centre",
                "atmp_classes": some(CODES["atmp_class"]),
                "status": chance.choice(["designated", "planned", "protocol_only"]),
            }
            | at()
            for n in range(chance.randint(0, 10))
        ],
        "trials": [
            {
                "id": f"NCT0000000{n}",
                "title": chance.choice(["Alpha trial", "Omega trial"]),
                "atmp_class": chance.choice(CODES["atmp_class"]),
                "modality": chance.choice(CODES["modality"]),
                "therapeutic_area": chance.choice(CODES["therapeutic_area"]),
                "phase": chance.choice(CODES["phase"]),
                "status": chance.choice(CODES["trial_status"]),
                "sponsor_kind": chance.choice(CODES["sponsor_kind"]),
                "start_year": chance.choice([None, 1985, 2010, 2015, 2020, 2024]),
                "confidence": sure(),
                "source_ids": some(["example-d"]),
            }
            for n in range(6)
        ],
    }
    pairs = [(trial["id"], id_) for trial in rows["trials"] for id_ in site_ids]
    rows["trial_sites"] = [
        {"id": f"{trial}-{id_}".lower(), "trial_id": trial, **at(), "site_id": id_}
        for trial, id_ in chance.sample(pairs, chance.randint(0, len(pairs)))
    ]
    return make_tables(rows)
