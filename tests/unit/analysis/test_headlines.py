import re

import pytest

from mapping.analysis.headlines import atlas_headline, dateline
from mapping.tables.loading import Tables
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words, languages


@pytest.fixture
def headline(mini_atlas):
    def said(**view: object) -> str:
        state = ViewState(**view)
        text = atlas_headline(mini_atlas, select(mini_atlas, state), state, Words("en", strict=True))
        return text.replace("\N{NO-BREAK SPACE}", " ")

    return said


def test_one_layer_in_several_countries_names_it_and_its_evidence(headline):
    assert headline(layers=("partners",)) == "3 partner sites in 3 countries; 67 % evidenced from a page that states it"


def test_trial_sites_are_told_with_their_trials(headline):
    assert headline(layers=("trial_sites",)).startswith("4 trial sites of 4 trials in 3 countries;")


def test_several_layers_are_told_one_by_one(headline):
    assert headline(layers=("partners", "facilities")).startswith(
        "4 sites in 3 countries (3 partner sites and 2 manufacturing sites);"
    )


def test_one_city_is_named_first(headline):
    assert headline(layers=("facilities",), countries=("DE",)).startswith("Berlin, Germany: 2 manufacturing sites;")


def test_one_country_is_named_first_with_its_cities(headline):
    assert headline(layers=("trial_sites",), countries=("FR",)).startswith(
        "France: 2 trial sites of 2 trials in 2 cities;"
    )


def test_one_site_is_named_and_said_in_the_singular(headline):
    assert headline(layers=("partners",), countries=("IT",)) == (
        "Milan, Italy: 1 partner site, Example Hospital Milan; evidenced from a page that states it"
    )


def test_one_site_that_no_page_states_says_so(headline):
    assert headline(layers=("partners",), countries=("FR",)).endswith("; not evidenced from a page that states it")


def test_a_search_is_repeated_in_the_readers_own_letters(headline):
    assert "found for “Beispielklinik”" in headline(text="Beispielklinik")


def test_a_country_in_focus_is_told_first_and_the_whole_after_it(headline):
    assert headline(layers=("trial_sites",), focus="FR").startswith(
        "France: 2 trial sites of 2 trials in 2 cities, of 4 in 3 countries;"
    )


def test_a_focus_without_sites_leaves_the_whole(headline):
    assert headline(layers=("trial_sites",), focus="LI") == headline(layers=("trial_sites",))


def test_nothing_in_view_says_which_filter_to_drop(headline):
    assert headline(countries=("LI",), layers=("facilities",)) == (
        "No site matches: Shown: Manufacturing; Country: Liechtenstein; without “Country” there would be 2 sites"
    )


def test_nothing_that_one_filter_could_mend_says_only_that(headline):
    assert headline(countries=("LI",), text="xyzzyq") == "No site matches: Country: Liechtenstein; Search: “xyzzyq”"


def test_a_search_cannot_reach_into_the_sentence(headline):
    assert "{sites} {0.__class__}" in headline(text="{sites} {0.__class__}")


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("view", [ViewState(), ViewState(countries=("DE",)), ViewState(text="xyzzyq")])
def test_a_headline_leaves_no_value_unfilled_in_any_language(mini_atlas, lang, view):
    said = atlas_headline(mini_atlas, select(mini_atlas, view), view, Words(lang, strict=True))
    assert not re.search(r"\{[a-z_]+\}", said)


def test_every_number_of_a_headline_is_in_the_data(atlas):
    view = ViewState(layers=("facilities",))
    said = atlas_headline(atlas, select(atlas, view), view, Words("en", strict=True))
    units = atlas.tables["facilities"]
    shown = units[~units["gmp_status"].isin(["closed", "in_construction"])]
    assert f"{shown['site_id'].nunique()} manufacturing sites" in said


def test_the_dateline_says_version_and_day():
    tables = Tables("2026.11.0", "2026-11-22", {}, {})
    assert dateline(tables, Words("en")) == "Data 2026.11.0, collected up to 22 November 2026"


def test_the_dateline_of_undated_data_says_the_version_only():
    assert dateline(Tables("2026.11.0", "", {}, {}), Words("en")) == "Data 2026.11.0"
