"""``python -m mapping export pptx|svg|png``: the same slides and stills as the pages offer."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from mapping.__main__ import main
from tests.unit.exports.released import NEW, OLD, twice_released


def written(source: Path, out: Path, *more: str) -> int:
    return main(["export", out.suffix[1:], str(out), "--folder", str(source), "--base", "https://example.org", *more])


def test_slides_of_a_page_are_written(mini_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.pptx"
    assert written(mini_folder, out, "--page", "trials") == 0
    first = next(iter(Presentation(str(out)).slides))
    links = {one.target_ref for one in first.part.rels.values() if one.is_external}
    assert all(link.startswith("https://example.org/trials?") for link in links)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_still_of_a_page_is_written(mini_folder: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"still.{kind}"
    assert written(mini_folder, out, "--page", "obstacles", "--size", "print") == 0
    assert out.stat().st_size > 1000


@pytest.mark.parametrize("more", [("--page", "nowhere"), ("--picture", "99"), ("--size", "huge"), ("--query", "km=x")])
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    mini_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, str]
) -> None:
    out = tmp_path / "still.svg"
    assert written(mini_folder, out, *more) == 1
    assert capsys.readouterr().err
    assert not out.exists()


def test_a_link_of_an_older_release_is_drawn_from_its_data(mini_folder: Path, tmp_path: Path) -> None:
    folder = twice_released(mini_folder)
    drawn = {}
    for version in (OLD, NEW):
        out = tmp_path / f"{version}.svg"
        assert written(folder, out, "--query", f"layers=treatment_centres&v={version}") == 0
        drawn[version] = out.read_text(encoding="utf-8")
    assert f"v={OLD}" in drawn[OLD]
    assert f"v={NEW}" in drawn[NEW]
    assert drawn[OLD].replace(OLD, "") != drawn[NEW].replace(NEW, "")


def test_a_workbook_of_an_older_release_holds_every_table_as_released(mini_folder: Path, tmp_path: Path) -> None:
    folder, out = twice_released(mini_folder), tmp_path / "all.xlsx"
    assert main(["export", "xlsx", str(out), "--folder", str(folder), "--query", f"v={OLD}"]) == 0
    book = load_workbook(out, read_only=True)
    ids = {row[0] for row in book["sites"].iter_rows(values_only=True)}
    assert len(ids) > 1
    assert "example-later-hospital" not in ids


def test_a_release_that_never_was_is_told(
    mini_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(mini_folder, tmp_path / "still.svg", "--query", "v=2001.1.0") == 1
    assert "2001.1.0" in capsys.readouterr().err
