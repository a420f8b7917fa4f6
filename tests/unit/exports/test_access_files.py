"""The files of the page Access hold the figures of the screen, and say how they were made."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook

from mapping.analysis.scenarios import distances_today, with_scenario
from mapping.errors import ViewError
from mapping.exports.access_files import access_package
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState


@pytest.fixture(scope="module")
def mini_atlas(mini: Tables) -> Atlas:
    return atlas_of(mini)


def packed(atlas: Atlas, view: ViewState, kind: str) -> bytes:
    today = distances_today(atlas, view)
    return access_package(atlas, view, today, with_scenario(atlas.tables, today, view), kind)


def test_the_csv_files_hold_countries_regions_places_and_sites(mini_atlas: Atlas) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(mini_atlas, ViewState(km=50), "csv"))) as files:
        tables = {"countries.csv", "regions.csv", "places_beyond.csv", "sites.csv"}
        assert set(files.namelist()) == tables | {"README.txt", "CITATION.cff", "datapackage.json"}
        countries = pd.read_csv(files.open("countries.csv")).set_index("country")
        readme = files.read("README.txt").decode()
    assert countries.loc["DE", "within"] == pytest.approx(0.75)
    assert countries.loc["DE", "population"] == pytest.approx(80e6)
    assert "great circles" in readme
    assert "km=50" in readme


def test_the_workbook_has_a_sheet_for_what_a_scenario_changes(mini_atlas: Atlas) -> None:
    view = ViewState(closed=("example-berlin",), km=50)
    book = load_workbook(io.BytesIO(packed(mini_atlas, view, "xlsx")))
    assert set(book.sheetnames) == {"README", "countries", "regions", "places_beyond", "sites", "changes"}
    head, germany = [list(row) for row in book["changes"].iter_rows(values_only=True)][:2]
    assert dict(zip(head, germany, strict=True))["loss"] == pytest.approx(60e6)


def test_an_unknown_kind_is_an_error(mini_atlas: Atlas) -> None:
    with pytest.raises(ViewError):
        packed(mini_atlas, ViewState(), "pdf")
