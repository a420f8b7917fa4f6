from __future__ import annotations

import pytest
from starlette.testclient import TestClient

ACCESS = "/api/v1/access.json"


def test_access_has_the_shape_of_the_contract(api: TestClient) -> None:
    told = api.get(f"{ACCESS}?role=treatment_centres&km=50").json()
    assert set(told) == {"role", "km", "site_ids", "countries", "total"}
    assert told["site_ids"] == ["example-berlin", "example-milan"]
    germany = next(row for row in told["countries"] if row["country"] == "DE")
    assert germany == {"country": "DE", "population": 80_000_000, "within": 60_000_000, "share_within": 0.75}
    assert set(told["total"]) == {"population", "within", "share_within"}


def test_the_total_is_the_sum_of_the_countries(api: TestClient) -> None:
    told = api.get(f"{ACCESS}?role=facilities&km=300").json()
    for key in ("population", "within"):
        assert told["total"][key] == sum(row[key] for row in told["countries"])


def test_without_keys_it_is_treatment_within_200_km(api: TestClient) -> None:
    told = api.get(ACCESS).json()
    assert (told["role"], told["km"]) == ("treatment_centres", 200)


@pytest.mark.parametrize(
    "query", ["role=hospitals", "km=far", "km=-1", "km=nan", "km=inf", "km=1e9", "km=1&km=2", "role=", "kilometres=5"]
)
def test_a_slip_is_an_error(api: TestClient, query: str) -> None:
    response = api.get(f"{ACCESS}?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["hint"]
