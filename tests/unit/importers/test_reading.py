"""Whatever somebody sends is read as text, or refused in one plain line; nothing in it is run or followed."""

import datetime
import io
import json
import pickle
import sqlite3
import time
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapping.errors import SourceError
from mapping.importers.limits import LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS
from mapping.importers.reading import read_any
from mapping.importers.sheets import Sheet, address, letters

ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Example"
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content: bytes, *more: tuple[str, bytes], drop: str = "") -> bytes:
    """The same archive with parts replaced or added."""
    new = dict(more)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for part in old.namelist():
            if part not in new and part != drop:
                out.writestr(part, old.read(part))
        for name, body in more:
            out.writestr(name, body)
    return stream.getvalue()


def sheet_xml(cells: str) -> tuple[str, bytes]:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def ods(table: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", ODS)
        body = f'<table:table table:name="Example">{table}</table:table>'
        out.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
        manifest = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        out.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {manifest}><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
            "</manifest:manifest>",
        )
    return stream.getvalue()


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def geopackage() -> bytes:
    base = sqlite3.connect(":memory:")
    base.executescript(
        "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);"
        "CREATE TABLE example (fid INTEGER, name TEXT, geom BLOB);"
        "INSERT INTO gpkg_contents VALUES ('example', 'features'), ('trap', 'features');"
        "INSERT INTO gpkg_geometry_columns VALUES ('example', 'geom');"
        "CREATE VIEW trap AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c;"
    )
    blob = b"GP\x00\x01" + (4326).to_bytes(4, "little") + shapely.to_wkb(shapely.Point(13.4, 52.5))
    base.execute("INSERT INTO example VALUES (1, 'example-berlin', ?)", (blob,))
    base.commit()
    return bytes(base.serialize())


def parquet() -> bytes:
    points = [shapely.to_wkb(shapely.Point(13.4, 52.5)), None]
    stream = io.BytesIO()
    pq.write_table(pa.table({"name": ["example", None], "beds": [3, None], "geometry": points}), stream)
    return stream.getvalue()


def test_a_workbook_is_read_as_text_with_its_formulas_unrun() -> None:
    [sheet] = read_any(
        "example.xlsx",
        workbook(
            ("name", "day", "area", "is"),
            ('=HYPERLINK("http://x")', datetime.date(2024, 3, 1), 2.5, True),
            (None, None, 7),
        ),
    )
    assert sheet.rows[1] == ('=HYPERLINK("http://x")', "2024-03-01", "2.5", "yes")
    assert sheet.cell(3, 3) == "7"
    assert sheet.notes == ("1 formulas read as text",)


def test_rows_and_columns_that_are_left_blank_keep_their_addresses() -> None:
    book = openpyxl.Workbook()
    book.active["C5"] = "example"
    stream = io.BytesIO()
    book.save(stream)
    [sheet] = read_any("example.xlsx", stream.getvalue())
    assert sheet.cell(5, 3) == "example"
    assert address(5, 3) == "C5"


def test_a_sheet_of_libreoffice_is_read_repeats_counted_out() -> None:
    repeats = 'table:number-columns-repeated="2"'
    [sheet] = read_any(
        "example.ods",
        ods(
            f"<table:table-row>{ods_cell('name', repeats)}{ods_cell('third')}</table:table-row>"
            f'<table:table-row table:number-rows-repeated="2">{ods_cell("x")}</table:table-row>'
            '<table:table-row><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
            "</table:table-row>"
        ),
    )
    assert sheet.rows == (("name", "name", "third"), ("x", "", ""), ("x", "", ""), ("=1+1", "", ""))


