"""Two servers over one store: both serve what was released, within five seconds and without a restart."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapping.store.opening import open_store
from mapping.store.people import Person
from mapping.store.proposing import propose
from mapping.store.reading import changes
from mapping.store.records import Draft, DraftRow
from mapping.store.releasing import release, roll_back
from mapping.store.reviewing import Decision, decide
from mapping.store.settings import settings_from
from tests.unit.mini_data import mini_data

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
PROMISED_S = 5.0
LOCAL = Person("local", is_local=True)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("released")
    data = mini_data(folder / "data")
    ours = {"ATLAS_DATA": str(data), "ATLAS_STORE": str(folder / "store"), "ATLAS_LOCAL_EDIT": "1"}
    return {**os.environ, **ours}


@pytest.fixture(scope="module")
def ports(environment: dict[str, str]) -> Iterator[tuple[int, ...]]:
    """Ports of two servers over the same data and the same store, which nobody has made yet."""
    found = (free_port(), free_port())
    processes = [
        subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env={**environment, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for port in found
    ]
    try:
        for port in found:
            until(lambda port=port: name_at(port) != "", PATIENCE_S)
        yield found
    finally:
        for process in processes:
            process.terminate()
            process.wait(PATIENCE_S)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def name_at(port: int) -> str:
    """What a server says the example site is called; nothing while it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/api/v1/sites.json?id=example-berlin")
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            return ""
        told = json.loads(content)
        rows = told if isinstance(told, list) else next(value for value in told.values() if isinstance(value, list))
        return str(rows[0]["name"])
    except OSError:
        return ""
    finally:
        connection.close()


def until(holds, patience_s: float) -> float:
    """Seconds until something holds."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < patience_s
        time.sleep(0.1)
    return time.monotonic() - start


def test_a_release_reaches_every_server_within_five_seconds_and_a_roll_back_too(
    environment: dict[str, str], ports: tuple[int, ...]
) -> None:
    assert [name_at(port) for port in ports] == ["Example Hospital Berlin"] * 2
    store = open_store(settings_from(environment), Path(environment["ATLAS_DATA"]))
    row = DraftRow("sites", "example-berlin", "change", {"name": "Example Hospital Renamed"})
    [change] = changes(store, LOCAL, propose(store, LOCAL, Draft((row,), "an example reason")))
    decide(store, LOCAL, [Decision(change.id, "accept", 1)])
    release(store, LOCAL, "An example release")
    until(lambda: {name_at(port) for port in ports} == {"Example Hospital Renamed"}, PROMISED_S)
    roll_back(store, LOCAL, 1, "a slip")
    until(lambda: {name_at(port) for port in ports} == {"Example Hospital Berlin"}, PROMISED_S)
    store.engine.dispose()
