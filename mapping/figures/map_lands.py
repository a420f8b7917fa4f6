"""The land of a map as outlines in the units of its frame: the same framing as on the screen, no finer than is seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from mapping.figures.clip_frame import is_cut
from mapping.figures.extents import TILE_PX, Extent
from mapping.figures.palette import MAP_COLOURS, Colour, Theme
from mapping.figures.pictures import Land, Point, Texture
from mapping.tables.features import features_in

SEEN: Final = 0.7
"""How far, in units of the frame, a drawn outline may lie from the true one."""
SMALLEST: Final = 2.0
"""Square units; a smaller island is left out, except where it is all there is of its country."""
LARGE_LAKE: Final = 14.0
"""Square units from which a lake is drawn."""
MARGIN: Final = 3.0
"""Units around the frame that are kept, so that no border runs along its edge."""

CUT_WIDTH: Final = 1e-6
"""Degrees around a clipped edge that are taken out of an outline."""

Floats = npt.NDArray[np.float64]
Lines = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Frame:
    """A window on the world in Web Mercator."""

    extent: Extent
    width: float
    height: float

    @property
    def world(self) -> float:
        """Return the width of the whole world in units of the frame."""
        return float(TILE_PX * 2**self.extent.zoom)

    def place(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return where degrees lie: units to the right and down from the upper left corner."""
        x, y = (
            _mercator(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)),
            _mercator(np.asarray(self.extent.longitude), np.asarray(self.extent.latitude)),
        )
        return (x[0] - y[0]) * self.world + self.width / 2, (x[1] - y[1]) * self.world + self.height / 2

    def holds(self, x: Floats, y: Floats, margin: float = 0.0) -> npt.NDArray[np.bool_]:
        """Return which places lie inside the frame, or at most so far outside."""
        across, down = (x > -margin) & (x < self.width + margin), (y > -margin) & (y < self.height + margin)
        return np.asarray(across & down, dtype=np.bool_)


def _mercator(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return shares of the world's width and height, from its upper left corner."""
    return (lon + 180) / 360, 0.5 - np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)) / (2 * np.pi)


def lands(
    frame: Frame,
    geo: Path,
    theme: Theme,
    names: Mapping[str, str],
    fills: Mapping[str, tuple[Colour | None, Texture]] | None = None,
) -> tuple[Land, ...]:
    """Return countries and then large lakes, as far as they lie within the frame, large countries first.

    Parameters
    ----------
    frame : Frame
        The window.
    geo : Path
        Folder of the outlines.
    theme : Theme
        Light or dark.
    names : Mapping
        Code -> name of a country, where it is better than that of the outlines.
    fills : Mapping, optional
        Code -> colour, or None and the texture of a kind of nothing; others are plain.
    """
    colours, told = MAP_COLOURS[theme], fills or {}
    found = []
    for properties, rings, edges in _within(geo / "countries.geojson", frame):
        code = str(properties["iso2"] or "")
        plain = colours.land if properties["scope"] == "core" else colours.outside
        fill, texture = told.get(code, (None, ""))
        name = names.get(code, str(properties["name"]))
        found.append(Land(code, name, rings, fill or plain, texture, edges))
    return (*found, *_lakes(geo / "lakes.geojson", frame, colours.sea))


def _lakes(file: Path, frame: Frame, sea: Colour) -> list[Land]:
    placed = ((str(properties["name"]), rings) for properties, rings, _ in _within(file, frame))
    return [Land("", name, rings, sea) for name, rings in placed if _area(rings[0]) >= LARGE_LAKE]


@lru_cache(maxsize=64)
def _within(file: Path, frame: Frame) -> Sequence[tuple[Mapping[str, Any], Lines, Lines]]:
    """Return properties, outer rings and edges of what lies within a frame, the largest first, for every view."""
    placed = [
        (properties, *_outlines(shaped, frame))
        for properties, shaped in _countries(file, round(SEEN * 360 / frame.world, 4))
    ]
    return sorted((each for each in placed if each[1]), key=lambda each: -_area(each[1][0]))


