"""The sentences of the page Access say the numbers that a recount gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mapping.analysis.access import population_coverage
from mapping.analysis.access_words import (
    access_headline,
    border_words,
    change_words,
    coverage_words,
    duration_words,
    people_words,
    road_words,
)
from mapping.analysis.scenario_search import scenario_names, sites_named, sites_relied_on, towns_named
from mapping.analysis.scenarios import distances_today, with_scenario
from mapping.tables.loading import load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.analysis.conftest import ROOT

WORDS = Words(strict=True)


@pytest.fixture(scope="module")
def europe() -> Atlas:
    return atlas_of(load_tables(ROOT / "data"))


def told(atlas: Atlas, view: ViewState) -> str:
    today = distances_today(atlas, view)
    then = with_scenario(atlas.tables, today, view)
    return access_headline(atlas.tables, today.among(view.countries), then.among(view.countries), view, WORDS)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "no people"),
        (0.4, "no people"),
        (400, "fewer than 1,000 people"),
        (1234, "1,200 people"),
        (314_159, "310,000 people"),
        (996_000, "1.0 million people"),
        (4_149_000, "4.1 million people"),
        (9_960_000, "10 million people"),
        (41_900_000, "42 million people"),
    ],
)
def test_people_are_said_to_two_digits(count: float, said: str) -> None:
    assert people_words(count, WORDS) == said


def test_the_headline_tells_the_people_beyond(europe: Atlas) -> None:
    found = distances_today(europe, ViewState())
    beyond = found.homes["people"].to_numpy()[found.km > 200].sum()
    said = f"{round(beyond / 1e6)} million people in Europe’s towns live more than 200 km from the nearest"
    assert told(europe, ViewState()) == f"{said} treatment centre"


def test_the_headline_names_kind_borders_countries_and_filters(europe: Atlas) -> None:
    view = ViewState(role="trial_sites", own=True, countries=("PL",), modalities=("car_t",), km=100)
    said = told(europe, view)
    assert "in the towns of Poland" in said
    assert said.endswith("more than 100 km from the nearest trial site in their own country that matches the filters")


def test_the_headline_says_what_a_scenario_changes(europe: Atlas) -> None:
    view = ViewState(added=("727011",))
    today = distances_today(europe, view)
    then = with_scenario(europe.tables, today, view)
    people = today.homes["people"].to_numpy()
    fewer = people[(today.km > 200) & (then.km <= 200)].sum()
    assert told(europe, view).endswith(f"with these changes, {people_words(fewer, WORDS)} fewer than today")


def test_nobody_is_said_to_be_nobody(europe: Atlas) -> None:
    assert told(europe, ViewState(km=2000)).startswith("Nobody in Europe’s towns lives more than 2,000 km")


def test_without_a_site_no_distance_is_claimed(europe: Atlas) -> None:
    assert told(europe, ViewState(modalities=("car_t",))).startswith("No site matches")


def test_borders_are_the_difference_of_two_recounts(europe: Atlas) -> None:
    anywhere, own = distances_today(europe, ViewState()), distances_today(europe, ViewState(own=True))
    people = anywhere.homes["people"].to_numpy()
    gain = people[(anywhere.km <= 200) & ~(own.km <= 200)].sum()
    none = people[np.isinf(own.km)].sum()
    said = border_words(anywhere, own, 200, WORDS)
    assert f"brings {people_words(gain, WORDS)} within 200 km" in said
    assert said.endswith(f"{people_words(none, WORDS)} have no such site in their own country.")


@pytest.mark.parametrize(("minutes", "said"), [(1, "5 min"), (58, "1 h 00 min"), (223, "3 h 45 min")])
def test_durations_are_said_to_five_minutes(minutes: float, said: str) -> None:
    assert duration_words(minutes, WORDS) == said


def test_the_road_says_its_assumptions() -> None:
    said = road_words(ViewState(km=100, detour=150, speed=75), WORDS)
    assert "2 h 00 min" in said
    assert "1.5 times" in said
    assert "75 km/h" in said


def test_low_coverage_warns_by_name(europe: Atlas) -> None:
    places, countries = europe.tables["places"], europe.tables["countries"]
    listed = places[places["country"] == "SI"]["population"].sum()
    share = float(listed) / float(countries.set_index("id").loc["SI", "population"])
    coverage = population_coverage(europe.tables)
    assert coverage.set_index("country").loc["SI", "coverage"] == pytest.approx(share)
    _, warning = coverage_words(coverage, (), europe.tables, WORDS)
    assert f"Slovenia ({WORDS.percent(share)})" in warning
    assert coverage_words(coverage, ("DE",), europe.tables, WORDS)[1] == ""


def test_all_core_countries_are_in_the_coverage(europe: Atlas) -> None:
    countries = europe.tables["countries"]
    assert set(population_coverage(europe.tables)["country"]) == set(countries[countries["scope"] == "core"]["id"])


def test_a_town_is_found_by_the_beginning_of_its_name(europe: Atlas) -> None:
    found = towns_named(europe.tables, "cluj")
    assert (found[0].name, found[0].country) == ("Cluj-Napoca", "RO")
    assert towns_named(europe.tables, "  ") == []


def test_a_site_is_found_by_words_of_name_and_city(europe: Atlas) -> None:
    assert any("Charit" in each.name for each in sites_named(europe.tables, "charite berlin"))


def test_the_site_most_rely_on_is_that_of_a_recount(europe: Atlas) -> None:
    today = distances_today(europe, ViewState())
    served = pd.Series(today.homes["people"].to_numpy()).groupby(today.nearest).sum()
    first = sites_relied_on(today)[0]
    assert first.people == pytest.approx(served.max())
    assert first.id == today.sites["id"].iloc[int(served.idxmax())]


def test_a_scenario_has_names_for_what_is_known(europe: Atlas) -> None:
    site = europe.tables["sites"].iloc[0]
    named = scenario_names(europe.tables, ("727011", site["id"], "nobody"))
    assert named == {"727011": "Sofia, BG", site["id"]: f"{site['name']}, {site['country']}"}


def test_people_without_any_site_of_their_own_country_are_not_said_to_live_far_from_one(europe: Atlas) -> None:
    said = told(europe, ViewState(role="trial_sites", own=True, countries=("LI",)))
    assert said.endswith("in the towns of Liechtenstein have no known trial site in their own country")
    assert "km" not in said


def test_a_headline_of_own_countries_counts_in_words_those_who_have_none(europe: Atlas) -> None:
    said = told(europe, ViewState(own=True))
    assert said.endswith("more than 200 km from the nearest treatment centre in their own country, or have none there")
    assert "none there" not in told(europe, ViewState())


def test_a_country_is_named_with_its_article(europe: Atlas) -> None:
    assert "in the towns of the Netherlands" in told(europe, ViewState(countries=("NL",), km=10))


@pytest.mark.parametrize(
    ("gain", "loss", "said"),
    [
        (3_900_000, 0, "**3.9 million people** come within 200 km; nobody drops out."),
        (0, 12_000, "**12,000 people** are no longer within 200 km; nobody is added."),
        (20_000, 12_000, "**20,000 people** come within 200 km, **12,000 people** no longer are."),
        (0, 0, "As many people live within 200 km as today."),
    ],
)
def test_a_change_says_who_gains_and_who_loses_without_a_double_negative(gain: float, loss: float, said: str) -> None:
    assert change_words(gain, loss, 200, WORDS) == said
