"""How far every populated place is from the sites of a view, today and if sites were added or closed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.access import Floats, Ints, country_vectors, kept_people, nearest, unit_vectors
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState

MOST_CHANGES: Final = 50
"""Sites a scenario adds, and closes, at most."""
_COLUMNS: Final = ["id", "name", "city", "country", "lat", "lon"]


@dataclass(frozen=True, eq=False)
class Distances:
    """The nearest site of each populated place."""

    homes: pd.DataFrame
    """Places with the people each stands for, as :func:`mapping.analysis.access.people` gives them."""
    sites: pd.DataFrame
    """Sites that count, one row each: id, name, city, country, lat, lon."""
    km: Floats
    """Great-circle distance from each place to its nearest site; infinite where there is none."""
    nearest: Ints
    """Position in ``sites`` of that site, -1 where there is none."""
    own: bool
    """Whether only sites in the place's own country count."""

    def among(self, countries: Collection[str]) -> "Distances":
        """Return the same for the people of some countries; for all where none is named."""
        if not countries:
            return self
        return self.where(self.homes["country"].isin(list(countries)).to_numpy())

    def where(self, kept: npt.NDArray[np.bool_]) -> "Distances":
        """Return the same for some of the places."""
        return replace(
            self, homes=self.homes[kept].reset_index(drop=True), km=self.km[kept], nearest=self.nearest[kept]
        )


def sites_view(view: ViewState) -> ViewState:
    """Return the view whose sites count: one role, open sites, and every filter of the reader but the country.

    The country filter says whose people are counted, not where the sites lie: the nearest may be across a border.
    """
    return replace(view, layers=(view.near_role,), countries=(), include=())


def distances_today(atlas: Atlas, view: ViewState) -> Distances:
    """Return how far every place is from the sites that a view is about, without its scenario."""
    positions = select(atlas, sites_view(view)).sites
    sites = atlas.tables["sites"].iloc[positions][_COLUMNS].sort_values("id").reset_index(drop=True)
    homes = kept_people(atlas.tables)
    km, position = nearest(_home_vectors(atlas.tables, view.own), vectors(sites, view.own))
    return Distances(homes, sites, km, position, view.own)


def with_scenario(tables: Tables, today: Distances, view: ViewState) -> Distances:
    """Return how far every place would be if the view's sites were added and closed."""
    if not view.added and not view.closed:
        return today
    fewer = _closing(tables, today, view.closed[:MOST_CHANGES])
    return _adding(tables, fewer, sites_to_add(tables, view.added))


def sites_to_add(tables: Tables, ids: Collection[str]) -> pd.DataFrame:
    """Return the sites supposed to be added, in the order asked: a populated place (id of digits) or a known site."""
    asked = [row for each in list(ids)[:MOST_CHANGES] if (row := place_or_site(tables, each))]
    if not asked:
        return tables["sites"].iloc[:0][_COLUMNS]
    return pd.DataFrame(asked, columns=_COLUMNS)


def place_or_site(tables: Tables, row_id: str) -> dict[str, Any]:
    """Return a populated place (its city is itself) or a known site by its id; nothing where there is none."""
    table = "places" if row_id.isdigit() else "sites"
    rows = tables[table]
    at = tables.kept(("access", "rows by id", table), lambda: dict(zip(rows["id"], range(len(rows)), strict=True)))
    if row_id not in at:
        return {}
    named = {"city": "name"} if table == "places" else {}
    return {column: rows[named.get(column, column)].iat[at[row_id]] for column in _COLUMNS}


def changes_by_country(today: Distances, then: Distances, km: float) -> pd.DataFrame:
    """Return who gains and who loses by a scenario, country by country.

    Returns
    -------
    DataFrame
        One row a country whose people are affected, the largest change first: ``country``, ``population``, ``gain``
        and ``loss`` (people who come within the distance, and who no longer are), ``net``, ``nearer`` and ``farther``
        (people whose way becomes shorter or longer at all), ``share_before`` and ``share_after`` (within, 0 to 1).
    """
    code, names = pd.factorize(today.homes["country"], sort=True)
    people = today.homes["people"].to_numpy(dtype=float)

    def summed(mask: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(code[mask], weights=people[mask], minlength=len(names)).astype(np.float64)

    before, after, everyone = today.km <= km, then.km <= km, summed(np.ones(len(people), dtype=np.bool_))
    table = pd.DataFrame(
        {
            "country": names,
            "population": everyone,
            "gain": summed(after & ~before),
            "loss": summed(before & ~after),
            "nearer": summed(then.km < today.km),
            "farther": summed(then.km > today.km),
            "share_before": summed(before) / everyone,
            "share_after": summed(after) / everyone,
        }
    )
    table.insert(4, "net", table["gain"] - table["loss"])
    touched = table[(table["nearer"] > 0) | (table["farther"] > 0)]
    order = touched["net"].abs().sort_values(ascending=False, kind="stable").index
    return touched.loc[order].reset_index(drop=True)


def _closing(tables: Tables, today: Distances, ids: Collection[str]) -> Distances:
    """Return the distances without some sites; only places that lose their nearest site are searched again."""
    gone = today.sites["id"].isin(list(ids)).to_numpy()
    if not gone.any():
        return today
    left = today.sites[~gone].reset_index(drop=True)
    number = np.append(np.where(gone, -2, np.cumsum(~gone) - 1), -1)  # the last is for places without a site
    km, position = today.km.copy(), number[today.nearest]
    orphaned = position == -2
    homes = _home_vectors(tables, today.own)[orphaned]
    km[orphaned], position[orphaned] = nearest(homes, vectors(left, today.own))
    return replace(today, sites=left, km=km, nearest=position)


def _adding(tables: Tables, today: Distances, added: pd.DataFrame) -> Distances:
    """Return the distances with some more sites."""
    if added.empty:
        return today
    km, position = nearest(_home_vectors(tables, today.own), vectors(added, today.own))
    nearer = km < today.km
    return replace(
        today,
        sites=pd.concat([today.sites, added], ignore_index=True),
        km=np.where(nearer, km, today.km),
        nearest=np.where(nearer, position + len(today.sites), today.nearest),
    )


def _home_vectors(tables: Tables, own: bool) -> Floats:
    homes = kept_people(tables)
    return tables.kept(("access", "vectors", "own" if own else "any"), lambda: vectors(homes, own))


def vectors(places: pd.DataFrame, own: bool) -> Floats:
    """Return places as points that a search for the nearest compares."""
    if own:
        return country_vectors(places["lat"], places["lon"], places["country"])
    return unit_vectors(places["lat"], places["lon"])
