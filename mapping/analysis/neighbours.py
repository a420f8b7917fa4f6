"""The sites nearest to a site, by great circle."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapping.analysis.access import EARTH_RADIUS_KM, unit_vectors
from mapping.analysis.card import Neighbour
from mapping.analysis.cells import rows_at, text
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas
from mapping.view.presence import NORMAL
from mapping.words import Words

SAME_PLACE_KM = 0.5
"""Below this, sites placed at their city's centre cannot be told apart."""


def neighbours(atlas: Atlas, position: int, words: Words, count: int = 5) -> tuple[Neighbour, ...]:
    """Return the sites nearest to the one at a position of the table, without those that are closed or planned."""
    index = atlas.tables.kept(("site vectors",), lambda: _indexed(atlas))
    chords = np.linalg.norm(index.vectors - unit_vectors(*_degrees(atlas.tables, position)), axis=1)
    others = index.position != position
    order = np.argsort(chords[others], kind="stable")[:count]
    near, apart = index.position[others][order], chords[others][order]
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(apart / 2, 0, 1))
    rows = rows_at(atlas.tables, "sites", near.tolist())
    return tuple(
        Neighbour(
            id=text(row["id"]),
            name=text(row["name"]),
            city=text(row["city"]),
            country=text(row["country"]),
            km=round(float(far), 1),
            distance=_distance(float(far), words),
        )
        for row, far in zip(rows, km, strict=True)
    )


@dataclass(frozen=True)
class _Vectors:
    position: npt.NDArray[np.int32]
    """Sites with a record of today, by position in the table."""
    vectors: npt.NDArray[np.float64]


def _indexed(atlas: Atlas) -> _Vectors:
    presence, sites = atlas.presence, atlas.tables["sites"]
    position = np.unique(presence.site[presence.state == NORMAL])
    return _Vectors(position, unit_vectors(sites["lat"].to_numpy()[position], sites["lon"].to_numpy()[position]))


def _degrees(tables: Tables, position: int) -> tuple[list[float], list[float]]:
    sites = tables["sites"]
    return [float(sites["lat"].iloc[position])], [float(sites["lon"].iloc[position])]


def _distance(km: float, words: Words) -> str:
    if km < SAME_PLACE_KM:
        return words.text("same place on the map")
    return words.text("{km} km", km=words.number(km, 1 if km < 10 else 0))
