"""`make bench`: measures the Atlas against the usual ways, side by side in one run, and writes docs/performance.md.

``python -m tests.bench load rerun`` measures these parts only and prints them; the report is left as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.bench import access, crowd_lines, exporting, loading, redrawing, report, rerunning, starting, synthetic
from tests.bench.paths import REPORT, WORK
from tests.bench.redrawing import FOLIUM, MARKS, OURS, PLOTLY, PYDECK, Candidate
from tests.bench.report import Line
from tests.browser import chromium
from tests.browser.reader import WEBGL
from tests.browser.served import ROOT

QUICK = bool(os.environ.get("BENCH_QUICK"))
SIZES = (1_000, 10_000, 100_000)
LARGEST = 1_000_000  # ours alone: the others cannot send as much
CHANGES = 2 if QUICK else 5
TIMES = {"start": 2, "load": 3, "rerun": 15} if QUICK else {"start": 5, "load": 7, "rerun": 40}
MAP_BYTES, PAGE_BYTES = 5 * 1024, 60 * 1024
REDRAW_SHARE, LOAD_SHARE, RERUN_EXTRA_S, START_SHARE = 0.1, 1.25, 0.040, 1.5
COVERED = "the marks cover each other: one country more changes little in sight"
OTHERS = (PYDECK, FOLIUM, PLOTLY)
Middles = Mapping[str, float]


def told(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start_lines() -> list[Line]:
    told("start ...")
    ours, hello = map(median, starting.starts(TIMES["start"], ROOT / "data"))
    met = ours <= START_SHARE * hello
    return [Line("start: command to healthy", ours, hello, "streamlit hello", f"<= {START_SHARE}", met)]


def rerun_lines() -> list[Line]:
    told("server time ...")
    ours, empty = map(median, rerunning.reruns(ROOT / "data", TIMES["rerun"]))
    met = ours - empty <= RERUN_EXTRA_S
    note = f"{(ours - empty) * 1000:+.0f} ms"
    return [Line("server time of a rerun", ours, empty, "two empty charts", "<= 40 ms more", met, note=note)]


def access_lines() -> list[Line]:
    told("access ...")
    speed = access.measured()
    what = f"nearest of {access.SITES:,} sites for {access.PLACES:,} places"
    reach, met = f"< {access.BUDGET_MS:.0f} ms, <= {1 / access.TIMES_FASTER}", speed.is_reached
    return [Line(what, speed.ours_ms / 1000, speed.brute_force_ms / 1000, "brute force with pandas", reach, met)]


def export_lines() -> list[Line]:
    told("exports ...")
    speed = exporting.measured(ROOT / "data")
    lines = [
        alone(f"{exporting.SLIDES} slides of a story as PPTX", speed.slides, exporting.SLIDES_S),
        alone("brief as PDF, views of every page", speed.brief, exporting.BRIEF_S),
    ]
    for one in speed.shares:
        note = f"first request of a new view: {one.new * 1000:.0f} ms"
        lines.append(alone(f"share page, warm: {one.page or 'atlas'}", one.warm, exporting.SHARE_S, note))
    return lines


def alone(what: str, seconds: float, limit: float, note: str = "") -> Line:
    """A line that is compared with the number to reach only."""
    return Line(what, seconds, None, "-", f"< {limit * 1000:.0f} ms", seconds < limit, note=note)


def load_lines(browser: Browser) -> list[Line]:
    told("first load ...")
    ours, empty = map(median, loading.loads(browser, ROOT / "data", TIMES["load"]))
    met = ours <= LOAD_SHARE * empty
    return [Line("first load to painted map", ours, empty, "two empty charts", f"<= {LOAD_SHARE}", met)]


def measured(browser: Browser, candidate: Candidate, sites: int) -> Middles | str:
    """Medians of some changes of filter; where a candidate gives up, the reason."""
    told(f"{candidate.name}, {sites:,} sites ...")
    folder = synthetic.write(sites, WORK / f"data-{sites}")
    try:
        found = redrawing.changes(browser, candidate, folder, CHANGES)
    except (RuntimeError, TimeoutError, LookupError, PlaywrightError) as reason:
        why = str(reason).splitlines()[0]
        told(f"  not measured: {why}")
        return why
    middle = redrawing.middle(found)
    told("  " + ", ".join(f"{name} {value:,.2f}" for name, value in middle.items()))
    return middle


def redraw_lines(browser: Browser) -> list[Line]:
    """Redrawing and bytes at every size; each size measured for all candidates before the next."""
    found: dict[tuple[str, int], Middles | str] = {}
    for sites in SIZES:
        for candidate in (OURS, MARKS, *OTHERS):
            found[candidate.name, sites] = measured(browser, candidate, sites)
    for candidate in (OURS, MARKS):
        found[candidate.name, LARGEST] = measured(browser, candidate, LARGEST)
    return [*byte_lines(found), *time_lines(found)]


def byte_lines(found: Mapping[tuple[str, int], Middles | str]) -> list[Line]:
    lines = []
    for (name, sites), ours in found.items():
        if isinstance(ours, str) or name not in {OURS.name, MARKS.name}:
            continue
        other = found.get((PYDECK.name, sites))
        size, over_http = f"{sites:,} sites, {name}", f"and {report.quantity(ours['http'], 'bytes')} over HTTP"
        for part, key, limit, reach in (
            ("map", "map", MAP_BYTES, "<= 5 KB"),
            ("page", "socket", PAGE_BYTES, "<= 60 KB"),
        ):
            against = None if other is None or isinstance(other, str) else other[key]
            met = ours[key] <= limit
            note = over_http if part == "map" else ""
            what = f"websocket, {part}: {size}"
            lines.append(Line(what, ours[key], against, PYDECK.name, reach, met, "bytes", note))
    return lines


def time_lines(found: Mapping[tuple[str, int], Middles | str]) -> list[Line]:
    """A line for each candidate that ours is compared with, also for one that gave up."""
    lines = []
    for (name, sites), ours in found.items():
        if isinstance(ours, str) or name not in {OURS.name, MARKS.name}:
            continue
        if sites == LARGEST:
            note = COVERED if name == MARKS.name else ""
            lines.append(Line(f"redrawn: {sites:,} sites, {name}", ours["seconds"], None, "-", "-", None, note=note))
            continue
        lines += [time_line(name, sites, ours, other.name, found[other.name, sites]) for other in OTHERS]
    return lines


def time_line(name: str, sites: int, ours: Middles, other: str, theirs: Middles | str) -> Line:
    what, judged = f"redrawn: {sites:,} sites, {name}", sites == 100_000
    reach = f"<= {REDRAW_SHARE}" if judged else "-"
    if isinstance(theirs, str):
        return Line(what, ours["seconds"], None, other, reach, None, note=f"not measured: {theirs}")
    met = ours["seconds"] <= REDRAW_SHARE * theirs["seconds"] if judged else None
    return Line(what, ours["seconds"], theirs["seconds"], other, reach, met)


ALONE: Mapping[str, Callable[[], list[Line]]] = {
    "start": start_lines,
    "rerun": rerun_lines,
    "access": access_lines,
    "export": export_lines,
    "crowd": lambda: crowd_lines.all_lines(ROOT / "data", QUICK, told),
}
IN_THE_BROWSER: Mapping[str, Callable[[Browser], list[Line]]] = {"load": load_lines, "redraw": redraw_lines}


def main(asked: Sequence[str]) -> int:
    parts = asked or (*ALONE, *IN_THE_BROWSER)
    if unknown := set(parts) - {*ALONE, *IN_THE_BROWSER}:
        told(f"No part {', '.join(sorted(unknown))}; there are {', '.join((*ALONE, *IN_THE_BROWSER))}.")
        return 2
    if not IN_THE_BROWSER.keys().isdisjoint(parts) and not chromium.find():
        told("No Chromium; run `python tests/browser/chromium.py --install`.")
        return 1
    lines = [line for part, step in ALONE.items() if part in parts for line in step()]
    drawn = [step for part, step in IN_THE_BROWSER.items() if part in parts]
    version = ""
    if drawn:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(WEBGL))
            lines += [line for step in drawn for line in step(browser)]
            version = browser.version
            browser.close()
    report.print_table(lines)
    if not asked:
        report.write(lines, version, QUICK)
        told(f"written to {REPORT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
