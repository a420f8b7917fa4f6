"""What is in view, counted: the numbers that headlines say in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.address import EUROPE, ROLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection, filter_masks
from mapping.view.state import ViewState

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Finding:
    """The numbers of one set of sites."""

    sites: int
    roles: Mapping[str, int]
    """Role to the number of sites that have it in view, roles without a site left out."""
    countries: tuple[str, ...]
    """Countries of the sites, by code."""
    cities: int
    city: str
    """Name of the city, where all sites are in one; else empty."""
    name: str
    """Name of the site, where there is but one; else empty."""
    trials: int
    """Distinct trials at the sites."""
    verified: int
    """Sites of which at least one record in view is stated by a page."""

    @property
    def share_verified(self) -> float:
        """Return the share of sites with a verified record, 0 where there is no site."""
        return self.verified / self.sites if self.sites else 0.0


@dataclass(frozen=True)
class Blocking:
    """A filter that, dropped alone, brings sites back."""

    key: str
    """Key of the address; ``include`` means showing what is closed or planned as well."""
    sites: int
    """Sites there would be without it."""


def finding(atlas: Atlas, selection: Selection, focus: str = EUROPE) -> Finding:
    """Count what is in view, or the part of it in one country or place."""
    inside = _inside(atlas, selection, focus)
    sites, roles = selection.sites[inside], (selection.counts[inside] > 0).sum(axis=0)
    places = _site_places(atlas.tables)
    countries, cities = places.country[sites], np.unique(places.city[sites])
    first = int(sites[0]) if len(sites) else -1
    frame = atlas.tables.frames.get("sites")
    return Finding(
        sites=len(sites),
        roles={role: int(count) for role, count in zip(ROLES, roles, strict=True) if count},
        countries=tuple(sorted({str(country) for country in countries})),
        cities=len(cities),
        city=str(frame["city"].iloc[first]) if frame is not None and len(cities) == 1 else "",
        name=str(frame["name"].iloc[first]) if frame is not None and len(sites) == 1 else "",
        trials=_trial_count(selection, sites),
        verified=int((selection.best[inside] == 0).sum()),
    )


def blocking_filters(atlas: Atlas, view: ViewState) -> tuple[Blocking, ...]:
    """Return which single filters keep sites out of an empty view, the one that frees most first.

    Empty where the view has sites, or where only dropping several filters together would bring one back.
    """
    masks = filter_masks(atlas, view)
    everything = np.ones(len(atlas.presence), dtype=np.bool_)
    found = []
    for key in masks:
        kept = [mask for other, mask in masks.items() if other != key]
        rows = np.logical_and.reduce(kept) if kept else everything
        if not (rows & masks[key]).any() and rows.any():
            found.append(Blocking(key, len(np.unique(atlas.presence.site[rows]))))
    return tuple(sorted(found, key=lambda blocking: (-blocking.sites, blocking.key)))


@dataclass(frozen=True)
class _SitePlaces:
    """Where each site of the table lies."""

    country: npt.NDArray[Any]
    city: npt.NDArray[np.int64]
    """Number of the city; one name in two countries is two cities."""
    place: npt.NDArray[Any]


def _site_places(tables: Tables) -> _SitePlaces:
    return tables.kept(("site places",), lambda: _placed(tables))


def _placed(tables: Tables) -> _SitePlaces:
    sites = tables.frames.get("sites")
    if sites is None:
        nothing = np.zeros(0, dtype=object)
        return _SitePlaces(nothing, np.zeros(0, dtype=np.int64), nothing)
    country = sites["country"].to_numpy(object)
    city = pd.factorize(sites["country"] + "/" + sites["city"])[0].astype(np.int64)
    return _SitePlaces(country, city, sites["place_id"].to_numpy(object))


def _inside(atlas: Atlas, selection: Selection, focus: str) -> Bools:
    """Return which sites in view lie in the focus."""
    places, sites = _site_places(atlas.tables), selection.sites
    if focus == EUROPE:
        return np.ones(len(sites), dtype=np.bool_)
    held = (places.country if focus in atlas.known.core_countries else places.place)[sites]
    return np.asarray(held == focus, dtype=np.bool_)


def _trial_count(selection: Selection, sites: npt.NDArray[np.int32]) -> int:
    presence, rows = selection.presence, selection.row_numbers
    here = np.isin(presence.site[rows], sites) & (presence.trial[rows] >= 0)
    return len(np.unique(presence.trial[rows][here]))
