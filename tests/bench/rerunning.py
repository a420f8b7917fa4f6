"""Times the server alone: from sending a change over the websocket to its word that the script has finished."""

from __future__ import annotations

from pathlib import Path

from tests.bench.loading import EMPTY
from tests.bench.paths import WORK
from tests.bench.redrawing import COUNTRIES, NAMES
from tests.bench.wire import Session
from tests.browser.served import serve, serve_warm


def reruns(data: Path, times: int) -> tuple[list[float], list[float]]:
    """Seconds of reruns of the Atlas, each with another filter, and of the page with two empty charts, by turns."""
    chosen = [[NAMES[code] for code in COUNTRIES[:number]] for number in range(1, len(COUNTRIES) + 1)]
    ours, empty = [], []
    with (
        serve_warm(WORK / "atlas.log", {"ATLAS_DATA": str(data)}) as atlas,
        serve(WORK / "empty.log", EMPTY) as charts,
        Session(atlas.url) as reader,
        Session(charts.url) as other,
    ):
        for _ in range(3):  # warm
            reader.rerun()
            other.rerun()
        for turn in range(times):
            ours.append(reader.rerun({"country": chosen[turn % len(chosen)]})[0])
            empty.append(other.rerun()[0])
    return ours, empty
