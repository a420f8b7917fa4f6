"""Processes that serve: they take up a release soon, and go on while the store is away."""

import logging
from pathlib import Path

import pytest

from mapping.store.live import POLL_SECONDS, Live
from mapping.store.opening import Store
from mapping.store.proposing import propose
from mapping.store.reading import changes
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from mapping.store.settings import DATABASE_FILE, StoreSettings
from mapping.tables.loading import Tables
from tests.unit.store.conftest import CONTRIBUTOR, RENAMED, REVIEWER, draft


class Clock:
    """A clock that stands until it is told to go on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def named(tables: Tables) -> tuple[str, str]:
    """Data version and name of one site."""
    return tables.version, str(tables["sites"].set_index("id").at["example-berlin", "name"])


def publish(store: Store) -> None:
    [change] = changes(store, REVIEWER, propose(store, CONTRIBUTOR, draft(RENAMED)))
    decide(store, REVIEWER, [Decision(change.id, "accept", 1)])
    release(store, REVIEWER, "An example release")


def test_a_release_is_served_after_the_next_look_and_made_once(store: Store, settings: StoreSettings) -> None:
    clock, made = Clock(), []
    live = Live(settings, store.data, lambda tables: made.append(named(tables)) or named(tables), clock)
    base = live.now()
    publish(store)
    assert live.now() == base  # not asked again within a second
    clock.now += POLL_SECONDS
    version, name = live.now()
    assert (version, name) == (f"{base[0]}-published.1", "Example Hospital Renamed")
    clock.now += POLL_SECONDS
    assert live.now() is live.now()
    assert len(made) == 2
    live._store.engine.dispose()


def test_who_released_something_sees_it_at_once(lite: Store, tmp_path: Path) -> None:
    live = Live(StoreSettings(tmp_path / "store"), lite.data, named, Clock())
    live.now()
    publish(lite)
    live.look_again()
    assert live.now()[1] == "Example Hospital Renamed"
    live._store.engine.dispose()


def test_without_a_store_none_is_made_and_the_base_is_served(tmp_path: Path, mini_folder: Path) -> None:
    live = Live(StoreSettings(tmp_path / "none"), mini_folder, named)
    assert live.now()[1] == "Example Hospital Berlin"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("served_before", [True, False])
def test_while_the_store_cannot_be_read_what_there_is_is_served_and_says_its_version(
    lite: Store, tmp_path: Path, served_before: bool, caplog: pytest.LogCaptureFixture
) -> None:
    publish(lite)
    lite.engine.dispose()
    clock = Clock()
    live = Live(StoreSettings(tmp_path / "store"), lite.data, named, clock)
    if served_before:
        live.now()
        live._store.engine.dispose()
    database = tmp_path / "store" / DATABASE_FILE
    content = database.read_bytes()
    for aside in (tmp_path / "store").iterdir():
        aside.unlink()
    database.write_bytes(b"this is no database" * 100)
    clock.now += POLL_SECONDS
    with caplog.at_level(logging.WARNING):
        version, name = live.now()
    assert name == ("Example Hospital Renamed" if served_before else "Example Hospital Berlin")
    assert version.endswith("-published.1") == served_before
    assert "released changes are not read" in caplog.text
    assert "@" not in caplog.text
    if live._store:
        live._store.engine.dispose()
    database.write_bytes(content)
    clock.now += POLL_SECONDS
    assert live.now()[1] == "Example Hospital Renamed"
    live._store.engine.dispose()
