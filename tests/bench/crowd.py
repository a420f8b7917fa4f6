"""Readers without browsers: each opens a page, holds its websocket, changes filters, opens cards and changes pages.

They speak Streamlit's protocol over raw websockets and fetch over HTTP what a browser would fetch: the page, and each
address that its map names, once. `python -m tests.bench.crowd URL --readers 100` prints what they met as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

PATIENCE_S = 120.0
COUNTRIES = ("Germany", "France", "Italy", "Spain", "Belgium", "Austria", "Poland", "Sweden", "Netherlands")
PAGES = ("", "obstacles", "solutions", "access", "countries", "trials", "partners", "data", "about")
ACTS, WEIGHTS = ("filter", "card", "page"), (6, 2, 2)
FETCHED = re.compile(r'"(api/v1/[^"]+)"')
FINISHED_WELL = ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass
class Met:
    """What a crowd met: seconds by act, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def took(self, act: str, seconds: float) -> None:
        self.seconds.setdefault(act, []).append(seconds)

    @property
    def acts(self) -> int:
        return sum(map(len, self.seconds.values()))


class TroubleError(Exception):
    """A reader was shown a fault, or nothing at all."""


class Reader:
    """One reader of a page at an address."""

    def __init__(self, url: str, http: httpx.AsyncClient, met: Met, chance: random.Random) -> None:
        self.url, self.page, self.query = url, "", ""
        self.sites: Sequence[str] = ()
        self.headline = ""
        """Of the page as it was drawn last."""
        self._http, self._met, self._chance = http, met, chance
        self._socket: ClientConnection | None = None
        self._widgets: dict[str, str] = {}
        self._options: dict[str, list[str]] = {}
        self._pages: dict[str, str] = {}
        self._wanted: set[str] = set()
        self._held: set[str] = set()

    async def open(self, page: str = "", query: str = "") -> None:
        """Fetch a page, open its session, and run it once."""
        self.page, self.query = page, query
        begun = time.perf_counter()
        await self._fetch(f"/{page}?{query}" if query else f"/{page}")
        await self.connect()
        self._met.took("open", time.perf_counter() - begun)

    async def connect(self) -> None:
        """Open a session at the address held, as a browser does whose connection broke."""
        self._socket = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            open_timeout=PATIENCE_S,
            close_timeout=1,
        )
        await self._run()

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def act(self) -> None:
        """Do one thing that readers do."""
        what = self._chance.choices(ACTS, WEIGHTS)[0]
        if what == "card" and not (self.page == "" and self.sites):
            what = "filter"
        if what == "filter" and not self._options.get("country"):
            what = "page"
        begun = time.perf_counter()
        await {"filter": self.change_filter, "card": self.open_card, "page": self.change_page}[what]()
        self._met.took(what, time.perf_counter() - begun)

    async def change_filter(self) -> None:
        """Choose a country or two, others than now."""
        now = set(parse_qs(self.query).get("country", ()))
        known = [option for option in self._options["country"] if option.startswith(COUNTRIES)]
        for _ in range(5):
            await self._run({"country": self._chance.sample(known, min(len(known), self._chance.randint(1, 2)))})
            if set(parse_qs(self.query).get("country", ())) != now:
                return

    async def open_card(self) -> None:
        """Ask for another site's card, as its link does."""
        kept = [(key, value) for key, value in parse_pairs(self.query) if key != "site"]
        self.query = urlencode([*kept, ("site", self._chance.choice(self.sites))])
        await self._run()

    async def change_page(self) -> None:
        """Take another page from the menu, which leaves the address bare."""
        self.page = self._chance.choice([page for page in PAGES if page != self.page and page in self._pages])
        self.query, self._widgets, self._options = "", {}, {}
        await self._run()

    async def _run(self, values: dict[str, list[str]] | None = None) -> None:
        """Send one change, and wait for the word that the script has finished."""
        if self._socket is None:
            raise TroubleError("not connected")
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name = self.query, self.page
        asked.page_script_hash = self._pages.get(self.page, "")  # known from the first run on, as in a browser
        for key, chosen in (values or {}).items():
            asked.widget_states.widgets.add(id=self._widgets[key]).string_array_value.data.extend(chosen)
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), PATIENCE_S)
            answer = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = answer.WhichOneof("type")
            if kind == "script_finished":
                if answer.script_finished == FINISHED_WELL:
                    break  # another word ends a run that was cut short by its own callback
            elif kind is not None:
                self._learn(kind, answer)
        for address in sorted(self._wanted - self._held):
            await self._fetch(f"/{address}")
        self._held |= self._wanted

    def _learn(self, kind: str, message: ForwardMsg) -> None:
        """Keep what the page told: its menu, its address, its widgets, and what its map fetches."""
        if kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._learn_element(message)

    def _learn_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = str(element.WhichOneof("type"))
        if kind == "exception":
            raise TroubleError(f"{self.page or 'atlas'} shows {element.exception.type}")
        widget = getattr(element, kind)
        identity = getattr(widget, "id", "")
        if identity.startswith("$$ID-"):  # $$ID-<hash>-<key>
            key = identity.split("-", 2)[2]
            self._widgets[key] = identity
            self._options[key] = [option for option in getattr(widget, "options", []) if isinstance(option, str)]
        if kind == "heading" and element.heading.tag == "h1":
            self.headline = element.heading.body
        if kind == "deck_gl_json_chart":
            self._wanted = set(FETCHED.findall(element.deck_gl_json_chart.json))

    async def _fetch(self, target: str) -> None:
        answer = await self._http.get(self.url + target)
        if answer.status_code != 200:
            raise TroubleError(f"HTTP {answer.status_code}")


