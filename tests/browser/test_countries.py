"""Countries in a browser: a click opens rows, the ranking is walked by keyboard, three stand side by side."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.browser.reader import LAPTOP, PHONE, Reader
from tests.browser.screen import headline
from tests.browser.served import Served

CANVAS = '.st-key-ranking [data-testid="data-grid-canvas"]'


def test_a_figure_opens_its_rows_and_a_fresh_reader_sees_the_same(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    first = reader_of(atlas.url)
    first.open("/countries?country=DE")
    first.keyed("open-trials-trials-DE").get_by_role("button").first.click()
    first.page.wait_for_url("**figure=trials*")
    first.settled()
    title = first.keyed("figure_head").inner_text()
    second = reader_of(atlas.url)
    second.open(first.page.url.removeprefix(atlas.url))
    assert second.keyed("figure_head").inner_text() == title
    assert headline(second) == headline(first)


def test_a_cell_of_the_ranking_is_opened_by_keyboard(reader: Reader) -> None:
    reader.open("/countries")
    reader.page.locator(CANVAS).focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        reader.page.keyboard.press(key)
    reader.page.wait_for_url("**figure=**")
    reader.settled()
    assert reader.query()["figure"][0] in {"population:AT", "population:BE"}  # the grid may stand on its head first
    assert reader.keyed("figure_rows").is_visible()


@pytest.mark.parametrize(("size", "theme"), [(LAPTOP, "light"), (PHONE, "dark")])
def test_three_countries_fit_the_screen(
    reader_of: Callable[..., Reader], atlas: Served, size: tuple[int, int], theme: str
) -> None:
    reader = reader_of(atlas.url, size, theme)
    reader.open("/countries?country=DE&country=ES&country=MT")
    assert "Comparing misleads" in reader.keyed("caveats").inner_text()
    assert reader.sideways_px() == 0


def test_the_page_prints_without_its_controls(reader: Reader) -> None:
    reader.open("/countries?country=DE")
    reader.page.emulate_media(media="print")
    assert not reader.keyed("country_choice").is_visible()
    assert reader.keyed("ranking_print").is_visible()
    assert reader.keyed("one_country").is_visible()


@pytest.mark.parametrize("country", ["DE", "FR", "MT"])
def test_one_country_is_one_page_of_a4_and_the_ranking_another(reader: Reader, country: str) -> None:
    reader.open(f"/countries?country={country}")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(reader.page.pdf(format="A4"))).pages]
    assert len(pages) == 2
    assert "Who is there" in pages[0]
    assert "What is not known" in pages[0]
    assert pages[1].lstrip().startswith("All 32 countries")
