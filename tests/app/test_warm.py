"""What a server does before any reader comes: it is up at once, and ready once every page is drawn."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from pages.parts.warming import PAGES
from tests.browser.served import ATLAS, ROOT, serve

PATIENCE_S = 180.0


def asked(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_a_server_that_is_ready_has_drawn_every_page_once(tmp_path: Path) -> None:
    with serve(tmp_path / "server.log", ATLAS, {"ATLAS_LOG": "off"}) as served:
        end = time.monotonic() + PATIENCE_S
        while asked(f"{served.url}/api/v1/ready")[0] != 200:
            assert time.monotonic() < end, served.log.read_text(errors="replace")
            time.sleep(0.2)
        figures = asked(f"{served.url}/api/v1/metrics")[1]
        drawn = dict(re.findall(r'^atlas_rerun_seconds_count\{page="(\w+)"\} (\S+)$', figures, re.MULTILINE))
        assert set(drawn) == {page or "atlas" for page in PAGES}
        fetched = re.findall(
            r'^atlas_api_requests_total\{.*route="(/map[^"]*)".*status="200".*$', figures, re.MULTILINE
        )
        assert "/map/access.json" in fetched
        assert float(re.findall(r"^atlas_sessions (\S+)", figures, re.MULTILINE)[0]) == 0
        assert "Traceback" not in served.log.read_text(errors="replace")


def test_the_server_is_up_before_the_data_libraries_are_read() -> None:
    told = "import sys, app; print(sorted({'pandas', 'geopandas', 'pydeck'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["[]"]
