from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from tests.unit.api.conftest import Serve

V1 = "/api/v1"


def ids(api: TestClient, address: str) -> list[str]:
    response = api.get(f"{V1}/{address}")
    assert response.status_code == 200, response.text
    return [row["id"] for row in response.json()]


def error(api: TestClient, address: str) -> dict[str, str]:
    body = api.get(f"{V1}/{address}").json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "hint"}
    return body["error"]


def test_a_table_is_an_array_of_records_with_null_for_nothing_and_lists_as_arrays(api: TestClient) -> None:
    [unit] = api.get(f"{V1}/facilities.json?id=example-unit-bucharest").json()
    assert unit["operator"] is None
    assert unit["clean_room_m2"] is None
    assert unit["capabilities"] == []
    [works] = api.get(f"{V1}/facilities.json?id=example-works-berlin").json()
    assert works["capabilities"] == ["viral_vector_aav", "plasmid", "fill_finish"]
    assert works["clean_room_m2"] == 2000.5
    assert works["opened_year"] == 2019


def test_a_repeated_column_means_or_and_several_columns_mean_and(api: TestClient) -> None:
    assert ids(api, "sites.json?country=DE&country=IT") == ["example-berlin", "example-berlin-works", "example-milan"]
    assert ids(api, "sites.json?country=DE&country=IT&coord_precision=address") == ["example-milan"]


def test_a_list_column_matches_any_element_and_no_part_of_one(api: TestClient) -> None:
    assert ids(api, "facilities.json?capabilities=msc") == ["example-unit-berlin"]
    assert ids(api, "facilities.json?atmp_classes=GTMP") == ["example-unit-berlin", "example-works-berlin"]
    assert ids(api, "sites.json?aliases=Beispielklinik") == []


@pytest.mark.parametrize("written", ["2000.5", "2000.50", "2.0005e3", "+2000.5"])
def test_numbers_are_compared_as_numbers(api: TestClient, written: str) -> None:
    response = api.get(f"{V1}/facilities.json", params={"clean_room_m2": written})
    assert [row["id"] for row in response.json()] == ["example-works-berlin"]


def test_an_empty_value_finds_rows_with_nothing_there(api: TestClient) -> None:
    assert ids(api, "facilities.json?operator=") == ["example-unit-bucharest"]
    assert ids(api, "facilities.json?closed_year=&closed_year=2023&country=IT") == ["example-unit-milan"]
    assert ids(api, "facilities.json?capabilities=") == ["example-unit-bucharest"]


@pytest.mark.parametrize("typed", ["hopital", "HÔPITAL", "hôpital exemple", "Hôpital"])
def test_text_is_found_without_accents_or_case(api: TestClient, typed: str) -> None:
    response = api.get(f"{V1}/sites.json", params={"q": typed})
    assert [row["id"] for row in response.json()] == ["example-paris"]


def test_text_is_not_found_across_two_cells(api: TestClient) -> None:
    assert ids(api, "sites.json?q=Berlin+DE") == []


def test_limit_and_offset_cut_a_window_and_the_header_counts_all(api: TestClient) -> None:
    whole = ids(api, "sites.json")
    response = api.get(f"{V1}/sites.json?limit=2&offset=3")
    assert [row["id"] for row in response.json()] == whole[3:5]
    assert response.headers["x-total-count"] == "6"
    assert ids(api, "sites.json?limit=0") == []
    assert ids(api, "sites.json?offset=999999999999") == []


@pytest.mark.parametrize("table", ["organisations", "facilities", "treatment_centres", "trial_sites"])
def test_what_lies_at_a_site_carries_its_place(api: TestClient, table: str) -> None:
    sites = {row["id"]: row for row in api.get(f"{V1}/sites.json").json()}
    rows = api.get(f"{V1}/{table}.json").json()
    assert rows
    for row in rows:
        if row["site_id"]:
            place = sites[row["site_id"]]
            assert [row[key] for key in ("country", "city", "lat", "lon")] == [
                place[key] for key in ("country", "city", "lat", "lon")
            ]


