"""The instruments themselves: they must see what they are there to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.reader import Reader
from tests.browser.served import Served


@pytest.fixture
def bare(reader_of: Callable[..., Reader], empty_page: Served) -> Reader:
    reader = reader_of(empty_page.url)
    reader.open()
    return reader


def test_an_empty_map_counts_as_blank(bare: Reader) -> None:
    bare.page.wait_for_selector("canvas")
    assert bare.painted() < 60


def test_a_request_that_leaves_the_host_is_stopped_and_noted(bare: Reader) -> None:
    bare.page.evaluate("fetch('https://example.org/tile.png').catch(() => null)")
    assert bare.foreign == ["https://example.org/tile.png"]
    bare.foreign.clear()
    bare.page.wait_for_timeout(100)
    bare.errors.clear()


def test_an_error_in_the_console_is_noted(bare: Reader) -> None:
    bare.page.evaluate("console.error('example')")
    assert [error.split()[0] for error in bare.errors] == ["example"]
    bare.errors.clear()


def test_an_unlabelled_button_is_a_violation(bare: Reader) -> None:
    bare.page.evaluate(
        "document.querySelector('[data-testid=stMainBlockContainer]').append(document.createElement('button'))"
    )
    assert "button-name: stMain > stMainBlockContainer > button" in {violation["name"] for violation in bare.axe()}
