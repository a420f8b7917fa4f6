"""Prints what was measured side by side, and writes it down with the machine and the day."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.paths import REPORT

PACKAGES = ("streamlit", "pydeck", "plotly", "streamlit-folium", "pandas")
INTRODUCTION = """# Performance

Made by `make bench`; do not edit. Every line was measured in this one run, candidates by turns, on one machine.

- **Redrawn** is the time from the key press that takes a country into the filter until the map no longer changes and
  the script has stopped. The clock is the browser's own film of its frames, the same for every candidate; the browser
  draws in software, so a machine with a graphics card is faster. Five countries are added one after the other; the
  median is shown.
- **First load** is the time from the address, in a fresh browser context on a warm server, until the map no longer
  changes and the script has stopped.
- **Server time** is the time from sending a change over a raw websocket until the script has finished; no browser.
  Where plain Streamlit's answers wait for TCP to confirm the one before, 40 ms are in the time of the empty page; the
  Atlas sends at once (`mapping/api/sockets.py`).
- **Slides**, the **brief** and **share pages** are made in one process from the real data, the views counted in. Warm
  is a view that was asked for before; the first request of a view nobody asked for stands in the note.
- **Readers** (`tests/bench/crowd.py`) speak Streamlit's protocol over raw websockets: they open a page, fetch what its
  map fetches, and every 7 to 22 seconds change a filter (six times in ten), open a card or change the page (two each).
  They come five a second from a process of their own on the same two cores, so they take processor time from the
  server; the server has one process. Memory a reader is the most the server had, less what it had before they came.
  Where a tab that closed is kept 60 seconds, it is kept 5 here. Other work on the machine lengthens the times; the
  processor time an act stands beside them for that reason.
- The **hot map file** is asked for by `wrk` with one thread, compressed, on the same machine.
- The Atlas and the references draw the same invented sites (`tests/bench/synthetic.py`). The references show one mark a
  site and carry only the columns they need; `tests/bench/references/` holds them. plotly gets an empty base style and
  folium no tiles, so that no candidate waits for a network.
"""


@dataclass(frozen=True)
class Line:
    """One measured comparison."""

    what: str
    ours: float
    other: float | None
    """The same measure of what it is compared with; None where the number to reach stands alone."""
    against: str
    reach: str
    met: bool | None
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> str:
        return f"{self.ours / self.other:.2f}" if self.other else "-"

    def cells(self) -> tuple[str, ...]:
        told = {True: "yes", False: "no", None: "-"}[self.met]
        other = "-" if self.other is None else quantity(self.other, self.unit)
        return self.what, quantity(self.ours, self.unit), other, self.against, self.ratio, self.reach, told, self.note


HEADS = ("what", "Atlas", "other", "against", "ratio", "to reach", "met", "note")


def quantity(value: float, unit: str) -> str:
    if unit == "bytes":
        return f"{value / 1024:.1f} KB" if value < 1024**2 else f"{value / 1024**2:.1f} MB"
    if unit == "short":  # seconds that are mostly less than ten milliseconds
        return f"{value * 1000:.1f} ms"
    return f"{value * 1000:.0f} ms" if unit == "ms" else f"{value:.2f} {unit}"


def machine() -> str:
    model = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        named = [line.split(":")[1].strip() for line in known.read_text().splitlines() if line.startswith("model name")]
        model = named[0] if named else model
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    load = f"load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {versions}; {load}"
    )


def print_table(lines: Sequence[Line]) -> None:
    rows = [HEADS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def write(lines: Sequence[Line], browser: str, quick: bool) -> None:
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    table = [HEADS, tuple("---" for _ in HEADS), *(line.cells() for line in lines)]
    short = " A shorter run (`BENCH_QUICK=1`): fewer repetitions, sizes of crowds and tables." if quick else ""
    text = [INTRODUCTION, f"Measured on {day}: {machine()}; Chromium {browser}.{short}", ""]
    text += ["| " + " | ".join(row) + " |" for row in table]
    REPORT.write_text("\n".join(text) + "\n", encoding="utf-8")
