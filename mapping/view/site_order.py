"""In what order the sites in view are listed, and which of them a page of the table shows."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.facets import Ints
from mapping.view.filtering import Selection
from mapping.view.state import ViewState

SITES_A_PAGE: Final = 25
"""Rows of one page of the table of sites."""
COUNT_COLUMNS: Final = {"partners": "partners", "facilities": "facilities", "trial_sites": "trials"} | {
    "treatment_centres": "treatment_centres"
}
"""Role -> column of the table of sites that counts its records."""


@dataclass(frozen=True)
class Page:
    """One page of the table of sites."""

    number: int
    """Which page, from 1; the nearest there is to the one asked for."""
    pages: int
    """How many there are, at least 1."""
    total: int
    """How many sites all pages hold."""
    sites: Ints
    """Positions in the table of sites of those on this page, in order."""


def _sort_key(atlas: Atlas, selection: Selection, column: str) -> Ints:
    """Return what the sites in view are sorted by, in table order."""
    sites = selection.sites
    if column == "city":
        return atlas.ranks.city[sites]
    if column == "country":
        return atlas.ranks.country[sites]
    if column == "confidence":
        return selection.best
    if column == "roles":
        return np.asarray(np.count_nonzero(selection.counts, axis=1), dtype=np.int32)
    for number, role in enumerate(ROLES):
        if COUNT_COLUMNS[role] == column:
            return selection.counts[:, number]
    return atlas.ranks.name[sites]


def site_order(atlas: Atlas, selection: Selection, view: ViewState) -> Ints:
    """Return the positions of the sites in view in the order of ``view.sort``, by name where that is equal.

    Without a sort they stand by name; when a text is searched, those whose own name, alias or town has all its
    words stand before those it was found at by a record (a trial of that sponsor, say).
    """
    slot = np.full(len(atlas.ranks.by_name), -1, dtype=np.int32)
    slot[selection.sites] = np.arange(len(selection.sites), dtype=np.int32)
    by_name = atlas.ranks.by_name[slot[atlas.ranks.by_name] >= 0]
    if view.sort in {"", "name"}:
        meant = None if view.sort else atlas.search.records("sites", view.text)
        return by_name if meant is None else np.concatenate([by_name[meant[by_name]], by_name[~meant[by_name]]])
    key = _sort_key(atlas, selection, view.sort.removeprefix("-"))[slot[by_name]]
    return by_name[np.argsort(-key if view.sort.startswith("-") else key, kind="stable")]


def page_of(order: Ints, number: int, size: int = SITES_A_PAGE) -> Page:
    """Return one page of sites in order; a number past the last page gives the last."""
    pages = max(1, -(-len(order) // size))
    number = min(max(number, 1), pages)
    return Page(number, pages, len(order), order[(number - 1) * size : number * size])
