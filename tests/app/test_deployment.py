"""The files for whoever runs the Atlas, and the set-up they describe as plain processes: nginx before two of them."""

from __future__ import annotations

import asyncio
import json
import random
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import websockets
import yaml

from tests.app.deployed import DEPLOY, NGINX, PATIENCE_S, ROOT, Proxy, configuration, deployed
from tests.bench.crowd import PAGES, Met, Reader


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if NGINX is None:
        pytest.skip("nginx is not installed here (Debian: apt install nginx)")
    with deployed(tmp_path_factory.mktemp("proxy"), {}) as found:
        yield found


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    if NGINX is None:
        pytest.skip("nginx is not installed here (Debian: apt install nginx)")
    file = configuration(tmp_path, 9300, (9301, 9302))
    asked = [NGINX, "-t", "-c", str(file), "-e", str(tmp_path / "error.log")]
    tried = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr


def test_below_the_base_path_everything_answers_through_the_proxy(proxy: Proxy) -> None:
    pages = ["", "obstacles", "solutions", "access", "countries", "trials", "partners", "present", "data", "about"]
    assert {page: proxy.ask(f"/atlas/{page}")[0] for page in pages} == dict.fromkeys(pages, 200)
    assert proxy.ask("/atlas/_stcore/health")[2] == b"ok"
    assert json.loads(proxy.ask("/atlas/api/v1/health")[2])["status"] in {"ok", "degraded"}
    assert (proxy.ask("/")[0], proxy.ask("/")[1]["location"]) == (302, "/atlas/")
    assert proxy.ask("/atlas?country=DE")[1]["location"] == "/atlas/?country=DE"


def test_every_address_that_the_front_page_names_is_there(proxy: Proxy) -> None:
    page = proxy.ask("/atlas/obstacles")[2].decode()
    named = set(re.findall(r'(?:href|src)="\./([^"]+)"', page))
    assert "api/v1/changes.atom" in named
    assert {name: proxy.ask(f"/atlas/{name}")[0] for name in named} == dict.fromkeys(named, 200)
    assert not re.findall(r'(?:href|src)="/', page)


async def opened_pages(url: str) -> dict[str, str]:
    met, headlines = Met(), {}
    async with httpx.AsyncClient(timeout=PATIENCE_S) as http:
        for number, page in enumerate(PAGES):
            reader = Reader(url, http, met, random.Random(number))
            await reader.open(page, "country=DE")  # and fetches what its map names, below the base path
            headlines[page] = reader.headline
            await reader.leave()
    return headlines


def test_every_page_runs_behind_the_proxy_and_fetches_below_the_base_path(proxy: Proxy) -> None:
    found = asyncio.run(opened_pages(f"http://127.0.0.1:{proxy.port}/atlas"))
    assert [page for page, headline in found.items() if not headline] == []


def test_a_share_link_names_the_readers_host_and_the_base_path(proxy: Proxy) -> None:
    status, _, page = proxy.ask("/atlas/share?country=DE", {"Host": "atlas.example.org"})
    assert status == 200
    assert b'href="http://atlas.example.org/atlas/share?country=DE' in page
    other = proxy.ask("/atlas/share?country=DE", {"Host": "other.example.org"})[2]
    assert b"atlas.example.org" not in other  # the cache keeps hosts apart


def test_an_export_is_made_below_the_base_path(proxy: Proxy) -> None:
    assert proxy.ask("/atlas/api/v1/sites.csv?country=DE")[2].startswith(b"id,")
    assert proxy.ask("/atlas/api/v1/sites.xlsx?country=DE")[2][:2] == b"PK"


def test_versioned_answers_come_from_the_cache_and_are_the_same(proxy: Proxy) -> None:
    version = json.loads(proxy.ask("/atlas/api/v1/health")[2])["version"]
    target = f"/atlas/api/v1/map/points.json?v={version}"
    first, second = (proxy.ask(target, {"Accept-Encoding": "gzip"}) for _ in range(2))
    assert (first[0], first[2]) == (second[0], second[2])
    assert second[1]["content-encoding"] == "gzip"
    assert proxy.ask(target, {"If-None-Match": second[1]["etag"]})[0] == 304
    time.sleep(0.2)
    told = [json.loads(line) for line in (proxy.log / "access.log").read_text(encoding="utf-8").splitlines()]
    ways = [line["cache"] for line in told if line["path"] == "/atlas/api/v1/map/points.json"]
    assert ways[-3:-1] == ["MISS", "HIT"]  # before these a page may have asked, with its build in the address


