"""The Atlas over the mini data with a store of its own, and people of every role in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapping.store.opening import Store, open_store
from mapping.store.people import Person
from mapping.store.settings import settings_from
from pages.parts import cached, contribute_store
from tests.app.conftest import NAVIGATION, PATIENCE_S, serving
from tests.unit.mini_data import mini_data

ROLES = """
[viewer]
emails = ["viewer@example.org"]
[contributor]
emails = ["contributor@example.org", "contributor-two@example.org"]
[reviewer]
emails = ["reviewer@example.org", "reviewer-two@example.org"]
"""
REVIEWER = Person("reviewer@example.org", "Example Reviewer")
CONTRIBUTOR = Person("contributor@example.org", "Example Contributor")
NOBODY = ""


@contextmanager
def a_store(folder: Path, monkeypatch: pytest.MonkeyPatch, roles: str = ROLES, local_edit: str = "") -> Iterator[Store]:
    """A store with roles over a copy of the mini data, which the pages serve; `local_edit` 1: one person alone."""
    data = mini_data(folder / "data")
    (folder / "store").mkdir()
    if roles:
        (folder / "store" / "roles.toml").write_text(roles, encoding="utf-8")
    monkeypatch.setenv("ATLAS_STORE", str(folder / "store"))
    with serving(data, monkeypatch):
        opened = open_store(settings_from({"ATLAS_STORE": str(folder / "store"), "ATLAS_LOCAL_EDIT": local_edit}), data)
        yield opened
        opened.engine.dispose()
        if cached.live()._store:
            cached.live()._store.engine.dispose()
        contribute_store.close()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with a_store(tmp_path, monkeypatch) as opened:
        yield opened


Visit = Callable[..., AppTest]


@pytest.fixture
def visit() -> Visit:
    """Open the Data page as somebody."""

    def open_as(email: str, query: Mapping[str, str | Sequence[str]], page: str = "data.py") -> AppTest:
        app = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_S)
        claims = {"email": email, "email_verified": True, "name": f"Example {email.partition('@')[0]}"}
        app.user = {"is_logged_in": True, **claims} if email else {"is_logged_in": False}
        if page != "atlas.py":
            app.run().switch_page(page)
        for key, value in query.items():
            app.query_params[key] = value if isinstance(value, str) else list(value)
        return app.run()

    return open_as


def said(app: AppTest) -> str:
    """Everything the page says in words, without the backslashes that keep names from being Markdown."""
    kinds = (app.markdown, app.subheader, app.caption, app.error, app.info, app.success, app.warning, app.title)
    texts = [str(element.value) for kind in kinds for element in kind]
    texts += [element.value.to_csv() for element in app.table]
    return "\n".join(texts).replace("\\", "")


def buttons(app: AppTest) -> set[str]:
    """The keys of all buttons."""
    return {button.key for button in app.button}
