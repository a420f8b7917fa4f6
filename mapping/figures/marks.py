"""The rows that the map draws: bubbles a city and role, or marks a site and role, placed so that none hides another.

The map fetches these rows by URL, so each is small and carries everything its mark needs. ``tip`` is HTML,
made here from escaped text; nothing else in a row is ever shown as HTML.
"""

import html
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.errors import ViewError
from mapping.figures.palette import ROLE_STYLES
from mapping.figures.sheets import bubble_name
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words, mark, mark_plural

GOLDEN_ANGLE: Final = 2.39996
"""Radians between one mark and the next on a phyllotaxis spiral."""
SPREAD_PX: Final = 9.0
"""Pixels; the k-th mark at one coordinate lies this times the root of k from it, so 16-pixel marks do not touch."""
SMALLEST_PX: Final = 12.0
"""Width of a bubble of one site."""
GROWTH_PX: Final = 5.5
"""Pixels a bubble gains with the root of each further site: area tells the count."""
LARGEST_PX: Final = 52.0
MARK_PX: Final = 16
EARTH_RADIUS_KM: Final = 6371.0
TOWNS_NAMED: Final = 1000

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
_SHAPES: Final = {role: style.shape for role, style in ROLE_STYLES.items()}

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
    placed = marks[["site_id", "role"]].merge(
        sites[["id", "city", "country", "lat", "lon", "place_id"]], left_on="site_id", right_on="id"
    )
    placed["focus"] = placed["place_id"].fillna("")
    groups = placed.groupby(["country", "city", "role"], sort=True, observed=True)
    cities = groups.agg(lat=("lat", "first"), lon=("lon", "first"), focus=("focus", "first"), count=("id", "size"))
    cities = cities.reset_index()
    if cities.empty:
        return []
    cities["size"] = bubble_px(cities["count"].to_numpy(dtype=np.float64))
    cities["dx"], cities["dy"] = _around_the_city(cities)
    cities = cities.sort_values("count", ascending=False, kind="stable")
    counts = [int(count) for count in cities["count"]]
    heads = _escaped(cities["city"]) + ", " + cities["country"]
    told = [_counted(role, count, words) for role, count in zip(_texts(cities["role"]), counts, strict=True)]
    return _records(
        cities.assign(
            id=cities["country"] + "|" + cities["city"] + "|" + cities["role"],
            r=_role_rank(cities["role"]),
            icon=[bubble_name(role, count) for role, count in zip(_texts(cities["role"]), counts, strict=True)],
            tip="<b>" + heads + "</b><br>" + pd.Series(told, index=cities.index, dtype="str"),
        )
    )


def _counted(role: str, count: int, words: Words) -> str:
    return html.escape(words.plural(*ROLE_COUNTS[role], int(count), count=words.number(int(count))))


def _around_the_city(cities: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return pixel offsets that set the bubbles of one city side by side around its centre."""
    roles = _role_rank(cities["role"]).groupby([cities["country"], cities["city"]], sort=False)
    position = roles.rank(method="first").to_numpy(np.int64) - 1
    present = roles.transform("size").to_numpy(np.int64)
    turns = np.zeros(len(cities))
    for size, angles in _TURNS.items():
        here = present == size
        turns[here] = np.array(angles)[position[here]]
    reach = np.where(present == 1, 0.0, cities["size"].to_numpy(np.float64) / 2 * np.where(present == 2, 1.0, 1.2))
    return (reach * np.cos(turns)).round(1), (reach * np.sin(turns)).round(1)


def point_rows(atlas: Atlas, marks: pd.DataFrame, words: Words) -> Rows:
    """Return one row a site and role, marks at one coordinate fanned out, in role order at each coordinate.

    Row fields beside position and picture: ``c`` and ``f`` are the two numbers that the graphics card filters
    by (the country's position among the countries; the role's position times 16 plus the bits of the ATMP classes).
    """
    sites = atlas.tables["sites"]
    columns = ["id", "name", "city", "country", "lat", "lon", "coord_precision", "disclosure"]
    placed = marks.merge(sites[columns], left_on="site_id", right_on="id")
    if placed.empty:
        return []
    placed["r"] = _role_rank(placed["role"])
    placed = placed.sort_values(["lat", "lon", "r", "name"], kind="stable")
    together = placed.groupby(["lat", "lon"], sort=False)["r"]
    ranks, crowds = together.cumcount().to_numpy(np.int64), together.transform("size").to_numpy(np.int64)
    right, down = spiral_offsets(np.asarray(ranks), np.asarray(crowds))
    names = {role: html.escape(words.text(singular)) for role, singular in ROLE_NAMES.items()}
    place = "<br>" + _escaped(placed["city"]) + ", " + placed["country"] + "<br>" + placed["role"].map(names)
    order = {code: rank for rank, code in enumerate(country_order(atlas))}
    shown = placed[["role", "r", "lon", "lat"]].assign(
        id=placed["site_id"],
        dx=right,
        dy=down,
        c=placed["country"].map(order).astype("int64"),
        f=placed["r"] * 16 + placed["classes"],
        icon=placed["role"].map(_SHAPES) + "-" + _kind(placed),
        tip="<b>" + _escaped(placed["name"]) + "</b>" + place,
    )
    return _records(shown)


def country_order(atlas: Atlas) -> Sequence[str]:
    """Return the codes of countries with sites, and of the Atlas, in the order that the map's filter counts by."""
    return atlas.known.options["country"]


def _role_rank(roles: "pd.Series[str]") -> "pd.Series[int]":
    return roles.map({role: rank for rank, role in enumerate(ROLES)}).astype("int64")


def _texts(column: "pd.Series[str]") -> list[str]:
    return [str(value) for value in column]


def _escaped(column: "pd.Series[str]") -> "pd.Series[str]":
    return pd.Series([html.escape(text) for text in _texts(column)], index=column.index, dtype="str")


def _records(frame: pd.DataFrame) -> Rows:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]


