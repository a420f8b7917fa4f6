"""Times a start: from the command to a healthy server."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.paths import WORK
from tests.browser.served import ATLAS, serve

HELLO = (sys.executable, "-m", "streamlit", "hello")


def starts(times: int, data: Path) -> tuple[list[float], list[float]]:
    """Seconds of the Atlas and of `streamlit hello`, by turns; the first of each is not counted."""
    found: tuple[list[float], list[float]] = ([], [])
    for turn in range(times + 1):
        for command, seconds in zip((ATLAS, HELLO), found, strict=True):
            with serve(WORK / "start.log", command, {"ATLAS_DATA": str(data)}) as served:
                if turn:
                    seconds.append(served.started_s)
    return found
