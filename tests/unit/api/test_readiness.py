from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.api.mounting import LateRoutes, mounted
from mapping.api.routes import routes
from mapping.view.atlas import Atlas


def test_readiness_is_503_until_the_data_are_open_and_does_not_wait_for_them(mini_atlas: Atlas, source: Path) -> None:
    late = LateRoutes(lambda: routes(lambda: mini_atlas, source))
    client = TestClient(Starlette(routes=mounted(late, "atlas")))
    before = client.get("/atlas/api/v1/ready")
    assert before.status_code == 503
    assert before.json()["error"]["code"] == "not_ready"
    assert before.headers["retry-after"] == "2"
    assert not late.is_ready  # asking opened nothing
    late.ready()
    after = client.get("/api/v1/ready")
    assert (after.status_code, after.json()) == (200, {"ready": True})
    assert client.head("/api/v1/ready").content == b""
