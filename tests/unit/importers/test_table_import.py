"""Any table becomes rows of ours: columns proposed and correctable, values turned without a guess."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.__main__ import main
from mapping.importers.cell_values import Form, day_text, form_of
from mapping.importers.column_mapping import propose
from mapping.tables.checking import OUTLINE_CODES, check_file
from mapping.tables.files import GEOMETRY_FILES, content_of
from mapping.tables.outlines import read_outlines
from mapping.tables.schemas import column_names

GERMAN = (
    "Einrichtung;Betreiber;Ort;Land;Typ;ATMP Klasse;Reinraumfläche m2;Eröffnung;Abgerufen am;Kommentar;Farbe\n"
    "Beispielklinik Berlin;Beispiel;Example Berlin;Deutschland;Academic;Gene therapy medicine, sCTMP;1.250,5;"
    "03.04.2015;22.11.2026;gut;blau\n"
    "Beispielwerk;;Nirgendwo;Italien;cdmo;TEP;300,0;2010;21.11.2026;tel. 030 1234567;rot\n"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imported(path: Path, out: Path, folder: Path, *more: str) -> int:
    words = ["import", "table", str(path), "--table", "facilities", "--out", str(out), "--folder", str(folder)]
    return main([*words, "--retrieved", "2026-11-22", *more])


@pytest.fixture
def german(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_bytes(GERMAN.encode("cp1252"))
    return path


def test_a_german_table_becomes_rows_of_ours(german: Path, tmp_path: Path, mini_folder: Path) -> None:
    assert imported(german, tmp_path / "out", mini_folder) == 0
    first, second = rows(tmp_path / "out" / "facilities.csv")
    assert list(first) == list(column_names("facilities"))
    assert (first["name"], first["operator"], first["kind"]) == ("Beispielklinik Berlin", "Beispiel", "academic")
    assert (first["atmp_classes"], first["clean_room_m2"], first["opened_year"]) == ("GTMP|sCTMP", "1250.5", "2015")
    assert (first["retrieved"], first["confidence"], first["site_id"]) == ("2026-11-22", "unverified", "example-berlin")
    assert (second["clean_room_m2"], second["site_id"], second["note"]) == ("300.0", "", "[removed]")


def test_what_was_found_out_is_shown_and_written(german, tmp_path, mini_folder, capsys) -> None:
    assert imported(german, tmp_path / "out", mini_folder) == 0
    told = capsys.readouterr().out
    assert "read as Windows-1252; columns separated by semicolons" in told
    assert "G1 'Reinraumfläche m2': clean_room_m2 (another word for it, 98), decimals with a comma" in told
    assert "K1 'Farbe': not used" in told
    found = {row["heading"]: row for row in rows(tmp_path / "out" / "columns.csv")}
    assert (found["Reinraumfläche m2"]["decimal"], found["Abgerufen am"]["dates"]) == ("comma", "day first")


def test_a_town_that_is_not_known_is_left_to_the_reviewer(german, tmp_path, mini_folder) -> None:
    assert imported(german, tmp_path / "out", mini_folder) == 0
    known, unknown = rows(tmp_path / "out" / "places.csv")
    assert (known["town_rule"], known["site_id"]) == ("name", "example-berlin")
    assert (unknown["town_rule"], unknown["reason"], unknown["lat"]) == ("unknown", "the town is not settled", "")


def test_a_mapping_is_remembered_corrected_and_given_back(german, tmp_path, mini_folder) -> None:
    assert imported(german, tmp_path / "out", mini_folder) == 0
    remembered = json.loads((tmp_path / "out" / "mapping.json").read_text("utf-8"))
    assert remembered["columns"]["Einrichtung"] == "name"
    assert remembered["columns"]["Farbe"] == ""
    remembered["columns"]["Farbe"] = "products"
    remembered["columns"]["Kommentar"] = ""
    (tmp_path / "mine.json").write_text(json.dumps(remembered), "utf-8")
    assert imported(german, tmp_path / "again", mini_folder, "--mapping", str(tmp_path / "mine.json")) == 0
    first = rows(tmp_path / "again" / "facilities.csv")[0]
    assert (first["products"], first["note"]) == ("blau", "")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"table": "sites"}, "the mapping is for 'sites'"),
        ({"columns": {"Einrichtung": "colour"}}, "columns that facilities does not have: colour"),
        ({"columns": {"Lost": "name"}}, "headings that the sheet does not have: Lost"),
        ({"columns": {"Einrichtung": "name", "Ort": "name"}}, "one column for several headings: name"),
        ({"decimal": "x"}, "`decimal` is a point or a comma"),
        ({"columns": 3}, "not a column mapping"),
    ],
)
def test_a_mapping_that_does_not_fit_ends_with_one_line(change, told, german, tmp_path, mini_folder, capsys) -> None:
    mapping = {"table": "facilities", "columns": {"Einrichtung": "name"}, **change}
    (tmp_path / "mine.json").write_text(json.dumps(mapping), "utf-8")
    assert imported(german, tmp_path / "out", mini_folder, "--mapping", str(tmp_path / "mine.json")) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_second_import_of_a_table_changes_nothing(german, tmp_path, mini_folder) -> None:
    assert imported(german, tmp_path / "out", mini_folder) == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert imported(german, tmp_path / "out", mini_folder, "--mapping", str(tmp_path / "out" / "mapping.json")) == 0
    assert (tmp_path / "out" / "facilities.csv").read_bytes() == first["facilities.csv"]


def test_our_own_table_comes_back_as_it_is_and_is_known_to_be_there(tmp_path, mini_folder) -> None:
    assert imported(mini_folder / "facilities.csv", tmp_path / "out", mini_folder) == 0
    assert (tmp_path / "out" / "facilities.csv").read_bytes() == (mini_folder / "facilities.csv").read_bytes()
    duplicates = rows(tmp_path / "out" / "duplicates.csv")
    assert len(duplicates) == 4
    assert {row["reason"] for row in duplicates} == {"the id of a row of ours"}


def test_a_row_repeated_in_the_file_is_proposed_as_a_duplicate(tmp_path, mini_folder) -> None:
    path = tmp_path / "units.csv"
    path.write_text("name,kind\nExample unit,academic\nEXAMPLE Unit,academic\n", "utf-8")
    assert imported(path, tmp_path / "out", mini_folder) == 0
    assert [row["id"] for row in rows(tmp_path / "out" / "facilities.csv")] == ["example-unit", "example-unit-2"]
    [told] = rows(tmp_path / "out" / "duplicates.csv")
    assert told["reason"] == "the same as row 2 of this file"


def test_imported_rows_with_known_sites_have_no_fault(tmp_path, mini_folder) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "Name,City,Country,Type,GMP licence\nBeispielklinik Berlin,Example Berlin,Germany,academic,Clinical licence\n",
        "utf-8",
    )
    assert imported(path, tmp_path / "out", mini_folder) == 0
    outlines, _ = read_outlines(content_of(mini_folder, GEOMETRY_FILES["countries"]), OUTLINE_CODES["countries"])
    assert check_file((tmp_path / "out" / "facilities.csv").read_bytes(), "facilities", outlines).faults == ()


def test_a_title_above_the_header_is_stepped_over(tmp_path, mini_folder) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Example list of units"],
        [],
        ["name", "city", "country", "kind"],
        ["Example", "Example Milan", "IT", "public"],
    ):
        book.active.append(row)
    book.save(tmp_path / "units.xlsx")
    assert imported(tmp_path / "units.xlsx", tmp_path / "out", mini_folder) == 0
    [row] = rows(tmp_path / "out" / "facilities.csv")
    assert (row["name"], row["kind"]) == ("Example", "public")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--table", "colours"], "is not one of the tables"),
        (["--sheet", "lost"], "there is no sheet 'lost'"),
        (["--mapping", "lost.json"], "cannot be read"),
    ],
)
def test_a_wrong_word_ends_with_one_line(words, told, german, tmp_path, mini_folder, capsys) -> None:
    assert imported(german, tmp_path / "out", mini_folder, *words) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_file_that_is_refused_ends_with_one_line(tmp_path, mini_folder, capsys) -> None:
    (tmp_path / "macro.xlsm").write_bytes(b"x")
    assert imported(tmp_path / "macro.xlsm", tmp_path / "out", mini_folder) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "macros are not opened" in line
    assert imported(tmp_path / "lost.csv", tmp_path / "out", mini_folder) == 1
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nom de l'établissement", "name"),
        ("Ciudad", "city"),
        ("País", "country"),
        ("Szerokość", "lat"),
        ("Länge", "lon"),
        ("Clean room (m²)", "clean_room_m2"),
        ("GMP-Status", "gmp_status"),
        ("opened year", "opened_year"),
        ("Colour", ""),
    ],
)
def test_a_heading_is_known_in_several_languages(heading: str, column: str) -> None:
    targets = ["name", "city", "country", "lat", "lon", "clean_room_m2", "gmp_status", "opened_year", "kind"]
    [proposal] = propose([heading], targets)
    assert proposal.target == column


@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_column_of_ours_is_given_twice(header: list[str]) -> None:
    targets = list(column_names("facilities"))
    given_to = [proposal.target for proposal in propose(header, targets) if proposal.target]
    assert len(given_to) == len(set(given_to))
    assert len(propose(header, targets)) == len(header)


@given(st.dates())
def test_a_european_day_is_the_day_it_says(day) -> None:
    if day.year >= 1000:
        assert day_text(f"{day.day}.{day.month}.{day.year}", Form()) == day.isoformat()
        assert day_text(f"{day.month}/{day.day}/{day.year}", Form(is_day_first=False)) == day.isoformat()


def test_a_column_tells_how_its_numbers_and_days_are_written() -> None:
    assert form_of(["1,5", "2", "3,25"]) == Form(",", True)
    assert form_of(["1.5", "2"]) == Form(".", True)
    assert form_of(["03/04/2024", "05/13/2024"]) == Form(".", False)
    assert form_of(["03/04/2024", "13/05/2024"]) == Form(".", True)
    assert form_of([]) == Form()


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "parquet"])
def test_the_same_rows_are_read_from_every_kind_of_file(form: str, tmp_path: Path, mini_folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, body = ["name", "city", "country", "kind"], ["Beispielklinik Berlin", "Example Berlin", "DE", "academic"]
    path = tmp_path / f"units.{form}"
    if form == "csv":
        path.write_text(",".join(header) + "\n" + ",".join(body) + "\n", "utf-8")
    elif form == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(header)
        book.active.append(body)
        book.save(path)
    elif form == "geojson":
        feature = {"type": "Feature", "geometry": None, "properties": dict(zip(header, body, strict=True))}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    else:
        stream = io.BytesIO()
        pq.write_table(pa.table({name: [cell] for name, cell in zip(header, body, strict=True)}), stream)
        path.write_bytes(stream.getvalue())
    assert imported(path, tmp_path / "out", mini_folder) == 0
    [row] = rows(tmp_path / "out" / "facilities.csv")
    assert (row["name"], row["kind"], row["site_id"]) == ("Beispielklinik Berlin", "academic", "example-berlin")
