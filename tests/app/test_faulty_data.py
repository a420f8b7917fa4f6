"""A table with a fault takes nothing else down: the page says what is missing and shows the rest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.conftest import ROOT, Open, letters, serving

Break = Callable[[Path], object]
TABLES = (
    "sites", "organisations", "facilities", "treatment_centres", "trials", "trial_sites", "obstacles",
    "obstacle_evidence", "countries", "coverage", "codes", "sources", "places", "country_indicators",
)  # fmt: skip
HARMS: dict[str, Break] = {
    "a column is missing": lambda path: path.write_text(path.read_text("utf-8").replace("name,", "nom,", 1), "utf-8"),
    "semicolons for commas": lambda path: path.write_text(path.read_text("utf-8").replace(",", ";"), "utf-8"),
    "broken UTF-8": lambda path: path.write_bytes(path.read_bytes().replace(b"e", b"\xff", 1)),
    "an empty file": lambda path: path.write_bytes(b""),
    "an unknown country": lambda path: path.write_text(path.read_text("utf-8").replace(",DE,", ",XX,", 1), "utf-8"),
    "a row twice": lambda path: path.write_text(_with_first_row_twice(path), "utf-8"),
    "a formula for a name": lambda path: path.write_text(_with_first_name(path, "=1+1"), "utf-8"),
    "a script for a name": lambda path: path.write_text(_with_first_name(path, "<script>alert(1)</script>"), "utf-8"),
}


def _with_first_row_twice(path: Path) -> str:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return "".join([*lines, lines[1]])


def _with_first_name(path: Path, name: str) -> str:
    head, first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    site, _name, tail = first.split(",", 2)
    return "".join([head, f"{site},{name},{tail}", *rest])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the real data that the app reads; what a test breaks in it breaks nothing else."""
    copy = Path(shutil.copytree(ROOT / "data", tmp_path / "data", copy_function=os.link))
    with serving(copy, monkeypatch):
        yield copy


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_not_there_is_named_and_the_rest_is_shown(folder: Path, opened: Open, table: str) -> None:
    (folder / ("geo" if table == "places" else ".") / f"{table}.csv").unlink()
    app = opened()
    assert not app.exception
    told = letters(" ".join(element.value for element in [*app.warning, *app.error, *app.text]))
    assert table in told
    assert str(folder) not in told


@pytest.mark.parametrize("harm", HARMS)
def test_a_faulty_table_of_sites_is_explained_without_a_traceback(folder: Path, opened: Open, harm: str) -> None:
    path = folder / "sites.csv"
    broken = folder / "broken.csv"
    shutil.copy(path, broken)
    HARMS[harm](broken)
    path.unlink()
    broken.rename(path)
    app = opened()
    assert not app.exception
    told = letters(" ".join(element.value for element in [*app.warning, *app.error, *app.text]))
    assert "sites" in told
    assert "Traceback" not in told
    assert str(folder) not in told


@pytest.mark.parametrize("screen", [None, "obstacles.py", "access.py", "countries.py"])
@pytest.mark.parametrize("name", ["countries", "regions"])
def test_outlines_that_are_not_there_are_named_on_every_map(
    folder: Path, opened: Open, name: str, screen: str | None
) -> None:
    (folder / "geo" / f"{name}.geojson").unlink()
    app = opened({"focus": "DE"}, screen)
    assert not app.exception
    assert f"geo-{name}" in letters(" ".join(element.value for element in app.warning))
