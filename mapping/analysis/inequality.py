"""How unequally distance is shared out: the Lorenz curve of kilometres over people, and its Gini index."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapping.analysis.access import Floats

POINTS = 101
"""Points of the curve that is drawn; the index is worked out from every place."""


@dataclass(frozen=True, eq=False)
class Inequality:
    """What share of all kilometres falls on the share of people who live nearest."""

    gini: float
    """0 where everybody is equally far, towards 1 where the way falls on few; 0 where there is no way at all."""
    curve: pd.DataFrame
    """``people`` and ``kilometres``, shares from 0 to 1, the nearest people first."""
    left_out: float
    """People without any site, who have no distance and so are in neither."""


def inequality(km: Floats, people: Floats) -> Inequality:
    """Return Lorenz curve and Gini index of the distance to the nearest site.

    Parameters
    ----------
    km : ndarray
        Distance of each place, infinite where there is no site.
    people : ndarray
        People of each place, none negative.
    """
    reached = np.isfinite(km) & (people > 0)
    order = np.argsort(km[reached], kind="stable")
    weight, way = people[reached][order], km[reached][order]
    shares, burden = _from_zero(weight), _from_zero(weight * way)
    gini = 1.0 - float(np.sum(np.diff(shares) * (burden[1:] + burden[:-1]))) if burden[-1] > 0 else 0.0
    at = np.linspace(0.0, 1.0, POINTS)
    drawn = np.interp(at, shares, burden) if burden[-1] > 0 else at
    curve = pd.DataFrame({"people": at, "kilometres": drawn})
    return Inequality(max(gini, 0.0), curve, float(people[~np.isfinite(km)].sum()))


def _from_zero(values: Floats) -> Floats:
    """Return the running sum as shares from 0 to 1."""
    summed = np.concatenate([[0.0], np.cumsum(values)])
    return summed / summed[-1] if summed[-1] > 0 else summed
