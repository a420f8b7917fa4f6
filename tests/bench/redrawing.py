"""Times a change of filter until the map is redrawn and the script has stopped, the same way for every candidate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from tests.bench import watching, wire
from tests.bench.outside import Outside
from tests.bench.paths import REFERENCES, WORK
from tests.bench.watching import Film
from tests.browser.reader import LAPTOP, MAP
from tests.browser.served import ATLAS, Served, script, serve, serve_warm

COUNTRIES = (
    "DE",
    "FR",
    "IT",
    "ES",
    "GB",
)  # added one after the other, so no candidate meets a state it has sent before
LIMIT_S = 90.0
TRIES, HEARD_MS = 3, 20_000
SHORT = 1000  # bytes; the word that a script has finished is shorter


@dataclass(frozen=True)
class Candidate:
    """One way to draw the sites on a map in Streamlit."""

    name: str
    command: Sequence[str]
    map: str
    """Selector of what holds the map."""
    option: Callable[[str], str] = str
    """What to type into the country filter for a country code."""
    path: str = "/"
    leaves: bool = False
    """Whether it asks other hosts for something, which then is answered from a copy."""


@dataclass
class Change:
    """What one change of filter took."""

    seconds: float
    socket: Counter[str] = field(default_factory=Counter)
    """Bytes over the websocket by kind of message."""
    http: int = 0
    """Bytes fetched over HTTP, compressed as they travelled."""
    fetches: int = 0


NAMES = {"DE": "Germany", "FR": "France", "IT": "Italy", "ES": "Spain", "GB": "United Kingdom"}
OURS = Candidate("as it opens", ATLAS, MAP, NAMES.__getitem__)
MARKS = Candidate("every mark", ATLAS, MAP, NAMES.__getitem__, "/?style=points")
PYDECK = Candidate("plain pydeck and st.dataframe", script(REFERENCES / "plain_pydeck.py"), MAP)
FOLIUM = Candidate("streamlit-folium, clusters", script(REFERENCES / "folium_clusters.py"), "iframe", leaves=True)
PLOTLY = Candidate("plotly scatter_map", script(REFERENCES / "scatter_map.py"), '[data-testid="stPlotlyChart"]')


class Traffic:
    """Counts what one page receives."""

    def __init__(self, page: Page) -> None:
        self.socket: list[bytes] = []
        self.http: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._keep))
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        self._asked: set[str] = set()
        session.on("Network.requestWillBeSent", self._asks)
        session.on("Network.loadingFailed", lambda event: self._asked.discard(event["requestId"]))
        session.on("Network.loadingFinished", self._loaded)

    def _keep(self, data: str | bytes) -> None:
        self.socket.append(data if isinstance(data, bytes) else data.encode())

    def _asks(self, event: Mapping[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):  # a worker's blob is never said to have arrived
            self._asked.add(event["requestId"])

    def _loaded(self, event: Mapping[str, Any]) -> None:
        self._asked.discard(event["requestId"])
        self.http.append(int(event["encodedDataLength"]))

    def finished(self) -> bool:
        """Say whether, since the last clearing, a script run has ended, and nothing asked for is still under way."""
        return not self._asked and any(len(raw) < SHORT and wire.is_the_end(raw) for raw in self.socket)

    def clear(self) -> None:
        self.socket.clear()
        self.http.clear()


@contextmanager
def opened(browser: Browser, served: Served, leaves: bool = False) -> Iterator[tuple[Page, Traffic, Film]]:
    """Open an empty page in a fresh context, its traffic counted and its frames kept.

    Requests are looked into only where some leave the host: each one takes a detour then, which slows a page of many.
    """
    context = browser.new_context(
        viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, reduced_motion="reduce", locale="en-GB"
    )
    context.set_default_timeout(LIMIT_S * 1000)
    context.add_init_script(watching.STATE_CLOCK)
    if leaves:
        Outside(WORK).stand_in(context, served.url)
    page = context.new_page()
    traffic = Traffic(page)
    try:
        yield page, traffic, watching.filming(page)
    finally:
        context.close()


def choose_country(page: Page, traffic: Traffic, text: str) -> None:
    """Type a country into the filter; the clock starts at the key that takes it."""
    box = page.locator(".st-key-country input").first
    for _ in range(TRIES):  # on a loaded machine the list may not yet listen when the key comes
        box.fill(text)
        page.get_by_role("option").filter(has_text=text).first.wait_for()
        page.evaluate("window.__armed = true; window.__changes = []")
        box.press("Enter")
        for _ in range(HEARD_MS // 100):
            page.wait_for_timeout(100)
            if traffic.socket:  # the server answers
                return
    raise RuntimeError(f"{text} could not be chosen")


def change(page: Page, traffic: Traffic, film: Film, candidate: Candidate, country: str) -> Change:
    """Add one country to the filter and time it."""
    traffic.clear()
    film.rewind()
    choose_country(page, traffic, candidate.option(country))
    watching.rest(page, film, LIMIT_S, traffic.finished)
    acted, stopped = page.evaluate("window.__acted") / 1000, page.evaluate(watching.LAST_STOP) / 1000
    drawn = film.came_to_rest(watching.box_of(page, candidate.map), acted)
    if drawn is None:
        raise RuntimeError(f"{candidate.name}: the map did not change with the filter")
    return Change(max(drawn, stopped) - acted, wire.sizes(traffic.socket), sum(traffic.http), len(traffic.http))


def changes(browser: Browser, candidate: Candidate, data: Path, times: int = len(COUNTRIES)) -> list[Change]:
    """Serve a candidate over a data folder and change its filter some times."""
    environment, log = {"ATLAS_DATA": str(data)}, WORK / "server.log"
    is_ours = candidate.command == ATLAS
    with (
        serve_warm(log, environment) if is_ours else serve(log, candidate.command, environment) as served,
        opened(browser, served, candidate.leaves) as (page, traffic, film),
    ):
        page.goto(served.url + candidate.path)
        page.wait_for_selector(candidate.map)
        watching.rest(page, film, LIMIT_S, traffic.finished)
        return [change(page, traffic, film, candidate, country) for country in COUNTRIES[:times]]


def middle(found: Sequence[Change]) -> Mapping[str, float]:
    """Medians over the changes: seconds, bytes on the socket in all and for the map, bytes over HTTP."""
    return {
        "seconds": median(one.seconds for one in found),
        "socket": median(one.socket.total() for one in found),
        "map": median(one.socket["deck_gl_json_chart"] for one in found),
        "http": median(one.http for one in found),
    }
