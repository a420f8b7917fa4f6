"""The frame our outlines are clipped to: a rectangle of the European equal-area projection.

Where it cuts a country beyond Europe off, the outline runs along the frame. That piece is no border and no coast, so
no map draws it as a line; the land is filled up to it all the same.
"""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

EAST_M: Final = 7_200_000
SOUTH_M: Final = 850_000
NORTH_M: Final = 5_450_000
"""Sides of the frame in metres of EPSG:3035, ETRS89-LAEA; in the west it lies in the open ocean."""
NEAR_M: Final = 1_000
"""How far from the frame a point on it may lie: coordinates are rounded to a hundredth of a degree at most."""


def is_cut(begin: npt.NDArray[np.float64], end: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return which straight pieces of outlines lie along one side of the frame.

    Parameters
    ----------
    begin, end : array of shape (n, 2)
        Ends of the pieces: longitude and latitude in degrees.
    """
    return np.asarray((_sides(begin) & _sides(end)).any(axis=1), dtype=np.bool_)


def _sides(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return for each point whether it lies on the eastern, southern and northern side."""
    x, y = _projection().transform(degrees[:, 0], degrees[:, 1])
    away = np.column_stack([x - EAST_M, y - SOUTH_M, y - NORTH_M])
    return np.asarray(np.abs(away) <= NEAR_M, dtype=np.bool_)


@lru_cache(maxsize=1)
def _projection() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:3035", always_xy=True)
