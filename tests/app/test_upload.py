"""Check your data: what is wrong stands at its cell, a click mends it, and no file brings the page down."""

from __future__ import annotations

import io
import pickle
import zipfile

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import ROOT, Open
from tests.unit.importers.test_cover_sheet import PERSONS, template

FACILITIES = (ROOT / "data" / "facilities.csv").read_text(encoding="utf-8")
ACADEMIC = FACILITIES.index(",academic,")
SPOILT = FACILITIES[:ACADEMIC] + ",Academic," + FACILITIES[ACADEMIC + len(",academic,") :]


def _cell_of_spoilt() -> str:
    """Address of the cell that was spoilt, found by reading the file anew."""
    import csv

    rows = list(csv.reader(io.StringIO(SPOILT)))
    row = next(number for number, cells in enumerate(rows, 1) if "Academic" in cells)
    return f"facilities!{'ABCDEFGHIJ'[rows[0].index('kind')]}{row}"


def _dropped(opened: Open, name: str, content: bytes) -> AppTest:
    app = opened({"part": "check"}, page="data.py")
    app.file_uploader[0].upload(name, content, "application/octet-stream").run()
    return app


def _texts(app: AppTest) -> str:
    told = [*app.markdown, *app.caption, *app.subheader, *app.error, *app.info]
    return "\n".join(element.value for element in told).replace("\\", "")


def test_the_page_says_that_nothing_is_stored(opened: Open) -> None:
    app = opened({"part": "check"}, page="data.py")
    assert "Nothing is stored" in _texts(app)
    assert not app.exception


def test_a_table_of_ours_has_no_finding_and_changes_nothing(opened: Open) -> None:
    app = _dropped(opened, "facilities.csv", FACILITIES.encode())
    assert not app.exception
    assert "Nothing is wrong with sheet “facilities”" in _texts(app)
    counts = [each.value for each in app.metric]
    assert counts == ["0", "0", str(FACILITIES.count("\n") - 1)] or counts[:2] == ["0", "0"]


def test_a_spoilt_cell_is_told_at_its_address_and_one_click_mends_it(opened: Open) -> None:
    app = _dropped(opened, "facilities.csv", SPOILT.encode())
    assert _cell_of_spoilt() in _texts(app)
    assert "is not a code of" in _texts(app)
    app.button(key="mend_0").click().run()
    assert not app.exception
    assert "Nothing is wrong with sheet" in _texts(app)
    assert "1 cell mended" in _texts(app)
    assert [each.value for each in app.metric][:2] == ["0", "0"]
    app.button(key="upload_back").click().run()
    assert _cell_of_spoilt() in _texts(app)


def test_all_suggestions_go_in_at_once(opened: Open) -> None:
    app = _dropped(opened, "facilities.csv", FACILITIES.replace(",academic,", ",Academic,", 25).encode())
    assert "25 things to mend" in _texts(app)
    app.button(key="upload_mend_all").click().run()
    assert "25 cells mended" in _texts(app)
    assert "Nothing is wrong with sheet" in _texts(app)


def test_a_changed_cell_is_listed_with_before_and_after(opened: Open) -> None:
    app = _dropped(opened, "facilities.csv", FACILITIES.replace(",academic,", ",public,", 1).encode())
    assert [each.value for each in app.metric][:2] == ["0", "1"]
    changes = app.dataframe[0].value
    assert changes[["Column", "Before", "After"]].to_numpy().tolist() == [["kind", "academic", "public"]]


def test_the_table_of_a_sheet_is_the_readers_to_choose(opened: Open) -> None:
    app = _dropped(opened, "units.csv", b"Foo,Bar,Baz\n1,2,3\n")
    table = app.selectbox(key="upload_table_0")
    assert table.value == ""
    table.select("facilities").run()
    assert not app.exception
    assert "no heading is like a column of facilities" in _texts(app)
    assert app.selectbox(key="upload_table_0").value == "facilities"


def test_a_column_is_the_readers_to_correct(opened: Open) -> None:
    app = _dropped(opened, "facilities.csv", FACILITIES.replace("clean_room_m2", "xyz", 1).encode())
    assert "xyz" in _texts(app)
    place = FACILITIES.split("\n")[0].split(",").index("clean_room_m2") + 1
    app.selectbox(key=f"upload_column_0_{place}").select("clean_room_m2").run()
    assert not app.exception
    assert "Nothing is wrong with sheet" in _texts(app)


