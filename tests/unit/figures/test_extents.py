"""Where the map looks."""

import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.errors import ViewError
from mapping.figures.extents import EUROPE_BOUNDS, MAP_PX, TILE_PX, country_bounds, extent_of, fitted
from tests.unit.paths import DATA

GEO = DATA / "geo"


class _Places:
    def __getitem__(self, name: str) -> pd.DataFrame:
        assert name == "places"
        return pd.DataFrame({"id": ["1"], "lat": [52.5], "lon": [13.4]})


def pixel(longitude: float, latitude: float, zoom: float) -> tuple[float, float]:
    """Web Mercator by the book: https://en.wikipedia.org/wiki/Web_Mercator_projection."""
    world = TILE_PX * 2**zoom
    y = (1 - math.log(math.tan(math.radians(latitude)) + 1 / math.cos(math.radians(latitude))) / math.pi) / 2
    return (longitude + 180) / 360 * world, y * world


@given(west=st.floats(-30, 30), width=st.floats(0.5, 40), south=st.floats(30, 60), height=st.floats(0.5, 10))
def test_all_four_corners_of_the_bounds_lie_on_the_map(west, width, south, height):
    bounds = (west, south, west + width, south + height)
    extent = fitted(bounds, MAP_PX)
    centre = pixel(extent.longitude, extent.latitude, extent.zoom)
    for longitude in (bounds[0], bounds[2]):
        for latitude in (bounds[1], bounds[3]):
            x, y = pixel(longitude, latitude, extent.zoom)
            assert abs(x - centre[0]) <= MAP_PX[0] / 2 + 3
            assert abs(y - centre[1]) <= MAP_PX[1] / 2 + 3


def test_europe_is_shown_from_ireland_to_finland_whatever_the_data():
    assert extent_of("EUROPE", _Places(), GEO) == fitted(EUROPE_BOUNDS, MAP_PX)


def test_spain_is_shown_without_the_canaries_and_portugal_without_the_azores():
    assert country_bounds("ES", GEO)[1] > 34
    assert country_bounds("PT", GEO)[0] > -12


def test_a_country_with_near_islands_keeps_them():
    assert country_bounds("DK", GEO)[2] > 14.5  # Bornholm
    assert country_bounds("GR", GEO)[1] < 35.6  # Crete


def test_every_country_of_the_atlas_has_an_extent():
    features = json.loads((GEO / "countries.geojson").read_text(encoding="utf-8"))["features"]
    for code in (item["properties"]["iso2"] for item in features if item["properties"]["scope"] == "core"):
        assert 2.5 < extent_of(code, _Places(), GEO).zoom <= 8.5, code


def test_a_town_is_centred():
    extent = extent_of("1", _Places(), GEO)
    assert (extent.longitude, extent.latitude) == (13.4, 52.5)


@pytest.mark.parametrize("focus", ["ZZ", "999"])
def test_an_unknown_focus_is_an_error_that_can_be_caught(focus):
    with pytest.raises(ViewError):
        extent_of(focus, _Places(), GEO)
