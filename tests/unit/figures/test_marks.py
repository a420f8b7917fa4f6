"""What the map draws, and that nothing on it hides another thing."""

import itertools
import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from mapping.figures.marks import (
    LARGEST_PX,
    MARK_PX,
    bubble_px,
    city_rows,
    map_rows,
    point_rows,
    spiral_offsets,
    town_rows,
)
from mapping.view.atlas import atlas_of
from mapping.view.state import ViewState
from mapping.words import Words

WORDS = Words("en", strict=True)
ROLES = ("partners", "facilities", "trial_sites", "treatment_centres")


def sites(*cities: tuple[str, str], name: str = "Example hospital") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [f"example-{number}" for number in range(len(cities))],
            "name": [f"{name} {number}" for number in range(len(cities))],
            "city": [city for city, _ in cities],
            "country": [country for _, country in cities],
            "lat": [50.0] * len(cities),
            "lon": [10.0] * len(cities),
            "place_id": ["7"] * len(cities),
            "coord_precision": ["city"] * len(cities),
            "disclosure": ["named"] * len(cities),
        }
    )


def marks(table: pd.DataFrame, *roles: str) -> pd.DataFrame:
    pairs = list(itertools.product(table["id"], roles))
    return pd.DataFrame({"site_id": [site for site, _ in pairs], "role": [role for _, role in pairs], "classes": 1})


class _Atlas:
    def __init__(self, table: pd.DataFrame) -> None:
        self.tables = {"sites": table}
        self.known = SimpleNamespace(options={"country": ("DE", "FR")})


def test_forty_sites_on_one_coordinate_are_forty_marks_that_do_not_cover_each_other():
    table = sites(*[("Paris", "FR")] * 40)
    rows = point_rows(_Atlas(table), marks(table, "trial_sites"), WORDS)
    assert sorted(row["id"] for row in rows) == sorted(table["id"])
    closest = min(math.dist((a["dx"], a["dy"]), (b["dx"], b["dy"])) for a, b in itertools.combinations(rows, 2))
    assert closest > 0.8 * MARK_PX


def test_a_mark_that_is_alone_stands_on_its_coordinate():
    right, down = spiral_offsets(np.array([0]), np.array([1]))
    assert (right[0], down[0]) == (0, 0)


def test_a_city_has_one_bubble_a_role_with_the_number_of_its_sites():
    table = sites(("Paris", "FR"), ("Paris", "FR"), ("Berlin", "DE"))
    rows = city_rows(marks(table, "trial_sites", "facilities"), table, WORDS)
    counts = {(row["city"], row["role"]): row["count"] for row in rows}
    assert counts == {
        ("Paris", "trial_sites"): 2,
        ("Paris", "facilities"): 2,
        ("Berlin", "trial_sites"): 1,
        ("Berlin", "facilities"): 1,
    }


def test_two_cities_of_one_name_in_two_countries_stay_two():
    table = sites(("Frankfurt", "DE"), ("Frankfurt", "FR"))
    assert len(city_rows(marks(table, "partners"), table, WORDS)) == 2


@pytest.mark.parametrize("present", [ROLES[:count] for count in (1, 2, 3, 4)])
def test_the_bubbles_of_a_city_stand_apart_around_its_centre(present):
    table = sites(*[("Paris", "FR")] * 3)
    rows = city_rows(marks(table, *present), table, WORDS)
    for one, other in itertools.combinations(rows, 2):
        apart = math.dist((one["dx"], one["dy"]), (other["dx"], other["dy"]))
        assert apart >= 0.8 * (one["size"] + other["size"]) / 2


def test_large_bubbles_are_drawn_first_so_that_small_ones_stay_visible():
    table = sites(("Berlin", "DE"), *[("Paris", "FR")] * 5)
    counts = [row["count"] for row in city_rows(marks(table, "trial_sites"), table, WORDS)]
    assert counts == sorted(counts, reverse=True)


def test_a_bubble_grows_with_its_count_and_never_swallows_a_country():
    widths = bubble_px(np.array([1.0, 2.0, 10.0, 1000.0]))
    assert list(widths) == sorted(widths)
    assert widths[-1] == LARGEST_PX


def test_a_name_stands_under_the_pointer_as_it_is_for_streamlit_escapes_it():
    table = sites(("Paris", "FR"), name="Müller & <Söhne>")
    [row] = point_rows(_Atlas(table), marks(table, "partners"), WORDS)
    assert (row["head"], row["tip"]) == ("Müller & <Söhne> 0", "Paris, FR\nPartner or stakeholder")


def test_a_place_whose_name_is_not_disclosed_looks_different():
    table = sites(("Paris", "FR"), ("Paris", "FR")).assign(disclosure=["named", "undisclosed"])
    icons = {row["id"]: row["icon"] for row in point_rows(_Atlas(table), marks(table, "trial_sites"), WORDS)}
    assert icons["example-0"] != icons["example-1"]


@pytest.mark.parametrize("style", ["cities", "points", "towns", "density", "countries"])
def test_nothing_in_view_draws_nothing(mini, style):
    nowhere = ViewState(text="example of nothing at all")
    assert map_rows(atlas_of(mini), nowhere, style) == []


@pytest.mark.parametrize("style", ["cities", "points", "towns", "density", "countries"])
def test_every_style_draws_what_is_in_view(mini, style):
    assert map_rows(atlas_of(mini), ViewState(), style)


def test_of_two_near_towns_the_one_with_more_marks_is_far_from_every_larger_one():
    table = sites(("Paris", "FR"), ("Paris", "FR"), ("Versailles", "FR"), ("Berlin", "DE")).assign(
        lat=[48.857, 48.857, 48.804, 52.52], lon=[2.352, 2.352, 2.120, 13.405]
    )
    apart = {row["city"]: row["apart"] for row in town_rows(marks(table, "partners"), table)}
    assert apart["Paris"] > 10_000
    assert 15 < apart["Versailles"] < 20  # 18 km by road atlas
    assert 860 < apart["Berlin"] < 890  # 878 km, Paris to Berlin
