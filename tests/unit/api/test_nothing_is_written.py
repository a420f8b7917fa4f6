"""Nothing can be written over HTTP: every route of the interface refuses every method that would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from mapping.api.mounting import prefixes
from mapping.api.routes import routes
from mapping.api.security import ApiGate
from mapping.view.atlas import Atlas

WRITING = ("POST", "PUT", "PATCH", "DELETE")


def paths_of(found: list[BaseRoute], before: str = "") -> list[str]:
    """Every path that is routed, its parameters filled with a table of ours."""
    paths = []
    for route in found:
        if isinstance(route, Mount):
            paths += paths_of(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            paths.append(before + re.sub(r"\{[^}]+\}", "sites", route.path))
    return paths


@pytest.mark.parametrize("method", WRITING)
def test_every_route_refuses_to_write(mini_atlas: Atlas, source: Path, method: str) -> None:
    routed = list(routes(lambda: mini_atlas, source))
    listed = paths_of(routed)
    assert len(listed) > 10
    bare = TestClient(Starlette(routes=routed))
    gated = TestClient(
        Starlette(routes=[Mount("/api/v1", routes=routed)], middleware=[Middleware(ApiGate, prefixes=prefixes(""))])
    )
    for path in listed:
        assert bare.request(method, path, content=b"{}").status_code in (404, 405), path
        answer = gated.request(method, f"/api/v1{path}", content=b"{}")
        assert answer.status_code == 405, path
        assert "error" in answer.json(), path