def _kind(placed: pd.DataFrame) -> pd.Series:
    """Return which of the three drawings of a shape each mark takes."""
    hollow = placed["disclosure"].eq("undisclosed")
    return pd.Series(np.where(hollow, "hollow", placed["coord_precision"].fillna("city")), index=placed.index)


def town_rows(marks: pd.DataFrame, sites: pd.DataFrame) -> Rows:
    """Return one row a city with a mark, most marks first: its name, where to write it, and how far from others it is.

    ``apart`` is the distance in kilometres to the nearest city with more marks, so that a map can leave out the
    names that would overlap; ``dy`` sets the name under the fanned-out marks.
    """
    placed = marks[["site_id"]].merge(sites[["id", "city", "country", "lat", "lon"]], left_on="site_id", right_on="id")
    cities = placed.groupby(["country", "city"])
    towns = cities.agg(lon=("lon", "median"), lat=("lat", "median"), count=("id", "size")).reset_index()
    towns = towns.sort_values("count", ascending=False, kind="stable").head(TOWNS_NAMED)
    below = 14 + SPREAD_PX * np.sqrt(towns["count"].to_numpy(np.float64))
    return _records(towns[["city", "lon", "lat"]].assign(apart=_km_to_a_larger(towns), dy=below.round()))


def _km_to_a_larger(towns: pd.DataFrame) -> Floats:
    """Return the distance of each town to the nearest one before it, in kilometres on a sphere."""
    lat, lon = np.radians(towns["lat"].to_numpy(np.float64)), np.radians(towns["lon"].to_numpy(np.float64))
    points = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    cosines = np.tril(points @ points.T, -1) - 2 * np.triu(np.ones((len(points), len(points))))
    nearest = cosines.max(axis=1, initial=-1.0)
    return np.round(EARTH_RADIUS_KM * np.arccos(np.clip(nearest, -1, 1)))


def density_rows(marks: pd.DataFrame, sites: pd.DataFrame) -> Rows:
    """Return one position a site in view, for layers that add positions up."""
    shown = sites[sites["id"].isin(marks["site_id"])]
    return _records(shown[["lon", "lat"]])


def country_rows(marks: pd.DataFrame, atlas: Atlas, words: Words) -> Rows:
    """Return one row a country of the Atlas: its number of sites in view, as a symbol at its label point."""
    sites = atlas.tables["sites"][["id", "country"]]
    shown = sites[sites["id"].isin(marks["site_id"])]
    totals = shown.groupby("country").size()
    countries = atlas.tables["countries"]
    core = countries[countries["scope"] == "core"]
    counts = np.asarray(totals.reindex(core["id"], fill_value=0), dtype=np.float64)
    rows = zip(
        core["id"], core["label_lon"], core["label_lat"], counts.astype(int).tolist(), bubble_px(counts), strict=True
    )
    return [
        {
            "id": code,
            "focus": code,
            "lon": lon,
            "lat": lat,
            "count": count,
            "size": max(float(size), 20.0),
            "label": str(count),
            "icon": "circle-city",
            "tip": f"<b>{html.escape(words.country(atlas.tables, code))}</b><br>"
            + html.escape(words.plural("{n} site in view", "{n} sites in view", count)),
        }
        for code, lon, lat, count, size in rows
        if count
    ]


def map_rows(atlas: Atlas, view: ViewState, style: str) -> Rows:
    """Return the rows of one style of the map for what is in view.

    Raises
    ------
    ViewError
        The style has no rows of its own.
    """
    words, marks = Words(view.lang), select(atlas, view).marks
    if style == "cities":
        return city_rows(marks, atlas.tables["sites"], words)
    if style == "points":
        return point_rows(atlas, marks, words)
    if style == "towns":
        return town_rows(marks, atlas.tables["sites"])
    if style == "density":
        return density_rows(marks, atlas.tables["sites"])
    if style == "countries":
        return country_rows(marks, atlas, words)
    raise ViewError(f"the map has no rows of style {style!r}")
