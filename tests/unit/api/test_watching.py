"""What is told of a request: the template of its route, and nothing that could name its reader."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.api.mounting import LateRoutes, mounted, prefixes, share_paths
from mapping.api.request_log import line_of, request_log, severity_of
from mapping.api.routes import routes
from mapping.api.security import ApiGate, SecurityError
from mapping.api.watching import Answered, RequestWatch
from mapping.view.atlas import Atlas
from tests.unit.paths import ROOT


@pytest.fixture
def told() -> list[Answered]:
    return []


@pytest.fixture
def watched(mini_atlas: Atlas, told: list[Answered]) -> TestClient:
    late = LateRoutes(lambda: routes(lambda: mini_atlas, ROOT / "tests" / "fixtures" / "mini"))
    ours = (*prefixes("atlas"), *share_paths("atlas"))
    page = Route("/about", lambda _request: PlainTextResponse("example"))
    app = Starlette(
        routes=[*mounted(late, "atlas"), page],
        middleware=[
            Middleware(RequestWatch, prefixes=ours, tell=(told.append,)),
            Middleware(ApiGate, prefixes=ours),
        ],
    )
    return TestClient(app)


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/api/v1/sites.json?country=DE", "/{table}.{extension}", 200),
        ("/atlas/api/v1/health", "/health", 200),
        ("/atlas/api/v1/ready", "/ready", 200),
        ("/api/v1/nope.json", "/{table}.{extension}", 404),
        ("/api/v1/a/b/c", "/{path:path}", 404),
        ("/atlas/share?country=DE", "/share", 200),
        ("/api/v1/sites.json?q=" + "x" * 9000, "refused", 414),
    ],
)
def test_a_request_is_told_by_its_template(
    watched: TestClient, told: list[Answered], address: str, route: str, status: int
) -> None:
    watched.get("/api/v1/health")  # opens the data
    told.clear()
    response = watched.get(address, headers={"Accept-Encoding": "identity"})
    [one] = told
    assert (one.route, one.method, one.status, one.sent) == (route, "GET", status, len(response.content))
    assert one.seconds > 0


def test_a_method_that_nobody_knows_has_no_name_of_its_own(watched: TestClient, told: list[Answered]) -> None:
    watched.request("BREW", "/api/v1/health")
    assert [(one.method, one.status) for one in told] == [("other", 405)]


def test_pages_are_not_told_of(watched: TestClient, told: list[Answered]) -> None:
    watched.get("/about")
    assert told == []


def test_a_line_is_json_and_holds_these_facts_only() -> None:
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    line = line_of(Answered("/{table}.{extension}", "GET", 200, 0.0123, 456), logging.INFO, at)
    assert json.loads(line) == {
        "at": "2026-11-23T12:00:00.000+00:00",
        "level": "info",
        "event": "api",
        "method": "GET",
        "route": "/{table}.{extension}",
        "status": 200,
        "ms": 12.3,
        "bytes": 456,
    }


@pytest.mark.parametrize(
    ("level", "statuses"),
    [("", [200, 404, 503]), ("INFO", [200, 404, 503]), ("warning", [404, 503]), ("error", [503]), ("off", [])],
)
def test_the_level_says_which_requests_are_written(level: str, statuses: list[int]) -> None:
    stream = io.StringIO()
    tell = request_log(level, stream)
    for status in (200, 404, 503):
        tell(Answered("/health", "GET", status, 0.001, 1))
    assert [json.loads(line)["status"] for line in stream.getvalue().splitlines()] == statuses


def test_a_level_that_nobody_knows_stops_the_start() -> None:
    with pytest.raises(SecurityError, match="ATLAS_LOG"):
        request_log("loud")


def test_statuses_are_as_grave_as_they_are() -> None:
    assert [severity_of(status) for status in (200, 304, 400, 500)] == [20, 20, 30, 40]
