"""The front page: ours in title and place, Streamlit's in all else."""

import re
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.api.front_page import PLACE_SCRIPT, FrontPage, front_page, map_scripts
from mapping.api.security import script_hashes

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
PAGE = front_page(INDEX.read_text(encoding="utf-8"))


async def _index(_request):
    return FileResponse(INDEX, media_type="text/html")


async def _other(_request):
    return JSONResponse({"title": "Streamlit"})


def client() -> TestClient:
    routes = [Route("/", _index, methods=["GET", "HEAD"]), Route("/other", _other)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(FrontPage, page=PAGE)]))


def test_the_page_has_our_title_before_any_script_runs():
    assert "<title>ATMP Atlas</title>" in client().get("/").text
    assert "<title>Streamlit</title>" not in client().get("/").text


def test_the_browser_is_told_where_the_server_is_before_streamlit_starts():
    assert PAGE.index(PLACE_SCRIPT) < PAGE.index('<script type="module"')


def test_the_script_in_it_is_one_the_policy_can_name():
    assert len(script_hashes(PAGE)) == len(script_hashes(INDEX.read_text(encoding="utf-8"))) + 1


def test_length_and_body_agree():
    answer = client().get("/")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert client().head("/").headers["content-length"] == answer.headers["content-length"]


def test_what_is_no_page_is_left_alone():
    assert client().get("/other").json() == {"title": "Streamlit"}


def test_a_reader_without_scripts_is_shown_to_the_tables():
    assert "api/v1/atlas.csv" in PAGE
    assert "enable JavaScript to run this app" not in PAGE


def test_the_scripts_that_draw_a_map_are_fetched_at_once():
    static = Path(streamlit.__file__).parent / "static"
    early = map_scripts(static)
    page = front_page(INDEX.read_text(encoding="utf-8"), early)
    assert early[0].startswith("DeckGlJsonChart.")
    asked = re.findall(r'rel="modulepreload" crossorigin href="\./(static/js/[^"]+)"', page)
    assert {f"static/js/{name}" for name in early} <= {*asked, *re.findall(r'src="\./([^"]+)"', page)}
    assert len(asked) == len(set(asked))
    assert [name for name in asked if not (static / name).is_file()] == []


def test_a_front_end_without_such_scripts_is_served_as_it_is(tmp_path: Path):
    assert map_scripts(tmp_path) == ()
