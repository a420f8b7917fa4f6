"""The API gives the rows of the release that is asked for, and tells of all releases."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mapping.exports.releasing import release
from mapping.tables.loading import load_tables
from mapping.tables.releases import releases
from mapping.view.atlas import atlas_of
from tests.unit.api.conftest import Serve, client_of
from tests.unit.exports.released import NEW, OLD, edited, twice_released, with_later_rows

V1 = "/api/v1"
LATER = "example-later-hospital"


@pytest.fixture(scope="module")
def folder(_mini_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder released twice; to read only."""
    copy = tmp_path_factory.mktemp("twice") / "data"
    return twice_released(Path(shutil.copytree(_mini_source, copy)))


@pytest.fixture(scope="module")
def twice(folder: Path) -> TestClient:
    return client_of(atlas_of(load_tables(folder)), folder)


def ids(answer: object) -> set[str]:
    return {row["id"] for row in answer.json()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["sites.json", "atlas.json", "sites.json?country=DE", "atlas.json?country=DE"])
def test_the_same_address_has_the_rows_of_each_release(twice: TestClient, address: str) -> None:
    mark = "&" if "?" in address else "?"
    old = ids(twice.get(f"{V1}/{address}{mark}v={OLD}"))
    new = ids(twice.get(f"{V1}/{address}{mark}v={NEW}"))
    assert new == old | {LATER}
    assert ids(twice.get(f"{V1}/{address}")) == new


@pytest.mark.parametrize(
    "address",
    ["sites.csv", "sites.geojson", "facility_capabilities.json", "atlas.csv", "map/points.json", "map/cities.json"]
    + ["access.json?role=treatment_centres", "geo/countries.geojson", "tables"],
)
def test_a_versioned_answer_may_be_kept_for_ever(twice: TestClient, address: str) -> None:
    mark = "&" if "?" in address else "?"
    for version in (OLD, NEW, f"{OLD}-1a2b3c4d"):
        answer = twice.get(f"{V1}/{address}{mark}v={version}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-data-version"] == version[: len(OLD)]


def test_the_map_of_an_old_release_draws_the_old_rows(twice: TestClient) -> None:
    old, new = (twice.get(f"{V1}/map/points.json?v={version}-1a2b3c4d").json() for version in (OLD, NEW))
    assert {row["id"] for row in new} - {row["id"] for row in old} == {LATER}


@pytest.mark.parametrize("address", ["sites.json", "atlas.json", "map/points.json", "access.json", "tables"])
@pytest.mark.parametrize("version", ["2020.1.0", "x", "../secret", "2026.11.0-changed.00000000"])
def test_a_version_nobody_released_is_not_found(twice: TestClient, address: str, version: str) -> None:
    answer = twice.get(f"{V1}/{address}", params={"v": version})
    assert answer.status_code == 404
    told = answer.json()["error"]
    assert told["code"] == "unknown_version"
    assert NEW in told["hint"]


def described(folder: Path, text: str) -> None:
    """Give every solution another description."""
    edited(folder / "solutions.csv", lambda rows: [{**row, "description": text} for row in rows])


def test_changed_data_are_not_served_as_a_release(folder: Path, tmp_path: Path, api_of: Serve) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "data"))
    described(copy, "xemple")
    api = api_of(copy)
    now = api.get(f"{V1}/health").json()["version"]
    assert now.startswith(f"{NEW}-changed.")
    assert "xemple" in api.get(f"{V1}/solutions.csv", params={"v": now}).text
    assert "xemple" not in api.get(f"{V1}/solutions.csv", params={"v": NEW}).text


def test_older_releases_take_turns_without_mixing(folder: Path, tmp_path: Path, api_of: Serve) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "data"))
    for number in range(1, 4):
        described(copy, f"Example {number}")
        release(copy, f"2027.{number}.0", "", f"2027-0{number}-01")
    api, known = api_of(copy), [each.version for each in releases(copy)]
    first = {version: api.get(f"{V1}/solutions.csv?v={version}").content for version in known}
    assert len(set(first.values())) == 4  # the two oldest differ in other tables
    for version in [*known, *reversed(known)]:
        answer = api.get(f"{V1}/solutions.csv?v={version}")
        assert (answer.content, answer.headers["x-data-version"]) == (first[version], version)


def test_the_list_of_releases_tells_rows_checksums_and_changes(twice: TestClient, folder: Path) -> None:
    told = twice.get(f"{V1}/releases").json()
    assert told["newest"] == NEW
    new, old = told["releases"]
    assert (new["version"], new["previous"], old["version"], old["previous"]) == (NEW, OLD, OLD, "")
    assert new["changes"]["sites"] == {"added": 1, "changed": 1, "removed": 0, "reread": 0}
    assert new["rows"]["sites"] == old["rows"]["sites"] + 1
    by_path = {entry["path"]: entry["hash"] for entry in new["files"]}
    assert by_path["sites.csv"] == "sha256:" + hashlib.sha256((folder / "sites.csv").read_bytes()).hexdigest()
    assert "Example Later Hospital" in new["text"]


def test_one_release_names_each_row_that_changed(twice: TestClient) -> None:
    told = twice.get(f"{V1}/releases/{NEW}.json").json()
    [sites] = [entry for entry in told["rows_changed"] if entry["table"] == "sites"]
    assert [row["id"] for row in sites["added"]] == [LATER]
    missing = twice.get(f"{V1}/releases/2031.1.0.json")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "unknown_version")


def test_the_feed_is_served_as_one(twice: TestClient) -> None:
    answer = twice.get(f"{V1}/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.text.count("<entry>") == 2


def test_a_damaged_release_says_so_and_the_newest_data_work(folder: Path, tmp_path: Path, api_of: Serve) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "data"))
    (copy / "releases" / OLD / "sites.csv.gz").write_bytes(b"not gzip")
    api = api_of(copy)
    answer = api.get(f"{V1}/sites.json?v={OLD}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "release_not_shown")
    assert str(copy) not in answer.text
    assert api.get(f"{V1}/sites.json").status_code == 200


def test_a_folder_without_releases_has_an_empty_list(api: TestClient) -> None:
    assert api.get(f"{V1}/releases").json()["releases"] == []


def test_releasing_again_leaves_old_answers_as_they_were(mini_folder: Path, api_of: Serve) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    before = {table: api_of(mini_folder).get(f"{V1}/{table}.csv").content for table in ("sites", "treatment_centres")}
    with_later_rows(mini_folder)
    release(mini_folder, NEW, "", "2026-12-05")
    api = api_of(mini_folder)
    assert {table: api.get(f"{V1}/{table}.csv?v={OLD}").content for table in before} == before


def test_the_feed_links_to_the_host_a_reader_came_by(twice: TestClient) -> None:
    for host in ("one.example", "two.example"):
        feed = twice.get(f"{V1}/changes.atom", headers={"Host": host}).text
        assert f'href="http://{host}/api/v1/changes.atom"' in feed
        assert f'href="http://{host}/?v={NEW}"' in feed