def parse_pairs(query: str) -> list[tuple[str, str]]:
    return [(key, value) for key, values in parse_qs(query).items() for value in values]


async def visit(reader: Reader, met: Met, think_s: float, until: float, chance: random.Random) -> None:
    """Open a page at random, act every so often until the time is up, and leave; count what goes wrong."""
    try:
        await reader.open(chance.choice(PAGES))
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * think_s)
            await reader.act()
    except TroubleError as trouble:
        met.errors[str(trouble)] += 1
    except (OSError, TimeoutError, WebSocketException, httpx.HTTPError) as error:
        met.errors[type(error).__name__] += 1
    finally:
        await reader.leave()


async def crowd(
    url: str, readers: int, seconds: float, think_s: float, arrive_s: float, hold: asyncio.Event | None = None
) -> Met:
    """Let readers arrive one after the other, and act until the time is up; with the same chance every time.

    Parameters
    ----------
    url : str
        Where the Atlas is.
    readers : int
        How many come.
    seconds : float
        How long after the last has come they stay.
    think_s : float
        Seconds between two acts of one reader, half to one and a half times.
    arrive_s : float
        Seconds over which they arrive.
    hold : asyncio.Event, optional
        Set once all have arrived.
    """
    met, until = Met(), time.monotonic() + arrive_s + seconds
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(timeout=PATIENCE_S, limits=limits) as http:
        sites = [row["id"] for row in (await http.get(f"{url}/api/v1/sites.json?limit=200")).json()]
        visits = []
        for number in range(readers):
            chance = random.Random(number)
            reader = Reader(url, http, met, chance)
            reader.sites = sites
            visits.append(asyncio.create_task(visit(reader, met, think_s, until, chance)))
            await asyncio.sleep(arrive_s / readers)
        if hold is not None:
            hold.set()
        await asyncio.gather(*visits)
    return met


def main(arguments: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("url")
    for name, otherwise in (("readers", 20.0), ("seconds", 20.0), ("think", 15.0), ("arrive", 10.0)):
        asked.add_argument(f"--{name}", type=float, default=otherwise)
    told = asked.parse_args(arguments)
    met = asyncio.run(crowd(told.url, int(told.readers), told.seconds, told.think, told.arrive))
    print(json.dumps({"seconds": met.seconds, "errors": met.errors}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
