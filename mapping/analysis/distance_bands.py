"""People by how far they live: bands of distance, shares by country and region, the cumulative curve."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.access import Floats
from mapping.analysis.scenarios import Distances

LIMITS: Final = (50, 100, 200, 300)
"""Upper ends of the bands in km; a place at exactly an end is within it."""
BEYOND: Final = len(LIMITS)
"""Number of the band beyond the last end."""
NO_SITE: Final = len(LIMITS) + 1
"""Number of the band of places without any site, which are not merely far from one."""
CURVE_KM: Final = tuple(range(0, 601, 10))
LOW_COVERAGE, HIGH_COVERAGE = 0.7, 1.05
"""Share of a country's people in listed places below which its figures are weak, and above which places nest."""


def band_of(km: Floats) -> npt.NDArray[np.int64]:
    """Return the band of each distance: 0 for the nearest, ``BEYOND``, ``NO_SITE`` where it is infinite."""
    return np.where(np.isfinite(km), np.searchsorted(LIMITS, km, side="left"), NO_SITE)


def people_by_band(found: Distances) -> Floats:
    """Return how many people live in each band, the nearest first, those without a site last."""
    return np.bincount(band_of(found.km), weights=_people(found), minlength=NO_SITE + 1).astype(np.float64)


def people_beyond(found: Distances, km: float) -> float:
    """Return how many people live farther than a distance from the nearest site, or have none."""
    return float(_people(found)[~(found.km <= km)].sum())


def share_within(found: Distances, km: float) -> float:
    """Return what share of the people lives within a distance of the nearest site; 0 where there is nobody."""
    people = float(_people(found).sum())
    return 1 - people_beyond(found, km) / people if people else 0.0


def shares_by(found: Distances, by: str, km: float) -> pd.DataFrame:
    """Return what share of the people of each country or region lives within each distance.

    Parameters
    ----------
    found : Distances
        The nearest site of each place.
    by : str
        ``country`` or ``region``; places without one are left out.
    km : float
        The reader's distance.

    Returns
    -------
    DataFrame
        One row a country or region, the smallest share within ``km`` first: ``country``, ``region`` (of regions
        only), ``population``, ``band_0`` to ``band_5`` (shares of people by band, adding up to 1), ``within_50`` to
        ``within_300`` and ``within`` (shares within so many km), ``beyond`` (people beyond), ``median_km``.
    """
    known = found.homes[by].notna().to_numpy()
    homes, km_of = found.homes[known], found.km[known]
    code, names = pd.factorize(homes[by], sort=True)
    people, bands = homes["people"].to_numpy(dtype=float), band_of(km_of)
    counts = np.bincount(code * (NO_SITE + 1) + bands, weights=people, minlength=len(names) * (NO_SITE + 1))
    by_band = counts.reshape(len(names), NO_SITE + 1)
    total = by_band.sum(axis=1)
    within = np.bincount(code[km_of <= km], weights=people[km_of <= km], minlength=len(names))
    columns = {by: names, "population": total}
    columns |= {f"band_{band}": by_band[:, band] / total for band in range(NO_SITE + 1)}
    columns |= {f"within_{end}": by_band[:, : at + 1].sum(axis=1) / total for at, end in enumerate(LIMITS)}
    columns |= {"within": within / total, "beyond": total - within, "median_km": _medians(code, km_of, people)}
    table = pd.DataFrame(columns)
    if by == "region":
        table.insert(0, "country", homes.drop_duplicates("region").set_index("region")["country"].loc[names].to_numpy())
    return table.sort_values(["within", "within_300", "population"], kind="stable").reset_index(drop=True)


