"""What is in view, said a second time in plain Python: one dict a record, one loop a question. Slow and obvious."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.state import ViewState

Record = dict[str, Any]
TABLES = {
    "partners": "organisations",
    "facilities": "facilities",
    "trial_sites": "trial_sites",
    "treatment_centres": "treatment_centres",
}
SURER = {"verified": 0, "inferred": 1, "unverified": 2}
ASKS = {  # what the filter bar asks of a record: key -> field of the view
    "layers": "layers",
    "country": "countries",
    "class": "classes",
    "kind": "kinds",
    "capability": "capabilities",
    "modality": "modalities",
    "area": "areas",
    "phase": "phases",
    "status": "statuses",
    "sponsor": "sponsors",
    "confidence": "confidences",
}


def cell(row: dict[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None or pd.isna(value) else str(value)


def words(*texts: str) -> set[str]:
    return {word for text in texts for word in text.replace("|", " ").lower().split()}


def records(tables: Tables) -> Iterator[Record]:
    """Every record at a site, with what each filter may ask of it as a set."""
    sites = {row["id"]: row for row in tables["sites"].to_dict("records")}
    trials = {row["id"]: row for row in tables["trials"].to_dict("records")}
    for role, table in TABLES.items():
        for row in tables[table].to_dict("records"):
            site = sites.get(cell(row, "site_id"))
            if site is None:
                continue
            record = {
                "id": row["id"],
                "site": site["id"],
                "role": role,
                "layers": {role},
                "country": {site["country"]},
                "class": set(),
                "kind": set(),
                "capability": set(),
                "modality": set(),
                "area": set(),
                "phase": set(),
                "status": set(),
                "sponsor": set(),
                "confidence": {row["confidence"]},
                "year": None,
                "hidden": None,
                "words": words(cell(site, "name"), cell(site, "aliases"), cell(site, "city")),
                "sources": {*cell(site, "source_ids").split("|"), *cell(row, "source_ids").split("|")} - {""},
            }
            if role in {"partners", "facilities"}:
                record["kind"] = {row["kind"]}
            if role in {"facilities", "treatment_centres"}:
                record["class"] = set(cell(row, "atmp_classes").split("|")) - {""}
                record["words"] |= words(cell(row, "name"))
            if role == "facilities":
                record["capability"] = set(cell(row, "capabilities").split("|")) - {""}
                record["hidden"] = {"closed": "closed", "in_construction": "planned"}.get(row["gmp_status"])
            if role == "treatment_centres":
                record["hidden"] = None if row["status"] == "designated" else "planned"
            if role == "trial_sites":
                trial = trials[row["trial_id"]]
                record |= {
                    "class": {cell(trial, "atmp_class")},
                    "modality": {cell(trial, "modality")},
                    "area": {cell(trial, "therapeutic_area")},
                    "phase": {cell(trial, "phase")},
                    "status": {cell(trial, "status")},
                    "sponsor": {cell(trial, "sponsor_kind")},
                    "confidence": {max(row["confidence"], trial["confidence"], key=SURER.__getitem__)},
                    "year": None if pd.isna(trial["start_year"]) else int(trial["start_year"]),
                    "trial": trial["id"],
                }
                record["words"] |= words(cell(trial, "title"))
                record["sources"] |= set(cell(trial, "source_ids").split("|")) - {""}
            yield record


def passes(record: Record, view: ViewState, without: str = "") -> bool:
    """Whether a record is in view, one filter left aside."""
    for key, field in ASKS.items():
        chosen = set(getattr(view, field))
        if key != without and chosen and not chosen & record[key]:
            return False
    if view.years and without != "years":
        first, last = view.years
        if record["year"] is None or not first <= record["year"] <= last:
            return False
    if without != "include" and record["hidden"] and record["hidden"] not in view.include:
        return False
    return all(any(there.startswith(word) for there in record["words"]) for word in view.text.lower().split())


def in_view(everything: list[Record], view: ViewState) -> list[Record]:
    return [record for record in everything if passes(record, view)]


def sites_by_option(everything: list[Record], view: ViewState, key: str, option: str) -> int:
    if key == "include":
        return len({r["site"] for r in everything if passes(r, view, key) and r["hidden"] == option})
    return len({r["site"] for r in everything if passes(r, view, key) and option in r[key]})
