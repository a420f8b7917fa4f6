"""What-if: adding never makes anybody's way longer, closing never shorter, and both agree with brute force."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.access import EARTH_RADIUS_KM, NOT_MAKING, NOT_TREATING, country_vectors, nearest, unit_vectors
from mapping.analysis.scenarios import (
    Distances,
    changes_by_country,
    distances_today,
    sites_to_add,
    with_scenario,
)
from mapping.tables.loading import Tables, load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import select
from mapping.view.state import ViewState
from tests.unit.analysis.conftest import ROOT

ROLES = ("partners", "facilities", "trial_sites", "treatment_centres")
spots = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def europe() -> Atlas:
    return atlas_of(load_tables(ROOT / "data"))


def haversine_km(lat: pd.Series, lon: pd.Series, at: tuple[float, float]) -> np.ndarray:
    a, b, c, d = np.radians(lat), np.radians(lon), *np.radians(at)
    half = np.sin((a - c) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((b - d) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def brute_force(found: Distances, take: slice = slice(None, None, 211)) -> np.ndarray:
    """Distance of every 211th place to the nearest of the sites, site by site, with the formula of the textbooks."""
    homes = found.homes.iloc[take]
    best = np.full(len(homes), np.inf)
    for site in found.sites.to_dict("records"):
        km = haversine_km(homes["lat"], homes["lon"], (site["lat"], site["lon"]))
        if found.own:
            km = np.where(homes["country"] == site["country"], km, np.inf)
        best = np.minimum(best, km)
    return best


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("role", ROLES)
def test_real_distances_are_those_of_brute_force(europe: Atlas, role: str, own: bool) -> None:
    found = distances_today(europe, ViewState(role=role, own=own))
    assert found.km[::211] == pytest.approx(brute_force(found), abs=0.01)


def test_a_scenario_is_what_brute_force_gives_for_its_sites(europe: Atlas) -> None:
    today = distances_today(europe, ViewState())
    closed = tuple(today.sites["id"].iloc[[1, 40, 90]])
    then = with_scenario(europe.tables, today, ViewState(added=("727011", "681290"), closed=closed))
    assert len(then.sites) == len(today.sites) - 3 + 2
    assert then.km[::211] == pytest.approx(brute_force(then), abs=0.01)


def test_the_site_named_is_the_one_the_distance_is_to(europe: Atlas) -> None:
    today = distances_today(europe, ViewState())
    closed = tuple(today.sites["id"].iloc[:5])
    then = with_scenario(europe.tables, today, ViewState(added=("727011",), closed=closed))
    homes, sites = then.homes.iloc[::997], then.sites.iloc[then.nearest[::997]]
    km = [
        haversine_km(pd.Series([a]), pd.Series([b]), (c, d))[0]
        for a, b, c, d in zip(homes["lat"], homes["lon"], sites["lat"], sites["lon"], strict=True)
    ]
    assert then.km[::997] == pytest.approx(km, abs=0.01)
    assert not set(sites["id"]) & set(closed)


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_adding_a_site_never_raises_a_distance_and_closing_never_lowers_one(data: st.DataObject, europe: Atlas) -> None:
    own = data.draw(st.booleans())
    today = distances_today(europe, ViewState(own=own))
    places = st.sampled_from(sorted(today.homes["id"].iloc[::400]))
    added = data.draw(st.lists(places, max_size=3).map(tuple))
    closed = data.draw(st.lists(st.sampled_from(sorted(today.sites["id"])), max_size=4).map(tuple))
    more = with_scenario(europe.tables, today, ViewState(added=added, own=own))
    fewer = with_scenario(europe.tables, today, ViewState(closed=closed, own=own))
    assert (more.km <= today.km).all()
    assert (fewer.km >= today.km).all()


@pytest.mark.parametrize("role", ROLES)
def test_the_sites_that_count_are_those_the_filters_leave_open(europe: Atlas, role: str) -> None:
    holders = {
        "partners": "organisations",
        "facilities": "facilities",
        "trial_sites": "trial_sites",
        "treatment_centres": "treatment_centres",
    }
    table = europe.tables[holders[role]]
    if role == "facilities":
        table = table[~table["gmp_status"].isin(NOT_MAKING)]
    if role == "treatment_centres":
        table = table[~table["status"].isin(NOT_TREATING)]
    found = distances_today(europe, ViewState(role=role, include=("closed", "planned")))
    assert set(found.sites["id"]) == set(table["site_id"].dropna())


def test_recruiting_car_t_trial_sites_are_the_sites_of_those_trials(europe: Atlas) -> None:
    view = ViewState(role="trial_sites", modalities=("car_t",), statuses=("recruiting",))
    trials = europe.tables["trials"]
    wanted = trials[(trials["modality"] == "car_t") & (trials["status"] == "recruiting")]["id"]
    links = europe.tables["trial_sites"]
    found = distances_today(europe, view)
    assert set(found.sites["id"]) == set(links[links["trial_id"].isin(wanted)]["site_id"])


def test_the_country_filter_is_about_people_and_not_about_sites(europe: Atlas) -> None:
    view = ViewState(countries=("SI",))
    found = distances_today(europe, view).among(view.countries)
    assert set(found.homes["country"]) == {"SI"}
    assert len(found.sites) == len(select(europe, ViewState(layers=("treatment_centres",))).sites)


def test_gains_and_losses_are_counted_country_by_country(europe: Atlas) -> None:
    today = distances_today(europe, ViewState())
    closed = tuple(today.sites.loc[today.sites["country"] == "RO", "id"])
    then = with_scenario(europe.tables, today, ViewState(added=("727011",), closed=closed))
    told = changes_by_country(today, then, 200).set_index("country")
    for country in told.index:
        here = (today.homes["country"] == country).to_numpy()
        people = today.homes["people"].to_numpy()
        gain = sum(people[here & (today.km > 200) & (then.km <= 200)])
        loss = sum(people[here & (today.km <= 200) & (then.km > 200)])
        assert told.loc[country, ["gain", "loss", "net"]].tolist() == pytest.approx([gain, loss, gain - loss])
    assert told.loc["BG", "gain"] > 0
    assert told.loc["RO", "loss"] > 0


def test_opening_what_is_open_changes_nothing(europe: Atlas) -> None:
    today = distances_today(europe, ViewState())
    then = with_scenario(europe.tables, today, ViewState(added=(today.sites["id"].iloc[7],)))
    assert (then.km == today.km).all()
    assert changes_by_country(today, then, 200).empty


def test_closing_every_site_leaves_nobody_with_one(mini: Tables) -> None:
    atlas = atlas_of(mini)
    today = distances_today(atlas, ViewState())
    then = with_scenario(mini, today, ViewState(closed=tuple(today.sites["id"])))
    assert np.isinf(then.km).all()
    assert (then.nearest == -1).all()


def test_a_place_and_a_known_site_can_both_be_added(mini: Tables) -> None:
    place, site = mini["places"]["id"].iloc[0], mini["sites"]["id"].iloc[0]
    found = sites_to_add(mini, (site, place, "nobody-knows-it", "1"))
    assert list(found["id"]) == [site, place]


def test_places_on_both_sides_of_the_antimeridian_are_near() -> None:
    km, position = nearest(unit_vectors([0.0], [179.9]), unit_vectors([0.0, 0.0], [-179.9, 170.0]))
    assert position[0] == 0
    assert km[0] == pytest.approx(0.2 / 360 * 2 * np.pi * EARTH_RADIUS_KM, rel=1e-6)


def test_sites_at_one_coordinate_are_all_at_no_distance() -> None:
    km, position = nearest(unit_vectors([48.0] * 3, [11.0] * 3), unit_vectors([48.0] * 40, [11.0] * 40))
    assert km == pytest.approx([0, 0, 0], abs=1e-6)
    assert ((position >= 0) & (position < 40)).all()


@settings(deadline=None)
@given(homes=spots, sites=spots, letters=st.integers(0, 3))
def test_the_nearest_in_the_own_country_is_that_of_brute_force(
    homes: list[tuple[float, float]], sites: list[tuple[float, float]], letters: int
) -> None:
    codes = ["DE", "FR", "AT", "ZZ"]
    mine = pd.Series([codes[at % 3] for at in range(len(homes))])
    theirs = pd.Series([codes[(at + letters) % 4] for at in range(len(sites))])
    km, position = nearest(
        country_vectors(*zip(*homes, strict=True), mine), country_vectors(*zip(*sites, strict=True), theirs)
    )
    for at, (home, code) in enumerate(zip(homes, mine, strict=True)):
        own = [site for site, other in zip(sites, theirs, strict=True) if other == code]
        wanted = [haversine_km(pd.Series([home[0]]), pd.Series([home[1]]), site)[0] for site in own]
        assert km[at] == (pytest.approx(min(wanted), abs=0.2) if own else np.inf)
        assert (position[at] == -1) == (not own)


def test_a_grid_with_one_site_has_the_distances_of_geometry() -> None:
    degrees = np.arange(-5, 6, dtype=float)
    along = unit_vectors(np.zeros(11), degrees)
    km, _ = nearest(along, unit_vectors([0.0], [0.0]))
    assert km == pytest.approx(np.abs(degrees) / 360 * 2 * np.pi * EARTH_RADIUS_KM, abs=1e-6)