def regions_in_rows(found: Distances, km: float, countries: Sequence[str]) -> pd.DataFrame:
    """Return the regions of each country side by side.

    Parameters
    ----------
    found : Distances
        The nearest site of each place.
    km : float
        The reader's distance.
    countries : sequence of str
        Codes in the order of the rows; other countries are left out.

    Returns
    -------
    DataFrame
        One row a region, by country and then the smallest share first: ``country``, ``region``, ``population``,
        ``within`` (share of its people within the distance), ``part`` (its share of the country's people in regions)
        and ``rank`` in its country from 0.
    """
    regions, people = found.homes["region"], _people(found)
    code, names = pd.factorize(regions, sort=True)  # -1 where a place is in no region, which counts as one more
    total = np.bincount(code + 1, weights=people, minlength=len(names) + 1)[1:]
    within = np.bincount(code + 1, weights=people * (found.km <= km), minlength=len(names) + 1)[1:]
    found_at = np.unique(code, return_index=True)[1]
    first = found_at[len(found_at) - len(names) :]
    held = found.homes["country"].iloc[first].to_numpy()
    table = pd.DataFrame({"country": held, "region": names, "population": total, "within": within / total})
    table = table[table["country"].isin(list(countries))]
    place = table["country"].map({code: at for at, code in enumerate(countries)})
    table = table.assign(place=place).sort_values(["place", "within", "population"]).drop(columns="place")
    by_country = table.groupby("country", sort=False)
    whole = by_country["population"].transform("sum")
    return table.assign(part=table["population"] / whole, rank=by_country.cumcount()).reset_index(drop=True)


def cumulative(found: Distances) -> pd.DataFrame:
    """Return what share of all people lives within each distance: ``km``, ``share`` (0 to 1)."""
    order = np.argsort(found.km, kind="stable")
    summed = np.concatenate([[0.0], np.cumsum(_people(found)[order])])
    reached = summed[np.searchsorted(found.km[order], CURVE_KM, side="right")]
    return pd.DataFrame({"km": CURVE_KM, "share": reached / summed[-1] if summed[-1] else reached})


def median_km(found: Distances) -> float:
    """Return the distance within which half of the people live; infinite where fewer than half have a site."""
    return _weighted_median(found.km, _people(found))


def places_beyond(found: Distances, km: float) -> pd.DataFrame:
    """Return the places beyond a distance, those with most people first.

    Returns
    -------
    DataFrame
        ``id``, ``name``, ``country``, ``region``, ``people``, ``km`` (infinite where there is no site) and
        ``site_id``, ``site`` of the nearest (empty text where there is none).
    """
    far = ~(found.km <= km)
    homes, position = found.homes[far], found.nearest[far]
    names = np.append(found.sites["name"].to_numpy(dtype=object), "")
    ids = np.append(found.sites["id"].to_numpy(dtype=object), "")
    table = homes[["id", "name", "country", "region", "people"]].assign(
        km=found.km[far], site_id=ids[position], site=names[position]
    )
    return table.sort_values("people", ascending=False, kind="stable").reset_index(drop=True)


def road_minutes(km: float, detour: int, speed: int) -> float:
    """Return an estimate of the minutes by road.

    Parameters
    ----------
    km : float
        Great-circle distance.
    detour : int
        Kilometres of road for 100 as the crow flies: an assumption of the reader's.
    speed : int
        Kilometres an hour, door to door: an assumption too.
    """
    return km * detour / 100 / speed * 60


def _people(found: Distances) -> Floats:
    return found.homes["people"].to_numpy(dtype=float)


def _medians(code: npt.NDArray[np.int64], km: Floats, people: Floats) -> list[float]:
    """Return the median distance of each group, groups numbered from 0."""
    order = np.lexsort((km, code))
    starts = np.flatnonzero(np.diff(code[order])) + 1
    parts = np.split(order, starts) if len(code) else []
    return [_weighted_median(km[part], people[part]) for part in parts]


def _weighted_median(km: Floats, people: Floats) -> float:
    if not len(km):
        return float("nan")
    order = np.argsort(km, kind="stable")
    summed = np.cumsum(people[order])
    return float(km[order][np.searchsorted(summed, summed[-1] / 2)])
