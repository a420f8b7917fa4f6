"""What is on the Atlas's screen, and the few things a reader does there."""

from __future__ import annotations

import json
import urllib.request
from contextlib import suppress
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.reader import MAP, Reader

GRID = ".st-key-sites_table [role=grid]"
CANVAS = '.st-key-sites_table [data-testid="data-grid-canvas"]'
FACILITIES, PARTNERS = (0xD5, 0x5E, 0x00), (0x00, 0x72, 0xB2)
CLICK_MS = 5_000
Point = tuple[float, float]


def headline(reader: Reader) -> str:
    return reader.page.locator("h1").first.inner_text().replace("\u202f", " ").replace("\xa0", " ")


def chip_texts(reader: Reader) -> list[str]:
    """The active filters as the reader reads them, without the cross."""
    chips = reader.page.locator('[class*="st-key-chip-"]').all()
    return [chip.inner_text().split("\n")[0].strip() for chip in chips]


def sites_in_table(reader: Reader) -> list[str]:
    """Names in the first column of the page of the table that is shown."""
    reader.keyed("sites_table").scroll_into_view_if_needed()
    reader.page.locator(f"{GRID} td").first.wait_for(state="attached")
    return list(reader.page.locator(f"{GRID} td[aria-colindex='1']").all_text_contents())


def choose(reader: Reader, key: str, text: str) -> None:
    """Pick an option of a filter that opens as a list."""
    box = reader.keyed(key).locator("input").first
    box.fill(text)
    reader.page.get_by_role("option").filter(has_text=text).first.wait_for()
    box.press("Enter")
    reader.settled()
    reader.page.keyboard.press("Escape")


def by_api(home: str, path: str) -> Any:
    with urllib.request.urlopen(f"{home}/api/v1/{path}", timeout=60) as answer:
        return json.loads(answer.read())


def sites_by_api(home: str, query: str = "") -> list[dict[str, Any]]:
    return list(by_api(home, f"atlas.json?{query}"))


def marks_of(picture: Image.Image, colour: tuple[int, int, int], near: int = 24) -> np.ndarray:
    """Where on a picture a colour is: a mask of its pixels."""
    pixels = np.asarray(picture, np.int16)
    return (np.abs(pixels - np.array(colour, np.int16)) <= near).all(axis=2)


def centre(mask: np.ndarray) -> Point:
    """The middle of a mask in pixels, right and down."""
    down, right = np.nonzero(mask)
    assert len(down), "no mark of this colour is on the map"
    return float(right.min() + right.max()) / 2, float(down.min() + down.max()) / 2


def hover_map(reader: Reader, at: Point) -> None:
    """Move the pointer over a point of the map."""
    box = reader.page.locator(MAP).first.bounding_box()
    assert box
    reader.page.mouse.move(box["x"] + at[0] - 3, box["y"] + at[1])
    reader.page.mouse.move(box["x"] + at[0], box["y"] + at[1], steps=3)


def click_map(reader: Reader, at: Point) -> None:
    """Point at a mark, and click on it once the map tells its name; wait for what that does to the address."""
    hover_map(reader, at)
    with suppress(PlaywrightTimeout):  # what was clicked may be no mark: the test says
        reader.page.locator(".deck-tooltip").wait_for(timeout=CLICK_MS)
    before = reader.page.url
    reader.page.mouse.down()
    reader.page.mouse.up()
    with suppress(PlaywrightTimeout):
        reader.page.wait_for_url(lambda url: url != before, timeout=CLICK_MS, wait_until="commit")
    reader.settled()


def click_until_heard(reader: Reader, mark: Locator) -> None:
    """Click a mark of a picture; again where the picture was just drawn anew and did not hear it."""
    before, page = reader.page.url, reader.page
    for _ in range(5):
        box = mark.bounding_box()
        assert box
        at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(at[0] - 2, at[1])
        page.mouse.move(*at)
        page.locator(".hoverlayer .hovertext").first.wait_for(timeout=10_000)  # then the picture listens
        page.mouse.click(*at)
        with suppress(PlaywrightTimeout):
            page.wait_for_url(lambda url: url != before, timeout=CLICK_MS)
            reader.settled()
            return
    raise AssertionError("no click was heard")
