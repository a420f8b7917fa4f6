"""Obstacles, the figures about them, solutions and pathways from the raw tables."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mapping.tables.csvs import Row, join_cell, read_rows, split_cell

SourceId = Callable[[str], str]

AREAS: Mapping[str, str] = MappingProxyType({"EU": "eu", "EUROPE": "europe"})
"""Stand-ins for a country in the raw tables -> area."""
UNITS: Mapping[str, str] = MappingProxyType({"ordinal 1-3 (coded by us)": "ordinal_1_3", "score 1-5": "score_1_5"})
"""Units whose code is not their words joined with underscores."""


def obstacle_rows(raw: Path) -> list[Row]:
    """Return the table of obstacles; `EU` among their countries becomes the area."""
    rows = []
    for row in read_rows(raw / "obstacles.csv"):
        places = split_cell(row["countries"])
        kept = {name: cell for name, cell in row.items() if name != "stakeholders_affected"}
        rows.append(
            kept
            | {
                "stakeholders": row["stakeholders_affected"],
                "source_ids": row["source_ids"].lower(),
                "area": "eu" if "EU" in places else "country",
                "countries": join_cell(sorted(place for place in places if place not in AREAS)),
            }
        )
    return rows


def evidence_rows(raw: Path) -> list[Row]:
    """Return the table of figures, each under an id made of obstacle, place, source and measure."""
    return [_figure(row) for row in read_rows(raw / "obstacle_evidence.csv")]


def _figure(row: Row) -> Row:
    """Return one figure under our names of columns."""
    telling = "|".join(row[name] for name in ("measure", "year", "value", "page_or_table"))
    mark = hashlib.sha256(telling.encode("utf-8")).hexdigest()[:4]
    kept = {name: cell for name, cell in row.items() if name not in ("source_id", "stakeholder", "source_url")}
    return (
        kept
        | area_and_country(row["country"])
        | {
            "id": f"{row['obstacle_id']}-{row['country']}-{row['source_id']}-{mark}".lower(),
            "stakeholders": row["stakeholder"],
            "unit": unit_code(row["unit"]),
            "source_ids": row["source_id"].lower(),
            "restates": "",
        }
    )


def area_and_country(place: str) -> Row:
    """Return the columns `area` and `country` for a country code, `EU` or `EUROPE`."""
    area = AREAS.get(place, "country")
    return {"area": area, "country": place if area == "country" else ""}


def unit_code(unit: str) -> str:
    """Return the code of a unit told in words."""
    return UNITS.get(unit, unit.lower().replace(" ", "_"))


def solution_rows(raw: Path, ids: SourceId) -> list[Row]:
    """Return the table of solutions; some work in several countries."""
    rows = []
    for row in read_rows(raw / "solutions.csv"):
        kept = {name: cell for name, cell in row.items() if name not in ("solution_type", "country", "source_url")}
        places = split_cell(row["country"])
        rows.append(
            kept
            | {
                "type": row["solution_type"],
                "area": AREAS.get(places[0], "country"),
                "countries": join_cell(sorted(place for place in places if place not in AREAS)),
                "source_ids": ids(row["source_url"]),
            }
        )
    return rows


def pathway_rows(raw: Path, ids: SourceId) -> list[Row]:
    """Return the table of pathways."""
    return [
        {name: cell for name, cell in row.items() if name != "source_url"} | {"source_ids": ids(row["source_url"])}
        for row in read_rows(raw / "pathways.csv")
    ]
