"""The one script that streamlit-folium loads from outside, kept here while the benchmark runs, so no network is timed."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import BrowserContext, Route

CLUSTERS = "leaflet.markercluster@1.1.0"  # the version that folium names
ADDRESS = "https://cdnjs.cloudflare.com/ajax/libs/leaflet.markercluster/1.1.0/leaflet.markercluster.js"


def _from_npm(folder: Path) -> bytes | None:
    """Read the script from npm's package, where npm is installed and reaches its registry."""
    if not shutil.which("npm"):
        return None
    packed = subprocess.run(["npm", "pack", "--silent", CLUSTERS], cwd=folder, capture_output=True, text=True)
    if packed.returncode:
        return None
    archive = (folder / packed.stdout.strip().splitlines()[-1]).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        script = files.extractfile("package/dist/leaflet.markercluster.js")
        return script.read() if script else None


def cluster_script(folder: Path) -> bytes | None:
    """Return the script, from the folder or its address or npm; None where none of them has it."""
    kept = folder / "leaflet.markercluster.js"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            script = urllib.request.urlopen(ADDRESS, timeout=10).read()
        except (urllib.error.URLError, OSError):
            script = _from_npm(folder)
        if not script:
            return None
        kept.write_bytes(script)
    return kept.read_bytes()


def stay_inside(context: BrowserContext, host: str, script: bytes | None) -> None:
    """Answer the script from here and stop every other request that leaves the host."""

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS and script:
            route.fulfill(body=script, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"})
        else:
            route.abort()

    context.route(lambda url: url.startswith("http") and not url.startswith(host), answer)
