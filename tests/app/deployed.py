"""The set-up of deploy/ as plain processes: nginx with our configuration in front of two Atlas processes."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PATIENCE_S = 240.0  # two processes that start on a busy machine
SETTINGS = {"STREAMLIT_SERVER_BASE_URL_PATH": "atlas", "ATLAS_BEHIND_PROXY": "1"}


@dataclass
class Proxy:
    """nginx, and the two processes behind it."""

    port: int
    behind: tuple[int, int]
    """Ports of the two processes."""
    processes: list[subprocess.Popen[bytes]]
    log: Path

    def ask(
        self, target: str, headers: dict[str, str] | None = None, port: int = 0
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE_S)
        connection.request("GET", target, headers=headers or {})
        response = connection.getresponse()
        found = response.status, {key.lower(): value for key, value in response.getheaders()}, response.read()
        connection.close()
        return found


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def configuration(folder: Path, port: int, behind: tuple[int, ...]) -> Path:
    """Write deploy/nginx.conf with hosts and folders of this machine, and nothing else changed."""
    told = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    hosts = {f"atlas-{number}:8501": f"127.0.0.1:{own}" for number, own in enumerate(behind, 1)}
    changes = {**hosts, "listen 8080;": f"listen 127.0.0.1:{port};", "/dev/stdout": f"{folder}/access.log"}
    told = re.sub(r"(?<![\w.])/(?:tmp)/", f"{folder}/", told)
    for old, new in changes.items():
        assert old in told
        told = told.replace(old, new)
    file = folder / "nginx.conf"
    rights = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""  # its workers must reach the folder
    file.write_text(rights + told, encoding="utf-8")
    return file


def wait_for(proxy: Proxy, port: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            if proxy.ask("/atlas/api/v1/ready", port=port)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"nothing became ready on port {port}")


def started(folder: Path, port: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start one Atlas process; its log goes on where it stopped."""
    own = {"PORT": str(port), "STREAMLIT_SERVER_PORT": str(port)}
    with (folder / f"{port}.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env={**os.environ, **SETTINGS, **settings, **own},
            stdout=log,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def deployed(folder: Path, settings: Mapping[str, str]) -> Iterator[Proxy]:
    """Serve by two processes behind nginx, all ready, until the block ends."""
    port, one, two = free_ports(3)
    found = Proxy(port, (one, two), [], folder)
    try:
        found.processes += [started(folder, own, settings) for own in found.behind]
        command = [str(NGINX), "-c", str(configuration(folder, port, found.behind)), "-e", str(folder / "error.log")]
        found.processes.append(subprocess.Popen([*command, "-g", "daemon off;"]))
        for own in (*found.behind, port):
            wait_for(found, own)
        yield found
    finally:
        for process in found.processes:
            process.terminate()
        for process in found.processes:
            process.wait(PATIENCE_S)
