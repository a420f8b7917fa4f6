import math

import pandas as pd
import pytest

from mapping.analysis.rates import PER_MILLION_WORDS, country_figures, indicator_choices, sites_per_million
from mapping.tables.loading import Tables
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words

ENGLISH = Words("en", strict=True)


def rates(atlas: Atlas, **view: object) -> dict[str, dict]:
    state = ViewState(**view)
    frame = sites_per_million(atlas, select(atlas, state), state.layers)
    return {row["country"]: row for row in frame.to_dict("records")}


def test_sites_are_divided_by_the_people_of_their_country(mini_atlas):
    found = rates(mini_atlas, layers=("facilities",))["DE"]
    assert (found["sites"], found["per_million"], found["state"]) == (2, 2 * 1e6 / 80_000_000, "found")


def test_a_site_with_several_roles_counts_once(mini_atlas):
    assert rates(mini_atlas)["DE"]["sites"] == 2


@pytest.mark.parametrize("role", ROLES)
def test_every_site_in_view_of_a_core_country_is_counted_once(atlas, role):
    view = ViewState(layers=(role,))
    selection = select(atlas, view)
    countries = dict(zip(atlas.tables["sites"]["id"], atlas.tables["sites"]["country"], strict=True))
    core = atlas.known.core_countries
    wanted = sum(countries[site] in core for site in set(selection.site_ids))
    assert sites_per_million(atlas, selection, (role,))["sites"].sum() == wanted


def test_each_core_country_has_one_row_and_no_other_has_one(atlas):
    countries = sites_per_million(atlas, select(atlas, ViewState()))["country"]
    assert sorted(countries) == sorted(atlas.known.core_countries)


def test_a_country_nobody_looked_at_is_not_assessed_and_has_no_rate(mini_atlas):
    found = rates(mini_atlas, layers=("facilities",))["FR"]
    assert found["state"] == "not_assessed"
    assert math.isnan(found["per_million"])


def test_a_country_that_was_looked_at_but_matches_nothing_says_none_found(mini_atlas):
    found = rates(mini_atlas, layers=("facilities",), capabilities=("msc",), kinds=("cdmo",))["DE"]
    assert found["state"] == "none_found"
    assert math.isnan(found["per_million"])


def test_no_country_without_a_site_has_a_rate(atlas):
    for seed in ("1", "2", "3"):
        frame = sites_per_million(atlas, select(atlas, ViewState(phases=(seed,))))
        assert frame.loc[frame["sites"] == 0, "per_million"].isna().all()


def test_a_country_without_a_population_has_no_rate(mini):
    countries = mini["countries"].copy()
    countries.loc[countries["id"] == "DE", "population"] = None
    atlas = atlas_of(Tables(mini.version, mini.released, {**mini.frames, "countries": countries}, {}))
    found = rates(atlas)["DE"]
    assert (found["state"], math.isnan(found["per_million"])) == ("not_assessed", True)


@pytest.fixture
def measured(mini: Tables) -> Atlas:
    """An indicator with three countries in 2025, one of them zero, and one in 2020."""
    before = mini["country_indicators"]
    row = before.iloc[[0]]
    more = [
        row.assign(id=f"example-{country}", country=country, year=year, value=value)
        for country, year, value in (("FR", 2025, 300.0), ("IT", 2025, 900.0), ("RO", 2020, 5.0))
    ]
    figures = pd.concat([before, *more], ignore_index=True)
    return atlas_of(Tables(mini.version, mini.released, {**mini.frames, "country_indicators": figures}, {}))


def figures_of(atlas: Atlas, indicator: str):
    view = ViewState(indicator=indicator)
    return country_figures(atlas, select(atlas, view), view, ENGLISH)


def test_an_indicator_shows_one_year_only_and_says_which(measured):
    shown = figures_of(measured, "atmp_days_to_market_access")
    assert shown.title.endswith("(days, 2025)")
    assert shown.frame.set_index("country")["value"].dropna().to_dict() == {"DE": 0.0, "FR": 300.0, "IT": 900.0}


def test_a_measured_zero_is_told_from_no_figure(measured):
    states = figures_of(measured, "atmp_days_to_market_access").frame.set_index("country")["state"]
    assert (states["DE"], states["FR"], states["RO"]) == ("zero", "found", "not_assessed")


def test_an_indicator_names_its_sources(measured):
    assert figures_of(measured, "atmp_days_to_market_access").source_ids == ("example-article",)


def test_totals_are_not_offered(real):
    units = dict(zip(real["country_indicators"]["indicator"], real["country_indicators"]["unit"], strict=True))
    offered = [code for code in indicator_choices(real, ENGLISH) if code]
    assert offered
    assert {units[code] for code in offered} <= {"percent", "days"}


def test_each_indicator_offered_has_one_value_a_country(real):
    atlas = atlas_of(real)
    for code in indicator_choices(real, ENGLISH):
        frame = figures_of(atlas, code).frame
        assert frame["country"].is_unique
        assert (frame["value"].notna() == frame["state"].isin(["found", "zero"])).all()


def test_without_an_indicator_the_layer_shown_is_named(mini_atlas):
    view = ViewState(layers=("facilities",))
    shown = country_figures(mini_atlas, select(mini_atlas, view), view, ENGLISH)
    assert shown.title == "Manufacturing sites per million people"


def test_every_rate_of_sites_says_its_denominator():
    assert all("per million people" in said for said in PER_MILLION_WORDS.values())