def test_an_organisation_without_a_seat_has_no_place(api: TestClient) -> None:
    [row] = api.get(f"{V1}/organisations.json?id=example-alliance").json()
    assert [row[key] for key in ("country", "city", "lat", "lon")] == [None] * 4
    [feature] = api.get(f"{V1}/organisations.geojson?id=example-alliance").json()["features"]
    assert feature["geometry"] is None


def test_geojson_is_points_with_every_column_and_says_what_it_is(api: TestClient) -> None:
    response = api.get(f"{V1}/trial_sites.geojson?country=FR")
    collection = response.json()
    assert response.headers["content-type"] == "application/geo+json"
    assert collection["type"] == "FeatureCollection"
    assert collection["metadata"]["licence"] == "CC-BY-4.0"
    assert collection["metadata"]["filters"] == {"country": ["FR"]}
    assert {tuple(feature["geometry"]["coordinates"]) for feature in collection["features"]} == {
        (2.35, 48.85),
        (4.85, 45.75),
    }
    assert collection["features"][0]["properties"]["trial_id"] == "NCT00000001"


def test_a_table_without_places_has_no_geojson(api: TestClient) -> None:
    assert api.get(f"{V1}/trials.geojson").status_code == 400
    assert error(api, "trials.geojson")["code"] == "no_geometry"


def test_csv_holds_the_same_rows_as_json(api: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(api.get(f"{V1}/facilities.csv").text)))
    records = api.get(f"{V1}/facilities.json").json()
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    assert [row["capabilities"] for row in rows] == ["|".join(record["capabilities"]) for record in records]
    assert [float(row["lat"]) for row in rows] == [record["lat"] for record in records]


def test_parquet_holds_the_same_rows_as_json(api: TestClient) -> None:
    table = pq.read_table(io.BytesIO(api.get(f"{V1}/facilities.parquet").content))
    assert table.to_pylist() == api.get(f"{V1}/facilities.json").json()
    assert table.schema.metadata[b"version"] == b"2026.11.0"


def test_a_workbook_holds_the_same_rows_as_json_and_explains_itself(api: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(api.get(f"{V1}/sites.xlsx?country=DE").content))
    assert book.sheetnames == ["README", "sites"]
    told = " ".join(str(cell.value) for [cell] in book["README"].iter_rows(max_col=1) if cell.value)
    assert "country = DE" in told
    assert "2026.11.0" in told
    header, *rows = list(book["sites"].iter_rows(values_only=True))
    assert [dict(zip(header, row, strict=True))["id"] for row in rows] == ["example-berlin", "example-berlin-works"]


def test_lists_and_codes_are_tables_too(api: TestClient) -> None:
    assert api.get(f"{V1}/facility_capabilities.json?id=example-unit-berlin").json() == [
        {"id": "example-unit-berlin", "value": "car_t"},
        {"id": "example-unit-berlin", "value": "msc"},
    ]
    assert api.get(f"{V1}/obstacle_countries.json").status_code == 200
    assert [row["code"] for row in api.get(f"{V1}/codes.json?vocabulary=role").json()][0] == "partners"


def test_the_list_of_tables_says_rows_columns_and_formats(api: TestClient) -> None:
    told = api.get(f"{V1}/tables").json()
    tables = {entry["name"]: entry for entry in told["tables"]}
    assert told["version"] == "2026.11.0"
    assert told["licence"] == "CC-BY-4.0"
    assert tables["sites"]["rows"] == 6
    assert tables["trials"]["formats"] == ["csv", "json", "parquet", "xlsx"]
    assert {column["name"] for column in tables["facilities"]["columns"]} >= {"id", "lat", "capabilities"}
    for name, entry in tables.items():
        assert len(api.get(f"{V1}/{name}.json").json()) == entry["rows"]


def test_an_unknown_table_is_not_found_and_the_nearest_is_proposed(api: TestClient) -> None:
    assert api.get(f"{V1}/facility.json").status_code == 404
    assert error(api, "facility.json") == {
        "code": "unknown_table",
        "message": "There is no table 'facility'.",
        "hint": "Did you mean 'facilities'?",
    }


