"""What one server bears, and what it says past that."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from mapping.api.limits import COMING_S, Gate, Limits, Sessions
from mapping.api.security import SecurityError
from mapping.exports.waiting import waiting_html


@dataclass
class Clock:
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.receive_text()


async def taken(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def served(limits: Limits, sessions: Sessions) -> TestClient:
    async def html_page(_request: Request) -> Response:
        return HTMLResponse("example page")

    routes = [
        Route("/upload", taken, methods=["PUT"]),
        Route("/health.txt", lambda _request: PlainTextResponse("ok")),
        Route("/share", html_page),
        WebSocketRoute("/_stcore/stream", stream),
        Route("/{path:path}", html_page),
    ]
    gate = Middleware(Gate, limits=limits, sessions=sessions, free=("/share",))
    return TestClient(Starlette(routes=routes, middleware=[gate]))


def test_past_the_number_of_pages_a_newcomer_is_asked_to_wait() -> None:
    sessions = Sessions(1)
    client = served(Limits(sessions=1), sessions)
    assert client.get("/").text == "example page"
    with client.websocket_connect("/_stcore/stream") as socket:
        assert sessions.open == 1
        refused = client.get("/obstacles?country=DE&q=%3Cb%3E")
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "20"
        assert refused.headers["cache-control"] == "no-store"
        assert 'href="./share?page=obstacles&amp;country=DE&amp;q=%3Cb%3E"' in refused.text
        assert client.head("/").status_code == 503
        assert client.get("/share").status_code == 200  # opens no session
        assert client.get("/health.txt").text == "ok"  # nor does this
        socket.send_text("example")
    assert sessions.open == 0
    assert client.get("/").status_code == 200


def test_pages_on_their_way_count_until_they_come_or_do_not() -> None:
    clock = Clock()
    sessions = Sessions(2, clock)
    sessions.expect()
    sessions.expect()
    assert sessions.are_full
    assert sessions.enter()
    assert sessions.are_full  # one is in, one is coming
    clock.at = COMING_S + 1
    assert not sessions.are_full  # it did not come


def test_a_reader_whose_connection_broke_finds_room_but_there_is_an_end() -> None:
    sessions = Sessions(5)
    assert [sessions.enter() for _ in range(7)] == [True] * 6 + [False]
    client = served(Limits(sessions=5), sessions)
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/_stcore/stream"):
        pass
    assert closed.value.code == 1013
    assert sessions.open == 6


@given(st.lists(st.booleans()))
def test_as_many_leave_as_came(comings: list[bool]) -> None:
    sessions, inside = Sessions(3), 0
    for comes in comings:
        if comes:
            inside += sessions.enter()
        elif inside:
            sessions.leave()
            inside -= 1
        assert sessions.open == inside <= 4


def test_requests_have_a_size() -> None:
    client = served(Limits(body_mb=1, query_bytes=50), Sessions(9))
    assert client.put("/upload", content=b"x" * 1024 * 1024).text == "1048576"
    assert client.put("/upload", content=b"x" * (1024 * 1024 + 1)).status_code == 413
    assert client.put("/upload", content=iter([b"x"])).status_code == 411
    assert client.put("/upload", content=b"", headers={"Content-Length": "-1"}).status_code == 413
    assert client.get("/?" + "x" * 50).status_code == 200
    assert client.get("/?" + "x" * 51).status_code == 414


def test_the_limits_are_those_of_the_environment() -> None:
    setting = {"ATLAS_MAX_SESSIONS": "7", "ATLAS_MAX_BODY_MB": " 8 ", "ATLAS_MAX_QUERY_BYTES": "900"}
    assert Limits.from_settings(setting) == Limits(7, 8, 900)
    assert Limits.from_settings({"ATLAS_MAX_SESSIONS": ""}) == Limits()


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "٣", "9" * 40])
def test_a_limit_that_is_no_number_stops_the_start(value: str) -> None:
    with pytest.raises(SecurityError, match="ATLAS_MAX_SESSIONS"):
        Limits.from_settings({"ATLAS_MAX_SESSIONS": value})


@given(page=st.text(max_size=20), query=st.text(max_size=40), lang=st.text(max_size=5))
def test_no_address_becomes_markup_in_the_waiting_page(page: str, query: str, lang: str) -> None:
    plain = waiting_html("", "", "", 20)
    told = waiting_html(page, query, lang, 20)
    assert told.count("<") == plain.count("<")
    assert "<script" not in told
    assert query in html.unescape(told)
