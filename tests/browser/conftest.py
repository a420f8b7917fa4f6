"""A real server and a real Chromium; a reader who fails the test on whatever leaves the host or errs in the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.reader import LAPTOP, WEBGL, Reader, reading
from tests.browser.served import ROOT, Served, script, serve


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("atlas") / "server.log") as served:
        yield served


@pytest.fixture(scope="session")
def empty_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A Streamlit page that has the widgets of the Atlas and nothing of its own."""
    log = tmp_path_factory.mktemp("baseline") / "server.log"
    with serve(log, script(ROOT / "tests/browser/baseline_app.py")) as served:
        yield served


@pytest.fixture(scope="session")
def running() -> Iterator[Callable[[], Browser]]:
    """Give the Chromium of this run, a new one where the last has died."""
    found = chromium.find()
    assert found, "no Chromium: run `make test`, which sets one up, or set CHROMIUM=/path/to/one"
    with sync_playwright() as playwright:
        launched: list[Browser] = []

        def alive() -> Browser:
            if not launched or not launched[-1].is_connected():
                launched.append(playwright.chromium.launch(executable_path=found, args=list(WEBGL)))
            return launched[-1]

        yield alive
        if launched:
            launched[-1].close()


@pytest.fixture
def browser(running: Callable[[], Browser]) -> Iterator[Browser]:
    """Give the Chromium of this run; what a test opened in it is closed behind the test."""
    browser = running()
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture
def reader_of(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Give fresh readers; at the end none of them may have left the host or erred in the console."""
    with ExitStack() as stack:
        readers: list[Reader] = []

        def fresh(home: str, size: tuple[int, int] = LAPTOP, theme: str = "light") -> Reader:
            readers.append(stack.enter_context(reading(browser, home, size, theme)))
            return readers[-1]

        yield fresh
        assert [url for reader in readers for url in reader.foreign] == [], "a request left the host"
        assert [error for reader in readers for error in reader.errors] == [], "an error in the console"


@pytest.fixture
def reader(reader_of: Callable[..., Reader], atlas: Served) -> Reader:
    return reader_of(atlas.url)