@pytest.mark.parametrize(
    ("address", "code", "hint"),
    [
        ("sites.json?contry=DE", "unknown_column", "Did you mean 'country'?"),
        ("sites.json?lat=north", "bad_value", "52.52"),
        ("sites.json?lat=nan", "bad_value", "52.52"),
        ("sites.json?limit=-1", "bad_value", "limit=100"),
        ("sites.json?limit=1e9", "bad_value", "limit=100"),
        ("sites.json?limit=1&limit=2", "bad_value", "once"),
        ("sites.json?offset=٣", "bad_value", "offset=100"),
        ("facilities.json?gmp_status=closd", "bad_value", "Did you mean 'closed'?"),
        ("facilities.json?capabilities=car-t", "bad_value", "Did you mean 'car_t'?"),
        ("sites.json?country=Germany", "bad_value", "Did you mean 'DE'?"),
        ("trials.json?countries=United+States", "bad_value", "Did you mean 'US'?"),
    ],
)
def test_a_slip_in_the_query_is_an_error_with_a_hint(api: TestClient, address: str, code: str, hint: str) -> None:
    assert api.get(f"{V1}/{address}").status_code == 400
    assert error(api, address)["code"] == code
    assert hint in error(api, address)["hint"]


def test_a_code_that_no_row_has_gives_no_rows(api: TestClient) -> None:
    assert ids(api, "facilities.json?gmp_status=licensed_unspecified") == []
    assert ids(api, "sites.json?country=TR") == []


def test_an_unknown_format_is_not_found(api: TestClient) -> None:
    assert api.get(f"{V1}/sites.pdf").status_code == 404
    assert error(api, "sites.xslx")["hint"] == "Did you mean 'xlsx'?"


def test_a_faulty_table_is_not_shown_and_the_others_are(mini_folder: Path, api_of: Serve) -> None:
    path = mini_folder / "facilities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("academic", "akademic"), encoding="utf-8")
    api = api_of(mini_folder)
    response = api.get(f"{V1}/facilities.json")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "table_not_shown"
    assert "akademic" in response.json()["error"]["message"]
    assert str(mini_folder) not in response.text
    assert api.get(f"{V1}/sites.json").status_code == 200
    assert api.get(f"{V1}/facility_capabilities.json").status_code == 503
    health = api.get(f"{V1}/health").json()
    assert health["status"] == "degraded"
    assert health["faults"] == {"facilities": 2}
    listed = {entry["name"]: entry for entry in api.get(f"{V1}/tables").json()["tables"]}
    assert listed["facilities"]["rows"] is None
    assert listed["facilities"]["faults"] == 2


def test_what_lies_at_a_site_needs_the_sites(mini_folder: Path, api_of: Serve) -> None:
    (mini_folder / "sites.csv").unlink()
    api = api_of(mini_folder)
    assert api.get(f"{V1}/facilities.json").status_code == 503
    assert api.get(f"{V1}/trials.json").status_code == 200


def test_without_its_description_a_folder_is_served_by_the_schemas(mini_folder: Path, api_of: Serve) -> None:
    (mini_folder / "datapackage.json").write_text("{", encoding="utf-8")
    rows = api_of(mini_folder).get(f"{V1}/facilities.json?capabilities=car_t").json()
    assert [row["capabilities"] for row in rows] == [["car_t", "msc"]]


def test_a_formula_is_text_in_csv_and_untouched_in_json(mini_folder: Path, api_of: Serve) -> None:
    path = mini_folder / "treatment_centres.csv"
    lines = path.read_text(encoding="utf-8")
    path.write_text(lines.replace("Example-cel,example-cel", '"x, =1+1",example-cel'), encoding="utf-8")
    api = api_of(mini_folder)
    assert api.get(f"{V1}/treatment_centres.json?id=example-centre-milan").json()[0]["scope"] == "x, =1+1"
    assert '"x, =1+1"' in api.get(f"{V1}/treatment_centres.csv").text


def test_no_table_is_written_as_something_that_is_no_json(api: TestClient) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    for entry in api.get(f"{V1}/tables").json()["tables"]:
        json.loads(api.get(f"{V1}/{entry['name']}.json").text, parse_constant=refuse)
