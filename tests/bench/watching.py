"""Tells when a part of the screen took its final look, by the browser's own recording of its frames.

The same clock for every map, whatever it is drawn with: Chromium sends each frame it shows with the time it showed it;
the end is the first frame from which the part of the screen no longer differs from how it looks at rest.
"""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

STATE_CLOCK = """
(() => {
  window.__changes = [];
  window.__acted = null;
  const note = event => { if (window.__armed) { window.__armed = false; window.__acted = Date.now(); } };
  for (const kind of ['keydown', 'click']) window.addEventListener(kind, note, {capture: true});
  addEventListener('DOMContentLoaded', () => {  // a page with a blinking caret is never at rest
    const style = document.createElement('style');
    style.textContent = '* { caret-color: transparent !important }';
    document.head.append(style);
  });
  new MutationObserver(() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app && app.getAttribute('data-test-script-state');
    const last = window.__changes.at(-1);
    if (state && (!last || last[1] !== state)) window.__changes.push([Date.now(), state]);
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-test-script-state']});
})();
"""
REST_S = 1.5  # nothing moves for this long: the picture is at rest
DIFFERENT = 12  # of 255, in any channel: a pixel has changed
SHARE = 0.0002  # of the pixels: less is a cursor or noise of the compression
Box = tuple[int, int, int, int]


@dataclass
class Film:
    """Frames of the page, each with the second it was shown."""

    frames: list[tuple[float, bytes]] = field(default_factory=list)
    last_moved: float = field(default_factory=time.monotonic)

    def picture(self, number: int, box: Box) -> np.ndarray:
        return np.asarray(Image.open(io.BytesIO(self.frames[number][1])).convert("RGB").crop(box), np.int16)

    def came_to_rest(self, box: Box, after: float) -> float | None:
        """Seconds (epoch) of the frame from which the box looks as it does in the end; None if it never changed."""
        if not self.frames:
            return None
        final = self.picture(-1, box)
        for number in range(len(self.frames) - 2, -1, -1):
            if _differ(self.picture(number, box), final):
                shown = self.frames[number + 1][0]
                return shown if shown >= after else None
        return None


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((np.abs(one - other).max(axis=2) > DIFFERENT).mean() > SHARE)


@contextmanager
def filming(page: Page) -> Iterator[Film]:
    """Record the page's frames until the block ends; one that shows nothing new is left out."""
    film = Film()
    session = page.context.new_cdp_session(page)

    def keep(event: dict[str, Any]) -> None:
        picture = base64.b64decode(event["data"])
        if not film.frames or film.frames[-1][1] != picture:
            film.frames.append((event["metadata"]["timestamp"], picture))
            film.last_moved = time.monotonic()
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "jpeg", "quality": 80, "everyNthFrame": 1})
    try:
        yield film
    finally:
        session.send("Page.stopScreencast")
        session.detach()


def rest(page: Page, film: Film, limit_s: float, acted: bool = True) -> None:
    """Wait until the script has stopped and no frame came for a while."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        page.wait_for_timeout(100)
        stopped = page.evaluate(
            """acted => {
              const changes = window.__changes.filter(c => !acted || c[0] >= window.__acted);
              const app = document.querySelector('[data-testid="stApp"]');
              return changes.length > 0 && app && app.getAttribute('data-test-script-state') === 'notRunning';
            }""",
            acted,
        )
        if stopped and time.monotonic() - film.last_moved > REST_S:
            return
    raise TimeoutError(f"the page still moves after {limit_s} s")


def box_of(page: Page, selector: str) -> Box:
    found = page.locator(selector).first.bounding_box()
    if not found:
        raise LookupError(f"nothing to see at {selector}")
    left, top = int(found["x"]), int(found["y"])
    size = page.viewport_size or {"width": 1440, "height": 900}
    return left, top, min(left + int(found["width"]), size["width"]), min(top + int(found["height"]), size["height"])
