"""Which figures the ranking of countries has, in groups; the addresses name them, so the codes are public."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.address import ROLES

PER_MILLION: Final = "_per_million"
PHASE: Final = "trials_phase_"
CLASS: Final = "trials_class_"
WITHIN: Final = "within_"
DISTANCES_KM: Final = (100, 200)
REACHED: Final = ("treatment_centres", "trial_sites")
"""Kinds of site that distances are measured to."""
_LAW: Final = (
    *("hospital_exemption_framework", "hospital_exemption_products_named", "gmo_procedure_type"),
    *("gmo_authorisation_sequence", "eatris_member", "ecrin_member", "eurogct_partner_country"),
)
_MEDICINES: Final = ("atmp_reimbursed", "atmp_conditionally", "atmp_full_", "atmp_restricted_", "atmp_launched")
_WAITS: Final = ("atmp_available", "atmp_legally", "atmp_days", "wait_")


def ranked(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Return group -> codes of its figures, in the order shown; figures that no country has are left out."""
    return tables.kept(("ranked figures",), lambda: _ranked(tables))


def split_figure(figure: str) -> tuple[str, str]:
    """Return figure and country of an address's ``figure``, both empty where it is none."""
    code, colon, country = figure.rpartition(":")
    return (code, country) if colon else ("", "")


def _ranked(tables: Tables) -> dict[str, tuple[str, ...]]:
    published = _published(tables)
    medicines = tuple(code for code in published if code.startswith((*_MEDICINES, *_WAITS)))
    law = tuple(code for code in published if code in _LAW)
    other = tuple(code for code in published if code not in {*medicines, *law, "population"})
    kinds = ("sites", *ROLES)
    found = {
        "sites": ("population", *kinds),
        "per_million": tuple(f"{kind}{PER_MILLION}" for kind in kinds),
        "access": tuple(f"{WITHIN}{km}_{role}" for role in REACHED for km in DISTANCES_KM) + ("listed_share",),
        "trials": ("trials", f"trials{PER_MILLION}", *_coded(tables, "phase", PHASE)),
        "classes": ("trials", *_coded(tables, "atmp_class", CLASS)),
        "evidence": ("obstacle_sources", "obstacle_figures", "solutions", "records", "verified", "inferred")
        + ("unverified",),
        "medicines": medicines,
        "law": law,
        "reported": other,
    }
    return {group: codes for group, codes in found.items() if codes}


def _coded(tables: Tables, vocabulary: str, prefix: str) -> tuple[str, ...]:
    codes = tables.frames.get("codes")
    if codes is None:
        return ()
    held = codes[codes["vocabulary"] == vocabulary].sort_values("position")
    return tuple(f"{prefix}{code}" for code in held["code"])


def _published(tables: Tables) -> tuple[str, ...]:
    """Return the indicators with a figure about some country, in the order of the vocabulary."""
    figures, codes = tables.frames.get("country_indicators"), tables.frames.get("codes")
    if figures is None:
        return ()
    held = set(figures.loc[figures["area"] == "country", "indicator"])
    if codes is None:
        return tuple(sorted(held))
    order = codes[codes["vocabulary"] == "indicator"].sort_values("position")["code"]
    return tuple(str(code) for code in pd.unique(order) if code in held)
