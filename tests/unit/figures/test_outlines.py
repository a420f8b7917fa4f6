"""The land as maps draw it: coarse where all of Europe is in sight, each border once, no country lost."""

import json
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer
from shapely.geometry import shape

from mapping.figures.extents import fitted
from mapping.figures.map_lands import Frame, lands
from mapping.figures.outlines import OVERVIEW_DEG, border_rows, overview

GEO = Path(__file__).parents[3] / "data" / "geo"


@pytest.fixture(scope="module")
def countries() -> dict:
    return json.loads((GEO / "countries.geojson").read_text(encoding="utf-8"))


def squares() -> dict:
    """Two countries of one degree that share the border at 1 degree east."""
    return {
        "features": [
            {
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [[[w, 0], [w, 1], [w + 1, 1], [w + 1, 0], [w, 0]]]},
            }
            for w in (0, 1)
        ]
    }


def test_a_border_that_two_countries_share_is_drawn_once():
    pieces = [(tuple(row["a"]), tuple(row["b"])) for row in border_rows(squares())]
    assert len(pieces) == 7
    assert ((1, 0), (1, 1)) in pieces


def test_an_outline_without_pieces_draws_nothing():
    assert border_rows({"features": []}) == []


def test_the_overview_has_every_country_near_where_it_is(countries):
    coarse = overview(countries)
    assert [each["properties"] for each in coarse["features"]] == [each["properties"] for each in countries["features"]]
    for fine, drawn in zip(countries["features"], coarse["features"], strict=True):
        one, other = shape(fine["geometry"]), shape(drawn["geometry"])
        assert not other.is_empty
        assert np.allclose(one.bounds, other.bounds, atol=5 * OVERVIEW_DEG), fine["properties"]["iso2"]


def test_the_overview_is_drawn_with_less_than_half_the_lines(countries):
    assert len(border_rows(overview(countries))) < len(border_rows(countries)) / 2


def cut_country() -> dict:
    """A square country whose eastern side is the frame that the outlines are clipped to, 7,200 km in ETRS89-LAEA."""
    corners = [(7_000_000, 2_000_000), (7_000_000, 2_300_000), (7_200_000, 2_300_000), (7_200_000, 2_000_000)]
    to_degrees = Transformer.from_crs("EPSG:3035", "EPSG:4326", always_xy=True)
    ring = [[round(at, 3) for at in to_degrees.transform(x, y)] for x, y in (*corners, corners[0])]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"iso2": "XX", "name": "example", "scope": "context"},
                "geometry": geometry,
            }
        ],
    }


def test_where_the_outlines_are_clipped_no_border_is_drawn():
    country = cut_country()
    _, _, north_east, south_east, _ = country["features"][0]["geometry"]["coordinates"][0]
    pieces = [{tuple(row["a"]), tuple(row["b"])} for row in border_rows(country)]
    assert len(pieces) == 3
    assert {tuple(north_east), tuple(south_east)} not in pieces


@pytest.mark.parametrize("is_coarse", [False, True])
def test_the_long_edges_of_the_clip_are_no_borders_and_real_ones_stay(countries, is_coarse):
    rows = border_rows(overview(countries) if is_coarse else countries)
    longest = max(np.hypot(*np.subtract(row["a"], row["b"])) for row in rows)
    assert longest < 4
    beyond = border_rows({"features": [each for each in countries["features"] if each["properties"]["iso2"] == "KZ"]})
    assert max(np.hypot(*np.subtract(row["a"], row["b"])) for row in beyond) < 1
    assert len(beyond) > 100


def test_a_still_fills_clipped_land_and_leaves_its_clipped_side_without_a_line(tmp_path):
    country = cut_country()
    (tmp_path / "countries.geojson").write_text(json.dumps(country), encoding="utf-8")
    (tmp_path / "lakes.geojson").write_text('{"features": []}', encoding="utf-8")
    around = shape(country["features"][0]["geometry"]).buffer(1).bounds
    [land] = lands(Frame(fitted(around, (700, 560)), 700, 560), tmp_path, "light", {})
    [ring], [edge] = land.rings, land.edges
    assert len(ring) == 4
    assert set(edge) == set(ring)
    east = sorted(ring)[-2:]
    assert {edge[0], edge[-1]} == set(east)


def test_whole_land_has_a_line_all_around(tmp_path):
    (tmp_path / "countries.geojson").write_text(
        json.dumps(
            {
                "features": [
                    {**each, "properties": {"iso2": "XX", "name": "example", "scope": "core"}}
                    for each in squares()["features"][:1]
                ]
            }
        ),
        encoding="utf-8",
    )
    (tmp_path / "lakes.geojson").write_text('{"features": []}', encoding="utf-8")
    [land] = lands(Frame(fitted((-1, -1, 2, 2), (700, 560)), 700, 560), tmp_path, "light", {})
    assert len(land.rings) == 1
    assert land.edges == ()
