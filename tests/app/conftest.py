"""The screens without a browser: Streamlit's AppTest runs the menu and the page the address asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts import cached

ROOT = Path(__file__).parents[2]
NAVIGATION = ROOT / "pages" / "navigation.py"
PATIENCE_S = 60.0  # the first run of a process reads every table
Open = Callable[..., AppTest]


def letters(shown: str) -> str:
    """What a reader sees of text that is kept from being Markdown by backslashes."""
    return shown.replace("\\", "")


@contextmanager
def serving(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the pages serve another data folder, which may have the same version: nothing is kept from one to the next.

    A server has one folder for as long as it runs, so what it keeps is known by version alone.
    """
    with monkeypatch.context() as patched:
        patched.setattr(cached, "DATA", data)
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


@pytest.fixture
def opened() -> Open:
    """Open the Atlas, or a page of it, at an address given as its query."""

    def open_page(query: Mapping[str, str | Sequence[str]] | None = None, page: str | None = None) -> AppTest:
        app = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_S)
        if page:
            app.run().switch_page(page)
        for key, value in (query or {}).items():
            app.query_params[key] = value if isinstance(value, str) else list(value)
        return app.run()

    return open_page
