"""A release is checked, numbered, kept as it was, and never written over."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from mapping.__main__ import main
from mapping.errors import ReleaseError
from mapping.exports.citing import citation_file
from mapping.exports.releasing import next_version, release
from mapping.tables.files import TABLE_FILES
from mapping.tables.loading import load_tables
from mapping.tables.releases import ReleasedFolder, released_folder, releases
from tests.unit.exports.released import NEW, OLD, edited, twice_released, with_later_rows


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_release_gives_the_bytes_back_that_were_released(mini_folder: Path) -> None:
    before = {file: (mini_folder / file).read_bytes() for file in TABLE_FILES.values()}
    twice_released(mini_folder)
    old = released_folder(mini_folder, OLD)
    assert {file: (old / file).read_bytes() for file in TABLE_FILES.values()} == before
    assert (mini_folder / "sites.csv").read_bytes() != before["sites.csv"]


def test_checksums_are_those_of_the_files(mini_folder: Path) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    told = json.loads((mini_folder / "releases" / OLD / "release.json").read_bytes())
    assert {entry["path"]: entry["hash"] for entry in told["files"] if entry["path"] != "datapackage.json"} == {
        entry["path"]: "sha256:" + hashlib.sha256((mini_folder / entry["path"]).read_bytes()).hexdigest()
        for entry in told["files"]
        if entry["path"] != "datapackage.json"
    }


def test_the_version_is_stamped_and_the_folder_is_that_release(mini_folder: Path) -> None:
    (mini_folder.parent / "CITATION.cff").write_text(citation_file(OLD, ""), encoding="utf-8")
    twice_released(mini_folder)
    assert tomllib.loads((mini_folder / "edition.toml").read_text())["version"] == NEW
    package = json.loads((mini_folder / "datapackage.json").read_bytes())
    assert (package["version"], package["created"]) == (NEW, "2026-12-05T00:00:00Z")
    assert NEW in package["citation"]
    assert f'version: "{NEW}"' in (mini_folder.parent / "CITATION.cff").read_text()
    assert load_tables(mini_folder).version == NEW


def test_what_did_not_change_is_stored_once(mini_folder: Path) -> None:
    twice_released(mini_folder)
    stored = {str(path.relative_to(mini_folder / "releases" / NEW)) for path in contents_of(mini_folder, NEW)}
    assert stored == {"sites.csv.gz", "treatment_centres.csv.gz", "datapackage.json.gz", "release.json"} | {
        "changes.json",
        "CHANGES.txt",
    }


def contents_of(folder: Path, version: str) -> list[Path]:
    return [path for path in (folder / "releases" / version).rglob("*") if path.is_file()]


def test_the_differences_name_each_row_for_programs_and_for_people(mini_folder: Path) -> None:
    twice_released(mini_folder)
    by_table = {
        entry["table"]: entry for entry in json.loads((mini_folder / "releases" / NEW / "changes.json").read_bytes())
    }
    assert set(by_table) == {"sites", "treatment_centres"}
    assert by_table["sites"]["counts"] == {"added": 1, "changed": 1, "removed": 0, "reread": 0}
    assert [row["id"] for row in by_table["sites"]["added"]] == ["example-later-hospital"]
    [changed] = by_table["sites"]["changed"]
    assert changed["columns"]["name"]["now"] == changed["columns"]["name"]["before"] + " (example)"
    text = (mini_folder / "releases" / NEW / "CHANGES.txt").read_text()
    assert "Places: 1 added, 1 changed\n- Added: Example Later Hospital\n" in text


def test_releasing_twice_says_so_and_changes_nothing(mini_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["release", "--folder", str(mini_folder), "--version", OLD, "--date", "2026-11-23"]
    assert main(arguments) == 0
    before = contents(mini_folder)
    capsys.readouterr()
    assert main(["release", "--folder", str(mini_folder)]) == 0
    assert "nothing was released" in capsys.readouterr().out
    assert contents(mini_folder) == before


def test_the_same_release_has_the_same_bytes(mini_folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(mini_folder, tmp_path / "other"))
    for folder in (mini_folder, other):
        release(folder, OLD, "", "2026-11-23")
    assert contents(mini_folder) == contents(other)


@pytest.mark.parametrize("version", [OLD, "2026.10.5", "2026.11", "v2027.1.0", "2027.13.0", "../2027.1.0"])
def test_a_version_that_is_not_newer_or_none_is_refused(mini_folder: Path, version: str) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    with_later_rows(mini_folder)
    before = contents(mini_folder / "releases")
    with pytest.raises(ReleaseError):
        release(mini_folder, version, "", "2026-12-05")
    assert contents(mini_folder / "releases") == before


def test_data_with_a_fault_are_not_released(mini_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(mini_folder / "sites.csv", lambda rows: [{**row, "lat": "north"} for row in rows])
    assert main(["release", "--folder", str(mini_folder)]) == 1
    assert re.search(r"sites\.csv:2:lat: 'north'", capsys.readouterr().err)
    assert not (mini_folder / "releases").exists()


def test_the_next_version_counts_inside_the_month(mini_folder: Path) -> None:
    assert next_version((), "2026-11-23") == "2026.11.0"
    known = releases(twice_released(mini_folder))
    assert (next_version(known, "2026-12-31"), next_version(known, "2027-01-01")) == ("2026.12.1", "2027.1.0")


def test_notes_of_the_makers_are_kept(mini_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Example note & <more>\n", encoding="utf-8")
    assert main(["release", "--folder", str(mini_folder), "--notes", str(tmp_path / "notes.txt")]) == 0
    [made] = releases(mini_folder)
    assert made.notes == "Example note & <more>"
    assert made.notes in made.text


def test_changed_data_are_not_called_by_the_name_of_a_release(mini_folder: Path) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    with_later_rows(mini_folder)
    assert re.fullmatch(rf"{re.escape(OLD)}-changed\.[0-9a-f]{{8}}", load_tables(mini_folder).version)


def test_a_release_that_was_tampered_with_is_not_opened(mini_folder: Path) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    stored = mini_folder / "releases" / OLD / "sites.csv.gz"
    stored.write_bytes(stored.read_bytes()[:-20])
    with pytest.raises(ReleaseError):
        load_tables(released_folder(mini_folder, OLD))
    shutil.copy(mini_folder / "releases" / OLD / "trials.csv.gz", stored)
    with pytest.raises(ReleaseError, match="not the file that was released"):
        load_tables(released_folder(mini_folder, OLD))


@pytest.mark.parametrize("version", ["", "..", "2026.11.0/../2026.11.0", "2031.1.0"])
def test_a_release_nobody_made_cannot_be_opened(mini_folder: Path, version: str) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    with pytest.raises(ReleaseError):
        released_folder(mini_folder, version)


def test_a_release_killed_at_any_moment_leaves_all_of_it_or_nothing(mini_folder: Path) -> None:
    """Kill the command again and again, each time a little later; what is there must always open."""
    command = [sys.executable, "-m", "mapping", "release", "--folder", str(mini_folder), "--version", OLD]
    outcomes = set()
    for moment in range(1, 40):
        process = subprocess.Popen([*command, "--date", "2026-11-23"], stdout=subprocess.DEVNULL)
        started = mini_folder / "releases"
        end = time.monotonic() + 60
        while process.poll() is None and not started.exists() and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(moment * 0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        made = releases(mini_folder)
        outcomes.add(len(made))
        for each in made:
            assert load_tables(ReleasedFolder(mini_folder / "releases", each)).version == OLD
        assert load_tables(mini_folder).faults == {}
        if made:
            break
        shutil.rmtree(mini_folder / "releases", ignore_errors=True)
    release(mini_folder, OLD, "", "2026-11-23")
    assert load_tables(mini_folder).version == OLD
    assert [path.name for path in (mini_folder / "releases").iterdir() if path.name != OLD] == []
    assert 1 in outcomes
