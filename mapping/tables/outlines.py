"""Where countries lie, to tell a position in the wrong one."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry import shape

from mapping.errors import Fault, TableError
from mapping.tables.features import MENDING, read_features

TOLERANCE_DEG = 0.15
"""Degrees a position may lie outside: our coasts are simplified, and harbours and islets fall off them."""
ISLANDS_DEG = 0.8
"""The same for populated places: Heligoland, Scilly and Ponza are smaller than anything we draw."""

Outlines = Mapping[str, shapely.Geometry]
"""Outline of each country or region, by its code, prepared for many questions."""


def read_outlines(content: bytes | None, code_property: str) -> tuple[dict[str, shapely.Geometry], tuple[Fault, ...]]:
    """Return the outlines in a GeoJSON file by code, and what keeps them from being read."""
    try:
        features = read_features(content, "")
        outlines = {feature["properties"][code_property]: shape(feature["geometry"]) for feature in features}
    except TableError as error:
        return {}, error.faults
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError):
        return {}, (Fault(0, "", "", "the file is not GeoJSON as we write it", MENDING),)
    for outline in outlines.values():
        shapely.prepare(outline)
    return {str(code): outline for code, outline in outlines.items()}, ()


def inside(frame: pd.DataFrame, outlines: Outlines, tolerance: float = TOLERANCE_DEG) -> tuple[pd.Series, pd.Series]:
    """Tell for each row whether it lies in its country, and whether it would if latitude and longitude were swapped.

    Rows without a position, and of countries without an outline, count as inside.
    """
    lies = np.ones(len(frame), dtype=bool)
    swapped = np.zeros(len(frame), dtype=bool)
    countries = frame["country"].to_numpy()
    lat, lon = frame["lat"].to_numpy(dtype=float), frame["lon"].to_numpy(dtype=float)
    placed = np.isfinite(lat) & np.isfinite(lon)
    for code in frame["country"].dropna().unique():
        if code not in outlines:
            continue
        rows = np.flatnonzero((countries == code) & placed)
        lies[rows] = _near(outlines[code], lon[rows], lat[rows], tolerance)
        out = rows[~lies[rows]]
        swapped[out] = _near(outlines[code], lat[out], lon[out], tolerance)
    return pd.Series(lies, index=frame.index), pd.Series(swapped, index=frame.index)


def _near(
    outline: shapely.Geometry, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], tolerance: float
) -> npt.NDArray[np.bool_]:
    """Tell which points lie in an outline or within the tolerance of it."""
    near: npt.NDArray[np.bool_] = shapely.contains_xy(outline, x, y)
    rest = np.flatnonzero(~near)
    near[rest] = shapely.dwithin(outline, shapely.points(x[rest], y[rest]), tolerance)
    return near
