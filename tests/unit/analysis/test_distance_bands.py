"""Bands, shares and curves: all of them add up to the people, and a small example comes out as by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.distance_bands import (
    BEYOND,
    LIMITS,
    NO_SITE,
    band_of,
    cumulative,
    median_km,
    people_beyond,
    people_by_band,
    places_beyond,
    regions_in_rows,
    road_minutes,
    shares_by,
)
from mapping.analysis.inequality import inequality
from mapping.analysis.scenarios import Distances, distances_today
from mapping.tables.loading import load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from tests.unit.analysis.conftest import ROOT

METRES = st.integers(0, 3_000_000).map(lambda metres: metres / 1000)
"""Kilometres as they are measured; the mean of numbers next to nothing is not exact."""
ways = st.lists(
    st.tuples(st.floats(0, 3000) | st.just(np.inf), st.floats(0.1, 1e6), st.sampled_from(["AA", "BB", "CC"])),
    min_size=1,
    max_size=30,
)


def example(rows: list[tuple[float, float, str]]) -> Distances:
    homes = pd.DataFrame(
        {
            "id": [str(at) for at in range(len(rows))],
            "name": [f"example {at}" for at in range(len(rows))],
            "country": [country for _, _, country in rows],
            "region": [f"{country}1" for _, _, country in rows],
            "people": [people for _, people, _ in rows],
        }
    )
    sites = pd.DataFrame({"id": ["example-site"], "name": ["Example site"]})
    km = np.array([km for km, _, _ in rows])
    return Distances(homes, sites, km, np.where(np.isfinite(km), 0, -1), own=False)


HAND = example([(10, 100, "AA"), (50, 50, "AA"), (51, 50, "AA"), (250, 100, "BB"), (900, 60, "BB"), (np.inf, 40, "CC")])


@pytest.fixture(scope="module")
def europe() -> Atlas:
    return atlas_of(load_tables(ROOT / "data"))


def test_a_place_at_exactly_an_end_is_within_it() -> None:
    assert band_of(np.array([0, 50, 50.001, 300, 300.1, np.inf])).tolist() == [0, 0, 1, 3, BEYOND, NO_SITE]


@settings(deadline=None)
@given(ways)
def test_the_bands_add_up_to_the_people(rows: list[tuple[float, float, str]]) -> None:
    found = example(rows)
    bands = people_by_band(found)
    assert bands.sum() == pytest.approx(sum(people for _, people, _ in rows))
    assert (bands >= 0).all()


@settings(deadline=None)
@given(ways, st.integers(1, 2000))
def test_the_shares_by_country_are_those_of_a_plain_recount(rows: list[tuple[float, float, str]], km: int) -> None:
    table = shares_by(example(rows), "country", km).set_index("country")
    for country in {country for _, _, country in rows}:
        here = [(way, people) for way, people, other in rows if other == country]
        total = sum(people for _, people in here)
        assert table.loc[country, "population"] == pytest.approx(total)
        assert table.loc[country, "within"] == pytest.approx(sum(p for way, p in here if way <= km) / total)
        assert table.loc[country, "beyond"] == pytest.approx(sum(p for way, p in here if not way <= km), abs=1e-6)
        for end in LIMITS:
            wanted = sum(p for way, p in here if way <= end) / total
            assert table.loc[country, f"within_{end}"] == pytest.approx(wanted)
        bands = table.loc[country, [f"band_{band}" for band in range(NO_SITE + 1)]]
        assert bands.sum() == pytest.approx(1)


def test_the_worst_served_country_stands_first() -> None:
    assert list(shares_by(HAND, "country", 200)["country"]) == ["CC", "BB", "AA"]


def test_a_region_says_its_country() -> None:
    table = shares_by(HAND, "region", 200).set_index("region")
    assert table["country"].to_dict() == {"AA1": "AA", "BB1": "BB", "CC1": "CC"}


def test_half_of_the_people_live_within_the_median() -> None:
    assert median_km(HAND) == 51
    table = shares_by(HAND, "country", 200).set_index("country")["median_km"]
    assert table.to_dict() == {"AA": 10, "BB": 250, "CC": np.inf}


def test_people_without_a_site_are_beyond_any_distance() -> None:
    assert people_beyond(HAND, 200) == 200
    assert people_beyond(HAND, 2000) == 40


def test_places_beyond_stand_by_people_and_name_the_nearest_site() -> None:
    table = places_beyond(HAND, 200)
    assert list(table["people"]) == [100, 60, 40]
    assert list(table["site"]) == ["Example site", "Example site", ""]


@settings(deadline=None)
@given(ways)
def test_the_curve_rises_and_agrees_with_a_recount(rows: list[tuple[float, float, str]]) -> None:
    curve = cumulative(example(rows))
    total = sum(people for _, people, _ in rows)
    assert curve["share"].is_monotonic_increasing
    for km, share in zip(curve["km"], curve["share"], strict=True):
        assert share == pytest.approx(sum(people for way, people, _ in rows if way <= km) / total, abs=1e-9)


def test_the_roads_are_as_long_and_as_slow_as_assumed() -> None:
    assert road_minutes(100, 130, 65) == pytest.approx(120)


def test_real_shares_by_country_and_region_add_up_to_the_bands(europe: Atlas) -> None:
    found = distances_today(europe, ViewState())
    bands = people_by_band(found)
    for by in ("country", "region"):
        table = shares_by(found, by, 200)
        left_out = found.homes.loc[found.homes[by].isna(), "people"].sum()
        for band in range(NO_SITE + 1):
            summed = float((table[f"band_{band}"] * table["population"]).sum())
            assert summed == pytest.approx(bands[band], abs=left_out + 1)


@settings(deadline=None)
@given(st.lists(st.tuples(METRES, st.floats(0.1, 1e6)), min_size=1, max_size=25))
def test_the_gini_index_is_half_the_mean_difference_over_the_mean(rows: list[tuple[float, float]]) -> None:
    km, people = (np.array(column) for column in zip(*rows, strict=True))
    weight = people / people.sum()
    mean = float((weight * km).sum())
    gaps = np.abs(km[:, None] - km[None, :])
    wanted = float((weight[:, None] * weight[None, :] * gaps).sum()) / (2 * mean) if mean > 0 else 0.0
    assert inequality(km, people).gini == pytest.approx(wanted, abs=1e-6)


def test_equal_ways_are_shared_equally_and_one_long_way_is_not() -> None:
    people = np.full(100, 7.0)
    assert inequality(np.full(100, 30.0), people).gini == pytest.approx(0, abs=1e-9)
    alone = np.zeros(100)
    alone[3] = 500.0
    assert inequality(alone, people).gini == pytest.approx(0.99)


def test_the_curve_runs_from_nobody_to_everybody_below_the_diagonal() -> None:
    found = inequality(HAND.km, HAND.homes["people"].to_numpy(dtype=float))
    assert found.curve.iloc[0].tolist() == [0, 0]
    assert found.curve.iloc[-1].tolist() == pytest.approx([1, 1])
    assert (found.curve["kilometres"] <= found.curve["people"] + 1e-12).all()
    assert found.left_out == 40


def test_the_share_of_a_region_is_that_of_its_places_and_places_without_one_are_left_out(europe: Atlas) -> None:
    found = distances_today(europe, ViewState(countries=("SK",)))
    table = regions_in_rows(found, 150, sorted(set(found.homes["country"]))).set_index("region")
    assert set(table.index) == set(found.homes["region"].dropna())
    recount = shares_by(found, "region", 150).set_index("region").loc[table.index]
    assert table["within"].to_numpy() == pytest.approx(recount["within"].to_numpy())
    assert table["population"].to_numpy() == pytest.approx(recount["population"].to_numpy())
    assert table["country"].tolist() == recount["country"].tolist()


def test_regions_stand_side_by_side_in_the_order_of_their_countries(europe: Atlas) -> None:
    found = distances_today(europe, ViewState())
    table = regions_in_rows(found, 100, ("PT", "DE"))
    assert list(dict.fromkeys(table["country"])) == ["PT", "DE"]
    for code, held in table.groupby("country"):
        assert held["part"].sum() == pytest.approx(1)
        assert held["within"].is_monotonic_increasing
        assert held["rank"].tolist() == list(range(len(held)))
        whole = shares_by(found.among([str(code)]), "country", 100).iloc[0]
        assert (held["part"] * held["within"]).sum() == pytest.approx(whole["within"], abs=1e-9)
