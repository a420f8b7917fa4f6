"""Who the partners are, in which group each stands, and which stage of a therapy's life each says it knows.

Expertise is what a page says a partner does. A stage that no page names for it is not stated; it is not a no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.listed import Listed, listed, split
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import FIELDS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState

Bools = npt.NDArray[np.bool_]
GROUPS: Final = ("consortium", "euha", "network", "public_body", "patient_organisation", "company", "other")
"""In the order listed: partners of the project, then of its alliance, then everybody else by kind."""
PARTNER_KEYS: Final = ("country", "kind", "stage", "confidence", "q")
"""Every filter that applies to organisations."""
_COLUMNS: Final[Mapping[str, str]] = {"country": "country", "kind": "kind", "confidence": "confidence"}


def partners(tables: Tables) -> pd.DataFrame:
    """Return all organisations in the order listed: by group, in the consortium by role, then by name.

    Returns
    -------
    DataFrame
        The table of organisations and ``group``.
    """
    return tables.kept(("partners in order",), lambda: _ordered(tables))


def _ordered(tables: Tables) -> pd.DataFrame:
    found = tables["organisations"]
    roles = {role: place for place, role in enumerate(labels(tables, "consortium_role"))}
    group = pd.Series([_group(row) for row in found.to_dict("records")], index=found.index, dtype="str")
    ranks = found.assign(group=group).assign(
        _group=group.map({name: place for place, name in enumerate(GROUPS)}),
        _role=found["consortium_role"].map(roles).fillna(len(roles)),
        _name=found["name"].str.casefold(),
    )
    ordered = ranks.sort_values(["_group", "_role", "_name", "id"])
    return ordered.drop(columns=["_group", "_role", "_name"]).reset_index(drop=True)


def _group(row: Mapping[Any, Any]) -> str:
    networks = str(row["networks"]).split("|")
    if isinstance(row["consortium_role"], str):
        return "consortium"
    if "euha" in networks:
        return "euha"
    return str(row["kind"]) if row["kind"] in GROUPS else "other"


def masks(atlas: Atlas, view: ViewState) -> dict[str, Bools]:
    """Return which of :func:`partners` each filter lets through, by key of the address, for the filters set."""
    everybody = partners(atlas.tables)
    found: dict[str, Bools] = {}
    for key, column in _COLUMNS.items():
        if chosen := getattr(view, FIELDS[key]):
            found[key] = everybody[column].isin(chosen).to_numpy(np.bool_)
    if view.stages:
        found["stage"] = _expertise(atlas.tables).holding(view.stages, len(everybody))
    texts = atlas.search.records("organisations", view.text)
    if texts is not None:
        named = set(atlas.tables["organisations"]["id"][texts])
        found["q"] = everybody["id"].isin(named).to_numpy(np.bool_)
    return found


def in_view(masks: Mapping[str, Bools], everybody: pd.DataFrame, without: str = "") -> pd.DataFrame:
    """Return the partners that all filters, one left out, let through."""
    kept = [mask for key, mask in masks.items() if key != without]
    return everybody[np.logical_and.reduce(kept)] if kept else everybody


def option_counts(atlas: Atlas, found: Mapping[str, Bools], key: str) -> dict[str, int]:
    """Return for each option of a filter how many organisations it would leave under the other filters of ``masks``."""
    rows, everybody = rows_in_view(found, atlas.tables, key), partners(atlas.tables)
    if key == "stage":
        told = _expertise(atlas.tables)
        counted = dict(zip(told.names, told.counts(rows).tolist(), strict=True))
    else:
        counted = Counter(everybody[_COLUMNS[key]].to_numpy(dtype=object)[rows].tolist())
    codes: Iterable[str] = atlas.known.options[key]
    if key == "kind":
        codes = labels(atlas.tables, "organisation_kind")
    return {code: counted.get(code, 0) for code in codes}


def rows_in_view(found: Mapping[str, Bools], tables: Tables, without: str = "") -> Bools:
    """Return which of :func:`partners` all filters of ``masks``, one left out, let through."""
    kept = [mask for key, mask in found.items() if key != without]
    return np.asarray(np.logical_and.reduce(kept)) if kept else np.ones(len(partners(tables)), dtype=np.bool_)


def _expertise(tables: Tables) -> Listed:
    return tables.kept(
        ("partners' expertise",), lambda: listed(split(partners(tables)["expertise"].fillna("").tolist()))
    )


def expertise(shown: pd.DataFrame, stages: Iterable[str]) -> pd.DataFrame:
    """Return which partner (row, in the order given) is said to know which stage (column)."""
    cells = [set(cell.split("|")) for cell in shown["expertise"].fillna("")]
    return pd.DataFrame({stage: [stage in cell for cell in cells] for stage in stages}, index=shown.index, dtype=bool)


def stage_coverage(tables: Tables, shown: pd.DataFrame, stages: Iterable[str]) -> pd.DataFrame:
    """Return how many partners in each country of the Atlas are said to know each stage.

    Returns
    -------
    DataFrame
        One row a country and stage, countries by name and stages in the order given: country, stage, partners, state:
        found, or which kind of nothing it is (none_found where partners of the country are known and none for this
        stage; else what the table of coverage says of the country).
    """
    countries = tables["countries"]
    core = countries[countries["scope"] == "core"].sort_values("name")
    stated = tables["coverage"]
    about = stated[stated["subject"] == "organisations"].set_index("country")["state"]
    counted = Counter(
        (country, stage)
        for country, cell in zip(shown["country"].tolist(), shown["expertise"].fillna("").tolist(), strict=True)
        for stage in cell.split("|")
    )
    rows = []
    for code in core["id"]:
        looked = str(about.get(code, "not_assessed"))
        nothing = "none_found" if looked == "found" else looked
        for stage in stages:
            number = counted[code, stage]
            rows.append((code, stage, number, "found" if number else nothing))
    return pd.DataFrame(rows, columns=["country", "stage", "partners", "state"])


def uncovered(shown: pd.DataFrame, stages: Iterable[str]) -> tuple[str, ...]:
    """Return the stages that no partner is said to know."""
    known = expertise(shown, stages)
    return tuple(stage for stage in known.columns if not known[stage].any())


def seatless(shown: pd.DataFrame) -> Bools:
    """Return which partners have no known seat: they are listed, never drawn at a place."""
    return shown["site_id"].isna().to_numpy(np.bool_)
