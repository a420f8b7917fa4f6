"""The rows that the map draws: bubbles a city and role, or marks a site and role, placed so that none hides another.

The map fetches these rows by URL, so each is small and carries everything its mark needs. ``head`` and ``tip`` stand
under the pointer; they are plain text, which Streamlit escapes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.on_the_map import cities_by_role, country_totals, sites_by_role, towns
from mapping.errors import ViewError
from mapping.figures.sheets import TOTAL, bubble_name
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words, mark, mark_plural

GOLDEN_ANGLE: Final = 2.39996
"""Radians between one mark and the next on a phyllotaxis spiral."""
SPREAD_PX: Final = 9.0
"""Pixels; the k-th mark at one coordinate lies this times the root of k from it, so 16-pixel marks stay apart."""
SMALLEST_PX: Final = 12.0
"""Width of a bubble of one site."""
GROWTH_PX: Final = 5.5
"""Pixels a bubble gains with the root of each further site: area tells the count."""
LARGEST_PX: Final = 52.0
MARK_PX: Final = 16
SYMBOL_PX: Final = 20.0
"""Smallest width of the disc that carries a country's total."""

ROLE_COUNTS: Final = {
    "partners": mark_plural("{count} partner or stakeholder", "{count} partners and stakeholders"),
    "facilities": mark_plural("{count} manufacturing site", "{count} manufacturing sites"),
    "trial_sites": mark_plural("{count} trial site", "{count} trial sites"),
    "treatment_centres": mark_plural("{count} treatment centre", "{count} treatment centres"),
}
ROLE_NAMES: Final = {
    "partners": mark("Partner or stakeholder"),
    "facilities": mark("Manufacturing site"),
    "trial_sites": mark("Trial site"),
    "treatment_centres": mark("Treatment centre"),
}
_TURNS: Final = {1: (0.0,), 2: (np.pi, 0.0)} | {
    3: (-5 * np.pi / 6, -np.pi / 6, np.pi / 2),
    4: (-3 * np.pi / 4, -np.pi / 4, 3 * np.pi / 4, np.pi / 4),
}
"""Number of roles at a city -> the direction in which each one's bubble lies, radians, clockwise from the right."""

Rows = list[dict[str, Any]]
Floats = npt.NDArray[np.float64]


def bubble_px(counts: Floats) -> Floats:
    """Return the width in pixels of a bubble for each number of sites."""
    return np.minimum(SMALLEST_PX + GROWTH_PX * np.sqrt(np.maximum(counts - 1, 0)), LARGEST_PX).round(1)


