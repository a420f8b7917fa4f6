"""Whether a trial is one of an ATMP, of which class, by rules that stand in a table.

`rules/atmp_rules.csv` is read from top to bottom, the first row that fits decides and is named in the decision.
`rules/said_aside.csv` lists what is said of ATMPs without a trial being one ("after CAR-T failure"); it is taken out of
the text first. Texts are compared in lower-case ASCII letters and digits, whole words only.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from mapping.importers.studies import Intervention, Study
from mapping.places.names import ascii_lower
from mapping.tables.csvs import read_rows

RULES = Path(__file__).with_name("rules")
CARRIERS: Final = frozenset({"GENETIC", "BIOLOGICAL", "COMBINATION_PRODUCT", "PROCEDURE", ""})
"""Kinds of intervention that may be an ATMP, so that the title may name it."""
NO_MEDICINE: Final = frozenset({"DIAGNOSTIC_TEST", "BEHAVIORAL", "DIETARY_SUPPLEMENT", "RADIATION"})
"""Kinds of intervention whose names say nothing about the medicine."""
NOT_TRIALS: Final = {
    "OBSERVATIONAL": "It observes patients and gives them nothing (Regulation 536/2014, Article 2(2)(4))",
    "EXPANDED_ACCESS": "It gives a medicine outside a trial",
}


@dataclass(frozen=True)
class Rule:
    """One row of the table of rules."""

    name: str
    is_kept: bool
    by_product: bool
    """Whether it is tried on the names of what is given."""
    by_title: bool
    """Whether it is tried on the title, where no rule fits what is given."""
    area: str
    """Field of medicine the trial must be in; empty for any."""
    pattern: re.Pattern[str]
    atmp_class: str
    modality: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a trial."""

    is_atmp: bool
    rule: str
    """Name of the rule that decided."""
    why: str
    atmp_class: str = ""
    modality: str = ""
    products: tuple[str, ...] = ()
    """Names of the interventions that the rule fits."""


def classify(study: Study) -> Verdict:
    """Return whether a study is a trial of an ATMP, and by which rule."""
    if study.study_type in NOT_TRIALS:
        return Verdict(False, f"no-trial-{study.study_type.lower().replace('_', '-')}", NOT_TRIALS[study.study_type])
    area = therapeutic_area(study)
    products = {found.names[0]: _product_text(found) for found in study.interventions if _names_medicine(found)}
    title = _without_asides(f"{study.title} ; {study.official_title}") if _may_carry(study) else ""
    rules = [rule for rule in atmp_rules() if rule.area in ("", area)]
    for rule in rules:
        fitting = tuple(name for name, text in products.items() if rule.by_product and rule.pattern.search(text))
        if fitting:
            return Verdict(rule.is_kept, rule.name, rule.why, rule.atmp_class, rule.modality, fitting)
    for rule in rules:
        if rule.by_title and rule.pattern.search(title):
            why = f"{rule.why} (named in the title)"
            return Verdict(rule.is_kept, rule.name, why, rule.atmp_class, rule.modality, tuple(products))
    return Verdict(False, "no-rule-fits", "No rule finds a gene, a cell or a tissue among its medicines")


def therapeutic_area(study: Study) -> str:
    """Return the field of medicine of a study's conditions, other where no word tells it."""
    text = " ; ".join(ascii_lower(condition) for condition in study.conditions) or ascii_lower(study.title)
    return next((area for area, pattern in _areas() if pattern.search(text)), "other")


@cache
def atmp_rules() -> tuple[Rule, ...]:
    """Return the table of rules, in the order in which they are tried."""
    return tuple(
        Rule(
            row["rule"],
            row["outcome"] == "kept",
            "product" in row["looks_at"],
            "title" in row["looks_at"],
            row["looks_at"].partition(" on ")[2],
            _whole_words(row["pattern"]),
            row["atmp_class"],
            row["modality"],
            row["why"],
        )
        for row in read_rows(RULES / "atmp_rules.csv")
    )


def _may_carry(study: Study) -> bool:
    """Tell whether an intervention is of a kind that an ATMP would be registered as."""
    return any(found.kind in CARRIERS for found in study.interventions)


def _names_medicine(found: Intervention) -> bool:
    """Tell whether an intervention has a name that may be a medicine's."""
    return bool(found.names and found.names[0]) and found.kind not in NO_MEDICINE


def _product_text(found: Intervention) -> str:
    """Return the words about a medicine; a description counts only where the registry says it carries a gene."""
    described = (found.description,) if found.kind == "GENETIC" else ()
    return _without_asides(" ; ".join((*found.names, *described)))


def _without_asides(text: str) -> str:
    """Return a text folded, without what is said of ATMPs in passing."""
    plain = " ; ".join(ascii_lower(part) for part in text.split(";"))
    for pattern in _asides():
        plain = pattern.sub(" ; ", plain)
    return plain


def _whole_words(pattern: str) -> re.Pattern[str]:
    """Return a pattern that fits whole words only; it is folded text it is tried on."""
    return re.compile(rf"\b(?:{pattern})(?![a-z0-9])")


@cache
def _asides() -> tuple[re.Pattern[str], ...]:
    return tuple(_whole_words(row["pattern"]) for row in read_rows(RULES / "said_aside.csv"))


@cache
def _areas() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["area"], _whole_words(row["pattern"])) for row in read_rows(RULES / "area_rules.csv"))
