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


def test_the_filters_of_the_page_narrow_the_sites(api: TestClient) -> None:
    everywhere = api.get(f"{ACCESS}?role=trial_sites").json()["site_ids"]
    some = api.get(f"{ACCESS}?role=trial_sites&modality=car_t").json()["site_ids"]
    assert set(some) < set(everywhere)


def test_the_country_filter_says_whose_people_are_counted(api: TestClient) -> None:
    told = api.get(f"{ACCESS}?country=FR&km=900").json()
    assert [row["country"] for row in told["countries"]] == ["FR"]
    assert told["site_ids"] == api.get(f"{ACCESS}?km=900").json()["site_ids"]
    assert told["total"]["within"] > 0


def test_a_scenario_and_the_own_country_are_answered_too(api: TestClient) -> None:
    today = api.get(f"{ACCESS}?km=50").json()
    closed = api.get(f"{ACCESS}?km=50&close=example-berlin").json()
    added = api.get(f"{ACCESS}?km=50&add=example-paris").json()
    assert closed["total"]["within"] < today["total"]["within"] < added["total"]["within"]
    assert "example-berlin" not in closed["site_ids"]
    own = api.get(f"{ACCESS}?km=2000&own=1").json()
    assert next(row for row in own["countries"] if row["country"] == "FR")["within"] == 0


def test_what_the_filters_do_not_know_is_an_error(api: TestClient) -> None:
    assert api.get(f"{ACCESS}?modality=magic").status_code == 400
    assert api.get(f"{ACCESS}?add=nowhere").status_code == 400


def test_the_places_of_the_map_are_those_counted(api: TestClient) -> None:
    rows = api.get("/api/v1/map/access.json?role=treatment_centres")
    places = api.get("/api/v1/places.json").json()
    core = {row["country"] for row in api.get(ACCESS).json()["countries"]}
    wanted = {place["id"] for place in places if place["country"] in core and place["population"]}
    assert {row["i"] for row in rows.json()} == wanted
    assert rows.headers["X-Total-Count"] == str(len(wanted))


def test_of_a_scenario_the_map_gets_the_places_it_changes(api: TestClient) -> None:
    today = {row["i"]: row["d"] for row in api.get("/api/v1/map/access.json").json()}
    then = api.get("/api/v1/map/access.json?close=example-berlin").json()
    assert 0 < len(then) < len(today)
    assert all(row["d"] != today[row["i"]] for row in then)
    nothing = api.get("/api/v1/map/access.json?close=example-berlin&country=IT").json()
    assert {row["i"] for row in nothing} <= {row["i"] for row in then}