def spiral_offsets(ranks: npt.NDArray[np.int64], crowds: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return pixel offsets (right, down) of the marks of given rank among so many at their coordinate.

    A mark that is alone stays on its coordinate. The half step keeps the innermost two apart.
    """
    radius, angle = np.where(crowds == 1, 0.0, SPREAD_PX * np.sqrt(ranks + 0.5)), GOLDEN_ANGLE * ranks
    return (radius * np.cos(angle)).round(1), (radius * np.sin(angle)).round(1)


def city_rows(marks: pd.DataFrame, sites: pd.DataFrame, words: Words) -> Rows:
    """Return one row a city and role, the largest first so that small bubbles lie on top.

    Parameters
    ----------
    marks : DataFrame
        One row a site and role in view: site_id, role.
    sites : DataFrame
        The table of sites.
    words : Words
        The reader's language.
    """
    cities = cities_by_role(marks, sites).sort_values("count", ascending=False, kind="stable")
    counts, roles = [int(count) for count in cities["count"]], _texts(cities["role"])
    size = bubble_px(cities["count"].to_numpy(dtype=np.float64))
    right, down = _around_the_city(cities, size)
    said = {pair: _counted(*pair, words) for pair in set(zip(roles, counts, strict=True))}
    told = [said[pair] for pair in zip(roles, counts, strict=True)]
    return _records(
        cities[["city", "country", "focus", "role", "r", "lon", "lat", "count"]].assign(
            id=cities["country"] + "|" + cities["city"] + "|" + cities["role"],
            size=size,
            dx=right,
            dy=down,
            icon=[bubble_name(role, count) for role, count in zip(roles, counts, strict=True)],
            head=cities["city"] + ", " + cities["country"],
            tip=told,
        )
    )


def _counted(role: str, count: int, words: Words) -> str:
    return words.plural(*ROLE_COUNTS[role], count, count=words.number(count))


def _around_the_city(cities: pd.DataFrame, size: Floats) -> tuple[Floats, Floats]:
    """Return pixel offsets that set the bubbles of one city side by side around its centre."""
    rank, present = cities["rank"].to_numpy(np.int64), cities["present"].to_numpy(np.int64)
    turns = np.zeros(len(cities))
    for number, angles in _TURNS.items():
        here = present == number
        turns[here] = np.array(angles)[rank[here]]
    reach = np.where(present == 1, 0.0, size / 2 * np.where(present == 2, 1.0, 1.2))
    return (reach * np.cos(turns)).round(1), (reach * np.sin(turns)).round(1)


def point_rows(atlas: Atlas, marks: pd.DataFrame, words: Words) -> Rows:
    """Return one row a site and role, marks at one coordinate fanned out, in role order at each coordinate.

    Row fields beside position and picture: ``c`` and ``f`` are the two numbers that the graphics card filters
    by (the country's position among the countries; the role's position times 16 plus the bits of the ATMP classes).
    """
    placed = sites_by_role(marks, atlas.tables["sites"])
    right, down = spiral_offsets(np.asarray(placed["rank"], np.int64), np.asarray(placed["crowd"], np.int64))
    names = {role: words.text(singular) for role, singular in ROLE_NAMES.items()}
    order = {code: rank for rank, code in enumerate(country_order(atlas))}
    return _records(
        placed[["role", "r", "lon", "lat"]].assign(
            id=placed["site_id"],
            dx=right,
            dy=down,
            c=placed["country"].map(order).astype("int64"),
            f=placed["r"] * 16 + placed["classes"],
            icon=placed["role"] + "-" + _kind(placed),
            head=placed["name"],
            tip=placed["city"] + ", " + placed["country"] + "\n" + placed["role"].map(names),
        )
    )


def country_order(atlas: Atlas) -> Sequence[str]:
    """Return the codes of countries with sites, and of the Atlas, in the order that the map's filter counts by."""
    return atlas.known.options["country"]


def _kind(placed: pd.DataFrame) -> "pd.Series[str]":
    """Return which of the three drawings of a shape each mark takes."""
    hollow = placed["disclosure"].eq("undisclosed")
    return placed["coord_precision"].fillna("city").where(~hollow, "hollow")


def town_rows(marks: pd.DataFrame, sites: pd.DataFrame) -> Rows:
    """Return one row a city with a mark: its name, where to write it (``dy`` sets it under the marks) and ``apart``."""
    found = towns(marks, sites)
    below = 14 + SPREAD_PX * np.sqrt(found["count"].to_numpy(np.float64))
    return _records(found[["city", "lon", "lat", "apart"]].assign(dy=below.round()))


def density_rows(marks: pd.DataFrame, sites: pd.DataFrame) -> Rows:
    """Return one position a site in view, for layers that add positions up."""
    shown = sites[sites["id"].isin(marks["site_id"])]
    return _records(shown[["lon", "lat"]])


def country_rows(atlas: Atlas, marks: pd.DataFrame, words: Words) -> Rows:
    """Return one row a country of the Atlas: its number of sites in view, as a symbol at its label point."""
    totals = country_totals(marks, atlas.tables["sites"], atlas.tables["countries"])
    counts = [int(count) for count in totals["count"]]
    return _records(
        totals[["id", "count"]].assign(
            focus=totals["id"],
            lon=totals["label_lon"],
            lat=totals["label_lat"],
            size=np.maximum(bubble_px(totals["count"].to_numpy(dtype=np.float64)), SYMBOL_PX),
            label=[str(count) for count in counts],
            icon=TOTAL,
            head=[words.country(atlas.tables, code) for code in _texts(totals["id"])],
            tip=[words.plural("{n} site in view", "{n} sites in view", count) for count in counts],
        )
    )


def _texts(column: "pd.Series[str]") -> list[str]:
    return [str(value) for value in column.to_numpy(dtype=object)]


def _records(frame: pd.DataFrame) -> Rows:
    """Return one row a dict of plain values; column by column, for a frame of texts is slow to read across."""
    names = list(frame.columns)
    columns = (frame[name].to_numpy(dtype=object).tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


ROWS: Final[Mapping[str, Callable[[Atlas, pd.DataFrame, Words], Rows]]] = {
    "cities": lambda atlas, marks, words: city_rows(marks, atlas.tables["sites"], words),
    "points": point_rows,
    "towns": lambda atlas, marks, _words: town_rows(marks, atlas.tables["sites"]),
    "density": lambda atlas, marks, _words: density_rows(marks, atlas.tables["sites"]),
    "countries": country_rows,
}
"""What the map draws -> how its rows are made."""


def map_rows(atlas: Atlas, view: ViewState, style: str) -> Rows:
    """Return the rows of one style of the map for what is in view.

    Raises
    ------
    ViewError
        The style has no rows of its own.
    """
    if style not in ROWS:
        raise ViewError(f"the map has no rows of style {style!r}")
    marks = select(atlas, view).marks
    return ROWS[style](atlas, marks, Words(view.lang)) if len(marks) else []
