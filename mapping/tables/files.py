"""Where each table stands in the data folder, and its bytes."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

TABLE_FILES: Mapping[str, str] = MappingProxyType(
    {
        "sites": "sites.csv",
        "organisations": "organisations.csv",
        "facilities": "facilities.csv",
        "treatment_centres": "treatment_centres.csv",
        "trials": "trials.csv",
        "trial_sites": "trial_sites.csv",
        "products": "products.csv",
        "obstacles": "obstacles.csv",
        "obstacle_evidence": "obstacle_evidence.csv",
        "solutions": "solutions.csv",
        "pathways": "pathways.csv",
        "country_indicators": "country_indicators.csv",
        "work_packages": "work_packages.csv",
        "countries": "countries.csv",
        "coverage": "coverage.csv",
        "codes": "codes.csv",
        "sources": "sources.csv",
        "places": "geo/places.csv",
    }
)
"""File of each table, from the data folder, in the order in which a reader would want to meet them."""

GEOMETRY_FILES: Mapping[str, str] = MappingProxyType(
    {
        "countries": "geo/countries.geojson",
        "regions": "geo/regions.geojson",
        "lakes": "geo/lakes.geojson",
    }
)
"""File of each set of outlines, from the data folder."""

PACKAGE_FILE = "datapackage.json"
"""The description of all of them."""


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file as a data package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def content_of(folder: Path, file: str) -> bytes | None:
    """Return the bytes of a file in the data folder; None where there is none to be read."""
    try:
        return (folder / file).read_bytes()
    except OSError:
        return None
