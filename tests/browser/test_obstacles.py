"""The obstacles page as its readers meet it: a cell opens its figures, a class filters, a link restores both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.reader import PHONE, Reader
from tests.browser.screen import click_until_heard, headline
from tests.browser.served import Served
from tests.browser.test_solutions import downloaded

CELLS = ".st-key-matrix_frame .js-plotly-plot .bars .point"
CLASSES = ".st-key-confidence_grid .js-plotly-plot .bars .point"


def click_bar(reader: Reader, selector: str, printed: str) -> None:
    """Click the first bar that prints this, and wait for the address to say so."""
    bar = reader.page.locator(selector).filter(has=reader.page.get_by_text(printed, exact=True)).first
    bar.wait_for(state="attached")
    bar.scroll_into_view_if_needed()
    click_until_heard(reader, bar.locator("path"))


def opened(reader: Reader, path: str) -> None:
    reader.open(path)
    reader.page.locator(CELLS).first.wait_for(state="attached")
    reader.settled()


def test_a_click_on_a_cell_opens_as_many_sources_as_it_prints_and_close_leads_back(reader: Reader) -> None:
    opened(reader, "/obstacles?stage=manufacturing&order=az")
    click_bar(reader, CELLS, "6")
    assert reader.query()["cell"] == ["gmp-facility-access:GB"]
    drawer = reader.keyed("drawer")
    assert drawer.get_by_text("6 sources, 16 figures").count() == 1
    assert drawer.get_by_role("link").count() >= 6
    reader.keyed("close_cell").get_by_role("button").click()
    reader.settled()
    assert reader.query() == {"stage": ["manufacturing"], "order": ["az"]}


def test_a_click_on_a_class_filters_the_cells(reader: Reader) -> None:
    opened(reader, "/obstacles?matrix=category")
    click_bar(reader, CLASSES, "6")
    assert (reader.query()["evidence"], reader.query()["agreement"]) == (["robust"], ["low"])
    assert reader.page.get_by_text("Left out by evidence or agreement").count() >= 1


def test_a_picked_measure_gets_into_headline_legend_and_address(reader: Reader) -> None:
    opened(reader, "/obstacles?measure=months")
    assert headline(reader).startswith("Duration: the highest value is")
    assert reader.page.get_by_text("Only figures of another kind").count() >= 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barrier_is_found_with_a_cell_open(reader_of: Callable[..., Reader], atlas: Served, theme: str) -> None:
    reader = reader_of(atlas.url, theme=theme)
    opened(reader, "/obstacles?cell=gmo-approval-delay:DE&measure=rating.ordinal_1_3")
    assert reader.axe() == []


def test_on_a_phone_the_open_cell_comes_first_and_nothing_runs_off_sideways(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    reader = reader_of(atlas.url, size=PHONE)
    opened(reader, "/obstacles?cell=gmp-facility-access:GB")
    drawer, matrix = reader.keyed("drawer").bounding_box(), reader.keyed("matrix_frame").bounding_box()
    assert drawer
    assert matrix
    assert drawer["y"] < matrix["y"]
    assert reader.sideways_px() == 0


def test_what_is_picked_beside_the_map_holds_on_the_obstacles_page_and_back(reader: Reader) -> None:
    reader.open("/")
    cells = '[class*="st-key-obstacle_heatmap-"] .bars .point'
    reader.page.locator(cells).first.wait_for(state="attached")
    first = reader.page.locator(cells).filter(has=reader.page.locator("text")).first
    click_until_heard(reader, first.locator("path"))
    picked = reader.query()
    assert set(picked) == {"country", "stage"}
    reader.page.get_by_role("link", name="Each obstacle, its figures and sources").click()
    reader.page.locator(CELLS).first.wait_for(state="attached")
    reader.settled()
    assert "/obstacles" in reader.page.url
    assert reader.query() == picked
    reader.keyed("chips").get_by_role("button", name="Country: ").click()
    reader.settled()
    reader.page.get_by_role("link", name="Atlas", exact=True).first.click()
    reader.page.locator(cells).first.wait_for(state="attached")
    reader.settled()
    assert reader.query() == {"stage": picked["stage"]}


def test_an_obstacle_a_solution_a_path_are_three_clicks_and_back_is_the_same_place(reader: Reader) -> None:
    opened(reader, "/obstacles?stage=manufacturing&order=az")
    click_bar(reader, CELLS, "6")
    place = reader.query()
    reader.keyed("drawer-solution").get_by_role("link", name="CERTERA").first.click()
    reader.keyed("ways-path").wait_for()
    reader.settled()
    assert reader.query() == {"obstacle": ["gmp-facility-access"], "solution": ["certera-consortium"]}
    assert reader.keyed("solution_side").get_by_role("link").count() >= 1
    reader.keyed("ways-path").get_by_role("button").first.click()
    reader.keyed("path_card").wait_for()
    reader.settled()
    assert reader.keyed("path_card").get_by_role("link").count() >= 1
    reader.keyed("back").get_by_role("link").click()
    reader.keyed("drawer").wait_for()
    reader.settled()
    assert reader.query() == place


@pytest.mark.parametrize("kind", ["png", "svg"])
@pytest.mark.parametrize("name", ["obstacles", "confidence", "obstacle-map"])
def test_each_picture_comes_as_a_file(reader: Reader, name: str, kind: str) -> None:
    opened(reader, "/obstacles?stage=manufacturing")
    downloaded(reader, f"sheet-{name}-{kind}", kind)
