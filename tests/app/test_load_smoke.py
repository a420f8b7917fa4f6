"""Twenty readers for twenty seconds, as `make bench` sends hundreds: nobody meets an error. No time is asserted."""

from __future__ import annotations

import asyncio
import re
import urllib.request
from pathlib import Path

from tests.bench.crowd import crowd
from tests.browser.served import serve_warm

READERS, SECONDS, THINK_S, ARRIVE_S = 20, 20.0, 4.0, 5.0


def test_twenty_readers_meet_no_error(tmp_path: Path) -> None:
    with serve_warm(tmp_path / "server.log", {"ATLAS_LOG": "error"}) as served:
        met = asyncio.run(crowd(served.url, READERS, SECONDS, THINK_S, ARRIVE_S))
        with urllib.request.urlopen(f"{served.url}/api/v1/metrics") as answer:
            figures = answer.read().decode()
        log = served.log.read_text(errors="replace")
    assert not met.errors, met.errors
    assert len(met.seconds["open"]) == READERS
    assert met.seconds["filter"]
    assert met.seconds["page"]
    assert "Traceback" not in log, log[-4000:]
    broken = re.findall(r'^atlas_api_requests_total\{.*status="5\d\d".*$', figures, re.MULTILINE)
    assert [line for line in broken if 'route="/ready"' not in line] == []  # 503 while the data were being opened
