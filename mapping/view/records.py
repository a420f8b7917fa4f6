"""The rows of presence, gathered from the tables of the four roles; a faulty table leaves the others as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.facets import Ints, facet
from mapping.view.options import CONFIDENCES
from mapping.view.presence import CLOSED, NORMAL, PLANNED, ROLE_TABLES, ROLES, Presence, positions

_STATES: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "facilities": {"closed": CLOSED, "in_construction": PLANNED},
        "treatment_centres": {"planned": PLANNED, "protocol_only": PLANNED},
    }
)
"""Role -> values of its state column that take a record out of view."""
_STATE_COLUMNS: Final = {"facilities": "gmp_status", "treatment_centres": "status"}
_TRIAL_COLUMNS: Final = {
    "class": "atmp_class",
    "modality": "modality",
    "area": "therapeutic_area",
    "phase": "phase",
    "status": "status",
    "sponsor": "sponsor_kind",
}

Options = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Part:
    """The records of one role that lie at a site, in table order."""

    site: Ints
    record: Ints
    trial: Ints
    start_year: Ints
    confidence: Ints
    state: Ints
    singles: Mapping[str, Ints] = field(default_factory=dict)
    """Key -> code of each record."""
    lists: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)
    """Key -> pairs of a position in this part and a code."""


def coded(values: "pd.Series[str]", codes: Sequence[str]) -> Ints:
    """Return the position of each value among the codes, -1 for null and unknown."""
    return positions(pd.Series(list(codes), dtype="str"), values)


def _none(length: int) -> Ints:
    return np.full(length, -1, dtype=np.int32)


def _states(frame: pd.DataFrame, role: str) -> Ints:
    meanings, column = _STATES.get(role), _STATE_COLUMNS.get(role)
    if meanings is None or column is None:
        return np.full(len(frame), NORMAL, dtype=np.int32)
    codes = list(meanings)
    numbers = np.array([*meanings.values(), NORMAL], dtype=np.int32)
    return numbers[coded(frame[column], codes)]


def _pairs(tables: Tables, table: str, column: str, kept: Ints, codes: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the pairs of a list column as positions among the kept records and codes."""
    pairs = tables.pairs(table, column)
    frame = tables.frames[table]
    inside = _none(len(frame))
    inside[kept] = np.arange(len(kept), dtype=np.int32)
    record = positions(frame["id"], pairs["id"])
    here = (record >= 0) & (inside[record] >= 0)
    return inside[record[here]], coded(pairs["value"][here], codes)


def _part(tables: Tables, role: str, site_ids: "pd.Series[str]", options: Options) -> _Part | None:
    """Return the records of one role, or None where a table it needs is not there."""
    table = ROLE_TABLES[ROLES.index(role)]
    frame = tables.frames.get(table)
    if frame is None:
        return None
    site = positions(site_ids, frame["site_id"])
    kept = np.flatnonzero(site >= 0).astype(np.int32)
    frame = frame.iloc[kept]
    confidence = coded(frame["confidence"], CONFIDENCES)
    if role == "trial_sites":
        return _trial_part(tables, frame, site[kept], kept, options)
    singles = {"kind": coded(frame["kind"], options["kind"])} if role in {"partners", "facilities"} else {}
    lists = {}
    if role in {"facilities", "treatment_centres"}:
        lists["class"] = _pairs(tables, table, "atmp_classes", kept, options["class"])
    if role == "facilities":
        lists["capability"] = _pairs(tables, table, "capabilities", kept, options["capability"])
    none = _none(len(kept))
    return _Part(site[kept], kept, none, none, confidence, _states(frame, role), singles, lists)


def _trial_part(tables: Tables, frame: pd.DataFrame, site: Ints, record: Ints, options: Options) -> _Part | None:
    """Return the trials at sites with what the table of trials says of each; None without that table."""
    trials = tables.frames.get("trials")
    if trials is None:
        return None
    trial = positions(trials["id"], frame["trial_id"])
    found = trial >= 0
    at = trial[found]
    started = trials["start_year"].fillna(-1).to_numpy(dtype=np.int32)
    weaker = np.maximum(coded(frame["confidence"], CONFIDENCES)[found], coded(trials["confidence"], CONFIDENCES)[at])
    singles = {key: coded(trials[column], options[key])[at] for key, column in _TRIAL_COLUMNS.items()}
    return _Part(site[found], record[found], at, started[at], weaker, np.full(len(at), NORMAL, np.int32), singles)


def _joined(parts: Sequence[_Part], name: str) -> Ints:
    arrays = [getattr(part, name) for part in parts]
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int32)


def _carried(parts: Sequence[_Part], key: str) -> tuple[Ints, Ints]:
    """Return the pairs of a row (parts one after the other) and a code of one key."""
    rows, codes, start = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)], 0
    for part in parts:
        if key in part.singles:
            rows.append(np.arange(start, start + len(part.site), dtype=np.int32))
            codes.append(part.singles[key])
        if key in part.lists:
            rows.append(part.lists[key][0] + np.int32(start))
            codes.append(part.lists[key][1])
        start += len(part.site)
    return np.concatenate(rows), np.concatenate(codes)


def _seatless(tables: Tables, site_ids: "pd.Series[str]") -> Ints:
    organisations = tables.frames.get("organisations")
    if organisations is None:
        return np.zeros(0, dtype=np.int32)
    return np.flatnonzero(positions(site_ids, organisations["site_id"]) < 0).astype(np.int32)


def presence_of(tables: Tables, options: Mapping[str, tuple[str, ...]]) -> Presence:
    """Return the presence of every record at a site.

    Parameters
    ----------
    tables : Tables
        The data. A role whose table (for trial sites also that of trials) is not there has no rows; without
        the table of sites there are none at all.
    options : Mapping
        Key of the address -> codes, as :func:`mapping.view.options.options` gives them.
    """
    sites = tables.frames.get("sites")
    site_ids = pd.Series(dtype="str") if sites is None else sites["id"].reset_index(drop=True)
    found = {role: _part(tables, role, site_ids, options) for role in ROLES}
    parts = [part for part in found.values() if part is not None]
    role = np.repeat(
        np.array([ROLES.index(name) for name, part in found.items() if part is not None], dtype=np.int32),
        [len(part.site) for part in parts],
    )
    site, record = _joined(parts, "site"), _joined(parts, "record")
    order = np.lexsort((record, role, site))
    row_of = np.empty(len(order), dtype=np.int32)
    row_of[order] = np.arange(len(order), dtype=np.int32)
    ordered = {name: _joined(parts, name)[order] for name in ("trial", "start_year", "confidence", "state")}
    site, role = site[order], role[order]
    country = (_none(0) if sites is None else coded(sites["country"], options["country"]))[site]
    rows = np.arange(len(order), dtype=np.int32)
    whole = {"layers": role, "country": country, "confidence": ordered["confidence"]}
    facets = {key: facet(options[key], rows, codes, site) for key, codes in whole.items()}
    for key in ("class", "kind", "capability", *_TRIAL_COLUMNS):
        row, code = _carried(parts, key)
        facets[key] = facet(options[key], row_of[row], code, site)
    return Presence(
        site=site,
        role=role,
        record=record[order],
        country=country,
        facets=MappingProxyType(facets),
        options=MappingProxyType(dict(options)),
        site_ids=site_ids,
        seatless=_seatless(tables, site_ids),
        **ordered,
    )
