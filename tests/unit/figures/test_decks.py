"""What the browser is sent for the map: addresses and numbers, never data, and no other host."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pandas as pd
import pytest

from mapping.figures import decks
from mapping.figures.country_layers import CountryFill, country_layers
from mapping.figures.extents import Extent
from mapping.view.state import ViewState

REAL = Path(__file__).parents[3] / "data" / "countries.csv"
COUNTRIES = ("DE", "ES", "FR")
EUROPE = Extent(10, 52, 3.4)


def layers(view: ViewState, countries: Sequence[str]) -> list:
    layers = {
        "cities": decks.city_layers(view, "1"),
        "points": decks.point_layers(view, "light", "1", countries, "DE"),
        "density": decks.density_layers(view, "light", "1"),
        "countries": country_layers(
            [CountryFill("DE", (1, 2, 3)), CountryFill("FR", None, "hatch")], view, "light", "1"
        ),
    }[view.drawn_style]
    return [*decks.base_layers("light", "1"), *layers]


def sent(view: ViewState, countries: Sequence[str] = COUNTRIES) -> str:
    deck = decks.atlas_deck(layers(view, countries), EUROPE, decks.tooltip_style("light"), decks.ROW_TIP)
    return deck.to_json()


def spec(view: ViewState) -> dict:
    return json.loads(sent(view))


def layer(view: ViewState, name: str) -> dict:
    return next(item for item in spec(view)["layers"] if item["id"] == name)


@pytest.mark.parametrize("style", ["cities", "points", "density", "countries"])
def test_the_map_names_no_other_host_and_fits_into_five_kilobytes(style):
    every = tuple(pd.read_csv(REAL, keep_default_na=False)["id"])
    text = sent(ViewState(style=style, countries=every[:-1], phases=("1", "2"), site="example-hospital"), every)
    assert not re.search(r"https?://", text)
    assert len(text.encode()) < 5 * 1024


@pytest.mark.parametrize("style", ["cities", "points", "density"])
def test_every_layer_has_a_name_so_that_selections_last(style):
    names = [item["id"] for item in spec(ViewState(style=style))["layers"]]
    assert len(names) == len(set(names))


def test_a_filter_on_country_or_class_asks_for_no_new_points():
    plain = layer(ViewState(style="points"), "points")
    filtered = layer(ViewState(style="points", countries=("DE",), classes=("GTMP",)), "points")
    assert plain["data"] == filtered["data"]
    assert filtered["filterCategories"][0] == [0]
    assert set(filtered["filterCategories"][1]) < set(plain["filterCategories"][1])


def test_a_filter_the_graphics_card_cannot_do_is_in_the_address_of_the_points():
    address = layer(ViewState(style="points", phases=("3",), countries=("DE",)), "points")["data"]
    assert parse_qs(urlparse(address).query) == {"phase": ["3"], "country": ["DE"], "v": ["1"]}


def test_where_the_map_looks_and_which_card_is_open_change_no_address():
    plain, moved = ViewState(style="points"), ViewState(style="points", focus="DE", site="example-berlin", page=3)
    assert layer(plain, "points")["data"] == layer(moved, "points")["data"]


def test_class_filters_let_through_each_set_of_classes_that_holds_one_of_them():
    numbers = decks.class_categories(ViewState(layers=("facilities",), classes=("TEP",)))
    assert {number // 16 for number in numbers} == {1}
    assert {number % 16 for number in numbers} == {bits for bits in range(16) if bits & 0b0100}


def test_a_country_without_a_figure_has_a_texture_and_no_colour_of_the_scale():
    view = ViewState(style="countries")
    assert "FR" not in layer(view, "choropleth")["getFillColor"]
    assert "'FR'" in layer(view, "nothing")["getFillColor"]
