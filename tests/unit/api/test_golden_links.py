"""A link is a citation: under a later release it gives the ids and figures it gave on its day."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mapping.exports.releasing import release
from mapping.tables.loading import load_tables
from mapping.view.atlas import atlas_of
from tests.unit.api.conftest import client_of
from tests.unit.exports.released import NEW, OLD, with_later_rows
from tests.unit.paths import DATA, ROOT

GOLDEN: list[dict[str, Any]] = json.loads((ROOT / "tests/fixtures/golden_links.json").read_text(encoding="utf-8"))
ACCESS = {  # by hand: of 80 million in DE the town of Berlin stands for 60; of 60 million in IT Milan for 31,578,947
    "site_ids": ["example-berlin", "example-milan"],
    "within": {"DE": 60_000_000, "FR": 0, "IT": 31_578_947, "LI": 0, "RO": 0},
}
REAL_LINKS = ("country=DE&class=GTMP", "layers=treatment_centres&country=FR&country=IT", "q=charite", "area=oncology")
V1 = "/api/v1"


def served(folder: Path) -> TestClient:
    return client_of(atlas_of(load_tables(folder)), folder)


def released_later(folder: Path) -> Path:
    with_later_rows(folder)
    assert release(folder, NEW, "", "2026-12-05")
    return folder


@pytest.fixture(scope="module")
def then_and_later(_mini_source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, TestClient]:
    """The Atlas on the day of a release, and after the next one."""
    home = tmp_path_factory.mktemp("golden")
    then = Path(shutil.copytree(_mini_source, home / "then"))
    release(then, OLD, "", "2026-11-23")
    return served(then), served(released_later(Path(shutil.copytree(then, home / "later"))))


def ids(api: TestClient, link: str, version: str) -> list[str]:
    return [row["id"] for row in api.get(f"{V1}/atlas.json?{link}&v={version}".replace("?&", "?")).json()]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["link"] or "bare")
def test_a_golden_link_gives_the_same_ids_for_ever(
    then_and_later: tuple[TestClient, TestClient], golden: dict[str, Any]
) -> None:
    then, later = then_and_later
    assert ids(then, golden["link"], OLD) == golden["ids"]
    assert ids(later, golden["link"], OLD) == golden["ids"]
    assert (ids(later, golden["link"], NEW) != golden["ids"]) == golden["moves"]


def test_a_golden_link_gives_the_same_figures_for_ever(then_and_later: tuple[TestClient, TestClient]) -> None:
    for api in then_and_later:
        told = api.get(f"{V1}/access.json?role=treatment_centres&km=100&v={OLD}").json()
        assert told["site_ids"] == ACCESS["site_ids"]
        assert {row["country"]: row["within"] for row in told["countries"]} == ACCESS["within"]
    newest = then_and_later[1].get(f"{V1}/access.json?role=treatment_centres&km=100").json()
    assert "example-later-hospital" in newest["site_ids"]


def test_links_on_the_real_data_give_the_same_after_the_next_release(tmp_path: Path) -> None:
    then = Path(shutil.copytree(DATA, tmp_path / "then", ignore=shutil.ignore_patterns("releases", "raw")))
    assert release(then, OLD, "", "2026-11-23")
    later = released_later(Path(shutil.copytree(then, tmp_path / "later")))
    addresses = [f"{V1}/atlas.json?{link}&v={OLD}" for link in REAL_LINKS]
    addresses += [f"{V1}/map/cities.json?country=DE&v={OLD}-1a2b3c4d", f"{V1}/access.json?km=60&country=DE&v={OLD}"]
    old, new = served(then), served(later)
    assert [new.get(address).json() for address in addresses] == [old.get(address).json() for address in addresses]
    assert all(len(old.get(address).content) > 50 for address in addresses)
