"""The page Access in a browser: the map is painted, the pictures are drawn, and a scenario is a link."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader import PHONE, Reader
from tests.browser.screen import by_api, headline
from tests.browser.served import Served

MANY_COLOURS = 200


def test_the_page_shows_map_and_charts_and_breaks_no_rule(reader: Reader) -> None:
    reader.open("/access")
    assert reader.painted() > MANY_COLOURS
    assert reader.keyed("cumulative").locator(".js-plotly-plot").count() == 1
    assert reader.keyed("country_bars").locator(".js-plotly-plot").count() == 1
    assert reader.axe() == []
    assert any("map/access.json" in address for address in reader.requests)


def test_the_headline_is_what_the_interface_tells_under_the_same_filters(reader: Reader, atlas: Served) -> None:
    query = "role=trial_sites&km=100&modality=car_t&status=recruiting"
    reader.open(f"/access?{query}")
    total = by_api(atlas.url, f"access.json?{query}")["total"]
    assert headline(reader).startswith(f"{round((total['population'] - total['within']) / 1e6)} million people")


def test_a_distance_set_by_hand_gets_into_headline_and_address(reader: Reader) -> None:
    reader.open("/access")
    box = reader.keyed("km").locator("input").first
    box.fill("100")
    box.press("Enter")
    reader.settled()
    assert reader.query() == {"km": ["100"]}
    assert "more than 100 km" in headline(reader)


def test_a_scenario_opens_from_its_link_on_a_phone_and_can_be_taken_back(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    reader = reader_of(atlas.url, PHONE, "dark")
    reader.open("/access?add=727011")
    assert "fewer than today" in headline(reader)
    assert reader.sideways_px() <= 0
    reader.page.get_by_role("button", name="Added: Sofia, BG").click()
    reader.settled()
    assert reader.query() == {}


def test_the_next_sites_are_found_and_tried(reader: Reader) -> None:
    reader.open("/access?k=2")
    reader.keyed("next_find").get_by_role("button").click()
    reader.page.get_by_text("No other choice among the candidates brings more").wait_for()
    reader.settled()
    reader.keyed("next_try").get_by_role("button").click()
    reader.settled()
    assert len(reader.query()["add"]) == 2
    assert "fewer than today" in headline(reader)
