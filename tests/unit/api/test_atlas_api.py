from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from starlette.testclient import TestClient

V1 = "/api/v1"


def ids(api: TestClient, address: str) -> list[str]:
    response = api.get(f"{V1}/{address}")
    assert response.status_code == 200, response.text
    return [row["id"] for row in response.json()]


def test_the_atlas_is_one_row_a_site_in_view(api: TestClient) -> None:
    assert ids(api, "atlas.json?country=DE") == ["example-berlin", "example-berlin-works"]
    [berlin] = api.get(f"{V1}/atlas.json?site=example-berlin&country=DE&kind=academic").json()
    assert berlin["roles"] == ["facilities"]
    assert berlin["facilities"] == 1
    assert berlin["source_ids"] == ["example-article", "example-page"]


def test_every_format_holds_the_same_sites(api: TestClient) -> None:
    wanted = ids(api, "atlas.json?layers=trial_sites")
    rows = list(csv.DictReader(io.StringIO(api.get(f"{V1}/atlas.csv?layers=trial_sites").text)))
    features = api.get(f"{V1}/atlas.geojson?layers=trial_sites").json()["features"]
    book = openpyxl.load_workbook(io.BytesIO(api.get(f"{V1}/atlas.xlsx?layers=trial_sites").content))
    assert [row["id"] for row in rows] == wanted
    assert [feature["id"] for feature in features] == wanted
    assert [row[0] for row in book["Sites"].iter_rows(min_row=2, values_only=True)] == wanted


def test_the_atlas_comes_in_pages(api: TestClient) -> None:
    whole = ids(api, "atlas.json")
    response = api.get(f"{V1}/atlas.json?limit=2&offset=1")
    assert [row["id"] for row in response.json()] == whole[1:3]
    assert response.headers["x-total-count"] == str(len(whole))


def test_text_is_searched_as_on_the_page(api: TestClient) -> None:
    assert ids(api, "atlas.json?q=Beispielklinick") == ["example-berlin"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("country=ZZ", "bad_value"),
        ("class=GTPM", "bad_value"),
        ("contry=DE", "unknown_column"),
        ("years=soon", "bad_value"),
        ("limit=x", "bad_value"),
    ],
)
def test_what_makes_no_sense_is_an_error_here(api: TestClient, query: str, code: str) -> None:
    response = api.get(f"{V1}/atlas.json?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == code


def test_a_version_nobody_released_is_an_error_and_not_other_data(api: TestClient) -> None:
    answer = api.get(f"{V1}/atlas.json?v=1999.1.0")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_version")


def test_the_map_draws_the_sites_of_the_atlas(api: TestClient) -> None:
    for query in ("", "country=DE", "layers=facilities", "q=milan", "include=closed&include=planned"):
        drawn = {row["id"] for row in api.get(f"{V1}/map/points.json?{query}").json()}
        assert drawn == set(ids(api, f"atlas.json?{query}"))


@pytest.mark.parametrize("style", ["cities", "points", "density"])
def test_each_style_of_the_map_has_rows(api: TestClient, style: str) -> None:
    response = api.get(f"{V1}/map/{style}.json")
    assert len(response.json()) == int(response.headers["x-total-count"]) > 0


@pytest.mark.parametrize("address", ["map/plaid.json", "map/points.csv", "atlas.parquet"])
def test_a_style_or_format_that_is_not_there_is_not_found(api: TestClient, address: str) -> None:
    assert api.get(f"{V1}/{address}").status_code == 404
