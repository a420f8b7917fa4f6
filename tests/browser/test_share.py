"""The share page in a browser without JavaScript, and the page of an offline pack with the network cable out."""

from __future__ import annotations

import importlib.resources
import io
import urllib.request
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.reader import LAPTOP, PHONE, VIOLATIONS, WCAG_22_AA, Reader
from tests.browser.screen import headline
from tests.browser.served import Served

QUERY = "country=DE&focus=DE&class=GTMP"


def opened(browser: Browser, url: str, size: tuple[int, int] = LAPTOP, theme: str = "light") -> Page:
    """Open an address in a fresh browser that runs no scripts."""
    context = browser.new_context(
        java_script_enabled=False,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": size[0], "height": size[1]},
    )
    page = context.new_page()
    page.goto(url)
    return page


def spaced(text: str) -> str:
    """Return a text with plain spaces, as :func:`headline` gives it."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def violations(page: Page) -> list[object]:
    """Return what axe-core finds against WCAG 2.2 A and AA; evaluated, as the policy refuses a script."""
    page.evaluate(importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    return list(page.evaluate(VIOLATIONS, WCAG_22_AA))


@pytest.fixture(scope="module")
def pack(atlas: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    with urllib.request.urlopen(f"{atlas.url}/api/v1/pack.zip?{QUERY}") as answer:
        zipfile.ZipFile(io.BytesIO(answer.read())).extractall(folder)
    return folder / "index.html"


def test_without_scripts_it_says_what_the_atlas_says(browser: Browser, atlas: Served, reader: Reader) -> None:
    page = opened(browser, f"{atlas.url}/share?{QUERY}")
    reader.open(f"/?{QUERY}")
    assert spaced(page.locator("h1").inner_text()) == headline(reader)
    assert page.locator("figure svg").first.bounding_box()["height"] > 200  # type: ignore[index]
    assert page.locator("table.figures tr").count() >= 4
    assert page.locator("ul.sources a").count() >= 1


def test_the_way_to_the_atlas_opens_that_very_view(browser: Browser, atlas: Served, reader: Reader) -> None:
    page = opened(browser, f"{atlas.url}/share?{QUERY}")
    told = page.locator("h1").inner_text()
    reader.open(str(page.locator("a.open").get_attribute("href")).removeprefix("."))
    assert headline(reader) == spaced(told)


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["/share?country=DE&country=ZZ", "/share?page=obstacles", "/share?page=trials&lang=de"]
)
def test_axe_finds_nothing(browser: Browser, atlas: Served, address: str, theme: str, size: tuple[int, int]) -> None:
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light", viewport={"width": size[0], "height": size[1]}
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(atlas.url + address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert errors == []


def test_it_asks_for_nothing_more(browser: Browser, atlas: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{atlas.url}/share?{QUERY}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.endswith("/favicon.ico")] == [f"{atlas.url}/share?{QUERY}"]


def test_on_paper_the_address_is_printed_and_nothing_is_dark(browser: Browser, atlas: Served) -> None:
    page = opened(browser, f"{atlas.url}/share?{QUERY}", theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    assert picture.resize((1, 1)).getpixel((0, 0)) > 200  # type: ignore[operator]
    assert len(page.pdf(format="A4")) > 10_000


def test_a_pack_opens_from_a_folder_with_the_network_cable_out(browser: Browser, pack: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pack.as_uri())
    assert asked == [pack.as_uri()]
    assert errors == []
    assert page.locator("figure svg").count() >= 1
    names = page.locator("table.sortable tbody th").all_inner_texts()
    page.locator("table.sortable thead button").first.click()
    assert sorted(page.locator("table.sortable tbody th").all_inner_texts()) == sorted(names)
    trials = page.locator("table.sortable thead th").nth(7)
    trials.locator("button").click()
    trials.locator("button").click()
    assert trials.get_attribute("aria-sort") == "descending"
    counts = [int(text or 0) for text in page.locator("table.sortable tbody td:nth-child(8)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert violations(page) == []


def test_a_pack_is_whole_without_scripts(browser: Browser, pack: Path) -> None:
    page = opened(browser, pack.as_uri())
    assert page.locator("table.sortable tbody tr").count() > 5
    assert page.locator("table.sortable button").count() == 0
