"""The page of solutions in a browser: clicks on its pictures filter it, and it can be read by everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.reader import PHONE, Reader
from tests.browser.screen import click_until_heard
from tests.browser.served import Served


def click_mark(reader: Reader, key: str, text: str) -> None:
    """Click the box or cell of a picture that prints a text, and wait for the address to say so."""
    mark = reader.keyed(key).locator(".bartext", has_text=text).first
    mark.wait_for()
    mark.scroll_into_view_if_needed()
    click_until_heard(reader, mark)


def downloaded(reader: Reader, key: str, kind: str) -> bytes:
    """Press a button and return the file, of the kind it promises."""
    button = reader.keyed(key).get_by_role("button")
    button.scroll_into_view_if_needed()
    with reader.page.expect_download(timeout=60_000) as found:
        button.click()
    held = Path(found.value.path()).read_bytes()
    assert found.value.suggested_filename.endswith(f".{kind}")
    assert held.startswith(b"<svg" if kind == "svg" else b"\x89PNG")
    return held


def test_a_click_on_a_cell_of_the_gap_map_opens_what_it_counts(reader: Reader) -> None:
    reader.open("/solutions?tab=gaps&stage=preclinical")
    click_mark(reader, "gap_map", "3 ●●△")
    opened = reader.query()
    assert set(opened) == {"tab", "stage", "obstacle", "type"}
    assert "3 solutions" in reader.keyed("gap_cell").inner_text()
    assert reader.keyed("gap_cell").get_by_test_id("stExpander").count() == 3


def test_a_click_on_a_node_filters_the_page_and_the_list_says_the_same(reader: Reader) -> None:
    reader.open("/solutions?tab=chains")
    click_mark(reader, "chains", "Preclinical")
    assert reader.query() == {"tab": ["chains"], "stage": ["preclinical"]}
    click_mark(reader, "chains", "EMA PRIME scheme")
    assert reader.query()["solution"] == ["ema-prime"]
    reader.keyed("chain_list").locator("summary").click()
    reader.settled()
    assert "EMA PRIME scheme" in reader.keyed("chain_list").inner_text()


def test_a_click_on_the_road_map_opens_a_path_that_can_be_linked(reader: Reader) -> None:
    reader.open("/solutions?tab=paths")
    click_mark(reader, "road_map", "Harmonise GMP")
    assert reader.query()["path"] == ["j4-harmonise-gmp"]
    assert "Horizon, our reading" in reader.keyed("path_card").inner_text()


def test_a_printed_brief_is_the_brief_and_nothing_else(reader: Reader) -> None:
    reader.open("/solutions?tab=brief&about=gmo-approval-delay")
    reader.page.emulate_media(media="print")
    assert reader.keyed("brief").is_visible()
    assert not reader.keyed("brief_choices").is_visible()
    assert not reader.page.get_by_test_id("stSidebar").is_visible()


@pytest.mark.parametrize("tab", ["catalogue", "gaps", "chains", "paths", "brief"])
def test_axe_finds_nothing(reader: Reader, tab: str) -> None:
    reader.open(f"/solutions?tab={tab}&country=DE&stage=manufacturing")
    assert [found for found in reader.axe() if "canvas" not in found["name"]] == []


def test_a_phone_never_scrolls_sideways(reader_of: Callable[..., Reader], atlas: Served) -> None:
    phone = reader_of(atlas.url, PHONE)
    for tab in ("catalogue", "gaps", "paths"):
        phone.open(f"/solutions?tab={tab}")
        assert phone.sideways_px() == 0


@pytest.mark.parametrize(
    ("tab", "name"), [("catalogue", "solution-map"), ("gaps", "gaps"), ("chains", "flow"), ("paths", "road-map")]
)
def test_each_picture_comes_as_a_file(reader: Reader, tab: str, name: str) -> None:
    reader.open(f"/solutions?tab={tab}&stage=preclinical")
    for kind in ("png", "svg"):
        downloaded(reader, f"sheet-{name}-{kind}", kind)


def test_the_print_button_opens_the_print_dialogue(reader: Reader) -> None:
    reader.page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    reader.open("/solutions?tab=brief&about=gmo-approval-delay")
    reader.page.locator("[data-atlas-print]").click()
    reader.page.wait_for_function("window.printed === 1")


def test_a_brief_printed_in_the_dark_is_black_on_white(reader_of: Callable[..., Reader], atlas: Served) -> None:
    reader = reader_of(atlas.url, theme="dark")
    reader.open("/solutions?tab=brief&about=gmo-approval-delay")
    reader.page.emulate_media(media="print", color_scheme="dark")
    inks = "nodes => [...new Set(nodes.map(node => getComputedStyle(node).color))]"
    assert reader.keyed("brief").locator("p, li, strong").evaluate_all(inks) == ["rgb(0, 0, 0)"]
    back = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert reader.page.evaluate(back) == "rgb(255, 255, 255)"
    assert reader.keyed("brief_address").is_visible()
