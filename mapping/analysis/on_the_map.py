"""What is in view, by place: the counts and positions that the maps draw."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.access import EARTH_RADIUS_KM, unit_vectors
from mapping.view.address import ROLES
from mapping.view.filtering import Selection

TOWNS_NAMED: Final = 1000
"""Towns whose name a map may write; more would not be read."""
NEAREST_NAMES_KM: Final = 12.0
"""Two names nearer to each other than this are never both written, however near one looks."""
COUNTRIES_BESIDE: Final = 10
"""Columns of the small heatmap that stay readable beside the map."""

Floats = npt.NDArray[np.float64]


def role_rank(roles: "pd.Series[str]") -> "pd.Series[int]":
    """Return the position of each role in the order of legends and tables."""
    return roles.map({role: rank for rank, role in enumerate(ROLES)}).astype("int64")


def cities_by_role(marks: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Count the sites of each city and role.

    Parameters
    ----------
    marks : DataFrame
        One row a site and role in view: site_id, role.
    sites : DataFrame
        The table of sites.

    Returns
    -------
    DataFrame
        One row a city and role: country, city, role, lat, lon, focus (id of the populated place, empty where it has
        none), count, r (rank of the role), rank (which of the city's roles this is, from 0) and present (how many
        roles the city has).
    """
    placed = _placed(marks, sites, ["city", "country", "lat", "lon", "place_id"])
    placed["focus"] = placed["place_id"].fillna("")
    groups = placed.groupby(["country", "city", "role"], sort=True, observed=True)
    cities = groups.agg(lat=("lat", "first"), lon=("lon", "first"), focus=("focus", "first"), count=("id", "size"))
    cities = cities.reset_index()
    cities["r"] = role_rank(cities["role"])
    here = cities.groupby(["country", "city"], sort=False)["r"]
    ranks = here.rank(method="first").astype("int64") - 1
    return cities.assign(rank=ranks, present=here.transform("size").astype("int64"))


def sites_by_role(marks: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Place each site and role, and say how many share its coordinate.

    Returns
    -------
    DataFrame
        One row a site and role, in the order of coordinates, roles and names: the columns of marks, then id, name,
        city, country, lat, lon, coord_precision, disclosure, r (rank of the role), rank (which at its coordinate this
        is, from 0) and crowd (how many there are).
    """
    placed = _placed(marks, sites, ["name", "city", "country", "lat", "lon", "coord_precision", "disclosure"])
    placed["r"] = role_rank(placed["role"])
    placed = placed.sort_values(["lat", "lon", "r", "name"], kind="stable")
    together = placed.groupby(["lat", "lon"], sort=False)["r"]
    return placed.assign(rank=together.cumcount(), crowd=together.transform("size"))


def towns(marks: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the cities with most marks, and how far each is from others.

    Returns
    -------
    DataFrame
        One row a city, most marks first: country, city, lon, lat, count, apart (kilometres to the nearest city with
        more marks, so that a map can leave out the names that would overlap). Cities nearer than
        ``NEAREST_NAMES_KM`` to one with more marks are left out.
    """
    placed = _placed(marks, sites, ["city", "country", "lat", "lon"])
    groups = placed.groupby(["country", "city"])
    found = groups.agg(lon=("lon", "median"), lat=("lat", "median"), count=("id", "size")).reset_index()
    found = found.sort_values("count", ascending=False, kind="stable").head(TOWNS_NAMED)
    found = found.assign(apart=_km_to_a_larger(found))
    return found[found["apart"] >= NEAREST_NAMES_KM]


def country_totals(marks: pd.DataFrame, sites: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """Count the sites in view of each core country that has one: id, label_lon, label_lat, count."""
    shown = sites.loc[sites["id"].isin(marks["site_id"]), ["id", "country"]]
    core = countries.loc[countries["scope"] == "core", ["id", "label_lon", "label_lat"]]
    counted = core.assign(count=core["id"].map(shown.groupby("country").size()).fillna(0).astype("int64"))
    return counted[counted["count"] > 0]


def _placed(marks: pd.DataFrame, sites: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return marks.merge(sites[["id", *columns]], left_on="site_id", right_on="id")


def _km_to_a_larger(found: pd.DataFrame) -> Floats:
    """Return the distance of each town to the nearest one before it, in kilometres on a sphere."""
    points = unit_vectors(found["lat"], found["lon"])
    cosines = np.tril(points @ points.T, -1) - 2 * np.triu(np.ones((len(points), len(points))))
    nearest = np.asarray(cosines.max(axis=1, initial=-1.0), dtype=np.float64)
    return np.asarray(np.round(EARTH_RADIUS_KM * np.arccos(np.clip(nearest, -1, 1))), dtype=np.float64)


def selected_countries(selection: Selection) -> tuple[str, ...]:
    """Return the codes of the countries that sites in view lie in."""
    codes, rows = selection.presence.options["country"], selection.presence.country[selection.row_numbers]
    return tuple(codes[position] for position in sorted(set(rows.tolist())) if position >= 0)


def role_counts(selection: Selection) -> dict[str, int]:
    """Return role -> number of sites in view that have it; roles without a site left out."""
    totals = (selection.counts > 0).sum(axis=0).tolist()
    return {role: total for role, total in zip(ROLES, totals, strict=True) if total}