@lru_cache(maxsize=64)
def _countries(file: Path, tolerance: float) -> Sequence[tuple[Mapping[str, Any], Any]]:
    """Return properties and shape of each feature of a file, with outlines that still meet at their borders."""
    features = _fine(file)
    fine = np.array([shaped for _, shaped in features])
    coarse = shapely.coverage_simplify(fine, tolerance)
    drawn = np.where(shapely.is_empty(coarse), fine, coarse)
    return [(properties, one) for (properties, _), one in zip(features, drawn, strict=True)]


@lru_cache(maxsize=4)
def _fine(file: Path) -> Sequence[tuple[Mapping[str, Any], Any]]:
    """Return properties and shape of each feature as the file has them; each country's frame starts from these."""
    return [(each["properties"], shape(each["geometry"])) for each in features_in(file)]


def _outlines(shaped: Any, frame: Frame) -> tuple[Lines, Lines]:
    """Return the outer rings within the frame, the largest first, and their edges where one is cut open in sight."""
    parts = shapely.get_parts(shaped)
    around = _bounds(frame)
    parts = parts[shapely.intersects(parts, shapely.box(*around))]
    clipped = shapely.get_parts(shapely.clip_by_rect(parts, *around))
    exteriors = [part.exterior for part in clipped if part.geom_type == "Polygon" and not part.is_empty]
    placed = [(_placed(shapely.get_coordinates(exterior), frame), exterior) for exterior in exteriors]
    ordered = sorted((each for each in placed if len(each[0]) > 2), key=lambda each: _area(each[0]), reverse=True)
    kept = [each for at, each in enumerate(ordered) if not at or _area(each[0]) >= SMALLEST]
    rings, drawn = tuple(ring for ring, _ in kept), [exterior for _, exterior in kept]
    cuts = _cuts(parts).intersection(shapely.box(*around))
    return rings, () if cuts.is_empty else _edges(drawn, cuts, frame)


def _cuts(parts: Any) -> Any:
    """Return the pieces of outlines along which the land was cut off, as one geometry; empty where there is none."""
    points, ring = shapely.get_coordinates(shapely.get_exterior_ring(parts), return_index=True)
    follows = ring[:-1] == ring[1:]
    begin, end = points[:-1][follows], points[1:][follows]
    cut = is_cut(begin, end)
    return shapely.union_all(shapely.linestrings(np.stack([begin[cut], end[cut]], axis=1)))


def _edges(exteriors: Sequence[Any], cuts: Any, frame: Frame) -> Lines:
    """Return outlines without what was cut, as lines whose ends meet where they are whole."""
    left = shapely.difference(np.array(exteriors), cuts.buffer(CUT_WIDTH))
    lines = shapely.get_parts(shapely.line_merge(left))
    placed = [(line.is_ring, _placed(shapely.get_coordinates(line), frame)) for line in lines]
    return tuple((*points, points[0]) if is_ring else points for is_ring, points in placed if len(points) > 1)


def _bounds(frame: Frame) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the frame with its margin, in degrees."""
    lon, lat = np.radians(frame.extent.longitude), np.radians(frame.extent.latitude)
    turn = 2 * np.pi / frame.world
    across, down = (frame.width / 2 + MARGIN) * turn, (frame.height / 2 + MARGIN) * turn
    middle = np.log(np.tan(np.pi / 4 + lat / 2))
    south, north = (float(np.degrees(2 * np.arctan(np.exp(y)) - np.pi / 2)) for y in (middle - down, middle + down))
    return float(np.degrees(lon - across)), south, float(np.degrees(lon + across)), north


def _placed(degrees: Floats, frame: Frame) -> tuple[Point, ...]:
    x, y = frame.place(degrees[:, 0], degrees[:, 1])
    points = list(dict.fromkeys(zip(x.round(1).tolist(), y.round(1).tolist(), strict=True)))
    return tuple(points)


def _area(ring: Sequence[Point]) -> float:
    """Return the area of a ring in square units."""
    x, y = np.array(ring).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
