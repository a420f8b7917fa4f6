"""A registry on the loopback that misbehaves as told, and the constructed answers it gives."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mapping.importers.asking import Manners

ANSWERS = Path(__file__).parents[2] / "fixtures" / "importers"
HASTY = Manners(pause_s=0, tries=3, backoff_s=0.001, longest_wait_s=0.01, timeout_s=1.0, longest_call_s=2.0)
"""Asks at once and gives up soon, for a server on the loopback."""

Answer = Callable[[BaseHTTPRequestHandler], None]


def say(content: object, status: int = 200, **headers: str) -> Answer:
    """Answer with JSON, or with bytes as they are."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def cut_short(content: object) -> Answer:
    """Promise the whole and send half of it."""
    body = json.dumps(content).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])

    return answer


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing for longer than anyone waits."""
    threading.Event().wait(1.6)


class Registry:
    """A server on the loopback that gives its answers in turn and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, str, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                outer.asked.append((self.command, self.path, self.rfile.read(length)))
                answer = outer.answers.pop(0) if outer.answers else say({"detail": "nothing more"}, 410)
                answer(self)

            do_GET = do_POST = _answer  # noqa: N815 - the names the standard library calls

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def registry() -> Iterator[Registry]:
    served = Registry()
    yield served
    served.stop()


@pytest.fixture
def pages() -> list[dict[str, object]]:
    """The three constructed pages of ClinicalTrials.gov."""
    return [json.loads(path.read_bytes()) for path in sorted((ANSWERS / "ctgov").glob("*.json"))]
