from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def document(api: TestClient) -> dict[str, Any]:
    return api.get("/api/v1/openapi.json").json()


def test_the_description_is_valid_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_description_has_every_table_in_every_format(api: TestClient, document: dict[str, Any]) -> None:
    for entry in api.get("/api/v1/tables").json()["tables"]:
        described = document["paths"][f"/{entry['name']}.{{format}}"]["get"]
        names = {parameter["name"] for parameter in described["parameters"]}
        assert names >= {"format", "q", "limit", "offset", "v", *(column["name"] for column in entry["columns"])}
        assert described["parameters"][0]["schema"]["enum"] == entry["formats"]


@pytest.mark.parametrize(
    "path",
    [
        "health",
        "ready",
        "metrics",
        "tables",
        "access.json",
        "atlas.{format}",
        "map/{style}.json",
        "map/borders.json",
        "geo/{name}.geojson",
        "map/sheets/{name}",
        "scripts/{name}",
        "picture.svg",
        "picture.png",
        "slides.pptx",
        "brief.pdf",
        "pack.zip",
        "share",
        "share.png",
        "tables.xlsx",
    ],
)
def test_the_description_has_every_other_address(document: dict[str, Any], path: str) -> None:
    assert f"/{path}" in document["paths"]


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("health", "Health"),
        ("tables", "Tables"),
        ("access.json?km=10", "Access"),
        ("nothing", "Error"),
        ("sites.geojson", "FeatureCollection"),
    ],
)
def test_what_is_served_is_what_is_described(
    api: TestClient, document: dict[str, Any], address: str, schema: str
) -> None:
    wanted = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    Draft202012Validator(wanted).validate(api.get(f"/api/v1/{address}").json())


def test_each_row_is_as_described(api: TestClient, document: dict[str, Any]) -> None:
    for name in (entry["name"] for entry in api.get("/api/v1/tables").json()["tables"]):
        wanted = {"type": "array", "items": document["components"]["schemas"][name]}
        Draft202012Validator(wanted).validate(api.get(f"/api/v1/{name}.json").json())
