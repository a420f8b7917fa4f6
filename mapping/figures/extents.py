"""Where the map looks: all of Europe, one country, or one town. Never fitted to the data."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from mapping.errors import ViewError
from mapping.tables.features import features_in
from mapping.tables.loading import Tables
from mapping.view.address import EUROPE

TILE_PX: Final = 512
"""Pixels of the whole world at zoom 0 in deck.gl's Web Mercator view."""
MAP_PX: Final = (700, 560)
"""Width and height that an extent is chosen for; a wider map shows more around it."""
PHONE_PX: Final = (380, 480)
TOWN_ZOOM: Final = 7.8
CLOSEST_ZOOM: Final = 8.5
"""A microstate is not enlarged beyond this, so that its neighbours stay in sight."""
EUROPE_BOUNDS: Final = (-11.0, 34.4, 31.5, 66.5)
"""West, south, east, north in degrees: from Ireland to Finland, without the Canaries, the Azores and Iceland."""
FAR_AWAY_DEG: Final = 6.0
"""An island group farther than this from the largest part of its country does not widen the country's extent."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Extent:
    """Where the map looks at first; the reader moves on from there."""

    longitude: float
    latitude: float
    zoom: float


def extent_of(focus: str, tables: Tables, geo: Path, size_px: tuple[int, int] = MAP_PX) -> Extent:
    """Return the extent for a focus: ``EUROPE``, an ISO 3166-1 alpha-2 code, or the id of a populated place.

    Raises
    ------
    ViewError
        Neither a country with a boundary nor a place has this code.
    """
    if focus == EUROPE:
        return fitted(EUROPE_BOUNDS, size_px)
    if len(focus) == 2 and focus.isalpha():
        return fitted(country_bounds(focus, geo), size_px)
    places = tables["places"]
    found = places[places["id"] == focus]
    if found.empty:
        raise ViewError(f"no place has the id {focus!r}")
    return Extent(float(found["lon"].iloc[0]), float(found["lat"].iloc[0]), TOWN_ZOOM)


def country_in_focus(focus: str, tables: Tables) -> str:
    """Return the country that a focus is or lies in, by its ISO 3166-1 alpha-2 code; empty for all of Europe."""
    if focus == EUROPE or (len(focus) == 2 and focus.isalpha()):
        return "" if focus == EUROPE else focus
    found = tables["places"].loc[tables["places"]["id"] == focus, "country"]
    return str(found.iloc[0]) if len(found) else ""


def fitted(bounds: Bounds, size_px: tuple[int, int]) -> Extent:
    """Return the extent that shows all of the bounds in a map of this size."""
    west, south, east, north = bounds
    across = size_px[0] / TILE_PX / max((east - west) / 360, 1e-6)
    down = size_px[1] / TILE_PX / max(_mercator(north) - _mercator(south), 1e-6)
    zoom = min(math.log2(min(across, down)), CLOSEST_ZOOM)
    middle = (_mercator(north) + _mercator(south)) / 2
    latitude = math.degrees(2 * math.atan(math.exp((middle - 0.5) * 2 * math.pi)) - math.pi / 2)
    return Extent(round((west + east) / 2, 3), round(latitude, 3), round(zoom, 2))


def _mercator(latitude: float) -> float:
    """Return the share of the world's height that lies south of a latitude, in Web Mercator."""
    return 0.5 + math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def country_bounds(code: str, geo: Path) -> Bounds:
    """Return the bounds of a country with the islands near it: Spain without the Canaries."""
    boxes = _boxes(geo / "countries.geojson").get(code)
    if boxes is None:
        raise ViewError(f"no boundary for the country {code!r}")
    near = [box for box in boxes if _gap(box, boxes[0]) <= FAR_AWAY_DEG]
    return min(b[0] for b in near), min(b[1] for b in near), max(b[2] for b in near), max(b[3] for b in near)


@lru_cache(maxsize=4)
def _boxes(file: Path) -> Mapping[str, Sequence[Bounds]]:
    """Return code of each country -> the bounds of its parts, the largest first; the file is read once."""
    found: dict[str, Sequence[Bounds]] = {}
    for feature in features_in(file):
        shape, code = feature["geometry"], str(feature["properties"]["iso2"])
        rings = [shape["coordinates"][0]] if shape["type"] == "Polygon" else [part[0] for part in shape["coordinates"]]
        found.setdefault(code, sorted((_box(ring) for ring in rings), key=_area, reverse=True))
    return found


def _box(ring: list[Any]) -> Bounds:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _area(box: Bounds) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _gap(one: Bounds, other: Bounds) -> float:
    """Return how many degrees lie between two boxes."""
    return max(other[0] - one[2], one[0] - other[2], other[1] - one[3], one[1] - other[3], 0.0)
