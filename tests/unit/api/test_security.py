from __future__ import annotations

import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.api.security import (
    Failed,
    SecurityError,
    SecurityHeaders,
    content_security_policy,
    frame_ancestors,
    script_hashes,
    security_headers,
)

PAGE = "<script>\n  window.a = 1 < 2\n</script><script src='x.js'></script><script type='module' src=y></script>"


def test_only_scripts_inside_the_page_are_hashed() -> None:
    digest = base64.b64encode(hashlib.sha256(b"\n  window.a = 1 < 2\n").digest()).decode()
    assert script_hashes(PAGE) == [f"'sha256-{digest}'"]


def test_the_policy_is_the_strict_one_of_the_design() -> None:
    directives = dict(part.split(" ", 1) for part in content_security_policy(PAGE).split("; "))
    [digest] = script_hashes(PAGE)
    assert directives["default-src"] == "'self'"
    assert directives["script-src"] == f"'self' 'wasm-unsafe-eval' {digest}"
    assert directives["style-src"] == "'self' 'unsafe-inline'"
    assert directives["img-src"] == "'self' data: blob:"
    assert directives["connect-src"] == "'self' data: blob:"
    assert directives["worker-src"] == "'self' blob:"
    assert directives["frame-ancestors"] == "'self'"


def test_partners_may_embed_where_the_operator_says_so() -> None:
    policy = content_security_policy(PAGE, "https://example.org, https://*.example.com:8443")
    assert "frame-ancestors 'self' https://example.org https://*.example.com:8443;" in policy


@pytest.mark.parametrize(
    "setting", ["*", "example.org", "https://x; script-src *", "https://x\r\nA: b", "javascript:x"]
)
def test_a_setting_that_is_no_origin_stops_the_start(setting: str) -> None:
    with pytest.raises(SecurityError, match="ATLAS_FRAME_ANCESTORS"):
        frame_ancestors(setting)


@pytest.mark.parametrize("address", ["/api/v1/health", "/api/v1/nothing", "/elsewhere", "/api/v1/sites.json?x=1"])
def test_every_answer_carries_the_security_headers(api: TestClient, address: str) -> None:
    headers = api.get(address).headers
    assert headers["content-security-policy"] == "default-src 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_the_api_only_reads(api: TestClient, method: str) -> None:
    response = api.request(method, "/api/v1/sites.json")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_elsewhere_may_ask_first(api: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    response = api.options("/api/v1/sites.json", headers=asked)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "GET" in response.headers["access-control-allow-methods"]


def test_a_body_is_refused(api: TestClient) -> None:
    response = api.request("GET", "/api/v1/sites.json", content=b"x")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "body_not_accepted"


def test_a_query_beyond_8_kilobytes_is_refused(api: TestClient) -> None:
    response = api.get("/api/v1/sites.json?q=" + "x" * 8191)
    assert response.status_code == 414
    assert response.json()["error"]["code"] == "query_too_long"
    assert api.get("/api/v1/sites.json?q=" + "x" * 8190).status_code == 200


def test_what_is_not_the_api_is_let_through(api: TestClient) -> None:
    assert api.post("/elsewhere", content=b"x").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/example", "/example"])
def test_an_answer_that_fails_unforeseen_says_so_under_the_same_headers_as_any_other(path: str) -> None:
    def fail(_: Request) -> Response:
        raise RuntimeError("a secret")

    policy = content_security_policy(PAGE)
    app = Starlette(
        routes=[Route(path, fail), Route("/sound", lambda _: Response("sound"))],
        middleware=[Middleware(SecurityHeaders, policy=policy)],
        exception_handlers={Exception: Failed(policy=policy)},
    )
    reader = TestClient(app, raise_server_exceptions=False)
    answer = reader.get(path)
    assert answer.status_code == 500
    assert "a secret" not in answer.text
    if path.startswith("/api"):
        assert answer.json()["error"]["code"] == "internal_error"
    sound = reader.get("/sound").headers
    assert {name: answer.headers[name] for name in security_headers(policy)} == {
        name: sound[name] for name in security_headers(policy)
    }
