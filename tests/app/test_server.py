"""The server as it is started: by `python app.py` and by `streamlit run app.py`."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
GUARD = """
import os, socket
connect = socket.socket.connect
def told(self, address):
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        with open(os.environ["GUARD_LOG"], "a") as log:
            log.write(repr(address) + "\\n")
    return connect(self, address)
socket.socket.connect = told
"""


@dataclass
class Server:
    port: int
    calls: Path
    """Where each connection to another host is written down."""

    def ask(
        self, target: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        found = response.status, {key.lower(): value for key, value in response.getheaders()}, response.read()
        connection.close()
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(command: list[str], folder: Path, **setting: str) -> Iterator[Server]:
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    server = Server(free_port(), folder / "calls.log")
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "GUARD_LOG": str(server.calls),
        "PORT": str(server.port),
        "STREAMLIT_SERVER_PORT": str(server.port),
        **setting,
    }
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server did not start; exit code {process.poll()}")


COMMANDS = {
    "python": [sys.executable, "app.py"],
    "streamlit": [sys.executable, "-m", "streamlit", "run", "app.py"],
}


@pytest.fixture(scope="module", params=COMMANDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from started(COMMANDS[request.param], tmp_path_factory.mktemp("server"))


@pytest.mark.parametrize("target", ["/", "/about", "/about?country=DE", "/nowhere"])
def test_a_page_is_served_at_its_address(server: Server, target: str) -> None:
    status, headers, content = server.ask(target)
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert b"<title>ATMP Atlas</title>" in content


def test_streamlits_own_addresses_are_not_hidden(server: Server) -> None:
    assert server.ask("/_stcore/health")[2] == b"ok"
    assert server.ask("/_stcore/host-config")[0] == 200


def test_the_api_answers_beside_the_pages(server: Server) -> None:
    status, _, content = server.ask("/api/v1/health")
    assert status == 200
    assert json.loads(content)["status"] in {"ok", "degraded"}


def test_the_page_may_run_its_own_inline_script_and_no_other(server: Server) -> None:
    _, headers, content = server.ask("/")
    scripts = re.findall(rb"<script>(.*?)</script>", content, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts]
    directives = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert scripts
    assert directives["script-src"].split() == ["'self'", "'wasm-unsafe-eval'", *hashes]


@pytest.mark.parametrize(
    "target", ["/", "/about", "/_stcore/health", "/static/nothing.js", "/api/v1/tables", "/api/v1/none", "//x", "/%00"]
)
def test_every_answer_carries_the_security_headers(server: Server, target: str) -> None:
    _, headers, _ = server.ask(target)
    assert headers["content-security-policy"].startswith("default-src 'self'; ")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_the_api_only_reads(server: Server) -> None:
    status, headers, content = server.ask("/api/v1/sites.json", "POST")
    assert status == 405
    assert headers["content-type"] == "application/json"
    assert json.loads(content)["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "target", ["/api/v1/%00.json", "/api/v1/%ff.json", "/api/v1/..%2f..%2fapp.py", "/api/v1/" + "x" * 4000, "/api/"]
)
def test_a_hostile_path_is_not_found_in_json(server: Server, target: str) -> None:
    status, _, content = server.ask(target)
    assert status == 404
    assert set(json.loads(content)["error"]) == {"code", "message", "hint"}


def test_gzip_is_applied_once(server: Server) -> None:
    _, headers, content = server.ask("/api/v1/tables", headers={"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert int(headers["content-length"]) == len(content)
    assert content[:2] == b"\x1f\x8b"


def test_a_workbook_is_not_packed_again_on_its_way(server: Server) -> None:
    plain = server.ask("/api/v1/work_packages.xlsx")
    assert "content-encoding" not in plain[1]
    assert plain[2][:2] == b"PK"


def test_the_server_asks_no_other_host(server: Server) -> None:
    server.ask("/")
    assert not server.calls.exists()


def test_below_a_base_path_pages_and_api_are_there_and_partners_may_embed(tmp_path: Path) -> None:
    setting = {"STREAMLIT_SERVER_BASE_URL_PATH": "below", "ATLAS_FRAME_ANCESTORS": "https://example.org"}
    for server in started(COMMANDS["python"], tmp_path, **setting):
        assert server.ask("/below/about")[0] == 200
        assert server.ask("/below/api/v1/health")[0] == 200
        assert server.ask("/api/v1/health")[0] == 200
        assert server.ask("/below/api/v1/health", "DELETE")[0] == 405
        for path in ("/below/share", "/share"):
            status, _, page = server.ask(f"{path}?country=DE")
            assert status == 200
            assert b"/below/share?country=DE" in page
            assert b"<script" not in page
        policy = server.ask("/below/")[1]["content-security-policy"]
        assert "frame-ancestors 'self' https://example.org;" in policy


def test_a_folder_without_data_is_told_by_the_api(tmp_path: Path) -> None:
    for server in started(COMMANDS["python"], tmp_path, ATLAS_DATA=str(tmp_path / "nothing")):
        status, _, content = server.ask("/api/v1/sites.json")
        assert status == 503
        assert str(tmp_path).encode() not in content
        assert json.loads(server.ask("/api/v1/health")[2])["status"] == "degraded"


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "99999"), ("PORT", "web"), ("ATLAS_MAX_SESSIONS", "few"), ("ATLAS_FRAME_ANCESTORS", "example.org")],
)
def test_a_setting_that_cannot_be_understood_ends_the_start_with_one_sentence(name: str, value: str) -> None:
    settings = {**os.environ, "STREAMLIT_SERVER_PORT": str(free_port()), name: value}
    ended = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert ended.returncode == 1
    [sentence] = ended.stderr.strip().splitlines()
    assert sentence.startswith(f"{name}: {value!r} is no")
