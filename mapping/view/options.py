"""Which values each filter offers, in the order the screens show them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.address import ROLES
from mapping.view.folding import fold

CONFIDENCES: Final = ("verified", "inferred", "unverified")
"""From the surest to the least sure; the position is the rank."""

VOCABULARIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "class": ("atmp_class",),
        "kind": ("facility_kind", "organisation_kind"),
        "capability": ("capability",),
        "modality": ("modality",),
        "area": ("therapeutic_area",),
        "phase": ("phase",),
        "status": ("trial_status",),
        "sponsor": ("sponsor_kind",),
        "stage": ("stage",),
        "category": ("category",),
        "stakeholder": ("stakeholder",),
        "indicator": ("indicator",),
        "type": ("solution_type",),
        "solution_status": ("solution_status",),
        "horizon": ("horizon",),
    }
)
"""Key of the address -> vocabularies its values come from."""

_COLUMNS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "class": (("facilities", "atmp_classes"), ("trials", "atmp_class"), ("treatment_centres", "atmp_classes")),
        "kind": (("facilities", "kind"), ("organisations", "kind")),
        "capability": (("facilities", "capabilities"),),
        "modality": (("trials", "modality"),),
        "area": (("trials", "therapeutic_area"),),
        "phase": (("trials", "phase"),),
        "status": (("trials", "status"),),
        "sponsor": (("trials", "sponsor_kind"),),
        "stage": (("obstacles", "stage"),),
        "category": (("obstacles", "category"),),
        "stakeholder": (("obstacles", "stakeholders"),),
        "indicator": (("country_indicators", "indicator"),),
        "type": (("solutions", "type"),),
        "solution_status": (("solutions", "status"),),
        "horizon": (("pathways", "horizon"),),
    }
)
"""Key -> columns that use its codes: what is offered while the table of codes cannot be shown."""


def _codes(tables: Tables, key: str) -> tuple[str, ...]:
    codes = tables.frames.get("codes")
    if codes is None:
        return _codes_used(tables, key)
    wanted = [codes[codes["vocabulary"] == vocabulary] for vocabulary in VOCABULARIES[key]]
    ordered = [code for part in wanted for code in part.sort_values("position", kind="stable")["code"]]
    return tuple(dict.fromkeys(ordered))


def _codes_used(tables: Tables, key: str) -> tuple[str, ...]:
    used: set[str] = set()
    for table, column in _COLUMNS[key]:
        frame = tables.frames.get(table)
        if frame is not None:
            used |= {code for cell in frame[column].dropna().unique() for code in str(cell).split("|")}
    return tuple(sorted(used))


def country_options(tables: Tables) -> tuple[str, ...]:
    """Return the codes of the core countries by name, then of other countries where a site lies."""
    sites, countries = tables.frames.get("sites"), tables.frames.get("countries")
    used = set() if sites is None else set(sites["country"].dropna().unique())
    if countries is None:
        return tuple(sorted(used))
    names = dict(zip(column_list(countries, "id"), map(fold, column_list(countries, "name")), strict=True))
    core = set(countries["id"][countries["scope"] == "core"])
    return tuple(sorted(core | used, key=lambda code: (code not in core, names.get(code, ""), code)))


def options(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Return the codes each filter offers, by key of the address, in vocabulary order (countries by name)."""
    fixed = {"layers": ROLES, "country": country_options(tables), "confidence": CONFIDENCES}
    return MappingProxyType(fixed | {key: _codes(tables, key) for key in VOCABULARIES})


def column_list(frame: pd.DataFrame, column: str) -> list[str]:
    """Return a text column as a list, an empty text where nothing stands."""
    return frame[column].fillna("").tolist()
