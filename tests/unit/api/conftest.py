"""The API of the tiny Atlas, as a client sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mapping.api.metrics import Metrics, MetricsPage
from mapping.api.mounting import LateRoutes, mounted, prefixes
from mapping.api.routes import routes
from mapping.api.security import ApiGate, SecurityHeaders
from mapping.tables.loading import Tables, load_tables
from mapping.view.atlas import Atlas, atlas_of

Serve = Callable[..., TestClient]


def client_of(atlas: Atlas, folder: Path, base_path: str = "") -> TestClient:
    late = LateRoutes(lambda: routes(lambda: atlas, folder))
    app = Starlette(
        routes=mounted(late, base_path, {"/metrics": MetricsPage(Metrics(), "on")}),
        middleware=[
            Middleware(SecurityHeaders, policy="default-src 'self'"),
            Middleware(ApiGate, prefixes=prefixes(base_path)),
        ],
    )
    return TestClient(app, raise_server_exceptions=True)


@pytest.fixture(scope="session")
def mini_atlas(mini: Tables) -> Atlas:
    return atlas_of(mini)


@pytest.fixture(scope="session")
def api(mini_atlas: Atlas, _mini_source: Path) -> TestClient:
    """The whole API over the tiny Atlas."""
    return client_of(mini_atlas, _mini_source)


@pytest.fixture(scope="session")
def source(_mini_source: Path) -> Path:
    """The folder that ``api`` serves; to read only."""
    return _mini_source


@pytest.fixture
def api_of() -> Serve:
    """Serve a data folder that a test has changed."""

    def serve(folder: Path, base_path: str = "") -> TestClient:
        return client_of(atlas_of(load_tables(folder)), folder, base_path)

    return serve
