"""From a file dropped to the site card, its table and the interface, and back again; each step by who may take it."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from mapping.api.routes import routes
from mapping.store.opening import Store
from pages.parts import cached
from tests.app.contributing import Visit, said, store, visit

__all__ = ["store", "visit"]
OLD, NEW = "Example Hospital Berlin", "Example Hospital Renamed"
CARD = {"site": "example-berlin"}


@pytest.fixture
def api(store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes(cached.newest, cached.DATA)))


def served(api: TestClient, visit: Visit) -> set[str]:
    """By which of its two names the site is called: on its card, in the table of the page, and by the interface."""
    card = visit("", CARD, "atlas.py")
    assert not card.exception
    page = visit("", {"table": "sites"})
    rows = page.dataframe[1].value
    in_page = rows.loc[rows["id"] == "example-berlin", "name"].item()
    by_api = api.get("/sites.json", params={"id": "example-berlin"}).text
    return {
        *re.findall(f"{OLD}|{NEW}", "\n".join(element.value for element in card.subheader)),
        *re.findall(f"{OLD}|{NEW}", by_api),
        in_page,
    }


def dropped(app: AppTest, content: str) -> AppTest:
    return app.file_uploader[0].upload("sites.csv", content.encode(), "text/csv").run()


def test_an_upload_is_proposed_reviewed_released_served_everywhere_and_rolled_back(
    store: Store, visit: Visit, api: TestClient
) -> None:
    assert served(api, visit) == {OLD}
    content = (cached.DATA / "sites.csv").read_text(encoding="utf-8").replace(OLD, NEW)
    app = dropped(visit("contributor@example.org", {"part": "check"}), content)
    assert "1 row without a fault is new or changed" in said(app)
    app.text_input(key="upload-_reason").set_value("the hospital says so").run()
    app.button(key="upload_propose_now").click().run()
    assert not app.exception
    assert "Proposed as number 1" in said(app)
    app = visit("reviewer@example.org", {"part": "proposals", "proposal": "1"})
    app.button(key="accept_1").click().run()
    assert served(api, visit) == {OLD}
    app = visit("reviewer-two@example.org", {"part": "release"})
    app.button(key="release_check").click().run()
    app.text_area(key="release-_notes").set_value("A hospital has its new name").run()
    app.checkbox(key="release_sure").check().run()
    app.button(key="release_now").click().run()
    assert not app.exception
    assert served(api, visit) == {NEW}
    assert "A hospital has its new name" in said(visit("", {}))
    app.text_input(key="roll-back-1-_reason").set_value("it was a mistake").run()
    app.button(key="roll_back_now_1").click().run()
    assert not app.exception
    assert served(api, visit) == {OLD}


def test_a_viewer_is_offered_to_check_a_file_and_not_to_propose_it(store: Store, visit: Visit) -> None:
    content = (cached.DATA / "sites.csv").read_text(encoding="utf-8").replace(OLD, NEW)
    app = dropped(visit("viewer@example.org", {"part": "check"}), content)
    assert not app.exception
    assert [each.value for each in app.metric][:2] == ["0", "1"]
    assert "upload_propose_now" not in {button.key for button in app.button}
