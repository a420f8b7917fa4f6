"""A link is a citation: it opens cold on what it says, and everything a reader sets gets into it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest

from tests.browser.reader import Reader
from tests.browser.screen import by_api, chip_texts, choose, headline, sites_by_api, sites_in_table
from tests.browser.served import Served


def test_a_cold_link_opens_on_its_filters(reader: Reader) -> None:
    reader.open("/?country=DE&class=GTMP")
    assert chip_texts(reader) == ["Country: Germany", "ATMP class: Gene therapy medicine"]
    assert headline(reader).startswith("Germany: ")


def test_a_cold_link_to_another_page_opens_that_page(reader: Reader) -> None:
    reader.open("/about")
    assert headline(reader).startswith("About the Atlas")


def test_headline_table_and_interface_tell_one_number(reader: Reader, atlas: Served) -> None:
    query = "country=DE&class=GTMP"
    reader.open(f"/?{query}")
    told = len(sites_by_api(atlas.url, query))
    assert f"{told} sites" in headline(reader)
    assert reader.page.get_by_role("heading", name=f"{told} sites in view").count() == 1


def test_a_filter_changes_headline_table_chips_and_address(reader: Reader) -> None:
    reader.open("/?country=DE")
    before = headline(reader), sites_in_table(reader)
    choose(reader, "country", "France")
    assert reader.query() == {"country": ["DE", "FR"]}
    assert chip_texts(reader) == ["Country: Germany", "Country: France"]
    assert headline(reader) != before[0]
    assert sites_in_table(reader) != before[1]


def test_a_pill_is_a_filter_too(reader: Reader) -> None:
    reader.open()
    reader.keyed("layers").get_by_role("button", name="Manufacturing").click()
    reader.settled()
    assert reader.query() == {"layers": ["facilities"]}


def test_a_chip_taken_away_takes_its_filter_away(reader: Reader) -> None:
    reader.open("/?country=DE&country=FR")
    reader.page.get_by_role("button", name="Country: Germany").click()
    reader.settled()
    assert reader.query() == {"country": ["FR"]}
    assert chip_texts(reader) == ["Country: France"]


def test_reset_leaves_a_bare_address(reader: Reader) -> None:
    reader.open("/?country=DE&class=GTMP&q=charite")
    reader.keyed("reset").get_by_role("button").first.click()
    reader.settled()
    assert reader.query() == {}
    assert chip_texts(reader) == []


def test_what_one_reader_set_another_opens(reader: Reader, reader_of: Callable[..., Reader], atlas: Served) -> None:
    reader.open()
    choose(reader, "country", "Italy")
    reader.keyed("class").get_by_role("button", name="Gene therapy medicine").click()
    reader.settled()
    reader.keyed("style").get_by_text("Sites", exact=True).click()
    reader.settled()
    other = reader_of(atlas.url)
    other.open(reader.page.url.removeprefix(atlas.url))
    assert reader.query() == {"country": ["IT"], "class": ["GTMP"], "style": ["points"]}
    assert (headline(other), chip_texts(other)) == (headline(reader), chip_texts(reader))
    assert sites_in_table(other) == sites_in_table(reader)


def test_copy_link_puts_the_address_and_the_data_version_on_the_clipboard(reader: Reader, atlas: Served) -> None:
    reader.open("/?country=DE")
    reader.page.get_by_role("button", name="Copy link").click()
    reader.page.get_by_role("button", name="Link copied").wait_for()
    copied = urlparse(reader.page.evaluate("navigator.clipboard.readText()"))
    assert copied._replace(query="").geturl() == urlparse(reader.page.url)._replace(query="").geturl()
    assert parse_qs(copied.query) == {**reader.query(), "v": [by_api(atlas.url, "tables")["version"]]}


def test_the_back_button_takes_a_filter_back(reader: Reader) -> None:
    reader.open("/?country=DE")
    choose(reader, "country", "France")
    reader.page.go_back()
    reader.settled()
    assert chip_texts(reader) == ["Country: Germany"]


def test_a_value_nobody_knows_is_left_out_with_a_notice(reader: Reader) -> None:
    reader.open("/?country=ZZ&country=DE")
    assert "ZZ" in reader.page.get_by_test_id("stAlert").inner_text()
    assert chip_texts(reader) == ["Country: Germany"]


@pytest.mark.parametrize(
    "address", ["/?utm_source=letter&fbclid=1", "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/?years=x"]
)
def test_a_strange_address_opens_all_the_same(reader: Reader, address: str) -> None:
    reader.open(address)
    assert reader.page.get_by_test_id("stException").count() == 0
    assert headline(reader)


def test_filters_survive_a_change_of_page(reader: Reader) -> None:
    reader.open("/?country=DE")
    reader.page.get_by_role("link", name="About").first.click()
    reader.page.get_by_role("heading", name="About the Atlas").wait_for()
    reader.settled()
    reader.page.get_by_role("link", name="Atlas", exact=True).first.click()
    reader.keyed("chips").wait_for()
    reader.settled()
    assert chip_texts(reader) == ["Country: Germany"]


def test_a_filter_that_leaves_nothing_offers_to_drop_itself(reader: Reader) -> None:
    reader.open("/?country=IS&class=cATMP")
    assert "No site matches" in reader.keyed("empty").inner_text()
    reader.keyed("empty").get_by_role("button").first.click()
    reader.settled()
    assert reader.keyed("empty").count() == 0
