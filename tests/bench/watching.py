"""Tells when a part of the screen took its final look, by the browser's own recording of its frames.

The same clock for every map, whatever it is drawn with: Chromium sends each frame it shows with the time it showed it;
the end is the first frame from which the part of the screen no longer differs from how it looks at rest.
"""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import CDPSession, Page

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
STOPPED = "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"
LAST_STOP = "(window.__changes.filter(c => c[1] === 'notRunning').at(-1) ?? [0])[0]"
QUALITY = 80  # of the frames, in per cent
REST_S = 1.5  # nothing moves for this long: the picture is at rest
DIFFERENT = 12  # of 255, in any channel: a pixel has changed
SHARE = 0.0002  # of the pixels: less is a cursor or noise of the compression
Box = tuple[int, int, int, int]


@dataclass
class Film:
    """Frames of the page, each with the second it was shown."""

    session: CDPSession
    frames: list[tuple[float, bytes]] = field(default_factory=list)
    last_moved: float = field(default_factory=time.monotonic)
    _arrived: list[dict[str, Any]] = field(default_factory=list)

    def arrive(self, event: dict[str, Any]) -> None:
        self._arrived.append(event)

    def roll(self) -> None:
        """Take over the frames that have arrived, and ask for more; one that shows nothing new is left out."""
        while self._arrived:
            event = self._arrived.pop(0)
            self.session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})
            picture = base64.b64decode(event["data"])
            if not self.frames or self.frames[-1][1] != picture:
                self.frames.append((event["metadata"]["timestamp"], picture))
                self.last_moved = time.monotonic()

    def shows(self, photograph: bytes) -> bool:
        """Say whether the last frame is how the page looks: without a graphics card, a frame can be long under way."""
        if not self.frames:
            return False
        now, last = (
            np.asarray(Image.open(io.BytesIO(it)).convert("RGB"), np.int16) for it in (photograph, self.frames[-1][1])
        )
        return now.shape == last.shape and not _differ(now, last)

    def rewind(self) -> None:
        """Forget all but how the page looks now."""
        del self.frames[:-1]

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


def filming(page: Page) -> Film:
    """Record the page's frames for as long as it is open."""
    session = page.context.new_cdp_session(page)
    film = Film(session)
    session.on("Page.screencastFrame", film.arrive)
    session.send("Page.startScreencast", {"format": "jpeg", "quality": QUALITY, "everyNthFrame": 1})
    return film


def rest(page: Page, film: Film, limit_s: float, finished: Callable[[], bool]) -> None:
    """Wait until the script has finished, the page shows so, no frame came for a while, and the film has them all."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        page.wait_for_timeout(20)
        film.roll()
        still = time.monotonic() - film.last_moved > REST_S
        if (
            finished()
            and still
            and page.evaluate(STOPPED)
            and film.shows(page.screenshot(type="jpeg", quality=QUALITY))
        ):
            return
    raise TimeoutError(f"the page still moves after {limit_s} s")


def box_of(page: Page, selector: str) -> Box:
    found = page.locator(selector).first.bounding_box()
    if not found:
        raise LookupError(f"nothing to see at {selector}")
    left, top = int(found["x"]), int(found["y"])
    size = page.viewport_size or {"width": 1440, "height": 900}
    return left, top, min(left + int(found["width"]), size["width"]), min(top + int(found["height"]), size["height"])
