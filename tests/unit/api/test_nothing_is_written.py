"""Nothing can be written over HTTP: every route refuses every method that would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from mapping.api.routes import routes
from mapping.view.atlas import Atlas

WRITING = ("POST", "PUT", "PATCH", "DELETE")


def paths_of(found: list[object], before: str = "") -> list[str]:
    """Every path that is routed, its parameters filled with a table of ours."""
    paths = []
    for route in found:
        if isinstance(route, Mount):
            paths += paths_of(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            paths.append(before + re.sub(r"\{[^}]+\}", "sites", route.path))
    return paths


@pytest.mark.parametrize("method", WRITING)
def test_every_route_refuses_to_write(mini_atlas: Atlas, source: Path, api: TestClient, method: str) -> None:
    listed = paths_of(list(routes(lambda: mini_atlas, source)))
    assert len(listed) > 10
    for path in [*(f"/api/v1{path}" for path in listed), "/share", "/api/v1/metrics"]:
        answer = api.request(method, path, content=b"{}")
        assert answer.status_code == 405, path
