"""The tables on the map, built from our own evidence and decisions."""

import csv
import hashlib
import re
import shutil
from pathlib import Path

import pytest

from mapping.build.placed import write_placed_tables
from mapping.build.sources import source_id

DATA = Path(__file__).parents[3] / "data"
Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.csv"))}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    for part in ("raw", "decisions"):
        shutil.copytree(DATA / part, folder / part)
    write_placed_tables(folder, source_id)
    return folder


@pytest.fixture(scope="module")
def sites(built: Path) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows(built / "sites.csv")}


def test_a_second_build_changes_nothing(built: Path) -> None:
    before = digests(built)
    write_placed_tables(built, source_id)
    assert digests(built) == before


def test_the_decisions_in_the_repository_are_those_the_build_writes(built: Path) -> None:
    ours = {path.name: path.read_bytes() for path in sorted((DATA / "decisions").glob("*.csv"))}
    assert {path.name: path.read_bytes() for path in sorted((built / "decisions").glob("*.csv"))} == ours


def test_the_order_of_the_evidence_does_not_matter(built: Path, tmp_path: Path) -> None:
    for part in ("raw", "decisions"):
        shutil.copytree(DATA / part, tmp_path / part)
    path = tmp_path / "raw" / "trial_sites.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(lines)]) + "\n", encoding="utf-8")
    write_placed_tables(tmp_path, source_id)
    assert (tmp_path / "sites.csv").read_bytes() == (built / "sites.csv").read_bytes()
    assert (tmp_path / "trial_sites.csv").read_bytes() == (built / "trial_sites.csv").read_bytes()


@pytest.mark.parametrize(
    "names",
    [
        ("hospital-clinic-barcelona", "vall-d-hebron", "hospital-sant-pau"),
        ("royal-free", "uclh", "gosh", "kings-college-hospital"),
        ("policlinico-gemelli", "bambino-gesu"),
        ("karolinska-huddinge", "karolinska-solna"),
        ("ap-hp", "hopital-saint-louis", "hopital-necker", "pitie-salpetriere"),
    ],
)
def test_neighbouring_hospitals_are_sites_of_their_own(
    sites: dict[str, dict[str, str]], names: tuple[str, ...]
) -> None:
    assert set(names) <= set(sites)


def test_an_undisclosed_site_is_one_a_town_and_carries_no_hospital(sites: dict[str, dict[str, str]]) -> None:
    hidden = [row for row in sites.values() if row["disclosure"] == "undisclosed"]
    assert len({(row["country"], row["city"]) for row in hidden}) == len(hidden) > 100
    assert all(row["name"] == f"Undisclosed trial site, {row['city']}" and not row["aliases"] for row in hidden)


def test_no_named_hospital_rests_on_an_undisclosed_row(built: Path, sites: dict[str, dict[str, str]]) -> None:
    hides = re.compile(r"^(Novartis Investigative Site|Research Site.*|Local Institution.*)$")
    for row in rows(built / "trial_sites.csv"):
        if any(hides.match(name) for name in row["facility_names"].split("|")):
            assert sites[row["site_id"]]["disclosure"] == "undisclosed"


def test_no_site_of_milan_lies_at_the_centre_of_italy(sites: dict[str, dict[str, str]]) -> None:
    milan = [row for row in sites.values() if row["city"] == "Milan"]
    assert {(row["lat"], row["lon"], row["region"]) for row in milan} == {("45.4643", "9.1895", "ITC4")}


def test_every_role_stands_at_a_site_and_every_site_has_a_role(built: Path, sites: dict[str, dict[str, str]]) -> None:
    used = {
        row["site_id"]
        for table in ("organisations", "facilities", "treatment_centres", "trial_sites")
        for row in rows(built / f"{table}.csv")
        if row["site_id"]
    }
    assert used == set(sites)


def test_no_evidence_is_lost(built: Path) -> None:
    spelled = {
        (row["trial_id"], name)
        for row in rows(built / "trial_sites.csv")
        for name in (row["facility_names"].split("|") if row["facility_names"] else [""])
    }
    for row in rows(DATA / "raw" / "trial_sites.csv"):
        name = row["facility"].strip().replace("|", "/")
        # A blank facility leaves no spelling beside others of the same undisclosed site.
        assert (row["trial_id"], name) in spelled or not name


def test_the_34_organisations_without_a_seat_are_listed_and_not_drawn(built: Path) -> None:
    organisations = rows(built / "organisations.csv")
    assert len(organisations) == 171
    assert sum(not row["site_id"] for row in organisations) == 34


def test_one_hospital_holds_all_its_roles(built: Path) -> None:
    for table in ("organisations", "facilities", "treatment_centres", "trial_sites"):
        assert any(row["site_id"] == "vall-d-hebron" for row in rows(built / f"{table}.csv")), table


def test_a_row_whose_town_was_corrected_is_inferred(built: Path) -> None:
    for row in rows(built / "trial_sites.csv"):
        if row["facility_names"].startswith("Addenbrookes Hospital (Cambridge"):
            assert (row["site_id"], row["confidence"]) == ("addenbrookes", "inferred")
            return
    raise AssertionError("the row is gone")


def test_corrected_coordinates_are_told(built: Path) -> None:
    told = {
        (row["city"], row["raw_lat"], row["raw_lon"]) for row in rows(built / "decisions/coordinate_corrections.csv")
    }
    assert ("Milan", "42.78235", "12.59836") in told
    assert ("Torino", "44.88856", "11.99138") in told
