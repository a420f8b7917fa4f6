"""The front end's files: small on the way, whole on arrival, left to Streamlit for whoever takes no gzip."""

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from mapping.api.front_files import FrontFiles

SCRIPT = "export const places = ['example-berlin', 'example-milan'];\n" * 200


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (scripts / "map.3f2a.js").write_text(SCRIPT)
    (tmp_path / "static" / "secret.txt").write_text("not ours to give")

    async def page(_request):
        return PlainTextResponse("the page")

    files = StaticFiles(directory=tmp_path / "static")
    routes = [Mount("/static", files), Mount("/atlas/static", files), Route("/", page)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(FrontFiles, static=tmp_path, base_path="atlas")]))


@pytest.mark.parametrize("place", ["", "/atlas"])
def test_a_script_travels_small_and_arrives_whole(client: TestClient, place: str):
    answer = client.get(f"{place}/static/js/map.3f2a.js")
    assert answer.text == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_browser_and_a_cache_may_keep_it_by_encoding(client: TestClient):
    answer = client.get("/static/js/map.3f2a.js")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["vary"] == "Accept-Encoding"
    again = client.get("/static/js/map.3f2a.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_head_request_tells_the_same_without_the_body(client: TestClient):
    get, head = (client.request(method, "/static/js/map.3f2a.js") for method in ("GET", "HEAD"))
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.content == b""


@pytest.mark.parametrize("headers", [{"Accept-Encoding": "identity"}, {"Range": "bytes=0-9"}])
def test_who_takes_no_gzip_or_a_part_only_gets_the_plain_file(client: TestClient, headers: dict[str, str]):
    answer = client.get("/static/js/map.3f2a.js", headers=headers)
    assert "content-encoding" not in answer.headers
    assert SCRIPT.startswith(answer.text)


@pytest.mark.parametrize("path", ["/", "/static/secret.txt"])
def test_everything_else_is_left_to_the_app(client: TestClient, path: str):
    assert "content-encoding" not in client.get(path).headers


@pytest.mark.parametrize("path", ["/static/js/none.js", "/static/js/../../app.py", "/static/js/%2e%2e/%2e%2e/x.js"])
def test_a_file_that_is_not_there_is_not_found(client: TestClient, path: str):
    assert client.get(path).status_code == 404


def test_the_bytes_are_the_same_each_time(client: TestClient):
    with client.stream("GET", "/static/js/map.3f2a.js") as answer:
        raw = b"".join(answer.iter_raw())
    with client.stream("GET", "/static/js/map.3f2a.js") as answer:
        assert b"".join(answer.iter_raw()) == raw
    assert gzip.decompress(raw).decode() == SCRIPT
