"""The page of the partners in a browser: a click on a cell of the coverage filters, and the pictures are sound."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader import PHONE, Reader
from tests.browser.screen import chip_texts, headline
from tests.browser.served import Served

CELLS = '[class*="st-key-coverage-"] .js-plotly-plot .point path'


def test_a_click_on_a_cell_lists_who_it_counts(reader: Reader) -> None:
    reader.open("/partners")
    cell = reader.page.locator(CELLS).first
    cell.wait_for()
    cell.click(force=True)
    reader.settled()
    assert len(chip_texts(reader)) == 2
    assert set(reader.query()) == {"country", "stage"}


def test_a_cold_link_opens_on_its_partner(reader: Reader) -> None:
    reader.open("/partners?partner=charite")
    assert "take part in JOIN4ATMP" in headline(reader)
    assert "shared trial" in reader.keyed("partner_links").inner_text()


def test_axe_finds_nothing_on_the_page_and_a_phone_never_scrolls_sideways(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    reader = reader_of(atlas.url, PHONE)
    reader.open("/partners")
    assert reader.axe() == []
    assert reader.sideways_px() == 0
