"""The land as maps draw it: fewer points where all of Europe is in sight, and borders as single lines.

Without a graphics card a border drawn around each polygon takes a second a frame; as plain lines, each once, and no
finer than a pixel, it takes a fraction of that.
"""

import json
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import shape

from mapping.figures.clip_frame import is_cut

OVERVIEW_DEG: Final = 0.04
"""Degrees a coarse outline may lie from the true one: under a pixel where all of Europe is in sight."""
GRID_DEG: Final = 0.01

Rows = list[dict[str, list[float]]]


def overview(collection: dict[str, Any]) -> dict[str, Any]:
    """Return the features of a GeoJSON collection with coarse outlines that still meet at their borders."""
    features = collection["features"]
    fine = np.array([shape(each["geometry"]) for each in features])
    coarse = shapely.set_precision(shapely.coverage_simplify(fine, OVERVIEW_DEG), GRID_DEG)
    drawn = np.where(shapely.is_empty(coarse), fine, coarse)  # the Vatican is smaller than the grid
    outlines = [json.loads(outline) for outline in shapely.to_geojson(drawn)]
    return {
        **collection,
        "features": [{**each, "geometry": outline} for each, outline in zip(features, outlines, strict=True)],
    }


def border_rows(collection: dict[str, Any]) -> Rows:
    """Return the straight pieces of all outlines, one that two neighbours share only once, none along the clip frame.

    Returns
    -------
    list of dict
        ``a`` and ``b``, the ends of a piece: longitude and latitude in degrees.
    """
    outlines = np.array([shape(each["geometry"]) for each in collection["features"]])
    ends, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(outlines)), return_index=True)
    follows = ring[:-1] == ring[1:]
    begin, end = ends[:-1][follows], ends[1:][follows]
    drawn = ~is_cut(begin, end)
    begin, end = begin[drawn], end[drawn]
    eastward = (begin[:, 0] < end[:, 0]) | ((begin[:, 0] == end[:, 0]) & (begin[:, 1] < end[:, 1]))
    pieces = np.where(eastward[:, None], np.hstack([begin, end]), np.hstack([end, begin]))
    return [{"a": piece[:2], "b": piece[2:]} for piece in np.unique(pieces, axis=0).tolist()]
