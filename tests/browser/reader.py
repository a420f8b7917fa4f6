"""A reader in front of the Atlas: opens a page, waits as a person would, and notices what should not happen."""

from __future__ import annotations

import importlib.resources
import io
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlparse

from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

WEBGL = (  # a software renderer that every machine has; nothing of the browser's own reaches for the network
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LAPTOP, PROJECTOR, PHONE = (1440, 900), (1920, 1080), (390, 844)
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150 Mobile Safari/537.36"
)
MAP = '[data-testid="stDeckGlJsonChart"]'
PATIENCE_MS = 60_000
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET_FOR_MS = 250
QUIET = """
ms => new Promise(done => {
  let since = null;
  const look = now => {
    const app = document.querySelector('[data-testid="stApp"]');
    const quiet = app && app.getAttribute('data-test-script-state') === 'notRunning'
      && !document.querySelector('[data-testid="stSkeleton"]');
    since = quiet ? (since ?? now) : null;
    if (since !== null && now - since >= ms) done(true); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
# Where on the page a violation is: the two nearest elements Streamlit has named, and the kind of the node itself.
VIOLATIONS = """
async tags => {
  const {violations} = await axe.run(document, {runOnly: tags});
  const place = selector => {
    const node = document.querySelector(selector);
    if (!node) return selector;
    const names = [];
    const above = node => node?.closest('[data-testid]');
    for (let up = above(node); up && names.length < 2; up = above(up.parentElement))
      names.unshift(up.getAttribute('data-testid'));
    return [...names, node.tagName.toLowerCase()].join(' > ');
  };
  return violations.flatMap(v => v.nodes.map(n => ({
    name: v.id + ': ' + place(n.target[0]), impact: v.impact, html: n.html.slice(0, 300), why: n.failureSummary})));
}
"""


@dataclass
class Reader:
    """One fresh browser context with one page."""

    page: Page
    home: str
    foreign: list[str] = field(default_factory=list)
    """Addresses off the host that the page asked for; each was aborted."""
    errors: list[str] = field(default_factory=list)
    """Console errors and uncaught exceptions."""
    requests: list[str] = field(default_factory=list)
    """Every address asked for on the host, in order."""
    received: list[int] = field(default_factory=list)
    """Size in bytes of each websocket message from the server, in order."""

    def open(self, path: str = "/") -> None:
        """Open an address of the Atlas as if from a shared link, and wait until it stands still."""
        self.page.goto(self.home + path, wait_until="domcontentloaded", timeout=PATIENCE_MS)
        self.page.wait_for_selector('[data-testid="stApp"]', timeout=PATIENCE_MS)
        self.settled()

    def settled(self) -> None:
        """Wait until the script has not been running for a moment and no skeleton is left."""
        self.page.wait_for_timeout(100)  # what was just done has to reach the server first
        self.page.evaluate(QUIET, QUIET_FOR_MS)

    def query(self) -> dict[str, list[str]]:
        """Return what the address says now."""
        return parse_qs(urlparse(self.page.url).query, keep_blank_values=True)

    def picture(self, selector: str = MAP) -> Image.Image:
        """Return the pixels of an element as they are on screen."""
        return Image.open(io.BytesIO(self.page.locator(selector).first.screenshot())).convert("RGB")

    def painted(self, selector: str = MAP) -> int:
        """Return the number of distinct colours on the map once it no longer changes; a blank canvas has a few."""
        return len(self.still(selector).getcolors(1_000_000) or [])

    def still(self, selector: str = MAP, timeout_s: float = 30) -> Image.Image:
        """Return the picture of an element once two in a row are the same."""
        end = time.monotonic() + timeout_s
        before, now = None, self.picture(selector)
        while before is None or before.tobytes() != now.tobytes():
            if time.monotonic() > end:
                raise AssertionError(f"{selector} still changes after {timeout_s} s")
            self.page.wait_for_timeout(200)
            before, now = now, self.picture(selector)
        return now

    def keyed(self, key: str) -> Any:
        """Return the locator of the widget with this Streamlit key."""
        return self.page.locator(f".st-key-{key}")

    def axe(self) -> list[dict[str, str]]:
        """Return the violations of WCAG 2.2 A and AA that axe-core finds, one for each element, named by place."""
        source = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        self.page.evaluate(source)  # not a script tag, which the page's security policy rightly refuses
        return list(self.page.evaluate(VIOLATIONS, WCAG_22_AA))

    def sideways_px(self) -> int:
        """Return by how much the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def is_fault(message: ConsoleMessage) -> bool:
    """Say whether the console shows an error that is not Streamlit's own search for its server below a page's path."""
    return message.type == "error" and not re.search(r"/\w+/_stcore/(health|host-config)$", message.location["url"])


def _watch(reader: Reader) -> None:
    page, host = reader.page, urlparse(reader.home).netloc

    def stop_foreign(route: Route) -> None:
        reader.foreign.append(route.request.url)
        route.abort()

    def note(request: Request) -> None:
        if urlparse(request.url).netloc == host:
            reader.requests.append(request.url)

    def socket(web_socket: Any) -> None:
        if urlparse(web_socket.url).netloc != host:
            reader.foreign.append(web_socket.url)
        web_socket.on("framereceived", lambda data: reader.received.append(len(data)))

    page.context.route(re.compile(rf"^(?!(?:https?|wss?)://{re.escape(host)}/|data:|blob:|about:)"), stop_foreign)
    page.on("request", note)
    page.on("websocket", socket)
    page.on(
        "console",
        lambda message: (
            reader.errors.append(f"{message.text} {message.location['url']}") if is_fault(message) else None
        ),
    )
    page.on("pageerror", lambda error: reader.errors.append(str(error)))


@contextmanager
def reading(browser: Browser, home: str, size: tuple[int, int] = LAPTOP, theme: str = "light") -> Iterator[Reader]:
    """Give a reader in a fresh context, as on another computer: no cookie, no cache, no history."""
    on_a_phone = {"is_mobile": True, "has_touch": True, "user_agent": PHONE_AGENT} if size == PHONE else {}
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=theme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="en-GB",
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
        **on_a_phone,  # type: ignore[arg-type]
    )
    context.set_default_timeout(PATIENCE_MS)
    reader = Reader(context.new_page(), home)
    _watch(reader)
    try:
        yield reader
    finally:
        context.close()
