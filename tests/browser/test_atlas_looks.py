"""How the Atlas looks and reads: sizes, themes, accessibility; and that its server has nothing to complain of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.reader import LAPTOP, MAP, PHONE, PROJECTOR, Reader
from tests.browser.screen import headline
from tests.browser.served import Served

SCREENS = {
    "the Atlas": "/",
    "with filters": "/?country=DE&class=GTMP&phase=phase_2",
    "a card": "/?site=charite",
    "sites": "/?style=points&country=DE",
    "countries": "/?style=countries",
    "nothing in view": "/?country=IS&class=cATMP",
    "about": "/about",
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(reader_of: Callable[..., Reader], atlas: Served, theme: str, screen: str) -> None:
    reader = reader_of(atlas.url, theme=theme)
    reader.open(SCREENS[screen])
    assert reader.axe() == []


def test_axe_finds_nothing_more_on_a_phone(reader_of: Callable[..., Reader], atlas: Served) -> None:
    reader = reader_of(atlas.url, PHONE)
    reader.open()
    assert reader.axe() == []


@pytest.mark.parametrize("screen", ["the Atlas", "with filters", "a card", "about"])
def test_a_phone_never_scrolls_sideways(reader_of: Callable[..., Reader], atlas: Served, screen: str) -> None:
    reader = reader_of(atlas.url, PHONE)
    reader.open(SCREENS[screen])
    assert reader.sideways_px() == 0


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR], ids=["laptop", "projector"])
def test_headline_and_map_are_on_the_first_screen(
    reader_of: Callable[..., Reader], atlas: Served, size: tuple[int, int]
) -> None:
    reader = reader_of(atlas.url, size)
    reader.open()
    box = reader.page.locator(MAP).first.bounding_box()
    assert box
    assert box["height"] >= 560
    assert box["y"] + box["height"] <= size[1]
    assert reader.sideways_px() == 0


def test_the_dark_theme_is_dark_all_over(reader_of: Callable[..., Reader], atlas: Served) -> None:
    reader = reader_of(atlas.url, theme="dark")
    reader.open()
    lightness = reader.still().convert("L").resize((1, 1)).getpixel((0, 0))
    assert lightness < 110


def test_a_language_in_the_address_is_spoken(reader: Reader) -> None:
    reader.open("/?lang=de")
    assert "Standorte" in headline(reader) or "Orte" in headline(reader)


def test_the_server_has_nothing_to_complain_of(reader: Reader, atlas: Served) -> None:
    reader.open("/?country=DE")
    told = atlas.log.read_text(encoding="utf-8", errors="replace")
    assert [line for line in told.splitlines() if "Traceback" in line or "Warning" in line or "widget" in line] == []


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", [(1280, 800), LAPTOP, PROJECTOR], ids=["small", "laptop", "projector"])
def test_the_actions_stand_beside_the_menu_or_below_it(
    reader_of: Callable[..., Reader], atlas: Served, size: tuple[int, int], language: str
) -> None:
    reader = reader_of(atlas.url, size)
    reader.open(f"/solutions?lang={language}")
    menu = reader.page.get_by_test_id("stTopNavLinkContainer").last.bounding_box()
    actions = reader.keyed("bar").bounding_box()
    assert menu
    assert actions
    assert actions["x"] >= menu["x"] + menu["width"] or actions["y"] >= menu["y"] + menu["height"]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_each_option_of_a_filter_shows_its_whole_name_and_count(reader: Reader, lang: str) -> None:
    reader.open(f"/?lang={lang}")
    cut = reader.page.locator('[data-testid="stSidebar"] [data-testid="stButtonGroup"] button').evaluate_all(
        """buttons => buttons.filter(button => {
          const box = button.getBoundingClientRect();
          return [...button.querySelectorAll('p, p span')].some(part => {
            const of = part.getBoundingClientRect();
            return of.right > box.right + 1 || of.bottom > box.bottom + 1 || of.top < box.top - 1;
          }) || [...button.querySelectorAll('p span')].some(count => count.getClientRects().length > 1);
        }).map(button => button.innerText)"""
    )
    assert cut == []


def test_on_a_phone_each_opener_of_a_country_shows_its_whole_count(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    reader = reader_of(atlas.url, PHONE)
    reader.open("/countries?country=DE")
    texts = reader.page.locator('[class*="st-key-open-"] [data-testid="stMarkdownContainer"]')
    assert texts.count() > 5
    assert texts.evaluate_all("parts => parts.filter(part => part.scrollWidth > part.clientWidth + 1).length") == 0
