"""An old link in a fresh browser: its release, what is newer, one click to it; copying, citing, embedding."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.browser.reader import Reader
from tests.browser.screen import headline, sites_by_api
from tests.browser.served import ATLAS, ROOT, Served, serve
from tests.unit.exports.released import NEW, OLD, twice_released

NEWER = f"Data of {OLD}. Newer data, {NEW}: 1 site added, 1 changed."
HOST_PAGE = "<!doctype html><title>Another site</title><h1>Another site</h1>{frame}"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("twice")
    shutil.copytree(ROOT / "data", home / "data", ignore=shutil.ignore_patterns("releases", "raw"))
    folder: Path = twice_released(home / "data")
    environment = {"ATLAS_DATA": str(folder), "ATLAS_FRAME_ANCESTORS": "http://127.0.0.1:*"}
    with serve(home / "server.log", ATLAS, environment) as served:
        yield served


@pytest.fixture
def opened(reader_of: Callable[..., Reader], twice: Served) -> Reader:
    return reader_of(twice.url)


def test_a_fresh_browser_opens_an_old_link_on_its_release_and_one_click_leads_on(opened: Reader, twice: Served) -> None:
    opened.open(f"/?country=DE&v={OLD}")
    old, new = (len(sites_by_api(twice.url, f"country=DE&v={version}")) for version in (OLD, NEW))
    assert new == old + 1
    assert headline(opened).startswith(f"Germany: {old} sites")
    assert NEWER in opened.keyed("old_release").inner_text()
    assert opened.painted() > 200
    rows = [url for url in opened.requests if "/api/v1/map/cities.json" in url]
    assert rows
    assert all(f"v={OLD}-" in url for url in rows), "the map draws the rows of the old release"
    opened.keyed("newest").get_by_role("button").click()
    opened.settled()
    assert opened.query() == {"country": ["DE"]}
    assert headline(opened).startswith(f"Germany: {new} sites")
    assert opened.keyed("old_release").count() == 0


def test_what_is_newer_is_listed_row_by_row(opened: Reader) -> None:
    opened.open(f"/about?v={OLD}")
    opened.keyed("news").get_by_role("button").click()
    opened.page.get_by_text("Added: Example Later Hospital").wait_for()


def test_a_version_nobody_released_opens_the_newest_data_with_a_notice(opened: Reader) -> None:
    opened.open("/?v=2019.1.0")
    assert "There are no data of version “2019.1.0” here" in opened.keyed("old_release").inner_text()
    assert NEW in opened.keyed("dateline").inner_text()


@pytest.mark.parametrize(
    ("address", "version"), [("/?country=DE", NEW), (f"/?v={OLD}&country=DE", OLD), ("/obstacles", NEW)]
)
def test_copy_link_carries_the_version(opened: Reader, address: str, version: str) -> None:
    opened.open(address)
    opened.page.get_by_role("button", name="Copy link").click()
    opened.page.get_by_role("button", name="Link copied").wait_for()
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(opened.home + address.split("?")[0])
    assert f"v={version}" in copied
    assert "v=" in opened.page.url if "v=" in address else "v=" not in opened.page.url
    opened.page.goto(copied)
    opened.settled()
    assert version in opened.keyed("dateline").inner_text()


def test_a_copied_link_opens_the_same_view_again(opened: Reader, reader_of: Callable[..., Reader]) -> None:
    opened.open("/?country=DE&class=GTMP")
    opened.page.get_by_role("button", name="Copy link").click()
    opened.page.get_by_role("button", name="Link copied").wait_for()
    other = reader_of(opened.home)
    other.open(opened.page.evaluate("navigator.clipboard.readText()").removeprefix(opened.home))
    assert headline(other) == headline(opened)
    assert other.query() == {"country": ["DE"], "class": ["GTMP"], "v": [NEW]}


def test_the_citation_names_this_view_and_downloads(opened: Reader) -> None:
    opened.open(f"/trials?country=FR&v={OLD}")
    opened.keyed("cite").get_by_role("button").click()
    opened.page.get_by_text("Cite this view").wait_for()
    opened.settled()
    shown = opened.page.get_by_test_id("stPopoverBody").inner_text()
    assert f"/trials?country=FR&v={OLD}" in shown
    assert "@misc{atmp-atlas-" in shown
    assert "TY  - DATA" in shown
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Download BibTeX").click()
    assert download.value.suggested_filename == f"atmp-atlas-{OLD}.bib"
    assert f"version = {{{OLD}}}" in Path(download.value.path()).read_text(encoding="utf-8")


def test_an_embedded_view_shows_one_picture_and_its_source(opened: Reader) -> None:
    opened.open(f"/?embed=true&show=map&country=DE&v={OLD}")
    assert opened.painted() > 200
    for hidden in ('[data-testid="stSidebar"]', '[data-testid="stHeader"]', "h1", ".st-key-bar", ".st-key-sites_table"):
        assert opened.page.locator(hidden).filter(visible=True).count() == 0, hidden
    told = opened.keyed("embedded").inner_text()
    assert f"ATMP Atlas · Data {OLD}" in told
    assert opened.sideways_px() == 0
    link = opened.page.get_by_role("link", name="Open the interactive view").get_attribute("href")
    assert link == f"{opened.home}/?country=DE&v={OLD}"


@contextmanager
def another_site(body: str) -> Iterator[int]:
    """Serve one page as another site does, and give its port."""

    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_snippet_works_in_the_page_of_a_site_that_is_allowed_and_in_no_other(
    opened: Reader, browser: Browser
) -> None:
    opened.open("/obstacles")
    opened.keyed("cite").get_by_role("button").click()
    opened.page.get_by_text("Show it in another page").wait_for()
    opened.settled()
    texts = opened.page.locator('[data-testid="stCode"]').all_inner_texts()
    snippet = next(text for text in texts if text.startswith("<iframe"))
    assert f"v={NEW}" in snippet
    with another_site(HOST_PAGE.format(frame=snippet)) as port:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        page.frame_locator("iframe").locator(".st-key-embedded .js-plotly-plot").first.wait_for()
        page.goto(f"http://localhost:{port}/")  # the same page under a name that was not allowed
        page.wait_for_timeout(2000)
        assert page.frame_locator("iframe").locator('[data-testid="stApp"]').count() == 0
        context.close()


def test_an_old_link_is_accessible(opened: Reader) -> None:
    opened.open(f"/?v={OLD}")
    assert [found for found in opened.axe() if "old_release" in found["html"] or "dateline" in found["html"]] == []


def test_feed_readers_find_the_feed(opened: Reader) -> None:
    opened.open("/about")
    feed = opened.page.locator('link[rel="alternate"][type="application/atom+xml"]').get_attribute("href")
    assert opened.page.evaluate("async address => (await fetch(address)).status", feed) == 200
