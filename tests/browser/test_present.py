"""A story in a room: the keyboard leads through it, the screen goes blank, and the notes follow in a second window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.reader import PHONE, PROJECTOR, Reader
from tests.browser.served import Served

STORY = "/present?story=where-made"
STEPS = 8
LEAST_PX = 32 - 0.1  # 24 pt at 1920 by 1080
TYPE = """
() => [...document.querySelectorAll('.st-key-stage h1, .st-key-stage p, .st-key-stage .atlas-legend li')]
  .filter(node => node.textContent.trim() && node.offsetHeight)
  .map(node => parseFloat(getComputedStyle(node).fontSize) * 1920 / 1120)
"""


@pytest.fixture
def room(reader_of: Callable[..., Reader], atlas: Served) -> Reader:
    return reader_of(atlas.url, PROJECTOR)


def counter(reader: Reader) -> str:
    return reader.keyed("present_controls").locator("p", has_text=" of ").first.inner_text()


def pressed(reader: Reader, key: str, step: int) -> None:
    reader.page.keyboard.press(key)
    reader.keyed("present_controls").locator("p", has_text=f"{step} of {STEPS}").wait_for()
    reader.settled()


def test_the_keyboard_and_a_clicker_lead_through_a_whole_story(room: Reader) -> None:
    room.open(STORY)
    assert not room.page.get_by_test_id("stHeader").is_visible()
    for step, key in enumerate(("ArrowRight", "PageDown", " ", "ArrowRight", "PageDown", " ", "ArrowRight"), 2):
        pressed(room, key, step)
        assert room.query()["step"] == [str(step)]
        assert room.page.locator("h1").first.inner_text()
        assert min(room.page.evaluate(TYPE)) >= LEAST_PX
    for step, key in ((7, "ArrowLeft"), (6, "PageUp")):
        pressed(room, key, step)


def test_b_blanks_the_screen_and_shows_it_again(room: Reader) -> None:
    room.open(STORY)
    room.page.keyboard.press("b")
    assert room.page.locator(".atlas-blank").is_visible()
    room.page.keyboard.press(".")
    assert room.page.locator(".atlas-blank").count() == 0


def test_a_link_resumes_at_its_step(room: Reader) -> None:
    room.open(f"{STORY}&step=4")
    assert counter(room) == f"4 of {STEPS}"


def test_o_shows_all_steps_to_choose_from(room: Reader) -> None:
    room.open(STORY)
    room.page.keyboard.press("o")
    room.keyed("present_to_5").get_by_role("button").click()
    room.keyed("present_controls").locator("p", has_text=f"5 of {STEPS}").wait_for()


def test_the_notes_follow_in_a_second_window_and_can_lead(room: Reader) -> None:
    room.open(STORY)
    with room.page.expect_popup() as popup:
        room.page.locator("[data-atlas-notes]").click()
    notes = popup.value
    notes.locator("[data-atlas-told=note]").wait_for()
    first = notes.locator("[data-atlas-told=note]").inner_text()
    pressed(room, "ArrowRight", 2)
    notes.locator("[data-atlas-told=counter]", has_text=f"2 of {STEPS}").wait_for()
    assert notes.locator("[data-atlas-told=note]").inner_text() not in {"", first}
    assert "step=2" in notes.url
    notes.locator("[data-atlas-go=next]").click()
    room.keyed("present_controls").locator("p", has_text=f"3 of {STEPS}").wait_for()


def test_the_map_stays_where_it_is_between_steps_of_one_extent(room: Reader) -> None:
    room.open(f"{STORY}&step=2")
    room.page.locator(".st-key-map canvas").first.evaluate("node => { node.dataset.kept = '1' }")
    pressed(room, "ArrowRight", 3)
    assert room.page.locator(".st-key-map canvas").first.get_attribute("data-kept") == "1"


@pytest.mark.parametrize("step", [1, 5, 6])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(reader_of: Callable[..., Reader], atlas: Served, theme: str, step: int) -> None:
    reader = reader_of(atlas.url, PROJECTOR, theme)
    reader.open(f"{STORY}&step={step}")
    assert [found for found in reader.axe() if "canvas" not in found["name"]] == []


def test_a_phone_shows_a_step_without_scrolling_sideways(reader_of: Callable[..., Reader], atlas: Served) -> None:
    phone = reader_of(atlas.url, PHONE)
    phone.open(f"{STORY}&step=2")
    assert phone.sideways_px() == 0
