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


def test_each_picture_can_be_had_as_a_file_and_all_as_slides(reader: Reader) -> None:
    for page in ("access", "countries?country=MT", "trials", "partners"):
        reader.open(f"/{page}")
        fold = reader.keyed(f"pictures_{page.split('?')[0]}")
        fold.locator("summary").click()
        reader.settled()
        buttons = fold.get_by_role("button", name="PNG")
        buttons.first.wait_for()
        with reader.page.expect_download() as saved:
            buttons.first.click()
        assert saved.value.path().read_bytes().startswith(b"\x89PNG")
        assert fold.get_by_role("button", name="SVG").count() == buttons.count() >= 2
        assert fold.get_by_role("button", name="PowerPoint").count() == 1