def test_points_become_latitude_and_longitude() -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [13.4, 52.5]},
        "properties": {"name": "example-berlin", "tags": ["a", "b"]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    [sheet] = read_any("example.geojson", content)
    assert sheet.rows == (("name", "tags", "lat", "lon"), ("example-berlin", "a|b", "52.5", "13.4"))
    [layer] = read_any("example.gpkg", geopackage())
    assert layer.rows == (("fid", "name", "lat", "lon"), ("1", "example-berlin", "52.5", "13.4"))
    [rows] = read_any("example.parquet", parquet())
    assert rows.rows == (("name", "beds", "lat", "lon"), ("example", "3", "52.5", "13.4"))


@pytest.mark.parametrize(
    ("encoding", "told", "text"),
    [
        ("utf-8", "UTF-8", "name;città\nexample;Forlì\n"),
        ("utf-8-sig", "UTF-8", "name;città\nexample;Forlì\n"),
        ("utf-16", "UTF-16", "name;città\nexample;Forlì\n"),
        ("cp1252", "Windows-1252", "name;Größe\nexample;zwölf – naïve\n"),
        ("cp1250", "Windows-1250", "nazwa;miasto\nexample;Łódź\nexample;Gdańsk, Śląsk, żółć, świętokrzyskie\n"),
        ("cp1253", "Windows-1253", "όνομα;πόλη\nΝοσοκομείο;Θεσσαλονίκη\nΓενικό Νοσοκομείο Αθηνών;Αθήνα\n"),
    ],
)
def test_the_encoding_is_found_and_told(encoding: str, told: str, text: str) -> None:
    [sheet] = read_any("example.csv", text.encode(encoding))
    assert sheet.notes[0] == f"read as {told}"
    assert [";".join(row) for row in sheet.rows] == text.splitlines()


@pytest.mark.parametrize(("mark", "told"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_the_separator_is_found_and_told(mark: str, told: str) -> None:
    text = mark.join(["name", "text", "n"]) + "\n" + mark.join(["example", '"a, b; c"', "1"]) + "\n"
    [sheet] = read_any("example.csv", text.encode())
    assert sheet.notes[1] == f"columns separated by {told}"
    assert sheet.rows[1] == ("example", "a, b; c", "1")


def bomb() -> bytes:
    return repacked(workbook(("name",)), ("xl/worksheets/sheet2.xml", b"<x>" + b"0" * 80_000_000 + b"</x>"))


def far_cell(reference: str) -> bytes:
    cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>1</v></c></row>'
    return repacked(workbook(("name",)), sheet_xml(cells))


def repeated_text() -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{space}"><si><t>{"x" * 30_000}</t></si></sst>'.encode()
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    return repacked(workbook(("name",)), sheet_xml(cells), ("xl/sharedStrings.xml", texts))


def entity() -> bytes:
    name, body = sheet_xml("")
    return repacked(workbook(("name",)), (name, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + body))


HOSTILE = {
    "a part that is one endless word": (
        "example.xlsx",
        lambda: repacked(workbook(("a",)), ("xl/worksheets/sheet1.xml", b"A" * 300_000_000)),
        "longer than a cell can be",
    ),
    "a tag without an end": (
        "example.xlsx",
        lambda: repacked(workbook(("a",)), ("xl/worksheets/sheet1.xml", b"<a b='" + b"A" * 300_000_000)),
        "longer than a cell can be",
    ),
    "macros by name": ("example.xlsm", lambda: workbook(("a",)), "macros are not opened"),
    "macros inside": ("example.xlsx", lambda: repacked(workbook(("a",)), ("xl/vbaProject.bin", b"x")), "holds macros"),
    "macros by type": (
        "example.xlsx",
        lambda: repacked(workbook(("a",)), ("[Content_Types].xml", b"application/vnd.ms-excel.sheet.macroEnabled")),
        "holds macros",
    ),
    "macros in ods": ("example.ods", lambda: repacked(ods(""), ("Basic/Standard/script.xml", b"x")), "holds macros"),
    "external links": (
        "example.xlsx",
        lambda: repacked(workbook(("a",)), ("xl/externalLinks/externalLink1.xml", b"<x/>")),
        "links to other files",
    ),
    "queries": ("example.xlsx", lambda: repacked(workbook(("a",)), ("xl/connections.xml", b"<x/>")), "links to other"),
    "embedded": ("example.xlsx", lambda: repacked(workbook(("a",)), ("xl/embeddings/a.bin", b"x")), "embedded objects"),
    "linked ods": ("example.ods", lambda: ods("<table:table-source/>"), "links to other files"),
    "bomb": ("example.xlsx", bomb, "unpacks to more than a table can be"),
    "far column": ("example.xlsx", lambda: far_cell("XFD1"), "16,384 columns"),
    "far row": ("example.xlsx", lambda: far_cell("A1048576"), "row 1,048,576"),
    "wide and high": ("example.xlsx", lambda: far_cell("SF190000"), "spans more than"),
    "bad reference": ("example.xlsx", lambda: far_cell("a-1"), "columns"),
    "repeated ods": (
        "example.ods",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1000000">'
            + ods_cell("x", 'table:number-columns-repeated="16000"')
            + "</table:table-row>"
        ),
        "at most",
    ),
    "repeated text": ("example.xlsx", repeated_text, "its texts repeat"),
    "entities": ("example.xlsx", entity, "a DOCTYPE"),
    "broken xml": ("example.xlsx", lambda: repacked(workbook(("a",)), sheet_xml("<row><c>")), "damaged"),
    "path inside": ("example.xlsx", lambda: repacked(workbook(("a",)), ("../../example", b"x")), "tries to leave"),
    "not a workbook": ("example.xlsx", lambda: repacked(workbook(("a",)), drop="xl/workbook.xml"), "is missing"),
    "plain zip": ("example.xlsx", lambda: repacked(workbook(("a",)), drop="[Content_Types].xml"), "is not XLSX"),
    "cut short": ("example.xlsx", lambda: workbook(("a",))[:900], "damaged or cut short"),
    "old office": ("example.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "encrypted or an old"),
    "xls": ("example.xls", lambda: b"x", "Excel 2003"),
    "pickle": ("example.csv", lambda: pickle.dumps({"a": 1}), "is a pickle"),
    "old pickle": ("example.csv", lambda: b"cos\nsystem\n(S'echo'\ntR.", "is a pickle"),
    "pickle by name": ("example.pkl", lambda: pickle.dumps(1), "pickles are programs"),
    "program": ("example.csv", lambda: b"MZ\x90\x00", "is a program"),
    "pdf": ("example.csv", lambda: b"%PDF-1.7", "is a PDF"),
    "zip as csv": ("example.csv", lambda: workbook(("a",)), "an archive or workbook"),
    "csv as parquet": ("example.parquet", lambda: b"a,b\n1,2\n", "is not PARQUET"),
    "broken parquet": ("example.parquet", lambda: parquet()[:-9] + b"PAR1PAR1x", "damaged"),
    "other database": ("example.gpkg", lambda: bytes(_empty_database()), "not a GeoPackage"),
    "broken database": ("example.gpkg", lambda: geopackage()[:5000], "cannot be read"),
    "too large": ("example.csv", lambda: b"a" * (LARGEST_FILE + 1), "50 MB"),
    "too many columns": (
        "example.csv",
        lambda: (",".join(["a"] * 10_000)).encode(),
        f"more than {MOST_COLUMNS} columns",
    ),
    "too many rows": ("example.csv", lambda: b"a,b\n" * 200_001, "more than 200,000 rows"),
    "long cell": ("example.csv", lambda: b"a,b\n1," + b"x" * 1_000_000, "a cell longer than 32,767 characters"),
    "longer than excel": ("example.csv", lambda: b"a,b\n1," + b"x" * (LONGEST_CELL + 1), "cell example!B2 is longer"),
    "nul": ("example.csv", lambda: b"a,b\n1,\x002\n", "line 2 holds a NUL byte"),
    "two encodings": ("example.csv", lambda: "a,é\n".encode() + b"b,\xe9\n", "line 2 is not UTF-8 although others are"),
    "cut utf-16": ("example.csv", lambda: b"\xff\xfea", "line 1 cannot be read as text"),
    "stray quote": ("example.csv", lambda: b'a,b\n"x"y,1\n', "line 2 cannot be read"),
    "empty": ("example.csv", lambda: b" \n", "the file is empty"),
    "deep json": ("example.geojson", lambda: b"[" * 100_000, "nested too deep"),
    "other json": ("example.geojson", lambda: b'{"a": 1}', "no list `features`"),
    "unknown kind": ("example.exe", lambda: b"x", "files of this kind are not read"),
    "archive": ("example.zip", lambda: b"x", "archives are not opened"),
    "path": ("../../example.csv", lambda: b"a,b\n", "holds a path"),
    "windows path": ("C:example.csv", lambda: b"a,b\n", "holds a path"),
    "control in name": ("exa\nmple.csv", lambda: b"a,b\n", "control characters"),
    "long name": ("x" * 300 + ".csv", lambda: b"a,b\n", "longer than 200"),
}


def _empty_database() -> bytes:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE example (a)")
    return base.serialize()


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_one_line_and_soon(attack: str) -> None:
    name, make, told = HOSTILE[attack]
    content = make()
    begun = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read_any(name, content)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - begun < 20


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["a.xlsx", "a.ods", "a.gpkg", "a.parquet", "a.geojson", "a.csv"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_bytes_changed_at_random_are_read_or_refused_and_nothing_else(
    name: str, changes: list[tuple[int, int]]
) -> None:
    made = {"xlsx": WORKBOOK, "ods": SHEET, "gpkg": LAYER, "parquet": ROWS}
    content = bytearray(made.get(name.rpartition(".")[2], b'{"features": [{"properties": {"a": 1}}]}'))
    for place, value in changes:
        content[place % len(content)] = value
    told = ""
    try:
        assert all(isinstance(sheet, Sheet) for sheet in read_any(name, bytes(content)))
    except SourceError as error:
        told = str(error)
    assert "\n" not in told


WORKBOOK, SHEET, LAYER, ROWS = (
    workbook(("a", 1)),
    ods(f"<table:table-row>{ods_cell('x')}</table:table-row>"),
    geopackage(),
    parquet(),
)


def test_a_row_inside_a_formula_and_a_name_that_is_no_text_do_no_harm() -> None:
    nested = repacked(workbook(("name",)), sheet_xml('<row r="1"><c r="A1"><f>1<row/>2</f><v>3</v></c></row>'))
    [sheet] = read_any("example.xlsx", nested)
    assert any("=" in cell for row in sheet.rows for cell in row)
    broken = geopackage().replace(b"example-berlin", b"example-b\xebrlin")
    with pytest.raises(SourceError, match="cannot be read"):
        read_any("example.gpkg", broken)


def test_letters_of_columns_follow_spreadsheets() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
