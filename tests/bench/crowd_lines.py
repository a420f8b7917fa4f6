"""What one process bears, as lines of the report: pages cold and warm, the HTTP side, crowds of readers, memory."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import httpx

from tests.bench import answering, bearing, growing
from tests.bench.bearing import Aftermath, Borne, Watched
from tests.bench.crowd import PAGES, Met, Reader
from tests.bench.growing import Grown
from tests.bench.report import Line

READERS, QUICK_READERS = (1, 20, 50, 100, 200), (1, 20, 100)
CROWD_S, QUICK_CROWD_S = 60.0, 30.0
GONE, QUICK_GONE = 500, 100
STORM_S, QUICK_STORM_S = 10, 3
TIMES = 50
BARE_S, FILTERED_S, FIRST_SHARE = 0.005, 0.025, 2.0
JUDGED, P95_S, MB_A_READER = 100, 1.0, 3.0
LEVEL_MB = 30.0
"""Memory may rise by so much from the first crowds to the second; what leaks, rises with each reader."""
Tell = Callable[[str], None]


def all_lines(data: Path, quick: bool, tell: Tell) -> list[Line]:
    """Return every line, from one server after the other so that none meets what another has warmed."""
    tell("first and later runs of each page ...")
    with bearing.watched(data) as server:
        lines = page_lines(server)
        tell("answers over HTTP ...")
        lines += http_lines(server, QUICK_STORM_S if quick else STORM_S, tell)
    with bearing.watched(data) as server:
        sizes = QUICK_READERS if quick else READERS
        for each in bearing.crowds(server, sizes, QUICK_CROWD_S if quick else CROWD_S):
            tell(f"  {each}")
            lines += crowd_lines(each)
    with bearing.watched(data) as server:
        tell("readers come and go ...")
        lines.append(memory_line(bearing.come_and_gone(server, QUICK_GONE if quick else GONE)))
    for sites in growing.QUICK_SIZES if quick else growing.SIZES:
        tell(f"{sites:,} sites ...")
        lines.append(growth_line(growing.grown(sites)))
    return lines


def growth_line(found: Grown) -> Line:
    note = f"{found.rerun_cpu_s * 1000:.0f} ms of a core; {found.mb:.0f} MB; ready after {found.ready_s:.0f} s"
    return Line(f"filter to finished rerun, {found.sites:,} sites", found.rerun_s, None, "-", "-", None, note=note)


def page_lines(server: Watched) -> list[Line]:
    """The first run of each page after the start against the median of five later ones, each in a new session."""
    found = []
    for page in PAGES:
        first, *later = asyncio.run(_opened(server.url, page, 6))
        usual = median(later)
        met, name = first <= FIRST_SHARE * usual, page or "atlas"
        found.append(Line(f"first run after start: {name}", first, usual, "a later run", f"<= {FIRST_SHARE:.0f}", met))
    return found


async def _opened(url: str, page: str, times: int) -> list[float]:
    """Seconds to fetch and run a page, with what its map fetches."""
    found = []
    async with httpx.AsyncClient(timeout=bearing.PATIENCE_S) as http:
        for number in range(times):
            reader = Reader(url, http, Met(), random.Random(number))
            begun = time.perf_counter()
            await reader.open(page)
            found.append(time.perf_counter() - begun)
            await reader.leave()
    return found


def http_lines(server: Watched, seconds: int, tell: Tell) -> list[Line]:
    there = urlsplit(server.url)
    told = answering.answers(there.hostname or "", there.port or 80, TIMES)
    lines = [
        _limited("API: a whole table as JSON", told.bare, BARE_S),
        _limited("API: a table, rows of one country", told.filtered, FILTERED_S),
        _limited("API: a table the asker has (304)", told.unchanged, BARE_S),
    ]
    storms = answering.storms(answering.hot_map(server.url), seconds)
    if not storms:
        tell("  wrk is not installed (Debian: apt install wrk): the hot map file is not measured")
    for each in storms:
        note = f"{each.per_second:,.0f} a second, p99 {each.p99 * 1000:.0f} ms, {each.errors} errors"
        what = f"hot map file, {each.connections} connections (wrk)"
        lines.append(Line(what, each.p50, None, "-", "-", None, note=note))
    return lines


def _limited(what: str, seconds: float, limit: float) -> Line:
    return Line(what, seconds, None, "-", f"< {limit * 1000:.0f} ms", seconds < limit, unit="short")


def crowd_lines(met: Borne) -> list[Line]:
    """Two lines of one crowd: times, and memory."""
    p50, p95, p99 = met.filters
    errors = sum(met.errors.values())
    is_judged = met.readers == JUDGED
    note = (
        f"p50 {p50 * 1000:.0f}, p99 {p99 * 1000:.0f} ms; opened p95 {met.opened[1] * 1000:.0f} ms; {errors} errors in "
        f"{met.acts} acts; {met.cpu_share:.0%} of a core, {met.cpu_s_an_act * 1000:.0f} ms of it an act"
    )
    reach = f"< {P95_S * 1000:.0f} ms, no error" if is_judged else "-"
    times = Line(
        f"{met.readers} readers: filter to finished rerun, p95",
        p95,
        None,
        "-",
        reach,
        p95 < P95_S and not errors if is_judged else None,
        note=note,
    )
    if not is_judged:
        return [times]
    return [times, Line(
        f"{met.readers} readers: memory a reader", met.mb_a_reader, None, "-", f"< {MB_A_READER:.0f} MB",
        met.mb_a_reader < MB_A_READER, unit="MB", note=f"{met.mb:.0f} MB in all",
    )]  # fmt: skip


def memory_line(kept: Aftermath) -> Line:
    """Memory after so many readers have come and gone, and after as many again."""
    met = kept.after - kept.after_half < LEVEL_MB and not kept.errors
    note = f"{kept.before:.0f} MB after the first 50; {sum(kept.errors.values())} errors"
    what = f"memory, {2 * kept.readers} readers come and gone"
    return Line(what, kept.after, kept.after_half, f"{kept.readers} gone", f"< {LEVEL_MB:.0f} MB more", met, "MB", note)
