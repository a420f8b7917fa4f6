"""The heatmap as files: the same cells as on the screen, the figures behind them, their sources."""

import csv
import io
import zipfile

import openpyxl
import pytest

from mapping.analysis.matrices import asked_of, matrix_of
from mapping.analysis.matrix_words import told_matrix
from mapping.exports.obstacles import obstacles_package
from mapping.tables.loading import Tables, load_tables
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(ROOT / "data")


def packed(real: Tables, view: ViewState, kind: str) -> bytes:
    told = told_matrix(real, matrix_of(real, asked_of(real, view)), Words())
    return obstacles_package(real, view, told, kind)


def test_the_zip_holds_each_cell_each_figure_and_each_source(real: Tables) -> None:
    view = ViewState(measure="months", countries=("IT", "DE"))
    archive = zipfile.ZipFile(io.BytesIO(packed(real, view, "csv")))
    cells, figures, sources = (
        list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode())))
        for name in ("cells", "figures", "sources")
    )
    assert len(cells) == 64 * 3
    assert all(cell["state"] for cell in cells)
    assert sum(int(cell["figures"]) for cell in cells) == len(figures) > 0
    assert {figure["source_ids"] for figure in figures} == {source["id"] for source in sources}
    readme = archive.read("README.txt").decode()
    assert "Country: Italy" in readme
    assert "measure=months" in readme
    assert real.version in readme


def test_the_workbook_has_the_heatmap_as_it_stands_on_the_screen(real: Tables) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed(real, ViewState(), "xlsx")))
    assert book.sheetnames == ["README", "heatmap", "cells", "figures", "sources"]
    assert book["heatmap"].max_row == 65
    assert book["figures"].max_row == len(real["obstacle_evidence"]) + 1
