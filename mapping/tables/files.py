"""Where each table stands in the data folder, and its bytes."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

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


def combined(fingerprints: Mapping[str, str]) -> str:
    """Return one fingerprint for many files, as hexadecimal digits; it changes when any of theirs does."""
    told = "\n".join(f"{file} {fingerprints[file]}" for file in sorted(fingerprints))
    return hashlib.sha256(told.encode()).hexdigest()


class Readable(Protocol):
    """A file that gives its bytes."""

    def read_bytes(self) -> bytes:
        """Return the bytes."""


class Folder(Protocol):
    """Where the files of one data version lie: a path, or a release."""

    def __truediv__(self, file: str, /) -> Readable:
        """Return a file by its path from the folder."""


def content_of(folder: Folder, file: str) -> bytes | None:
    """Return the bytes of a file in the data folder; None where there is none to be read."""
    try:
        return (folder / file).read_bytes()
    except OSError:
        return None
