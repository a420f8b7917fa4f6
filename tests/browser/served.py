"""Starts a server as its users start it, and tells when it is healthy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ATLAS = (sys.executable, "app.py")
PATIENCE_S = 90.0  # a cold start on a loaded machine
WARM_S = 600.0  # a million sites, each page drawn once


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]
    started_s: float
    """Seconds from the command to healthy."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str, within_s: float) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=within_s) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def script(path: Path | str) -> tuple[str, ...]:
    """Return the command that serves a plain Streamlit script."""
    return (sys.executable, "-m", "streamlit", "run", str(path))


@contextmanager
def serve(
    log: Path,
    command: Sequence[str] = ATLAS,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    port: int = 0,
) -> Iterator[Served]:
    """Serve until the block ends; raise with the log's end if the server dies or never answers."""
    port = port or free_port()
    own = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    quiet = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", "STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost"}
    url = f"http://localhost:{port}"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **quiet, **own, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while not _answers(f"{url}/_stcore/health", 2):
                late = time.perf_counter() - begun > PATIENCE_S
                if late or process.poll() is not None:
                    raise RuntimeError(
                        f"{' '.join(command)} did not come up:\n{log.read_text(errors='replace')[-4000:]}"
                    )
                time.sleep(0.01)
            yield Served(url, log, process, time.perf_counter() - begun)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serve_warm(log: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve the Atlas, its data open and each page drawn once; raise where it never comes so far."""
    with serve(log, ATLAS, environment) as served:
        end = time.monotonic() + WARM_S
        while not _answers(f"{served.url}/api/v1/ready", PATIENCE_S):
            if time.monotonic() > end:
                raise TimeoutError(f"{served.url} is not ready after {WARM_S:.0f} s")
            time.sleep(0.2)
        yield served
