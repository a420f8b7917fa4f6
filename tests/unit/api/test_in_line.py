"""Files that take long are made a few at a time; a full line is said so, and what needs no making is answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from mapping.api.metrics import Metrics, ServerState
from mapping.api.routes import routes
from mapping.view.atlas import Atlas
from mapping.waiting_line import Line, Turn

PATIENCE_S = 60.0
LONG = ("/brief.pdf", "/picture.png", "/picture.svg", "/slides.pptx", "/share.png", "/tables.xlsx", "/sites.xlsx")


def served(atlas: Atlas, folder: Path, line: Line) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/api/v1", routes=routes(lambda: atlas, folder, line=line))]))


def filled(line: Line) -> list[Turn]:
    return [line.join() for _ in range(line.at_once + line.room)]


@pytest.mark.parametrize("address", LONG)
def test_a_full_line_answers_503_with_when_to_ask_again(mini_atlas: Atlas, source: Path, address: str) -> None:
    line = Line(at_once=1, room=1)
    filled(line)
    response = served(mini_atlas, source, line).get(f"/api/v1{address}")
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1
    assert response.headers["cache-control"] == "no-store"
    error = response.json()["error"]
    assert error["code"] == "busy"
    assert error["message"].startswith("2 files ")
    assert f"in {response.headers['retry-after']} s" in error["hint"]


@pytest.mark.parametrize("address", ["/sites.json", "/sites.csv?country=DE", "/health", "/map/points.json"])
def test_tables_and_maps_never_wait(mini_atlas: Atlas, source: Path, address: str) -> None:
    line = Line(at_once=1, room=1)
    filled(line)
    assert served(mini_atlas, source, line).get(f"/api/v1{address}").status_code == 200


def test_a_file_on_the_shelf_is_answered_though_the_line_is_full(mini_atlas: Atlas, source: Path) -> None:
    line = Line(at_once=1, room=1)
    client = served(mini_atlas, source, line)
    first = client.get("/api/v1/sites.xlsx")
    filled(line)
    again = client.get("/api/v1/sites.xlsx")
    assert (again.status_code, again.content) == (200, first.content)
    unchanged = client.get("/api/v1/sites.xlsx", headers={"If-None-Match": first.headers["etag"]})
    assert unchanged.status_code == 304


def test_a_refusal_needs_no_turn(mini_atlas: Atlas, source: Path) -> None:
    line = Line(at_once=1, room=1)
    filled(line)
    assert served(mini_atlas, source, line).get("/api/v1/sites.xlsx?v=1999.1.0").status_code == 404


def test_a_file_that_waited_is_made_when_its_turn_comes_and_frees_its_place(mini_atlas: Atlas, source: Path) -> None:
    line = Line(at_once=1, room=2)
    client, before = served(mini_atlas, source, line), line.join()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(client.get, "/api/v1/sites.xlsx")
        while not line.waiting:
            assert not asked.done()
        before.leave()
        assert asked.result(PATIENCE_S).content.startswith(b"PK")
    assert (line.working, line.waiting) == (0, 0)


def test_the_figures_tell_the_length_of_each_line() -> None:
    line = Line(at_once=1, room=2)
    filled(line)
    with pytest.raises(Exception, match="others are before you"):
        line.join()
    metrics = Metrics()
    metrics.registry.register(ServerState(lambda: 0, lambda: "", {"files": line}))
    told = metrics.text().decode()
    for name, value in (("waiting", 2), ("working", 1), ("refused_total", 1)):
        assert f'atlas_line_{name}{{line="files"}} {value:.1f}' in told
