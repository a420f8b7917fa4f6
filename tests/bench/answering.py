"""How fast the HTTP side answers: tables and the hot map file, one asker after the other, and many at once by wrk."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

WRK = shutil.which("wrk")
CONNECTIONS = (1, 50, 200)
TABLES = ("sites", "trial_sites", "facilities", "treatment_centres")
FILTERS = ("DE", "FR", "IT", "ES", "BE", "NL", "PL", "SE", "AT", "PT", "CZ", "DK", "FI", "GR", "HU", "IE")


@dataclass(frozen=True)
class Answers:
    """Seconds to the last byte of an answer, medians over the tables or filters, on one connection."""

    bare: float
    """A whole table, as it is kept."""
    filtered: float
    """Rows of a country nobody asked for before."""
    unchanged: float
    """A table that the asker has: 304."""


@dataclass(frozen=True)
class Storm:
    """What wrk measured on the hot map file."""

    connections: int
    per_second: float
    p50: float
    p99: float
    errors: int


def answers(host: str, port: int, times: int) -> Answers:
    """Return how fast tables are answered; asks each once before."""
    connection = http.client.HTTPConnection(host, port, timeout=60)
    bare, unchanged, filtered = [], [], []
    for table in TABLES:
        address = f"/api/v1/{table}.json"
        _, tag = _asked(connection, address)
        for _ in range(times):
            bare.append(_asked(connection, address)[0])
            unchanged.append(_asked(connection, address, {"If-None-Match": tag}, status=304)[0])
    for table in TABLES:  # tables in turns would find the rows of the country before in the processor's cache
        filtered += [_asked(connection, f"/api/v1/{table}.json?country={code}")[0] for code in FILTERS]
    connection.close()
    return Answers(median(bare), median(filtered), median(unchanged))


def _asked(
    connection: http.client.HTTPConnection, address: str, headers: dict[str, str] | None = None, status: int = 200
) -> tuple[float, str]:
    begun = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", **(headers or {})})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - begun
    if answer.status != status:
        raise RuntimeError(f"{address}: status {answer.status}")
    return took, answer.getheader("etag", "")


def storms(url: str, seconds: int) -> list[Storm]:
    """Return what wrk measures on an address at each number of connections; nothing where it is not installed."""
    if WRK is None:
        return []
    found = []
    for connections in CONNECTIONS:
        command = [WRK, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", url]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found.append(read_wrk(told, connections))
    return found


def read_wrk(told: str, connections: int) -> Storm:
    """Return what wrk's own words say."""
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])
    times = dict(re.findall(r"^\s+(50|99)%\s+(\S+)$", told, re.MULTILINE))
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", told)))
    errors += sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", told)))
    return Storm(connections, rate, _seconds(times["50"]), _seconds(times["99"]), errors)


def _seconds(text: str) -> float:
    number, unit = re.findall(r"([\d.]+)(us|ms|s|m)", text)[0]
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}[unit]


def hot_map(url: str) -> str:
    """Return the whole address of the map file that every reader of the Atlas fetches."""
    with urllib.request.urlopen(f"{url}/api/v1/health") as answer:
        version = json.load(answer)["version"]
    return f"{url}/api/v1/map/points.json?v={version}"


if __name__ == "__main__":
    server = sys.argv[1]
    there = urlsplit(server)
    print(answers(there.hostname or "", there.port or 80, 50))
    for storm in storms(hot_map(server), 5):
        print(storm)
