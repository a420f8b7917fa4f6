"""Times the first load of a page until nothing on it changes any more, each time in a fresh browser context."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.bench import watching
from tests.bench.paths import REFERENCES, WORK
from tests.bench.redrawing import LIMIT_S, opened
from tests.browser.reader import MAP
from tests.browser.served import Served, script, serve, serve_warm

EMPTY = script(REFERENCES / "empty_charts.py")


def load(browser: Browser, served: Served) -> float:
    """Seconds from the address to the map's final look, the script stopped."""
    with opened(browser, served) as (page, traffic, film):
        begun = page.evaluate("Date.now()") / 1000
        page.goto(served.url, wait_until="commit")
        page.wait_for_selector(f"{MAP} canvas")
        watching.rest(page, film, LIMIT_S, traffic.finished)
        stopped = page.evaluate(watching.LAST_STOP) / 1000
        drawn = film.came_to_rest(watching.box_of(page, MAP), begun)
    return max(drawn or 0.0, stopped) - begun


def loads(browser: Browser, data: Path, times: int) -> tuple[list[float], list[float]]:
    """Seconds of the Atlas and of the page with two empty charts, by turns; the servers are warm."""
    environment = {"ATLAS_DATA": str(data)}
    ours, empty = [], []
    with (
        serve_warm(WORK / "atlas.log", environment) as atlas,
        serve(WORK / "empty.log", EMPTY) as charts,
    ):
        load(browser, atlas)
        load(browser, charts)
        for _ in range(times):
            ours.append(load(browser, atlas))
            empty.append(load(browser, charts))
    return ours, empty
