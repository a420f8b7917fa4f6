"""The page of the trials in a browser: a click on a bar filters all, and the address keeps it."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader import MAP, PHONE, Reader
from tests.browser.screen import chip_texts, headline
from tests.browser.served import Served

BARS = '[class*="st-key-bars-class"] .js-plotly-plot'


def test_a_click_on_a_bar_sets_a_filter_and_a_second_drops_it(reader: Reader) -> None:
    reader.open("/trials")
    for told in (["ATMP class: Gene therapy medicine"], []):
        bar = reader.page.locator(f"{BARS} .point path").first
        bar.wait_for()
        bar.click(force=True)
        reader.settled()
        assert chip_texts(reader) == told
    assert reader.query() == {}


def test_a_cold_link_opens_on_its_pair_with_a_map(reader: Reader) -> None:
    reader.open("/trials?style=countries&pair=DE-FR&class=GTMP")
    assert "trials found" in headline(reader)
    reader.page.locator(MAP).first.wait_for()
    assert reader.keyed("pair_trials").get_by_role("link").count() > 3


def test_axe_finds_nothing_on_the_page_and_a_phone_never_scrolls_sideways(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    reader = reader_of(atlas.url, PHONE)
    reader.open("/trials")
    assert reader.axe() == []
    assert reader.sideways_px() == 0
