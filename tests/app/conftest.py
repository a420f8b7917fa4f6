"""The screens without a browser: Streamlit's AppTest runs the menu and the page the address asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
NAVIGATION = ROOT / "pages" / "navigation.py"
PATIENCE_S = 60.0  # the first run of a process reads every table
Open = Callable[..., AppTest]


def letters(shown: str) -> str:
    """What a reader sees of text that is kept from being Markdown by backslashes."""
    return shown.replace("\\", "")


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
