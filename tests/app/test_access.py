"""The page Access says what the interface tells, keeps its scenario in the link and finds the next sites."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapping.analysis.access import reach
from mapping.analysis.access_words import people_words
from mapping.analysis.scenarios import distances_today
from mapping.tables.loading import Tables, load_tables
from mapping.view.atlas import atlas_of
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import lines
from tests.app.conftest import Open, letters

PAGE = "access.py"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(ROOT / "data")


def words_on(app: AppTest) -> str:
    return letters(" ".join(element.value for element in [*app.markdown, *app.caption, *app.warning, *app.info]))


def asked(app: AppTest, key: str) -> list[str]:
    """The values of a key of the address; AppTest gives a lone one as text."""
    value = app.query_params[key]
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("query", [{}, {"km": "50"}, {"role": "facilities", "km": "100"}])
def test_the_headline_is_what_the_interface_tells(opened: Open, tables: Tables, query: dict[str, str]) -> None:
    app = opened(query, page=PAGE)
    km = int(query.get("km", 200))
    total = reach(tables, query.get("role", "treatment_centres"), km).total
    assert not app.exception
    assert letters(app.title[0].value).startswith(people_words(total.population - total.within, Words()))
    assert f"more than {km} km" in letters(app.title[0].value)


def test_the_line_of_europe_is_that_of_all_of_europe_whichever_country_is_in_view(opened: Open, tables: Tables) -> None:
    app = opened({"country": "RO"}, page=PAGE)
    total = reach(tables, "treatment_centres", 200).total
    [romania] = [row for row in reach(tables, "treatment_centres", 200).countries if row.country == "RO"]
    [said] = [alt for chart in app.get("plotly_chart") if (alt := chart.proto.alt).startswith("Bar: ")]
    europe, own = (Words().percent(row.within / row.population) for row in (total, romania))
    assert europe != own
    assert said == f"Bar: {own} of the people of Romania live within 200 km; Europe {europe}."


def test_a_cold_link_restores_role_distance_borders_and_scenario(opened: Open) -> None:
    link = {"role": "trial_sites", "km": "100", "own": "1", "add": "727011", "detour": "140", "speed": "60"}
    app = opened({**link, "modality": "car_t", "status": "recruiting"}, page=PAGE)
    assert not app.exception
    assert app.selectbox(key="role").value == "trial_sites"
    assert app.number_input(key="km").value == 100
    assert app.toggle(key="own").value is True
    assert app.number_input(key="detour").value == 140
    assert app.button(key="undo-add-727011").label == "Added: Sofia, BG"
    assert "that matches the filters" in letters(app.title[0].value)
    assert "60 km/h" in words_on(app)


def test_a_choice_is_written_into_the_address(opened: Open) -> None:
    app = opened(page=PAGE)
    app.selectbox(key="role").select("facilities").run()
    app.number_input(key="km").set_value(100).run()
    app.toggle(key="own").set_value(True).run()
    assert {key: asked(app, key) for key in app.query_params} == {"role": ["facilities"], "km": ["100"], "own": ["1"]}


def test_a_town_is_added_from_the_search_and_taken_back(opened: Open) -> None:
    app = opened(page=PAGE)
    before = letters(app.title[0].value)
    app.text_input(key="find_add").set_value("Sofia").run()
    app.button(key="add-727011").click().run()
    assert asked(app, "add") == ["727011"]
    assert "fewer than today" in letters(app.title[0].value)
    app.button(key="undo-add-727011").click().run()
    assert letters(app.title[0].value) == before


def test_a_closed_site_costs_people_their_nearest(opened: Open, tables: Tables) -> None:
    today = distances_today(atlas_of(tables), ViewState())
    romania_relies_on = today.nearest[(today.homes["country"] == "RO").to_numpy()]
    site = today.sites["id"].iloc[int(romania_relies_on[0])]
    app = opened({"close": site}, page=PAGE)
    assert not app.exception
    assert "What these changes do" in [element.value for element in app.subheader]


def test_low_coverage_is_warned_of_beside_the_figures(opened: Open) -> None:
    assert any("Slovakia" in element.value for element in opened(page=PAGE).warning)


def test_filters_that_leave_no_site_say_so_and_offer_a_way_out(opened: Open) -> None:
    app = opened({"modality": "car_t"}, page=PAGE)
    assert letters(app.title[0].value).startswith("No site matches")
    assert app.button(key="unblock-modality")


def test_the_search_for_the_next_sites_ends_with_a_proof(opened: Open) -> None:
    app = opened({"k": "2"}, page=PAGE)
    app.button(key="next_find").click().run()
    end = time.monotonic() + 60
    while "No other choice among the candidates brings more" not in words_on(app) and time.monotonic() < end:
        time.sleep(0.3)
        app.run()
    assert "No other choice among the candidates brings more" in words_on(app)
    assert len(app.table[0].value) == 2
    app.button(key="next_try").click().run()
    assert len(asked(app, "add")) == 2


def test_the_search_can_be_stopped(opened: Open) -> None:
    app = opened({"km": "50", "k": "10"}, page=PAGE)
    app.button(key="next_find").click().run()
    if any(button.key == "next_cancel" for button in app.button):
        app.button(key="next_cancel").click().run()
    assert not app.exception
    assert "Together they bring" in words_on(app)


@pytest.mark.parametrize("country", ["RO", "LI"])
def test_a_share_in_a_table_is_in_per_cent_also_where_it_is_all_or_none(opened: Open, country: str) -> None:
    app = opened({"country": country}, page=PAGE)
    app.session_state["access_by_country"] = True
    app.run()
    [grid] = [grid for grid in app.dataframe if "Population data covers" in grid.value.columns]
    formats = json.loads(grid.proto.columns)
    shares = {name for name, config in formats.items() if config.get("type_config", {}).get("format") == "%.0f %%"}
    assert shares == {*(f"Within {km} km" for km in (50, 100, 200, 300)), "Population data covers"}


def test_a_search_behind_others_shows_its_place_and_begins_by_itself(opened: Open) -> None:
    line = lines.searches()
    others = [line.join() for _ in range(line.at_once)]
    try:
        app = opened({"km": "60", "k": "1"}, page=PAGE)
        app.button(key="next_find").click().run()
        assert not app.exception
        assert "yours is number 1 in line" in app.get("progress")[0].proto.text
        assert "Together they bring" in words_on(app)  # the greedy answer, meanwhile
    finally:
        for other in others:
            other.leave()
    end = time.monotonic() + 60
    while "No other choice among the candidates brings more" not in words_on(app) and time.monotonic() < end:
        time.sleep(0.3)
        app.run()
    assert "No other choice among the candidates brings more" in words_on(app)


def test_a_search_for_which_there_is_no_room_says_how_many_are_before(opened: Open) -> None:
    line = lines.searches()
    others = [line.join() for _ in range(line.at_once + line.room)]
    try:
        app = opened({"km": "70", "k": "1"}, page=PAGE)
        app.button(key="next_find").click().run()
        assert [told.value for told in app.info if told.value.startswith(f"{len(others)} searches")]
    finally:
        for other in others:
            other.leave()


def test_a_page_says_the_place_in_line_of_a_file_asked_for_now(opened: Open) -> None:
    line = lines.files()
    others = [line.join() for _ in range(line.at_once + 1)]
    try:
        told = [caption.value for caption in opened().caption]
        assert any("yours would be number 2 in line" in each for each in told)
    finally:
        for other in others:
            other.leave()
    assert not any("would be number" in caption.value for caption in opened().caption)
