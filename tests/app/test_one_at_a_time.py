"""Pages are drawn one at a time, and nobody waits for a page that takes long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Thread

import pytest
import streamlit as st

from mapping.waiting_line import Turn
from pages.parts import lines
from tests.app.conftest import Open

SOON_S = 30.0


@pytest.fixture
def drawing() -> Iterator[Turn]:
    """Stand for a page that is being drawn, until the test lets it go."""
    turn = lines.reruns().join(patient=True)
    yield turn
    turn.leave()


def test_a_page_waits_for_the_one_that_is_being_drawn(
    opened: Open, drawing: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines.reruns(), "longest_s", SOON_S)
    reader = Thread(target=opened, daemon=True)
    reader.start()
    end = time.monotonic() + SOON_S
    while not lines.reruns().waiting:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert reader.is_alive()
    drawing.leave()
    reader.join(SOON_S)
    assert not reader.is_alive()


@pytest.mark.usefixtures("drawing")
def test_a_page_that_takes_long_keeps_no_other_waiting(opened: Open) -> None:
    assert opened(page="about.py").title[0].value


def test_a_page_that_ends_early_or_fails_lets_the_next_one_come(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    for ended in (st.stop, fail):
        with monkeypatch.context() as patched:
            patched.setattr("pages.parts.cached.atlas", ended)
            opened()
        assert (lines.reruns().working, lines.reruns().waiting) == (0, 0)
