"""Schemathesis reads openapi.json and asks whatever it allows and forbids: no server error, no undescribed answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mapping.api.mounting import LateRoutes, mounted
from mapping.api.routes import routes
from mapping.api.security import ApiGate
from mapping.view.atlas import Atlas
from tests.unit.api.test_fuzz import HEAVY

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (requirements-dev.txt)")


def test_no_request_that_the_description_suggests_breaks_the_api(mini_atlas: Atlas, source: Path) -> None:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

    served = mounted(LateRoutes(lambda: routes(lambda: mini_atlas, source)))
    app = Starlette(routes=served, middleware=[Middleware(ApiGate)])
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app).exclude(path=list(HEAVY))

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=described.as_strategy())
    def holds(case: schemathesis.Case) -> None:
        checks = [not_a_server_error, status_code_conformance, content_type_conformance]
        answer = case.call_and_validate(base_url="http://testserver/api/v1", checks=checks)
        assert b"Traceback" not in answer.content

    holds()
