"""What was released is on the pages without a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mapping.store.opening import Store
from mapping.store.people import Person
from mapping.store.proposing import propose
from mapping.store.reading import changes
from mapping.store.records import Draft, DraftRow
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from pages.parts import cached
from tests.app.conftest import Open
from tests.app.contributing import a_store

LOCAL = Person("local", is_local=True)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with a_store(tmp_path, monkeypatch, roles="", local_edit="1") as opened:
        yield opened


def test_a_released_name_is_on_the_card_of_the_site_and_its_version_in_the_page(store: Store, opened: Open) -> None:
    def said(app) -> str:
        kinds = (app.markdown, app.header, app.subheader, app.title, app.caption, app.text)
        return " ".join(str(element.value) for kind in kinds for element in kind)

    before = opened({"site": "example-berlin"})
    assert "Example Hospital Berlin" in said(before)
    assert "Example Hospital Renamed" not in said(before)
    row = DraftRow("sites", "example-berlin", "change", {"name": "Example Hospital Renamed"})
    [change] = changes(store, LOCAL, propose(store, LOCAL, Draft((row,), "an example reason")))
    decide(store, LOCAL, [Decision(change.id, "accept", 1)])
    release(store, LOCAL, "An example release")
    cached.live().look_again()
    after = before.run()
    assert not after.exception
    assert "Example Hospital Renamed" in said(after)
    assert "-published.1" in said(after)