def test_a_table_of_other_columns_becomes_rows_of_ours(opened: Open) -> None:
    content = b"Name;City;Country;Type\nexample unit;Berlin;Germany;Academic\n"
    app = _dropped(opened, "units.csv", content)
    app.selectbox(key="upload_table_0").select("facilities").run()
    assert not app.exception
    assert "turned into our columns" in _texts(app)
    assert app.metric[0].value == "1"
    assert app.dataframe[0].value["Id"].tolist() == ["example-unit"]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bomb.xlsx", _bomb(), "unpack"),
        ("table.csv", pickle.dumps({"example": 1}), "pickle"),
        ("table.pkl", b"x", "pickles are programs"),
        ("macros.xlsm", b"PK\x03\x04", "macros"),
        ("table.xlsx", b"not a workbook", "is not XLSX"),
        ("wide.csv", (",".join(f"c{n}" for n in range(10_000)) + "\n").encode(), "columns"),
        ("long.csv", b"id,name,kind\n1," + b"x" * 1_000_000 + b",y\n", "longer than 32,767 characters"),
        ("empty.csv", b" ", "empty"),
        ("..", b"a,b\n1,2\n", "path"),
        ("broken.csv", b"\x00\x01\x02\xff\xfe", ""),
        ("saved.json", b'{"studies": [{"protocolSection": {}}]}', "python -m mapping import ctgov"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(name: str, content: bytes, reason: str, opened: Open) -> None:
    app = _dropped(opened, name, content)
    assert not app.exception
    assert len(app.error) == 1
    assert reason in app.error[0].value.replace("\\", "")
    assert "Traceback" not in _texts(app)
    app.file_uploader[0].upload("facilities.csv", FACILITIES.encode(), "text/csv").run()
    assert "Nothing is wrong with sheet" in _texts(app)


def test_a_name_cannot_speak_markdown(opened: Open) -> None:
    app = _dropped(opened, "**[x](javascript:alert(1))**.pkl", b"x")
    assert not app.exception
    assert "\\[x\\]\\(javascript" in app.error[0].value or "path" in app.error[0].value


def test_the_countries_are_told_with_what_to_ask_next(opened: Open) -> None:
    app = opened({"part": "countries"}, page="data.py")
    assert not app.exception
    told = app.dataframe[0].value
    assert len(told) == len(app.selectbox(key="ask_country").options)
    assert told["What to ask for next"].str.len().min() > 0
    filled = told["Cells filled"].fillna(-1).tolist()
    assert filled == sorted(filled)


def test_proposing_is_hidden_from_who_may_not(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAS_LOCAL_EDIT", raising=False)
    app = _dropped(opened, "facilities.csv", FACILITIES.replace(",academic,", ",public,", 1).encode())
    assert not [each for each in app.button if "Propose" in each.label]


def test_a_workbook_sent_out_comes_back_with_only_what_was_filled_in(opened: Open) -> None:
    from mapping.analysis.asked_rows import rows_of_country
    from mapping.exports.ask_workbook import ask_workbook
    from mapping.tables.loading import load_tables
    from mapping.words import Words

    tables = load_tables(ROOT / "data")
    book = openpyxl.load_workbook(io.BytesIO(ask_workbook(tables, rows_of_country(tables, "MT"), "Malta", Words())))
    whole = rows_of_country(tables, "EE")
    book = openpyxl.load_workbook(io.BytesIO(ask_workbook(tables, whole, "Estonia", Words())))
    sheet = book["facilities"]
    place = [cell.value for cell in sheet[1]].index("clean_room_m2") + 1
    sheet.cell(2, place, 120)
    out = io.BytesIO()
    book.save(out)
    app = _dropped(opened, "ask.xlsx", out.getvalue())
    assert not app.exception
    assert [each.value for each in app.metric][:2] == ["0", "1"]
    assert app.dataframe[0].value["After"].tolist() == ["120"]
    shown = app.selectbox(key="upload_sheet")
    assert shown.options[shown.index] == "facilities: 0 things to mend, 1 row new or changed"


def test_a_cover_sheet_is_known_by_its_titles_and_names_no_person(opened: Open) -> None:
    book = openpyxl.Workbook()
    for row in template():
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    app = _dropped(opened, "cover.xlsx", out.getvalue())
    assert not app.exception
    assert "consortium's cover sheet. Trials: 1; products: 2" in _texts(app)
    assert app.metric[0].value == "1"
    shown = _texts(app) + app.dataframe[0].value.to_csv()
    assert not [person for person in PERSONS if person != "@" and person in shown]
