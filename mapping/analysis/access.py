"""How many people live within a distance of a kind of site, estimated from the populations of their towns.

Population comes from GeoNames places, which list 88 % of the EU's people (by country between 56 % and 127 %). So a
place's weight is its share of its country's listed population times the national total, and each figure is an
estimate. Distances are great circles on a sphere; the straight line through the sphere grows with them, so a tree in
three dimensions finds the nearest site exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.errors import ViewError
from mapping.tables.loading import Tables

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth (IUGG)."""
FARTHEST_KM: Final = 20_037.0
"""Half of the way round; no two places are farther apart."""
NOT_TREATING: Final = frozenset({"planned", "protocol_only"})
"""States of treatment centres that give no treatment yet or any more."""
NOT_MAKING: Final = frozenset({"in_construction", "closed"})
"""GMP states of facilities that make nothing today."""
ROLE_TABLES: Final = {
    "partners": "organisations",
    "facilities": "facilities",
    "trial_sites": "trial_sites",
    "treatment_centres": "treatment_centres",
}

APART: Final = 10.0
"""How far one country lies from the next in the fourth dimension of :func:`country_vectors`; a chord is at most 2."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CountryReach:
    """People of one country, or of all, and how many of them live within the distance."""

    country: str
    """ISO 3166-1 alpha-2; empty for all countries together."""
    population: int
    """National total."""
    within: int
    """Estimate of those within the distance of a site."""

    @property
    def share_within(self) -> float:
        """Return the share within the distance, 0 to 1, to four digits; 0 where nobody lives."""
        return round(self.within / self.population, 4) if self.population else 0.0


@dataclass(frozen=True)
class Reach:
    """Who lives within a distance of the sites of a role."""

    role: str
    km: float
    site_ids: tuple[str, ...]
    """Sites counted, in order."""
    countries: tuple[CountryReach, ...]
    """One entry a core country with listed places, in order of its code."""
    total: CountryReach


def unit_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> Floats:
    """Return points on the unit sphere, one row (x, y, z) a place, from degrees."""
    north, east = np.radians(np.asarray(lat, dtype=float)), np.radians(np.asarray(lon, dtype=float))
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def nearest_km(places: Floats, sites: Floats) -> Floats:
    """Return the distance in km from each place to the nearest site; infinite where there is no site.

    Parameters
    ----------
    places, sites : ndarray
        Points on the unit sphere, as :func:`unit_vectors` gives them.
    """
    return nearest(places, sites)[0]


def country_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike, country: "pd.Series[str]") -> Floats:
    """Return points on the sphere with their country (two letters) as a fourth dimension.

    Points of one country are as far from each other as on the sphere; points of two are farther than any chord, so
    that one search finds for each place the nearest site of its own country.
    """
    letters = [26 * ord(code[0]) + ord(code[1]) for code in country.astype(str)]
    return np.column_stack([unit_vectors(lat, lon), APART * np.array(letters, dtype=float)])


def nearest(places: Floats, sites: Floats) -> tuple[Floats, Ints]:
    """Return for each place the distance in km to the nearest site and the site's position.

    Parameters
    ----------
    places, sites : ndarray
        Both as :func:`unit_vectors` or both as :func:`country_vectors` gives them.

    Returns
    -------
    tuple
        Infinite and -1 where there is no site (in the country).
    """
    from scipy.spatial import cKDTree  # slow to import, and most visits never ask for a distance

    if not len(sites) or not len(places):
        return np.full(len(places), np.inf), np.full(len(places), -1, dtype=np.int64)
    chords, position = cKDTree(sites).query(places)
    reached = chords <= APART / 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chords / 2, 0, 1))
    return np.where(reached, km, np.inf), np.where(reached, position, -1).astype(np.int64)


def people(tables: Tables) -> pd.DataFrame:
    """Return the listed places of the core countries with the people each stands for.

    Returns
    -------
    DataFrame
        One row a place: ``id``, ``name``, ``country``, ``region``, ``lat``, ``lon`` in degrees, ``people`` such that
        a country's places add up to its national total. Countries without a total or without places are left out.
    """
    countries, places = tables["countries"], tables["places"]
    core = countries[(countries["scope"] == "core") & countries["population"].notna()]
    totals = core.set_index("id")["population"].astype(float)
    listed = places[places["country"].isin(totals.index) & (places["population"] > 0)]
    population = listed["population"].astype(float)
    weight = population / population.groupby(listed["country"]).transform("sum") * listed["country"].map(totals)
    columns = ["id", "name", "country", "region", "lat", "lon"]
    return listed[columns].assign(people=weight).reset_index(drop=True)


def population_coverage(tables: Tables) -> pd.DataFrame:
    """Return what the populated places hold of each core country's people.

    Returns
    -------
    DataFrame
        One row a country: ``country``, ``population`` (national total), ``listed`` (sum of its places; nested places
        are counted twice), ``coverage`` (listed by population).
    """
    countries, places = tables["countries"], tables["places"]
    core = countries[(countries["scope"] == "core") & countries["population"].notna()].sort_values("id")
    listed = places["population"].astype(float).groupby(places["country"]).sum()
    found = pd.DataFrame({"country": core["id"], "population": core["population"].astype(float)})
    found = found.assign(listed=found["country"].map(listed).fillna(0.0)).reset_index(drop=True)
    return found.assign(coverage=found["listed"] / found["population"])


def open_sites(tables: Tables, role: str) -> pd.DataFrame:
    """Return the sites that hold a role today: ``id``, ``lat``, ``lon``, by id; planned and closed ones are left out.

    Raises
    ------
    ViewError
        There is no such role.
    """
    if role not in ROLE_TABLES:
        raise ViewError(f"there is no role {role!r}")
    holders = tables[ROLE_TABLES[role]]
    if role == "facilities":
        holders = holders[~holders["gmp_status"].isin(NOT_MAKING)]
    if role == "treatment_centres":
        holders = holders[~holders["status"].isin(NOT_TREATING)]
    sites = tables["sites"]
    return sites.loc[sites["id"].isin(holders["site_id"].dropna()), ["id", "lat", "lon"]].sort_values("id")


def reach(tables: Tables, role: str, km: float) -> Reach:
    """Return how many people live within a distance of the sites of a role.

    Parameters
    ----------
    tables : Tables
        The data; needs countries, places, sites and the table of the role.
    role : str
        partners, facilities, trial_sites or treatment_centres.
    km : float
        Great-circle distance in km, 0 and more; a place at exactly this distance is within.
    """
    homes, sites = kept_people(tables), open_sites(tables, role)
    distances = tables.kept(("access", "nearest", role), lambda: _nearest_of_each(homes, sites))
    return reach_of(homes, distances, role, km, tuple(sites["id"].astype(str)))


def reach_of(homes: pd.DataFrame, distances: Floats, role: str, km: float, site_ids: tuple[str, ...]) -> Reach:
    """Return how many of the people of :func:`people` live within a distance, given how far each place is."""
    served = homes["people"].where(distances <= km, 0.0)
    summed = pd.DataFrame({"people": homes["people"], "served": served}).groupby(homes["country"]).sum()
    rows = [
        CountryReach(str(code), round(float(all_)), round(float(some)))
        for code, all_, some in zip(summed.index, summed["people"], summed["served"], strict=True)
    ]
    total = CountryReach("", sum(row.population for row in rows), sum(row.within for row in rows))
    return Reach(role, km, site_ids, tuple(rows), total)


def kept_people(tables: Tables) -> pd.DataFrame:
    """Return :func:`people`, worked out once for these tables; do not write to it."""
    return tables.kept(("access", "people"), lambda: people(tables))


def _nearest_of_each(homes: pd.DataFrame, sites: pd.DataFrame) -> Floats:
    """Return the distance in km from each place to the nearest of the sites."""
    return nearest_km(unit_vectors(homes["lat"], homes["lon"]), unit_vectors(sites["lat"], sites["lon"]))
