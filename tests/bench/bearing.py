"""What one process bears: crowds of readers against one server, its processor time and its memory beside them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psutil

from tests.bench.paths import WORK
from tests.browser.served import ROOT, Served, serve_warm

FORGOTTEN_S = 5
"""Seconds a closed tab keeps its session here (60 where the Atlas is served), so that a run need not wait as long."""
THINK_S = 15.0
PATIENCE_S = 120.0
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Borne:
    """What one crowd met, and what it cost."""

    readers: int
    acts: int
    filters: tuple[float, float, float]
    """Seconds from a change of filter to the finished rerun: the median, the 95th and the 99th percentile."""
    opened: tuple[float, float, float]
    """The same from the address to the first finished run."""
    errors: dict[str, int]
    cpu_share: float
    """Processor time of the server over the time the crowd took; 1 is one core."""
    cpu_s_an_act: float
    """Processor time of the server over what the readers did, pages and map rows counted in."""
    mb_a_reader: float
    """Memory more than before, over the readers."""
    mb: float


@dataclass(frozen=True)
class Aftermath:
    """Memory of the server in megabytes when nobody is there: before, and after crowds have come and gone."""

    readers: int
    before: float
    after_half: float
    after: float
    errors: dict[str, int]


class Watched:
    """A server and what it uses."""

    def __init__(self, served: Served) -> None:
        self.url = served.url
        self._process = psutil.Process(served.process.pid)

    @property
    def mb(self) -> float:
        return float(self._process.memory_info().rss) / MEGABYTE

    @property
    def cpu_s(self) -> float:
        used = self._process.cpu_times()
        return float(used.user + used.system)


@contextmanager
def watched(data: Path) -> Iterator[Watched]:
    """Serve the Atlas, ready and warm."""
    own = {
        "ATLAS_DATA": str(data),
        "ATLAS_LOG": "off",
        "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(FORGOTTEN_S),
    }
    with serve_warm(WORK / "bearing.log", own) as served:
        yield Watched(served)


def crowd(url: str, readers: int, seconds: float, think_s: float, arrive_s: float) -> dict[str, dict[str, list[float]]]:
    """Return what a crowd met; it runs in a process of its own, as its readers would."""
    asked = {"readers": readers, "seconds": seconds, "think": think_s, "arrive": arrive_s}
    command = [sys.executable, "-m", "tests.bench.crowd", url]
    command += [part for name, value in asked.items() for part in (f"--{name}", str(value))]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, dict[str, list[float]]] = json.loads(told)
    return found


def borne(server: Watched, readers: int, seconds: float) -> Borne:
    """Let a crowd in, five a second at most, and tell what it met."""
    mb, cpu, begun = server.mb, server.cpu_s, time.perf_counter()
    with _most_memory(server) as most:
        met = crowd(server.url, readers, seconds, THINK_S, max(readers / 5, 1.0))
    took = time.perf_counter() - begun
    errors = {name: int(count) for name, count in met["errors"].items()}  # type: ignore[call-overload]
    acts, used = sum(len(times) for times in met["seconds"].values()), server.cpu_s - cpu
    return Borne(
        readers=readers,
        acts=acts,
        filters=percentiles(met["seconds"].get("filter", [])),
        opened=percentiles(met["seconds"].get("open", [])),
        errors=errors,
        cpu_share=used / took,
        cpu_s_an_act=used / max(acts, 1),
        mb_a_reader=(most[0] - mb) / readers,
        mb=most[0],
    )


@contextmanager
def _most_memory(server: Watched) -> Iterator[list[float]]:
    """Give a list that holds the most memory the server had meanwhile, once it is over."""
    most, over = [server.mb], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], server.mb)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield most
    finally:
        over.set()
        looking.join()


def come_and_gone(server: Watched, readers: int) -> Aftermath:
    """Let readers come and go twice, after some have warmed the server, and tell the memory it keeps."""
    errors: dict[str, int] = {}
    kept = []
    for crowds in (1, readers // 50, readers // 50):
        for _ in range(crowds):
            met = crowd(server.url, 50, 4.0, 2.0, 10.0)
            for name, count in met["errors"].items():
                errors[name] = errors.get(name, 0) + int(count)  # type: ignore[call-overload]
        time.sleep(2 * FORGOTTEN_S + 2)
        kept.append(server.mb)
    return Aftermath(readers, *kept, errors)


def percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    """Return the median, the 95th and the 99th percentile; nothing of nothing."""
    if len(times) < 2:
        return (times[0],) * 3 if times else (0.0,) * 3
    cut = quantiles(times, n=100, method="inclusive")
    return cut[49], cut[94], cut[98]


def crowds(server: Watched, sizes: Sequence[int], seconds: float) -> Iterator[Borne]:
    """Yield what each crowd met; the sessions of one are forgotten before the next comes."""
    for readers in sizes:
        yield borne(server, readers, seconds)
        time.sleep(2 * FORGOTTEN_S)


if __name__ == "__main__":
    with watched(ROOT / "data") as server:
        print(f"warm: {server.mb:.0f} MB", flush=True)
        for each in crowds(server, list(map(int, sys.argv[1:])) or [1, 20, 50, 100, 200], 45.0):
            print(each, flush=True)
        if not sys.argv[1:]:
            print(come_and_gone(server, 500), flush=True)
