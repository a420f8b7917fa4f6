from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from mapping.api.mounting import LateRoutes, mounted
from mapping.api.routes import routes
from mapping.view.atlas import Atlas
from tests.unit.api.conftest import Serve
from tests.unit.paths import ROOT

NASTY = [
    "",
    "\0",
    "%ff",
    "..",
    "../..",
    "'",
    '"',
    "<script>",
    "=1+1",
    "-1",
    "1e9",
    "1e999",
    "nan",
    "٣",
    "💉",
    "\ud800",
    "a" * 3000,
]
NAMES = [
    "sites",
    "facilities",
    "codes",
    "facility_capabilities",
    "places",
    "atlas",
    "access",
    "geo/countries",
    "map/points",
    "tables",
    "health",
    "ready",
    "metrics",
    "share",
    "picture",
    "slides",
    "releases/2026.11.0",
    "nope",
]
EXTENSIONS = ["json", "csv", "geojson", "parquet", "pdf", "svg", "", "JSON"]
KEYS = [
    "country",
    "id",
    "lat",
    "capabilities",
    "q",
    "limit",
    "offset",
    "v",
    "role",
    "km",
    "years",
    "class",
    "site",
    "focus",
    "page",
    "nope",
    "",
]

texts = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=12), st.sampled_from(["DE", "car_t", "treatment_centres", "2020", "52.52"])
)
pairs = st.lists(st.tuples(st.one_of(st.sampled_from(KEYS), texts), texts), max_size=4)
names = st.one_of(st.sampled_from(NAMES), texts)


def escaped(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="%")


@settings(max_examples=250, deadline=None)
@given(name=names, extension=st.one_of(st.sampled_from(EXTENSIONS), texts), query=pairs)
def test_no_request_breaks_the_server_and_every_refusal_is_json(
    api: TestClient, name: str, extension: str, query: list[tuple[str, str]]
) -> None:
    asked = "&".join(f"{escaped(key)}={escaped(value)}" for key, value in query)
    address = f"/api/v1/{escaped(name)}.{escaped(extension)}?{asked}"
    response = api.get(address)
    assert response.status_code in {200, 400, 404, 414}
    if response.status_code != 200:
        assert set(response.json()["error"]) == {"code", "message", "hint"}
        assert "Traceback" not in response.text
        assert str(ROOT) not in response.text


@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=40))
def test_no_bytes_of_a_path_break_the_server(api: TestClient, raw: bytes) -> None:
    response = api.get("/api/v1/" + quote(raw, safe=""))
    assert response.status_code in {200, 404}
    assert response.headers["content-type"].startswith(("application/json", "text/"))


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/sites.json",
        "/api/v1/a/b/c",
        "/api/v1//sites.json",
        "/api/v1/%00",
        "/api/v1/..%2fsites.json",
    ],
)
def test_an_address_of_nothing_is_not_found_in_json(api: TestClient, address: str) -> None:
    response = api.get(address)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_a_near_miss_is_named(api: TestClient) -> None:
    assert api.get("/api/v1/heath").json()["error"]["hint"] == "Did you mean 'health'?"


@pytest.mark.parametrize("prefix", ["", "/atlas"])
def test_a_base_path_is_answered_with_and_without(mini_folder: Path, api_of: Serve, prefix: str) -> None:
    assert api_of(mini_folder, "/atlas/").get(f"{prefix}/api/v1/health").status_code == 200


def test_an_app_mounted_below_a_path_answers_there(mini_atlas: Atlas, mini_folder: Path) -> None:
    inner = Starlette(routes=mounted(LateRoutes(lambda: routes(lambda: mini_atlas, mini_folder))))
    client = TestClient(Starlette(routes=[Mount("/below", inner)]))
    assert client.get("/below/api/v1/health").status_code == 200
    assert client.get("/below/api/v1/sites.json?country=DE").headers["x-total-count"] == "2"


@pytest.mark.parametrize("name", ["countries", "regions", "lakes"])
def test_outlines_are_served_as_they_stand(api: TestClient, source: Path, name: str) -> None:
    response = api.get(f"/api/v1/geo/{name}.geojson")
    assert response.content == (source / "geo" / f"{name}.geojson").read_bytes()
    assert response.headers["content-type"] == "application/geo+json"


def test_missing_outlines_are_told_without_their_path(mini_folder: Path, api_of: Serve) -> None:
    (mini_folder / "geo" / "lakes.geojson").unlink()
    response = api_of(mini_folder).get("/api/v1/geo/lakes.geojson")
    assert response.status_code == 503
    assert str(mini_folder) not in response.text


@pytest.mark.parametrize("content", [None, b"{", b'{"features": [{"properties": {}}]}'])
@pytest.mark.parametrize("path", ["map/borders.json", "geo/countries.geojson", "picture.svg", "brief.pdf", "pack.zip"])
def test_what_is_drawn_from_faulty_outlines_says_so(
    mini_folder: Path, api_of: Serve, path: str, content: bytes | None
) -> None:
    file = mini_folder / "geo" / "countries.geojson"
    file.unlink() if content is None else file.write_bytes(content)
    client = api_of(mini_folder)
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 503
    assert "geo/countries.geojson" in response.json()["error"]["message"]
    assert client.get("/api/v1/sites.csv").status_code == 200


def test_health_names_outlines_that_are_missing(mini_folder: Path, api_of: Serve) -> None:
    (mini_folder / "geo" / "regions.geojson").unlink()
    told = api_of(mini_folder).get("/api/v1/health").json()
    assert (told["status"], told["faults"]) == ("degraded", {"geo-regions": 1})


def test_scripts_are_served_as_such(api: TestClient) -> None:
    response = api.get("/api/v1/scripts/copy-link.js")
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert api.get("/api/v1/scripts/routes.py").status_code == 404


def test_the_routes_are_made_once_and_not_before_they_are_asked_for(mini_atlas: Atlas, source: Path) -> None:
    made: list[int] = []

    def make() -> list[Route]:
        made.append(1)
        return routes(lambda: mini_atlas, source)

    client = TestClient(Starlette(routes=mounted(LateRoutes(make))))
    assert made == []
    assert [client.get("/api/v1/health").status_code for _ in range(2)] == [200, 200]
    assert made == [1]
