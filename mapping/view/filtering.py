"""Which records are in view, and how many sites each option of a filter would leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from mapping.view.address import FIELDS, INCLUDE, ROLES
from mapping.view.atlas import Atlas
from mapping.view.options import CONFIDENCES
from mapping.view.presence import CLOSED, NORMAL, PLANNED, Bools, Ints, Presence
from mapping.view.state import ViewState

FACET_KEYS: Final = (
    *("layers", "country", "class", "kind", "capability", "modality", "area", "phase", "status", "sponsor"),
    "confidence",
)
"""Filters that offer codes, in the order of the filter bar."""
_STATES: Final = {"closed": CLOSED, "planned": PLANNED}


@dataclass(frozen=True, eq=False)
class Selection:
    """What is in view under one set of filters."""

    presence: Presence
    """The rows chosen from."""
    masks: Mapping[str, Bools]
    """Key of the address -> which rows one filter lets through, for the filters that are set."""
    rows: Bools
    """Which rows of presence all filters let through."""

    @cached_property
    def row_numbers(self) -> Ints:
        """Return the numbers of the rows in view."""
        return np.flatnonzero(self.rows).astype(np.int32)

    @cached_property
    def sites(self) -> Ints:
        """Return the positions of the sites in view, in table order."""
        return self.presence.site[self.row_numbers[self._site_starts]]

    @cached_property
    def _site_starts(self) -> Ints:
        """Return where in ``row_numbers`` the rows of each site begin."""
        return _starts(self.presence.site[self.row_numbers])

    @cached_property
    def site_ids(self) -> "pd.Series[str]":
        """Return the ids of the sites in view, in table order."""
        return self.presence.site_ids.iloc[self.sites].reset_index(drop=True)

    @cached_property
    def counts(self) -> Ints:
        """Return how many records are in view: one row a site of ``sites``, one column a role of ROLES."""
        rows = self.row_numbers
        number = np.repeat(np.arange(len(self.sites)), np.diff(self._site_starts, append=len(rows)))
        cell = number * len(ROLES) + self.presence.role[rows]
        totals = np.bincount(cell, minlength=len(self.sites) * len(ROLES))
        return totals.reshape(len(self.sites), len(ROLES)).astype(np.int32)

    @cached_property
    def best(self) -> Ints:
        """Return the rank of the surest record in view of each site of ``sites``, 0 for verified."""
        best = self.presence.confidence[self.row_numbers]
        return np.minimum.reduceat(best, self._site_starts) if len(best) else best

    @cached_property
    def marks(self) -> pd.DataFrame:
        """Return what the map marks.

        One row a site and role, in the order of sites and roles: site_id, role, records (how many), confidence
        (the surest of them) and classes (bit mask of their ATMP classes).
        """
        presence, rows = self.presence, self.row_numbers
        starts = _starts(presence.mark[rows])
        first = rows[starts]
        best, classes = presence.confidence[rows], presence.classes[rows]
        if len(starts):
            best, classes = np.minimum.reduceat(best, starts), np.bitwise_or.reduceat(classes, starts)
        return pd.DataFrame(
            {
                "site_id": presence.site_ids.iloc[presence.site[first]].array,
                "role": _named(presence.role[first], ROLES),
                "records": np.diff(np.append(starts, len(rows))),
                "confidence": _named(best, CONFIDENCES),
                "classes": classes.astype(np.int64),
            }
        )


def _starts(groups: Ints) -> Ints:
    """Return where each run of equal numbers begins."""
    if not len(groups):
        return np.zeros(0, dtype=np.int32)
    return np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]])).astype(np.int32)


def _named(codes: Ints, names: Sequence[str]) -> "pd.Series[str]":
    """Return the names that codes stand for."""
    return pd.Series(list(names), dtype="str").take(codes).reset_index(drop=True)


def _all_of(masks: Sequence[Bools], length: int) -> Bools:
    return np.logical_and.reduce(masks) if masks else np.ones(length, dtype=np.bool_)


def filter_masks(atlas: Atlas, view: ViewState) -> Mapping[str, Bools]:
    """Return which rows each filter lets through, by key of the address, for the filters that restrict anything."""
    presence, default = atlas.presence, ViewState()
    masks: dict[str, Bools] = {}
    for key in FACET_KEYS:
        chosen = getattr(view, FIELDS[key])
        if chosen != getattr(default, FIELDS[key]):
            masks[key] = presence.facets[key].rows(chosen, len(presence))
    if view.years is not None:
        first, last = view.years
        masks["years"] = (presence.start_year >= first) & (presence.start_year <= last)
    found = atlas.search.rows(view.text)
    if found is not None:
        masks["q"] = found
    shown = (NORMAL, *(_STATES[name] for name in INCLUDE if name in view.include))
    if len(shown) <= len(INCLUDE):
        masks["include"] = np.isin(presence.state, shown)
    return MappingProxyType(masks)


def select(atlas: Atlas, view: ViewState) -> Selection:
    """Return what is in view: the records that match every filter that is set, any of the values of each.

    A record that does not carry an attribute does not match a filter on it. What is closed or planned is out
    of view unless included.
    """
    masks = filter_masks(atlas, view)
    return Selection(atlas.presence, masks, _all_of(list(masks.values()), len(atlas.presence)))


def facet_counts(atlas: Atlas, view: ViewState, selection: Selection | None = None) -> Mapping[str, Mapping[str, int]]:
    """Return for each filter and each of its options at how many sites it would match under the other filters.

    Parameters
    ----------
    atlas : Atlas
        The data.
    view : ViewState
        The filters set.
    selection : Selection, optional
        What :func:`select` gave for this view, to spare doing it again.

    Returns
    -------
    Mapping
        Key of the address -> code -> number of distinct sites, in the order of the options, those with none
        included; ``include`` counts the sites with closed and with planned records.
    """
    chosen = select(atlas, view) if selection is None else selection
    presence, masks = chosen.presence, chosen.masks
    others = _leave_one_out(masks, chosen.rows)
    counts: dict[str, Mapping[str, int]] = {
        key: presence.facets[key].counts(others.get(key, chosen.rows)) for key in FACET_KEYS
    }
    free = others.get("include", chosen.rows)
    counts["include"] = {name: _site_count(presence, free & (presence.state == _STATES[name])) for name in INCLUDE}
    return MappingProxyType(counts)


def _leave_one_out(masks: Mapping[str, Bools], rows: Bools) -> dict[str, Bools]:
    """Return for each filter set what all the others let through, by products from both ends."""
    keys = list(masks)
    before = [np.ones_like(rows)]
    for key in keys[:-1]:
        before.append(before[-1] & masks[key])
    others, after = {}, np.ones_like(rows)
    for key, ahead in zip(reversed(keys), reversed(before), strict=False):
        others[key] = ahead & after
        after = after & masks[key]
    return others


def _site_count(presence: Presence, rows: Bools) -> int:
    return len(_starts(presence.site[rows]))
