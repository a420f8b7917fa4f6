from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mapping.errors import ViewError
from mapping.exports.command import export
from mapping.exports.download import package, sites_in_view
from mapping.tables.loading import load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState

GERMANY = ViewState(countries=("DE",))


def workbook(atlas: Atlas, view: ViewState) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(package(atlas, view, "xlsx")[0]))


def told(book: openpyxl.Workbook) -> str:
    return "\n".join(str(cell.value) for [cell] in book["README"].iter_rows(max_col=1) if cell.value)


@pytest.mark.parametrize(
    ("kind", "name", "media"),
    [
        ("csv", "atmp-atlas-2026.11.0.zip", "application/zip"),
        ("geojson", "atmp-atlas-2026.11.0.geojson", "application/geo+json"),
        (
            "xlsx",
            "atmp-atlas-2026.11.0.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_a_download_has_a_name_and_a_type(atlas: Atlas, kind: str, name: str, media: str) -> None:
    assert package(atlas, ViewState(), kind)[1:] == (name, media)


def test_another_kind_is_an_error(atlas: Atlas) -> None:
    with pytest.raises(ViewError):
        package(atlas, ViewState(), "pdf")


def test_the_zip_holds_the_sites_and_what_they_are(atlas: Atlas) -> None:
    archive = zipfile.ZipFile(io.BytesIO(package(atlas, GERMANY, "csv")[0]))
    rows = list(csv.DictReader(io.StringIO(archive.read("sites.csv").decode())))
    readme = archive.read("README.txt").decode()
    assert [row["id"] for row in rows] == ["example-berlin", "example-berlin-works"]
    assert "Country: Germany" in readme
    assert "/?country=DE" in readme


@pytest.mark.parametrize(
    "wanted",
    [
        "2026.11.0",
        "22 November 2026",
        "CC BY 4.0",
        "JOIN4ATMP consortium.",
        "Germany",
        "missing",
        "2 sites stand at the centre of their city.",
        "1 organisation has no known seat",
    ],
)
def test_the_readme_tells_what_a_reader_must_know(atlas: Atlas, wanted: str) -> None:
    assert wanted in told(workbook(atlas, GERMANY))


def test_the_readme_says_where_nobody_looked_and_where_nothing_was_found(atlas: Atlas) -> None:
    lines = told(workbook(atlas, ViewState(countries=("RO",)))).splitlines()
    assert any(line == "Trial sites, Looked for, none found: RO" for line in lines)
    assert any(line == "Organisations, Not assessed: RO" for line in lines)


def test_the_workbook_holds_sites_records_and_their_sources(atlas: Atlas) -> None:
    book = workbook(atlas, GERMANY)
    assert book.sheetnames == [
        "README",
        "Sites",
        "Partners",
        "Manufacturing",
        "Trial sites",
        "Treatment centres",
        "Trials",
        "Sources",
        "Codes",
    ]

    def first_column(sheet: str) -> list[object]:
        return [row[0] for row in book[sheet].iter_rows(min_row=2, values_only=True)]

    assert first_column("Manufacturing") == ["example-unit-berlin", "example-works-berlin"]
    assert first_column("Trials") == ["NCT00000001"]
    assert set(first_column("Sources")) == {"example-article", "example-page", "example-register"}


def test_only_records_in_view_stand_behind_the_sites(atlas: Atlas) -> None:
    book = workbook(atlas, ViewState(layers=("facilities",), kinds=("cdmo",)))
    assert book.sheetnames == ["README", "Sites", "Manufacturing", "Sources", "Codes"]
    assert [row[0] for row in book["Manufacturing"].iter_rows(min_row=2, values_only=True)] == ["example-works-berlin"]


def test_sheets_have_a_frozen_header_filters_and_real_numbers(atlas: Atlas) -> None:
    sheet = workbook(atlas, GERMANY)["Sites"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(header)).column_letter}3"
    assert isinstance(sheet.cell(2, header.index("lat") + 1).value, float)
    assert isinstance(sheet.cell(2, header.index("trials") + 1).value, int)


def test_every_cell_of_a_workbook_is_that_of_its_table(atlas: Atlas) -> None:
    header, *rows = workbook(atlas, ViewState())["Sites"].iter_rows(values_only=True)
    wanted = sites_in_view(atlas, ViewState())
    assert list(header) == list(wanted.columns)
    assert [list(row) for row in rows] == wanted.astype(object).where(wanted.notna(), None).to_numpy().tolist()


def test_an_empty_view_makes_a_workbook_too(atlas: Atlas) -> None:
    book = workbook(atlas, ViewState(countries=("LI",)))
    assert book["Sites"].max_row == 1


def test_the_geojson_names_its_view(atlas: Atlas) -> None:
    collection = json.loads(package(atlas, GERMANY, "geojson")[0])
    assert collection["metadata"]["view"] == {"country": ["DE"]}
    assert [feature["id"] for feature in collection["features"]] == list(sites_in_view(atlas, GERMANY)["id"])


def test_the_same_data_make_the_same_zip(atlas: Atlas) -> None:
    assert package(atlas, GERMANY, "csv") == package(atlas, GERMANY, "csv")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@x", "#N/A", "a\x0bb"])
def test_a_name_that_looks_like_a_formula_stays_text(mini_folder: Path, name: str) -> None:
    tables = load_tables(mini_folder)
    sites = tables.frames["sites"].copy()
    sites.loc[sites["id"] == "example-paris", "name"] = name
    tables.frames["sites"] = sites  # type: ignore[index]
    book = workbook(atlas_of(tables), ViewState(countries=("FR",), layers=("partners",)))
    cell = book["Sites"].cell(2, 2)
    assert cell.data_type == "s"
    assert str(cell.value).lstrip("'").replace("\N{REPLACEMENT CHARACTER}", "\x0b") == name


@pytest.mark.parametrize("kind", ["xlsx", "geojson"])
def test_the_command_line_writes_a_view(mini_folder: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"out.{kind}"
    export(kind, "country=DE&class=GTMP", out, mini_folder)
    assert out.stat().st_size > 500


@pytest.mark.parametrize(("kind", "query"), [("pdf", ""), ("xlsx", "country=ZZ")])
def test_the_command_line_refuses_what_it_cannot_write(
    mini_folder: Path, tmp_path: Path, kind: str, query: str
) -> None:
    with pytest.raises(ViewError):
        export(kind, query, tmp_path / "out", mini_folder)


def test_the_command_line_says_where_it_cannot_write(mini_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ViewError, match="cannot be written"):
        export("geojson", "", tmp_path / "no" / "such" / "folder.geojson", mini_folder)
