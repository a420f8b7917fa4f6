"""The tables that cover sheets give: trials, products, sites, and what was said of hurdles, awaiting review."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from mapping.importers.cell_values import Lexicon
from mapping.importers.classifying import classify, therapeutic_area
from mapping.importers.countries import Countries, country_code
from mapping.importers.cover_sheet import Answer, CoverSheets, Record, fields
from mapping.importers.ctis_records import phase_from, status_from
from mapping.importers.locating import Locator
from mapping.importers.registry_tables import REGISTRY_PAGES
from mapping.importers.studies import Intervention, Study
from mapping.places.names import ascii_lower
from mapping.tables.csvs import Row, join_cell

PRODUCT_KEYS: Final = (
    *("country_of_origin", "atmp_type", "category", "cell_source", "cell_type", "route", "disease", "target"),
    *("gene_transfer", "cohort", "patient_classification", "patent_holder", "mechanism_known", "first_in_human"),
)
PRODUCT_COLUMNS: Final = ("name", "country", "atmp_class", "modality", *PRODUCT_KEYS, "cells")
SITE_COLUMNS: Final = ("product", "role", "institution", "site_id", "candidate_id", "score", "reason", "cell")
EVIDENCE_COLUMNS: Final = (
    *("status", "product", "question", "answer", "stage", "months", "obstacle_candidate", "obstacle_title"),
    *("likeness", "country", "cell"),
)
REPORT_COLUMNS: Final = ("cell", "title", "outcome", "detail")
PROPOSED: Final = "proposed"
"""State of an answer that no reviewer has read."""
NUMBERS: Final = (
    ("ctgov", re.compile(r"\bNCT\s?(\d{8})\b", re.IGNORECASE)),
    ("ctis", re.compile(r"\b(\d{4}-5\d{5}-\d{2}-\d{2})\b")),
    ("euctr", re.compile(r"\b(\d{4}-\d{6}-\d{2})\b(?!-\d)")),
)
EUCTR_PAGE: Final = "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}"
DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|to)?\s*(day|week|month|year)s?\b", re.IGNORECASE)
MONTHS: Final = {"day": 1 / 30.44, "week": 7 / 30.44, "month": 1.0, "year": 12.0}
LIKE_AN_OBSTACLE: Final = 55.0
SITE_ROLES: Final = {
    "lead_clinical": "lead clinical",
    "lead_preclinical": "lead pre-clinical",
    "lead_manufacturing": "lead manufacturing",
    "lead_centre": "lead study centre",
    "centre": "centre",
}


@dataclass(frozen=True)
class CoverSheetTables:
    """What cover sheets give."""

    trials: tuple[Row, ...]
    products: tuple[Row, ...]
    sites: tuple[Row, ...]
    evidence: tuple[Row, ...]
    """Answers about hurdles and delays, their status `proposed`."""
    report: tuple[Row, ...]
    """Cells that went into no table, and why."""


@dataclass(frozen=True)
class Held:
    """What the answers are held against."""

    lexicon: Lexicon
    locator: Locator
    countries: Countries
    retrieved: str


def cover_sheet_tables(found: CoverSheets, held: Held) -> CoverSheetTables:
    """Return the tables of the records of a workbook; a trial in several records is one row."""
    report = [
        {"cell": one.cell, "title": one.title, "outcome": one.outcome, "detail": one.detail} for one in found.remarks
    ]
    trials: dict[str, Row] = {}
    for record in found.records:
        trial = _trial(record, held)
        if trial:
            trials.setdefault(trial["id"], trial)
        else:
            report.append(_no_trial(record))
    records = found.records
    return CoverSheetTables(
        tuple(trials[number] for number in sorted(trials)),
        tuple(_product(record, held) for record in records),
        tuple(row for record in records for row in _sites(record, held)),
        tuple(row for record in records for row in _evidence(record, held)),
        tuple(report),
    )


def _text(record: Record, key: str) -> str:
    """Return an answer, empty where there is none."""
    return record.answers[key].text if key in record.answers else ""


def _study(record: Record) -> Study:
    """Return what a record says of its trial, for the rules that tell class and modality."""
    names = (_text(record, key) for key in ("product", "cell_type", "gene_transfer", "atmp_type", "category"))
    words = tuple(name for name in names if name)
    diseases = tuple(filter(None, [_text(record, "disease")]))
    return Study("", "", _text(record, "title"), conditions=diseases, interventions=(Intervention("", words),))


def _class(record: Record, held: Held) -> tuple[str, str]:
    """Return class and modality: the class as stated in words of ours, else by the rules for registries."""
    verdict = classify(_study(record))
    words = held.lexicon.codes["atmp_class"]
    stated = next(
        (words[plain] for key in ("atmp_type", "category") if (plain := ascii_lower(_text(record, key))) in words), ""
    )
    return stated or verdict.atmp_class, verdict.modality


def _trial(record: Record, held: Held) -> Row | None:
    """Return a row of the table of trials, or nothing where no registry number is given."""
    numbers = [(registry, _numbered(registry, text)) for registry, pattern in NUMBERS
               for text in pattern.findall(_text(record, "study_id"))]  # fmt: skip
    if not numbers:
        return None
    (registry, number), others = numbers[0], [other for _, other in numbers[1:]]
    atmp_class, modality = _class(record, held)
    codes = {country_code(part) for part in re.split(r"[,;/|]| and ", _text(record, "countries"))}
    title = _text(record, "title") or _text(record, "product") or number
    return {
        "id": number,
        "registry": registry,
        "other_ids": join_cell(others),
        "title": title,
        "atmp_class": atmp_class,
        "modality": modality,
        "product": _text(record, "product"),
        "condition": _text(record, "disease"),
        "therapeutic_area": therapeutic_area(_study(record)),
        "phase": phase_code(_text(record, "phase")),
        "status": held.lexicon.codes["trial_status"].get(
            ascii_lower(_text(record, "status")), status_from(_text(record, "status"))
        ),
        "sponsor": _text(record, "sponsor"),
        "sponsor_kind": sponsor_kind(_text(record, "sponsor_type"), held.lexicon),
        "start_year": "",
        "enrolment": "",
        "countries": join_cell(sorted(codes & held.countries.known)),
        "registry_url": {**REGISTRY_PAGES, "euctr": EUCTR_PAGE}[registry].format(number),
        "snapshot": "",
        "note": f"from a cover sheet ({record.answers['study_id'].cell})",
        "source_ids": "",
        "confidence": "unverified",
        "retrieved": held.retrieved,
    }


def _numbered(registry: str, text: str) -> str:
    """Return a number as its registry writes it."""
    return f"NCT{text}" if registry == "ctgov" else text


def phase_code(text: str) -> str:
    """Return our code of a phase however it is written: I/II, Phase 2, 1-2a."""
    plain = re.sub(r"(?<=[\dIV])[ab]\b", "", text)
    digits = re.findall(r"(?<!\d)[1-4](?!\d)", plain)
    if digits:
        both = "/".join(dict.fromkeys(digits))
        return both if both in ("1/2", "2/3") else digits[0]
    return phase_from(plain if "phase" in plain.lower() else f"phase {plain}")


def sponsor_kind(text: str, lexicon: Lexicon) -> str:
    """Return our code of a kind of sponsor."""
    plain = ascii_lower(text)
    if re.search(r"non commercial|academ|universit|hospital|investigator", plain):
        return "academic"
    if re.search(r"commercial|compan|industr|pharma", plain):
        return "commercial"
    return lexicon.codes["sponsor_kind"].get(plain, "unknown")


def _no_trial(record: Record) -> Row:
    """Return the remark on a record without a registry number."""
    answer = record.answers.get("study_id")
    detail = "no number of ClinicalTrials.gov, EudraCT or CTIS in it" if answer else "no study id is given"
    cell = answer.cell if answer else f"{record.sheet}, column {record.column}"
    return {"cell": cell, "title": "Study ID", "outcome": "no trial", "detail": detail}


def _product(record: Record, held: Held) -> Row:
    """Return what a record says of its product."""
    atmp_class, modality = _class(record, held)
    cells = [record.answers[key].cell for key in ("product", *PRODUCT_KEYS) if key in record.answers]
    own = {"name": _text(record, "product"), "country": country_code(_text(record, "country_of_origin"))}
    told = {key: _text(record, key) for key in PRODUCT_KEYS}
    return {**own, "atmp_class": atmp_class, "modality": modality, **told, "cells": join_cell(cells)}


def _sites(record: Record, held: Held) -> Iterator[Row]:
    """Yield the institutions a record names, each with the site it may be."""
    for key, role in SITE_ROLES.items():
        answer = record.answers.get(key)
        if answer is None:
            continue
        match = held.locator.site_named(answer.text)
        yield {
            "product": _text(record, "product"),
            "role": role,
            "institution": answer.text,
            "site_id": match.site_id,
            "candidate_id": match.candidate_id,
            "score": f"{match.score:.0f}",
            "reason": match.reason,
            "cell": answer.cell,
        }


def _evidence(record: Record, held: Held) -> Iterator[Row]:
    """Yield the answers about hurdles and delays, each with the obstacle it may be about."""
    for question in fields():
        answer = record.answers.get(question.key) if question.use == "evidence" else None
        if answer is not None:
            yield _proposal(record, question.title, question.stage, answer, held)


def _proposal(record: Record, question: str, stage: str, answer: Answer, held: Held) -> Row:
    """Return one answer as evidence that a reviewer has to read."""
    frame = held.lexicon.tables.frames.get("obstacles")
    titles = dict(zip(frame["id"], frame["title"], strict=True)) if frame is not None else {}
    like = process.extractOne(answer.text, titles, scorer=fuzz.token_set_ratio, score_cutoff=LIKE_AN_OBSTACLE)
    return {
        "status": PROPOSED,
        "product": _text(record, "product"),
        "question": question,
        "answer": answer.text,
        "stage": stage,
        "months": months_in(answer.text),
        "obstacle_candidate": str(like[2]) if like else "",
        "obstacle_title": str(like[0]) if like else "",
        "likeness": f"{like[1]:.0f}" if like else "",
        "country": country_code(_text(record, "country_of_origin")),
        "cell": answer.cell,
    }


def months_in(text: str) -> str:
    """Return the one duration an answer states, in months; empty where it states none or several."""
    found = DURATION.findall(text)
    if len(found) != 1:
        return ""
    amount, unit = found[0]
    return f"{float(amount.replace(',', '.')) * MONTHS[unit.lower()]:.1f}".removesuffix(".0")
