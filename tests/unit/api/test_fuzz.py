"""Every address that the description names, with odd values: no server error, no traceback."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

HEAVY = ("/brief.pdf", "/pack.zip", "/slides.pptx", "/tables.xlsx", "/picture.png", "/share.png")
"""Drawn or packed: too slow to ask for hundreds of times."""
ODD = st.one_of(
    st.sampled_from(["", "\0", "%", "..", "<b>", "'", "1e999", "-1", "nan", "٣", "x" * 500, "DE", "1", "obstacles"]),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
)


@pytest.fixture(scope="module")
def operations(api: TestClient) -> dict[str, Any]:
    paths = api.get("/api/v1/openapi.json").json()["paths"]
    return {path: told["get"] for path, told in paths.items() if path not in HEAVY}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_described_address_breaks_on_odd_values(
    api: TestClient, operations: dict[str, Any], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(operations)))
    asked = operations[path].get("parameters", [])
    address, query = path, []
    for each in asked:
        known = each["schema"].get("enum")
        value = st.one_of(st.sampled_from(known), ODD) if known else ODD
        if each["in"] == "path":
            address = address.replace("{" + each["name"] + "}", quote(str(data.draw(value)), safe=""))
    optional = [each for each in asked if each["in"] == "query"]
    for each in data.draw(st.lists(st.sampled_from(optional), max_size=3)) if optional else []:
        query.append(f"{each['name']}={quote(str(data.draw(ODD)), safe='')}")
    response = api.get(f"/api/v1{address}?{'&'.join(query)}")
    assert response.status_code in {200, 400, 404}, (address, query, response.text)
    assert "Traceback" not in response.text
    if response.status_code != 200:
        assert set(response.json()["error"]) == {"code", "message", "hint"}
