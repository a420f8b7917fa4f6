"""Slow-loris and many tabs, tried: `python -m tests.bench.abuse` prints what the Atlas and nginx before it bore.

Needs nginx (Debian: apt install nginx). What it printed last stands in docs/privacy-and-security.md.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

import httpx
from websockets.exceptions import WebSocketException

from tests.app.deployed import NGINX, deployed
from tests.bench.bearing import Watched
from tests.bench.crowd import Met, Reader, TroubleError
from tests.browser.served import serve_warm

SLOW, TRICKLE_S, WATCHED_S = 300, 1.0, 25.0
TABS, ROOM = 60, 20


async def slow(port: int, head: bytes, drop: bytes) -> float:
    """Send a request a drop at a time; return the seconds until the server hung up, or all it was watched for."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    begun = time.monotonic()
    writer.write(head)
    try:
        while time.monotonic() - begun < WATCHED_S:
            writer.write(drop)
            await writer.drain()
            try:
                if not await asyncio.wait_for(reader.read(4096), TRICKLE_S):
                    break
            except TimeoutError:
                continue
    except OSError:
        pass
    finally:
        writer.close()
    return time.monotonic() - begun


async def honest(url: str, over: asyncio.Event) -> tuple[list[float], Counter[str]]:
    """Ask for a table again and again meanwhile, each time on a connection of its own."""
    times, failed = [], Counter[str]()
    while not over.is_set():
        begun = time.perf_counter()
        try:
            async with httpx.AsyncClient(timeout=20) as http:
                status = (await http.get(f"{url}/api/v1/sites.json?limit=5")).status_code
            if status != 200:
                failed[str(status)] += 1
            times.append(time.perf_counter() - begun)
        except httpx.HTTPError as error:
            failed[type(error).__name__] += 1
        await asyncio.sleep(0.1)
    return times, failed


async def loris(name: str, url: str, port: int, head: bytes, drop: bytes) -> None:
    over = asyncio.Event()
    asking = asyncio.create_task(honest(url, over))
    held = await asyncio.gather(*(slow(port, head, drop) for _ in range(SLOW)))
    over.set()
    times, failed = await asking
    cut = quantiles(times, n=100)
    print(
        f"{name}: {SLOW} slow connections, hung up after {min(held):.1f} to {max(held):.1f} s, "
        f"watched for {WATCHED_S:.0f} s; "
        f"{len(times)} honest requests p50 {cut[49] * 1000:.0f} ms, p95 {cut[94] * 1000:.0f} ms, failed {dict(failed)}",
        flush=True,
    )


async def tabs(url: str) -> Counter[str]:
    """Open many pages one after the other and hold those that open."""
    met = Counter[str]()
    async with httpx.AsyncClient(timeout=60) as http:
        held = []
        for number in range(TABS):
            reader = Reader(url, http, Met(), random.Random(number))
            try:
                await reader.open()
                met["open"] += 1
                held.append(reader)
            except (TroubleError, WebSocketException, OSError) as refused:
                met[str(refused)] += 1
        for reader in held:
            await reader.change_filter()
            met["served on"] += 1
        for reader in held:
            await reader.leave()
    return met


HEAD = (b"GET /atlas/ HTTP/1.1\r\nHost: localhost\r\n", b"X-Slow: a\r\n")
BODY = (
    b"PUT /atlas/_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
    b"Content-Length: 1000000\r\n\r\n",
    b"a",
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        with serve_warm(Path(folder) / "log", {"ATLAS_MAX_SESSIONS": str(ROOM), "ATLAS_LOG": "off"}) as served:
            server = Watched(served)
            before = server.mb
            print(f"{TABS} tabs at a limit of {ROOM}: {dict(asyncio.run(tabs(served.url)))}", end=", ")
            print(f"memory {before:.0f} -> {server.mb:.0f} MB", flush=True)
        if NGINX is None:
            print("nginx is not installed: slow requests are not tried")
            return 1
        with deployed(Path(folder), {"ATLAS_LOG": "off"}) as proxy:
            for name, port in (("nginx", proxy.port), ("no proxy", proxy.behind[0])):
                for what, (head, drop) in (("slow headers", HEAD), ("slow body", BODY)):
                    asyncio.run(loris(f"{name}, {what}", f"http://127.0.0.1:{port}/atlas", port, head, drop))
    return 0


if __name__ == "__main__":
    sys.exit(main())
