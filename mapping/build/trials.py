"""Trials and products from the raw tables."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mapping.tables.csvs import Row, join_cell, read_rows, split_cell

SourceId = Callable[[str], str]

REGISTRY_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "ctgov": "https://clinicaltrials.gov/study/{}",
        "euctr": "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}",
        "ctis": "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={}",
    }
)
"""Page of a trial in its registry, for its number."""
FROM_MEMORY = re.compile(r"NCT number\b[^;]*from general knowledge")
"""What the note says where no page gives the number at ClinicalTrials.gov."""
SNAPSHOTS = (
    (
        re.compile(r"registry record copied (mid-\d{4}) \(last update ([\d-]+)\)"),
        "registry record of {}, last updated {}",
    ),
    (re.compile(r"registry record copied ([\d-]+)"), "registry record of {}"),
    (re.compile(r"status as copied from the registry ([\d-]+)"), "registry record of {}"),
    (re.compile(r"WHO record refreshed ([\d-]+)"), "WHO record of {}"),
    (re.compile(r"status (?:as )?(?:of )?((?:[A-Z][a-z]+ )?\d{4}(?:-\d{2})?)"), "status of {}"),
    (re.compile(r"recruiting in (\d{4})"), "status of {}"),
)
"""What a note says about the day of the status, and how we say it; first match first."""
ONCOLOGY_OF_SOLID_TUMOURS = frozenset({"provenge", "imlygic"})
"""Products against cancers of organs (prostate, melanoma); the other oncology products are against blood cancers."""


def trial_rows(raw: Path, ids: SourceId) -> list[Row]:
    """Return the table of trials; a number from memory is kept, said so, and linked nowhere."""
    return [_trial(row, ids) for row in read_rows(raw / "trials.csv")]


def _trial(row: Row, ids: SourceId) -> Row:
    """Return one trial under our names of columns."""
    kept = {
        name: row[name]
        for name in (
            "id", "registry", "atmp_class", "modality", "therapeutic_area", "phase", "status",
            "sponsor", "sponsor_kind", "start_year", "enrolment", "confidence", "retrieved",
        )
    }  # fmt: skip
    return (
        kept
        | _numbers(row)
        | {
            "title": row["short_title"],
            "product": "; ".join(split_cell(row["product"])),
            "condition": "; ".join(split_cell(row["condition"])),
            "countries": join_cell(sorted(split_cell(row["countries"]))),
            "snapshot": snapshot(row["note"]),
            "source_ids": ids(row["source_url"]),
        }
    )


def _numbers(row: Row) -> Row:
    """Return the columns about registry numbers: one from memory is linked nowhere, as another number it is a note."""
    others, note = row["other_ids"], row["note"]
    remembered = FROM_MEMORY.search(note)
    if remembered and row["registry"] == "ctgov":
        return {"other_ids": others, "note": note, "registry_url": ""}
    if remembered and others:
        others, note = "", f"{note}; unchecked other number: {others}"
    return {"other_ids": others, "note": note, "registry_url": REGISTRY_PAGES[row["registry"]].format(row["id"])}


def snapshot(note: str) -> str:
    """Return what the status is as of, from a note; empty where it names neither copy nor date."""
    for pattern, words in SNAPSHOTS:
        found = pattern.search(note)
        if found:
            return words.format(*found.groups())
    return ""


def product_rows(raw: Path, ids: SourceId) -> list[Row]:
    """Return the table of products, their field of medicine in the codes of the trials."""
    return [_product(row, ids) for row in read_rows(raw / "products.csv")]


def _product(row: Row, ids: SourceId) -> Row:
    """Return one product under our names of columns."""
    area = row["therapeutic_area"].lower()
    if area == "oncology":
        area = "oncology_solid" if row["id"] in ONCOLOGY_OF_SOLID_TUMOURS else "oncology_haem"
    kept = {name: cell for name, cell in row.items() if name not in ("indication_short", "source_url")}
    return kept | {
        "therapeutic_area": area,
        "indication": row["indication_short"],
        "source_ids": ids(row["source_url"]),
    }
