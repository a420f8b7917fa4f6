"""The obstacles page as its readers meet it: a cell opens its figures, a class filters, a link restores both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.reader import PHONE, Reader
from tests.browser.screen import headline
from tests.browser.served import Served

CELLS = ".st-key-matrix_frame .js-plotly-plot .bars .point"
CLASSES = ".st-key-confidence_grid .js-plotly-plot .bars .point"


def click_bar(reader: Reader, selector: str, printed: str) -> None:
    """Click the first bar that prints this; again where a loaded machine did not yet listen."""
    bar = reader.page.locator(selector).filter(has=reader.page.get_by_text(printed, exact=True)).first
    before = reader.page.url
    for _ in range(3):
        bar.scroll_into_view_if_needed()
        box = bar.locator("path").bounding_box()
        assert box
        at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        reader.page.mouse.move(*at)
        reader.page.wait_for_timeout(150)
        reader.page.mouse.click(*at)
        reader.settled()
        if reader.page.url != before:
            return


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
    assert headline(reader).startswith("Duration (All ATMPs): highest for")
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
