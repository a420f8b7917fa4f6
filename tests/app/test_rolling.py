"""nginx, two processes and PostgreSQL: one is killed under load, the other restarted, data released; nothing is lost.

The set-up of deploy/ as plain processes. Readers hold websockets through the proxy, as browsers do: where one breaks,
they open another at the address they hold.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest
from websockets.exceptions import WebSocketException

from mapping.store.audit import broken_links
from mapping.store.opening import Store, open_store
from mapping.store.proposing import propose
from mapping.store.reading import changes
from mapping.store.records import Draft, DraftRow
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from mapping.store.settings import settings_from
from tests.app.deployed import NGINX, PATIENCE_S, ROOT, Proxy, deployed, started, wait_for
from tests.bench.crowd import Met, Reader, TroubleError
from tests.unit.store.conftest import CONTRIBUTOR, REVIEWER, ROLES, Cluster, cluster  # noqa: F401 - a fixture

COUNTRIES = ("DE", "FR", "IT", "ES", "NL", "BE", "PL", "SE")
THINK_S = 0.5
BROKEN = (OSError, TimeoutError, WebSocketException, httpx.HTTPError, TroubleError)


@dataclass
class House:
    """The set-up, and its store."""

    proxy: Proxy
    store: Store
    settings: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.proxy.port}/atlas"

    def held(self) -> list[int]:
        """Return the open pages of each process that answers."""
        found = []
        for port in self.proxy.behind:
            try:
                told = self.proxy.ask("/atlas/api/v1/metrics", port=port)[2].decode()
            except OSError:
                told = "atlas_sessions 0"
            found.append(
                next(int(float(line.split()[1])) for line in told.splitlines() if line.startswith("atlas_sessions "))
            )
        return found

    def start_again(self, place: int) -> None:
        port = self.proxy.behind[place]
        self.proxy.processes[place] = started(self.proxy.log, port, self.settings)
        wait_for(self.proxy, port)


@pytest.fixture
def house(tmp_path: Path, cluster: Cluster) -> Iterator[House]:  # noqa: F811 - the fixture
    if NGINX is None:
        pytest.skip("nginx is not installed here (Debian: apt install nginx)")
    roles = tmp_path / "roles.toml"
    roles.write_text(ROLES, encoding="utf-8")
    database = cluster.new_database(f"rolling_{time.time_ns()}")
    settings = {"DATABASE_URL": database, "ATLAS_ROLES": str(roles)}
    store = open_store(settings_from(settings), ROOT / "data")
    try:
        with deployed(tmp_path, settings) as proxy:
            yield House(proxy, store, settings)
    finally:
        store.engine.dispose()


class Faithful:
    """A reader of one view who comes back to it whenever the connection breaks."""

    def __init__(self, url: str, http: httpx.AsyncClient, country: str, number: int) -> None:
        self.reader = Reader(url, http, Met(), random.Random(number))
        self.country, self.headline = country, ""
        self.acts, self.breaks = 0, 0
        self.lost: list[str] = []

    async def read(self, over: asyncio.Event) -> None:
        """Look at the view again and again; note where it is another than before."""
        await self._until_it_works(lambda: self.reader.open("", f"country={self.country}"), over)
        self.headline = self.reader.headline
        while not over.is_set():
            await asyncio.sleep(THINK_S)
            try:
                await self.reader._run()
            except BROKEN:
                self.breaks += 1
                await self.reader.leave()
                await self._until_it_works(self.reader.connect, over)
            self._compare()
            self.acts += 1
        await self.reader.leave()

    async def _until_it_works(self, connect: Callable[[], Awaitable[None]], over: asyncio.Event) -> None:
        while not over.is_set():
            try:
                await connect()
            except BROKEN:
                await asyncio.sleep(THINK_S)
            else:
                return

    def _compare(self) -> None:
        kept = parse_qs(self.reader.query).get("country") == [self.country]
        if not kept or self.reader.headline != self.headline:
            self.lost.append(f"{self.country}: {self.reader.query}, {self.reader.headline!r} was {self.headline!r}")


async def all_have(readers: list[Faithful], what: Callable[[Faithful], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not all(map(what, readers)):
        assert time.monotonic() < end, [(each.acts, each.breaks) for each in readers]
        await asyncio.sleep(0.1)


async def each_acts_twice_more(readers: list[Faithful]) -> None:
    before = [each.acts for each in readers]
    await all_have(readers, lambda each: each.acts >= before[readers.index(each)] + 2)


def renamed(store: Store) -> str:
    """Release another name for one site, and return the site's id."""
    site = (ROOT / "data" / "sites.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    number = propose(
        store, CONTRIBUTOR, Draft((DraftRow("sites", site, "change", {"name": "Example Renamed"}),), "an example")
    )
    decide(store, REVIEWER, [Decision(each.id, "accept", each.version) for each in changes(store, REVIEWER, number)])
    release(store, REVIEWER, "An example release")
    return site


async def through_it_all(house: House, readers: list[Faithful], over: asyncio.Event) -> None:
    """Kill one process under load, restart the other, release: what a bad day and a good one bring."""
    await all_have(readers, lambda each: each.acts >= 2)
    busy = house.held().index(max(house.held()))
    assert house.held()[busy] == len(readers)  # one address, so one process

    house.proxy.processes[busy].kill()
    house.proxy.processes[busy].wait(PATIENCE_S)
    await all_have(readers, lambda each: each.breaks >= 1)
    await each_acts_twice_more(readers)
    assert house.held()[1 - busy] == len(readers)

    await asyncio.to_thread(house.start_again, busy)
    house.proxy.processes[1 - busy].terminate()  # as a restart does: it lets go of what it serves
    await asyncio.to_thread(house.proxy.processes[1 - busy].wait, PATIENCE_S)
    await each_acts_twice_more(readers)
    await asyncio.to_thread(house.start_again, 1 - busy)

    site = await asyncio.to_thread(renamed, house.store)
    await asyncio.to_thread(all_serve, house, site)
    await each_acts_twice_more(readers)
    over.set()


def all_serve(house: House, site: str) -> None:
    """Wait until both processes and the proxy serve the release."""
    end = time.monotonic() + PATIENCE_S
    for port in (*house.proxy.behind, house.proxy.port):
        while "-published.1" not in json.loads(house.proxy.ask("/atlas/api/v1/health", port=port)[2])["version"]:
            assert time.monotonic() < end
            time.sleep(0.2)
        version = json.loads(house.proxy.ask("/atlas/api/v1/health", port=port)[2])["version"]
        rows = json.loads(house.proxy.ask(f"/atlas/api/v1/sites.json?id={site}&v={version}", port=port)[2])
        assert [row["name"] for row in rows] == ["Example Renamed"]


async def load(house: House) -> list[Faithful]:
    over = asyncio.Event()
    async with httpx.AsyncClient(timeout=PATIENCE_S) as http:
        readers = [Faithful(house.url, http, country, number) for number, country in enumerate(COUNTRIES)]
        reading = [asyncio.create_task(each.read(over)) for each in readers]
        try:
            await through_it_all(house, readers, over)
        finally:
            over.set()
            await asyncio.gather(*reading)
    return readers


def test_readers_keep_their_view_and_nothing_is_lost_whatever_happens_to_a_process(house: House) -> None:
    readers = asyncio.run(load(house))
    assert [told for each in readers for told in each.lost] == []
    assert all(each.headline for each in readers)
    assert not broken_links(house.store)
    for port in house.proxy.behind:
        assert "Traceback" not in (house.proxy.log / f"{port}.log").read_text(encoding="utf-8")