def test_the_proxys_log_tells_neither_who_nor_what_for(proxy: Proxy) -> None:
    proxy.ask("/atlas/api/v1/sites.json?q=example-secret", {"User-Agent": "example-agent"})
    time.sleep(0.2)
    logs = [proxy.log / "access.log", *(proxy.log / f"{port}.log" for port in proxy.behind)]
    for log in logs:
        told = log.read_text(encoding="utf-8")
        assert "example-secret" not in told
        assert "example-agent" not in told
        assert "127.0.0.1" not in told


def test_figures_are_not_for_those_outside(proxy: Proxy) -> None:
    assert proxy.ask("/atlas/api/v1/metrics")[0] == 404
    assert b"atlas_api_requests_total" in proxy.ask("/atlas/api/v1/metrics", port=proxy.behind[0])[2]


def sessions(proxy: Proxy) -> list[int]:
    told = [proxy.ask("/atlas/api/v1/metrics", port=port)[2].decode() for port in proxy.behind]
    return [int(float(re.findall(r"^atlas_sessions (\S+)", each, re.MULTILINE)[0])) for each in told]


async def held(proxy: Proxy, count: int) -> list[int]:
    url = f"ws://127.0.0.1:{proxy.port}/atlas/_stcore/stream"
    opened = [await websockets.connect(url, subprotocols=["streamlit"]) for _ in range(count)]  # type: ignore[list-item]
    found = await asyncio.to_thread(sessions, proxy)
    for each in opened:
        await each.close()
    return found


def test_a_readers_websockets_all_reach_one_process(proxy: Proxy) -> None:
    assert sorted(asyncio.run(held(proxy, 3))) == [0, 3]


def test_when_one_process_dies_the_other_serves(proxy: Proxy) -> None:
    """The last test: it leaves one process."""
    busy = proxy.behind.index(proxy.behind[asyncio.run(held(proxy, 1)).index(1)])
    proxy.processes[busy].kill()
    proxy.processes[busy].wait(PATIENCE_S)
    assert [proxy.ask(f"/atlas/api/v1/sites.json?limit={limit}")[0] for limit in range(1, 7)] == [200] * 6
    assert proxy.ask("/atlas/about")[0] == 200


def test_compose_names_two_processes_a_proxy_a_database_and_backups() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"proxy", "atlas-1", "atlas-2", "database", "backup"}
    for name, service in services.items():
        assert service["restart"] == "unless-stopped", name
        used = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")}
        assert used <= set(compose["volumes"]), name
        assert set(service["networks"]) <= set(compose["networks"]), name
        assert set(service.get("depends_on", {})) <= set(services), name
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    assert all(services[name]["read_only"] for name in ("proxy", "atlas-1", "atlas-2", "backup"))
    assert "password" not in re.sub(r"\$\{[^}]*\}", "", str(compose)).lower().replace("postgres_password", "")


def test_the_proxy_knows_the_processes_of_compose() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    named = set(re.findall(r"server (\S+):8501", (DEPLOY / "nginx.conf").read_text(encoding="utf-8")))
    assert named == {name for name in compose["services"] if name.startswith("atlas-")}


def test_the_image_runs_as_nobody_and_copies_what_is_there() -> None:
    told = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", told, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", told, re.MULTILINE)
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", told, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", told, re.MULTILINE) for name in line.split()}
    assert copied == {line[1:] for line in kept if line.startswith("!")}


def test_the_image_is_built_of_exact_versions_that_the_requirements_allow() -> None:
    from packaging.requirements import Requirement

    pinned = dict(
        line.split("==")
        for line in (DEPLOY / "constraints.txt").read_text(encoding="utf-8").split("\n")
        if "==" in line
    )
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted = Requirement(line)
            assert wanted.specifier.contains(pinned[wanted.name.replace("_", "-").lower()]), line


def test_the_unit_has_no_rights() -> None:
    told = (DEPLOY / "atmp-atlas.service").read_text(encoding="utf-8")
    assert re.findall(r"^\[(\w+)\]$", told, re.MULTILINE) == ["Unit", "Service", "Install"]
    for line in ("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert line in told.splitlines()
