"""What streamlit-folium loads from outside hosts, answered from here so that no network is timed.

The files come from npm's packages of the same versions, once; where npm is missing, from their own addresses.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import BrowserContext, Route

# What each address holds: a package and its file. The icons and styles that no mark here uses are answered empty.
KNOWN = (
    (r"https://cdn\.jsdelivr\.net/npm/(leaflet@[\d.]+)/(.+)", None),
    (r"https://code\.jquery\.com/jquery-3\.7\.1\.min\.js", ("jquery@3.7.1", "dist/jquery.min.js")),
    (
        r".*/leaflet\.markercluster/1\.1\.0/leaflet\.markercluster\.js",
        ("leaflet.markercluster@1.1.0", "dist/leaflet.markercluster.js"),
    ),
    (
        r".*/leaflet\.markercluster/1\.1\.0/(MarkerCluster(?:\.Default)?\.css)",
        ("leaflet.markercluster@1.1.0", "dist/{0}"),
    ),
)
KINDS = {".js": "text/javascript", ".css": "text/css"}


def _named(url: str) -> tuple[str, str] | None:
    """Return the package and the file that an address holds, None for one that no mark needs."""
    for pattern, held in KNOWN:
        if match := re.fullmatch(pattern, url):
            package, file = held or match.groups()
            return package, file.format(*match.groups())
    return None


def _from_npm(package: str, file: str, folder: Path) -> bytes | None:
    if not shutil.which("npm"):
        return None
    packed = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, capture_output=True, text=True)
    if packed.returncode:
        return None
    archive = folder / packed.stdout.strip().splitlines()[-1]
    with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as files:
        found = files.extractfile(f"package/{file}")
        return found.read() if found else None


def _from_its_host(url: str) -> bytes | None:
    try:
        return bytes(urllib.request.urlopen(url, timeout=10).read())
    except (urllib.error.URLError, OSError):
        return None


class Outside:
    """Answers requests that leave the host; unanswerable ones are in ``missing``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "outside"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.missing: list[str] = []

    def answer(self, url: str) -> bytes | None:
        """Return the file an address holds, empty where no mark needs it, None where it cannot be had."""
        held = _named(url)
        if held is None:
            return b""
        kept = self._folder / re.sub(r"[^\w.]+", "-", "-".join(held))
        if not kept.exists():
            content = _from_npm(*held, self._folder) or _from_its_host(url)
            if content is None:
                self.missing.append(url)
                return None
            kept.write_bytes(content)
        return kept.read_bytes()

    def stand_in(self, context: BrowserContext, host: str) -> None:
        """Take over every request of a browser context that leaves the host."""

        def reply(route: Route) -> None:
            content = self.answer(route.request.url)
            if content is None:
                route.abort()
            else:
                kind = KINDS.get(Path(route.request.url).suffix, "application/octet-stream")
                route.fulfill(body=content, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})

        context.route(lambda url: url.startswith("http") and not url.startswith(host), reply)
