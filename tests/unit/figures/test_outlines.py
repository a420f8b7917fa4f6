"""The land as maps draw it: coarse where all of Europe is in sight, each border once, no country lost."""

import json
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import shape

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
