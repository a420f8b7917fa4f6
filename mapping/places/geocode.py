"""Where a town is: GeoNames places by name and country, and the region a point lies in."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from shapely import STRtree
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from mapping.places.names import city_key, fold

EARTH_RADIUS_KM = 6371.0
AGREE_KM = 25.0
"""Coordinates farther than this from the town they are said to be in are wrong (issue 2: Milan at Italy's centroid)."""
CLEARLY_LARGER = 10.0
"""A town of a shared name is taken without review only when it has this many times the people of the next."""
COAST_DEG = 0.3
"""Points this near a region (about 25 km) belong to it although the simplified coast leaves them in the sea."""


@dataclass(frozen=True)
class Place:
    """A populated place of GeoNames."""

    id: str
    name: str
    country: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True)
class Located:
    """Where a town was found, and why there."""

    place: Place | None
    rule: str
    """name, coordinates, largest, or ambiguous and unknown (then `place` is empty)."""


def distance_km(first: Place | tuple[float, float], second: Place | tuple[float, float]) -> float:
    """Return the great-circle distance between two places or (lat, lon) pairs."""
    lat1, lon1 = (first.lat, first.lon) if isinstance(first, Place) else first
    lat2, lon2 = (second.lat, second.lon) if isinstance(second, Place) else second
    half = sin(radians(lat2 - lat1) / 2) ** 2
    half += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


class Gazetteer:
    """The places of Europe, found by any of their names."""

    def __init__(self, places: Iterable[Place], aliases: Iterable[tuple[str, str]]) -> None:
        self.by_id: dict[str, Place] = {place.id: place for place in places}
        self._called: dict[tuple[str, str], list[Place]] = {}
        self._words: dict[str, set[str]] = {}
        for place in self.by_id.values():
            self._file(place, place.name)
        for place_id, alias in aliases:
            self._file(self.by_id[place_id], alias)

    def _file(self, place: Place, name: str) -> None:
        called = self._called.setdefault((place.country, city_key(name)), [])
        if place not in called:
            called.append(place)
        self._words.setdefault(place.id, set()).update(fold(name).split())

    def words(self, place: Place) -> frozenset[str]:
        """Return the folded words of all names of a place."""
        return frozenset(self._words[place.id])

    def called(self, city: str, country: str) -> list[Place]:
        """Return the towns of a country that answer to a name, the largest first."""
        return sorted(self._called.get((country, city_key(city)), ()), key=lambda place: -place.population)

    def locate(self, city: str, country: str, near: tuple[float, float] | None = None) -> Located:
        """Find a town by any of its names.

        Coordinates only choose between towns of one name, they never move a town: registries give Milan the centre of
        Italy. Where neither size nor coordinates settle it, or they disagree, the answer is "ambiguous".
        """
        called = self.called(city, country)
        if not called:
            return Located(None, "unknown")
        if len(called) == 1:
            return Located(called[0], "name")
        close = [place for place in called if near and distance_km(place, near) <= AGREE_KM]
        # Suburbs carry their city's name as an alias (Marcinelle answers to Charleroi): the exact name wins.
        close = [place for place in close if city_key(place.name) == city_key(city)] or close
        if len(close) == 1:
            outweighed = close[0] is not called[0] and _is_clearly_larger(called[0], close[0])
            return Located(None, "ambiguous") if outweighed else Located(close[0], "coordinates")
        rivals = close or called
        if _is_clearly_larger(rivals[0], rivals[1]):
            return Located(rivals[0], "largest")
        return Located(None, "ambiguous")


def _is_clearly_larger(first: Place, second: Place) -> bool:
    return first.population >= CLEARLY_LARGER * max(second.population, 1)


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read ``places_1000.csv`` and ``place_aliases.csv`` of ``data/raw/geo``."""
    with (folder / "places_1000.csv").open(encoding="utf-8", newline="") as file:
        places = [
            Place(
                row["geonameid"],
                row["name"],
                row["country"],
                float(row["lat"]),
                float(row["lon"]),
                int(row["population"]),
            )
            for row in csv.DictReader(file)
        ]
    with (folder / "place_aliases.csv").open(encoding="utf-8", newline="") as file:
        aliases = [(row["geonameid"], row["alias"]) for row in csv.DictReader(file)]
    return Gazetteer(places, aliases)


class Regions:
    """The regions of ``regions.geojson``, found by a point."""

    def __init__(self, features: Iterable[Mapping[str, object]]) -> None:
        self._codes: list[tuple[str, str]] = []
        self._shapes: list[BaseGeometry] = []
        for feature in features:
            properties = feature["properties"]
            assert isinstance(properties, dict)
            self._codes.append((str(properties["iso2"]), str(properties["code"])))
            self._shapes.append(shape(feature["geometry"]))
        self._tree = STRtree(self._shapes)

    def at(self, lat: float, lon: float, country: str) -> str:
        """Return the code of the country's region at a point, the nearest within the coast tolerance, or ""."""
        point = Point(lon, lat)
        near = self._tree.query(point.buffer(COAST_DEG))
        found = [(self._shapes[i].distance(point), self._codes[i][1]) for i in near if self._codes[i][0] == country]
        return min(found)[1] if found and min(found)[0] <= COAST_DEG else ""


def read_regions(path: Path) -> Regions:
    """Read the regions' polygons."""
    return Regions(json.loads(path.read_text(encoding="utf-8"))["features"])
