"""Saved answers of the registries become our tables, whatever order, repetition or fault they come with."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from mapping.__main__ import main
from mapping.importers.ctgov_records import records_in, study_from
from mapping.tables.checking import OUTLINE_CODES, check_file
from mapping.tables.files import GEOMETRY_FILES, content_of
from mapping.tables.outlines import read_outlines

ANSWERS = Path(__file__).parents[2] / "fixtures" / "importers"
DAY = "2026-11-22"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imported(kind: str, source: Path, out: Path, folder: Path, *more: str) -> int:
    return main(["import", kind, str(source), "--out", str(out), "--folder", str(folder), "--retrieved", DAY, *more])


@pytest.fixture
def ctgov(tmp_path: Path, mini_folder: Path) -> Path:
    assert imported("ctgov", ANSWERS / "ctgov", tmp_path / "out", mini_folder) == 0
    return tmp_path / "out"


@pytest.fixture
def ctis(tmp_path: Path, mini_folder: Path) -> Path:
    assert imported("ctis", ANSWERS / "ctis", tmp_path / "out", mini_folder) == 0
    return tmp_path / "out"


def test_each_record_is_kept_or_left_out_by_a_named_rule(ctgov: Path) -> None:
    told = {row["id"]: (row["decision"], row["rule"]) for row in rows(ctgov / "decisions.csv")}
    assert told == {
        "NCT99990001": ("kept", "car-t-cells"),
        "NCT99990002": ("kept", "aav-gene-therapy"),
        "NCT99990003": ("left out", "no-rule-fits"),  # an antibody after CAR-T failure
        "NCT99990004": ("left out", "no-european-site"),
        "NCT99990005": ("left out", "no-european-site"),
        "NCT99990006": ("left out", "no-trial-observational"),
        "NCT99990007": ("kept", "mesenchymal-to-repair-tissue"),
        "NCT99990008": ("left out", "no-rule-fits"),  # blood stem cells that are only transplanted
        "NCT99990009": ("left out", "vaccine-against-infection"),
        "NCT99990010": ("left out", "no-rule-fits"),  # a test of genes
    }
    assert all(row["reason"] for row in rows(ctgov / "decisions.csv"))


def test_a_study_on_two_pages_is_one_trial_as_it_was_changed_last(ctgov: Path) -> None:
    [trial] = [row for row in rows(ctgov / "trials.csv") if row["id"] == "NCT99990001"]
    assert (trial["status"], trial["phase"], trial["countries"]) == ("recruiting", "1/2", "DE|IT|US")
    assert trial["other_ids"] == "2024-599902-33-00|2024-999901-11"
    [decision] = [row for row in rows(ctgov / "decisions.csv") if row["id"] == "NCT99990001"]
    assert (decision["times_met"], decision["files"]) == ("2", "page-0001.json|page-0002.json")


def test_a_facility_repeated_inside_a_trial_is_one_row_and_sites_outside_europe_are_none(ctgov: Path) -> None:
    found = [
        (r["facility"], r["city"], r["country"]) for r in rows(ctgov / "trial_sites.csv") if r["trial_id"][-1] == "1"
    ]
    assert found == [("Beispielklinik Berlin", "Berlin", "DE"), ("Example Hospital Milan", "Milan", "IT")]


def test_the_table_of_trial_sites_has_the_promised_columns(ctgov: Path) -> None:
    header = (ctgov / "trial_sites.csv").read_text("utf-8").splitlines()[0]
    assert header == "trial_id,facility,city,country,lat,lon,site_id"


def test_a_position_is_kept_as_received_unless_it_contradicts_the_town(mini_folder: Path, tmp_path: Path) -> None:
    places = mini_folder / "geo" / "places.csv"
    places.write_text(
        places.read_text("utf-8").replace("Example Milan", "Milan").replace("Example Berlin", "Berlin"), "utf-8"
    )
    assert imported("ctgov", ANSWERS / "ctgov", tmp_path / "out", mini_folder) == 0
    at = {row["facility"]: (row["lat"], row["lon"]) for row in rows(tmp_path / "out" / "trial_sites.csv")}
    assert at["Beispielklinik Berlin"] == ("52.52437", "13.41053")
    assert at["Example Hospital Milan"] == ("45.46", "9.19")  # the registry gives the middle of Italy


def test_a_name_like_that_of_a_site_is_matched_and_a_hidden_one_is_not(mini_folder: Path, tmp_path: Path) -> None:
    places = mini_folder / "geo" / "places.csv"
    places.write_text(places.read_text("utf-8").replace(",Example ", ","), "utf-8")
    assert imported("ctgov", ANSWERS / "ctgov", tmp_path / "out", mini_folder) == 0
    found = {row["facility"]: row for row in rows(tmp_path / "out" / "places.csv")}
    assert found["Beispielklinik Berlin"]["site_id"] == "example-berlin"
    assert float(found["Beispielklinik Berlin"]["score"]) >= 92
    assert found["Research Site"]["site_id"] == ""
    assert "hides" in found["Research Site"]["reason"]


def test_a_full_record_counts_before_its_row_in_a_list(ctis: Path) -> None:
    [trial] = [row for row in rows(ctis / "trials.csv") if row["id"] == "2099-500001-11-00"]
    assert (trial["enrolment"], trial["phase"], trial["other_ids"]) == ("15", "1/2", "NCT99990042")
    assert "phase in the registry" not in trial["note"]
    sites = [(r["facility"], r["country"]) for r in rows(ctis / "trial_sites.csv") if r["trial_id"] == trial["id"]]
    assert sites == [("Hôpital Exemple", "FR"), ("Ospedale Esempio", "IT")]


def test_the_older_shape_of_ctis_is_read_too(ctis: Path) -> None:
    [trial] = [row for row in rows(ctis / "trials.csv") if row["id"] == "2099-500003-33-00"]
    assert (trial["phase"], trial["status"], trial["modality"]) == ("2", "recruiting", "dendritic")


def test_a_row_of_results_without_its_record_is_a_trial_without_sites_and_says_so(ctis: Path) -> None:
    [trial] = [row for row in rows(ctis / "trials.csv") if row["id"] == "2099-500004-44-00"]
    assert trial["countries"] == "RO"
    assert "sites not stated" in trial["note"]


@pytest.mark.parametrize("kind", ["ctgov", "ctis"])
def test_nobody_named_in_a_record_reaches_a_table(kind: str, tmp_path: Path, mini_folder: Path) -> None:
    assert imported(kind, ANSWERS / kind, tmp_path / "out", mini_folder) == 0
    for path in (tmp_path / "out").iterdir():
        assert "Person" not in path.read_text("utf-8")
        assert "@" not in path.read_text("utf-8")


@pytest.mark.parametrize("kind", ["ctgov", "ctis"])
def test_a_second_import_changes_nothing(kind: str, tmp_path: Path, mini_folder: Path) -> None:
    assert imported(kind, ANSWERS / kind, tmp_path / "out", mini_folder) == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert imported(kind, ANSWERS / kind, tmp_path / "out", mini_folder) == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first


def test_the_order_of_the_pages_makes_no_difference_to_the_trials(
    ctgov: Path, tmp_path: Path, mini_folder: Path
) -> None:
    turned = tmp_path / "turned"
    turned.mkdir()
    for old, new in (("1", "3"), ("2", "1"), ("3", "2")):
        shutil.copy(ANSWERS / "ctgov" / f"page-000{old}.json", turned / f"page-000{new}.json")
    assert imported("ctgov", turned, tmp_path / "again", mini_folder) == 0
    for name in ("trials.csv", "trial_sites.csv", "places.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (ctgov / name).read_bytes()


@pytest.mark.parametrize("kind", ["ctgov", "ctis"])
def test_imported_trials_have_no_fault_by_themselves(kind: str, tmp_path: Path, mini_folder: Path) -> None:
    assert imported(kind, ANSWERS / kind, tmp_path / "out", mini_folder) == 0
    outlines, _ = read_outlines(content_of(mini_folder, GEOMETRY_FILES["countries"]), OUTLINE_CODES["countries"])
    for name in ("trials", "sources"):
        assert check_file((tmp_path / "out" / f"{name}.csv").read_bytes(), name, outlines).faults == ()


def test_a_trial_that_the_atlas_has_under_another_number_is_named(
    ctgov: Path, tmp_path: Path, mini_folder: Path
) -> None:
    trials = mini_folder / "trials.csv"
    trials.write_text(trials.read_text("utf-8").replace("2019-000001-11", "2024-999901-11"), "utf-8")
    assert imported("ctgov", ANSWERS / "ctgov", tmp_path / "again", mini_folder) == 0
    known = {row["id"]: row["trial_in_atlas"] for row in rows(tmp_path / "again" / "decisions.csv")}
    assert known["NCT99990001"] == "NCT00000001"
    assert known["NCT99990002"] == ""


@pytest.mark.parametrize("shape", ["list", "one", "lines"])
def test_a_bare_list_one_study_and_json_lines_are_read(shape: str, tmp_path: Path, mini_folder: Path) -> None:
    page = json.loads((ANSWERS / "ctgov" / "page-0001.json").read_bytes())
    studies = page["studies"]
    text = {
        "list": json.dumps(studies),
        "one": json.dumps(studies[0]),
        "lines": "\n".join(json.dumps(study) for study in studies),
    }[shape]
    source = tmp_path / ("saved.jsonl" if shape == "lines" else "saved.json")
    source.write_text(text, "utf-8")
    assert imported("ctgov", source, tmp_path / "out", mini_folder) == 0
    assert rows(tmp_path / "out" / "trials.csv")[0]["id"] == "NCT99990001"


def test_an_empty_page_is_no_error(tmp_path: Path, mini_folder: Path) -> None:
    (tmp_path / "page.json").write_text('{"studies": []}', "utf-8")
    assert imported("ctgov", tmp_path / "page.json", tmp_path / "out", mini_folder) == 0
    assert rows(tmp_path / "out" / "decisions.csv") == []


BROKEN = {
    "html": (b"<!doctype html><title>Not found</title>", "not JSON"),
    "cut": (b'{"studies": [{"protocolSection": {"identif', "cut short"),
    "empty": (b"", "the file is empty"),
    "binary": (b"PK\x03\x04\xff\xfe\x00", "not text in UTF-8"),
    "other": (b'{"features": []}', "it has no list `studies`"),
    "number": (b"42", "it has no list `studies`"),
    "strange": (b'{"studies": [{"nct": 1}]}', "a study has no `protocolSection`"),
    "unnamed": (b'{"studies": [{"protocolSection": {"identificationModule": {}}}]}', "a study has no NCT number"),
    "retired": (b'{"StudyFieldsResponse": {}}', "retired format"),
    "deep": (b"[" * 200_000, "nested too deep"),
    "moved": (
        b'{"studies": [{"protocolSection": {"identificationModule": {"nctId": "NCT99990001"},'
        b' "contactsLocationsModule": {"locations": {"facility": "example"}}}}]}',
        "contactsLocationsModule.locations is not a list",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_file_that_is_not_what_it_claims_ends_with_one_line(
    fault: str, tmp_path: Path, mini_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = BROKEN[fault]
    (tmp_path / "saved.json").write_bytes(content)
    assert imported("ctgov", tmp_path / "saved.json", tmp_path / "out", mini_folder) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert told in line
    assert "saved.json" in line
    assert not (tmp_path / "out").exists()


def test_answers_of_one_registry_are_refused_as_those_of_the_other(tmp_path, mini_folder, capsys) -> None:
    assert imported("ctis", ANSWERS / "ctgov", tmp_path / "out", mini_folder) == 1
    assert "not an answer of CTIS" in capsys.readouterr().err
    assert imported("ctgov", ANSWERS / "ctis", tmp_path / "out", mini_folder) == 1
    assert "not an answer of ClinicalTrials.gov" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["lost.json"], ["lost", "--from-file"], ["--from-file", "lost"], ["a/b"]])
def test_a_file_that_is_not_there_is_said_to_be_missing(words, tmp_path, mini_folder, capsys) -> None:
    assert main(["import", "ctgov", *words, "--out", str(tmp_path / "out"), "--folder", str(mini_folder)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "there is no such file or folder" in line


@pytest.mark.parametrize("words", [["{}", "--from-file"], ["--from-file", "{}"], ["{}"]])
def test_a_saved_answer_may_be_named_in_three_ways(words, tmp_path, mini_folder) -> None:
    named = [word.format(ANSWERS / "ctgov") for word in words]
    assert main(["import", "ctgov", *named, "--out", str(tmp_path), "--folder", str(mini_folder)]) == 0
    assert len(rows(tmp_path / "trials.csv")) == 3


def test_contacts_are_not_even_read() -> None:
    page = json.loads((ANSWERS / "ctgov" / "page-0001.json").read_bytes())
    [study, *_] = [study_from(record, "example") for record in records_in(page, "example")]
    assert "Person" not in repr(study)
