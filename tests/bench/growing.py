"""What more sites cost one process: time to ready, memory, and processor time of a rerun, on invented data."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from dataclasses import dataclass
from statistics import median

import httpx

from tests.bench import bearing, synthetic
from tests.bench.bearing import Watched
from tests.bench.crowd import Met, Reader
from tests.bench.paths import WORK

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000, 1_000_000), (1_000, 100_000)
CHANGES = 10


@dataclass(frozen=True)
class Grown:
    """One process over so many sites."""

    sites: int
    ready_s: float
    """From the command until every page was drawn once."""
    mb: float
    rerun_s: float
    """Seconds from a change of country on the Atlas to the finished rerun; the median."""
    rerun_cpu_s: float
    """Processor time of the server for one of them."""


def grown(sites: int) -> Grown:
    """Serve so many invented sites and change the filter of the Atlas."""
    folder = synthetic.write(sites, WORK / f"data-{sites}")
    begun = time.perf_counter()
    with bearing.watched(folder) as server:
        ready = time.perf_counter() - begun
        times, used = asyncio.run(_changes(server))
        return Grown(sites, ready, server.mb, median(times), used / len(times))


async def _changes(server: Watched) -> tuple[list[float], float]:
    async with httpx.AsyncClient(timeout=bearing.PATIENCE_S) as http:
        reader = Reader(server.url, http, Met(), random.Random(1))
        await reader.open()
        times, before = [], server.cpu_s
        for _ in range(CHANGES):
            begun = time.perf_counter()
            await reader.change_filter()
            times.append(time.perf_counter() - begun)
        used = server.cpu_s - before
        await reader.leave()
    return times, used


if __name__ == "__main__":
    for size in list(map(int, sys.argv[1:])) or SIZES:
        print(grown(size), flush=True)
