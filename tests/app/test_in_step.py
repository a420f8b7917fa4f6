"""Map, table, headline and interface tell of the same sites, whatever the filters."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.api.routes import routes
from mapping.view.atlas import Atlas, open_atlas
from tests.app.conftest import ROOT, Open

CASES = 50
DATA: Path = ROOT / "data"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return open_atlas(DATA)


@pytest.fixture(scope="module")
def api(atlas: Atlas) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: atlas, DATA)))


def random_query(atlas: Atlas, number: int) -> dict[str, list[str]]:
    """One to three filters with one or two values each; the same for the same number."""
    draw = random.Random(number)
    options = atlas.known.options
    keys = ["layers", "country", "class", "kind", "capability", "modality", "area", "phase", "status", "sponsor"]
    query = {
        key: draw.sample(options[key], k=draw.choice((1, 2))) for key in draw.sample(keys, k=draw.choice((1, 2, 3)))
    }
    if draw.random() < 0.3:
        query["q"] = [draw.choice(["hospital", "CAR T", "berlin", "universit", "cell"])]
    if draw.random() < 0.2:
        query["years"] = ["2015", "2023"]
    return query


@pytest.mark.parametrize("number", range(CASES))
def test_the_same_sites_are_on_the_map_in_the_table_and_in_the_interface(
    opened: Open, api: TestClient, atlas: Atlas, number: int
) -> None:
    query = random_query(atlas, number)
    listed = [row["id"] for row in api.get("/atlas.json", params=query).json()]
    drawn = {row["id"] for row in api.get("/map/points.json", params=query).json()}
    app = opened(query)
    assert not app.exception
    assert drawn == set(listed)
    assert app.session_state["rows_shown"] == listed[:25]
    assert app.subheader[0].value == f"{len(listed):,} site{'' if len(listed) == 1 else 's'} in view"
