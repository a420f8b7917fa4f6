"""Every table in one workbook, opened again by openpyxl."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mapping.exports.all_tables import tables_workbook
from mapping.exports.command import export
from mapping.exports.sheet_rows import with_days
from mapping.tables.files import TABLE_FILES
from mapping.tables.loading import Tables, load_tables

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


@pytest.fixture(scope="session")
def book(mini: Tables) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(tables_workbook(mini)))


def test_there_is_one_sheet_a_table_after_what_explains_them(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["README", "columns", *TABLE_FILES]


@pytest.mark.parametrize("name", TABLE_FILES)
def test_each_cell_is_that_of_the_file_and_days_and_numbers_are_real(
    book: openpyxl.Workbook, mini: Tables, mini_folder: Path, name: str
) -> None:
    wanted = pd.read_csv(mini_folder / TABLE_FILES[name], dtype=str, keep_default_na=False, encoding="utf-8")
    header, *rows = book[name].iter_rows(values_only=True)
    assert list(header) == list(wanted.columns)
    assert len(rows) == len(wanted)
    numeric = {column.name for column in mini.columns[name] if column.kind != "string"}
    for place, column in enumerate(header):
        for row, text in zip(rows, wanted[str(column)], strict=True):
            found = row[place]
            if text == "":
                assert found is None
            elif column in numeric:
                assert isinstance(found, int | float)
                assert found == float(text)
            elif pd.Series([text]).str.fullmatch(DAY).item():
                assert found == datetime.fromisoformat(text)
            else:
                assert str(found).lstrip("'") == text.lstrip("'")


def test_each_sheet_has_a_frozen_header_and_filters_on(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_a_day_looks_like_a_day(book: openpyxl.Workbook) -> None:
    sheet = book["sites"]
    at = [cell.value for cell in sheet[1]].index("retrieved") + 1
    assert sheet.cell(2, at).is_date
    assert sheet.cell(2, at).number_format == "yyyy-mm-dd"


def test_a_month_or_a_year_alone_stays_as_it_is() -> None:
    assert [str(each) for each in with_days(["2024-05-06", "2024-05", "2024", None])] == [
        "2024-05-06",
        "2024-05",
        "2024",
        "None",
    ]
    assert with_days(["2024-05-06", "soon"]) == ["2024-05-06", "soon"]


def test_the_columns_are_explained_as_the_package_describes_them(book: openpyxl.Workbook, mini: Tables) -> None:
    told = [row[:4] for row in book["columns"].iter_rows(min_row=2, values_only=True)]
    wanted = [
        (name, column.name, column.title, column.description) for name in TABLE_FILES for column in mini.columns[name]
    ]
    assert told == wanted


def test_the_readme_counts_the_rows_and_tells_version_and_licence(book: openpyxl.Workbook, mini: Tables) -> None:
    told = "\n".join(str(cell.value) for [cell] in book["README"].iter_rows(max_col=1) if cell.value)
    assert f"Sheet “sites”: {len(mini['sites'])} rows." in told
    assert "2026.11.0" in told
    assert "CC BY 4.0" in told


def test_a_faulty_table_is_left_out_and_named(mini_folder: Path) -> None:
    with (mini_folder / "products.csv").open("a", encoding="utf-8") as file:
        file.write("not a product\n")
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(load_tables(mini_folder))))
    told = "\n".join(str(cell.value) for [cell] in book["README"].iter_rows(max_col=1) if cell.value)
    assert "products" not in book.sheetnames
    assert "The table products has a fault and is left out." in told


def test_the_command_line_writes_every_table_without_a_query_and_the_view_with_one(
    mini_folder: Path, tmp_path: Path
) -> None:
    export("xlsx", "", tmp_path / "all.xlsx", mini_folder)
    export("xlsx", "country=DE", tmp_path / "view.xlsx", mini_folder)
    assert "trial_sites" in openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames
    assert "Sites" in openpyxl.load_workbook(tmp_path / "view.xlsx").sheetnames
