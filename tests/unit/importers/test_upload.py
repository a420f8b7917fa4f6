"""A dropped file, from its sheets to the report: tables recognised, columns chosen, suggestions put in."""

import csv
import io

import pytest

from mapping.errors import SourceError
from mapping.importers.against import Against, read_against
from mapping.importers.changes import current_texts
from mapping.importers.corrected_workbook import corrected_workbook
from mapping.importers.locating import read_locator
from mapping.importers.reading import read_any
from mapping.importers.sheets import Sheet
from mapping.importers.table_import import Known
from mapping.importers.upload import (
    Part,
    check_parts,
    checked,
    fixable,
    headings,
    is_foreign,
    marked,
    read_upload,
    registry_command,
    renamed,
    with_fixes,
)
from mapping.tables.loading import load_tables
from mapping.tables.schemas import column_names


@pytest.fixture(scope="module")
def against(_mini_source) -> Against:
    return read_against(_mini_source, load_tables(_mini_source))


@pytest.fixture(scope="module")
def known(_mini_source, against: Against) -> Known:
    return Known(against.tables, read_locator(_mini_source), "2026-11-23")


def never() -> None:
    raise AssertionError("only a cover sheet asks for this")


@pytest.fixture
def spoilt(against: Against) -> Sheet:
    rows = [column_names("facilities"), *current_texts(against.tables, "facilities").values()]
    place = rows[0].index("kind")
    rows[1] = (*rows[1][:place], rows[1][place].title(), *rows[1][place + 1 :])
    return Sheet("facilities", tuple(rows))


def as_csv(sheet: Sheet) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(sheet.rows)
    return out.getvalue().encode()


def test_a_table_is_recognised_and_a_header_without_rows_left_out(spoilt: Sheet) -> None:
    assert [part.table for part in read_upload("facilities.csv", as_csv(spoilt), never).parts] == ["facilities"]
    bare = as_csv(Sheet("facilities", spoilt.rows[:1]))
    assert [part.table for part in read_upload("facilities.csv", bare, never).parts] == [""]


def test_a_suggestion_put_in_leaves_no_finding_and_is_marked_in_the_workbook(spoilt, against, known) -> None:
    before = checked(Part(spoilt, "facilities"), against, known)
    [one] = fixable(before.review)
    after = checked(Part(spoilt, "facilities", mended=(one,)), against, known)
    assert after.review.findings == ()
    assert after.review.count("unchanged") == len(after.review.changes)
    book = corrected_workbook([marked(after)], {one}.__contains__)
    [sheet, told] = read_any("corrected.xlsx", book)
    assert sheet.cell(one.row, one.column) == one.suggestion
    assert told.cell(2, 1) == one.cell


def test_putting_in_leaves_the_sheet_as_it_was(spoilt: Sheet, against, known) -> None:
    found = fixable(checked(Part(spoilt, "facilities"), against, known).review)
    assert with_fixes(spoilt, ()) == spoilt
    mended = with_fixes(spoilt, found)
    differing = [
        (row, column)
        for row, (old, new) in enumerate(zip(spoilt.rows, mended.rows, strict=True), 1)
        for column, (a, b) in enumerate(zip(old, new, strict=True), 1)
        if a != b
    ]
    assert differing == [(one.row, one.column) for one in found]


def test_a_chosen_column_is_used_and_takes_the_name_from_another(spoilt: Sheet) -> None:
    part = Part(spoilt, "facilities", {4: "name"})
    assert renamed(part).rows[0][2:4] == ("", "name")
    targets = {one.column: one.target for one in headings(part)}
    assert (targets[3], targets[4]) == ("", "name")


def test_rows_of_other_columns_become_ours_in_the_row_where_they_stood(against, known) -> None:
    sheet = Sheet("units", (("Name", "City", "Type"), ("", "", ""), ("example unit", "Berlin", "academic")))
    part = Part(sheet, "facilities")
    assert is_foreign(part)
    found = checked(part, against, known)
    assert [(change.row, change.key, change.kind) for change in found.review.changes] == [(3, "example-unit", "added")]
    assert found.review.sheet.rows[0] == column_names("facilities")


def test_saved_answers_of_a_registry_are_sent_to_their_command() -> None:
    assert " ctgov " in registry_command("a.json", b'{"protocolSection": {}}')
    assert " ctis " in registry_command("a.jsonl", b'{"ctNumber": "2024-500000-10-00"}')
    assert registry_command("a.csv", b'"protocolSection"') == ""
    with pytest.raises(SourceError, match="python -m mapping import ctgov"):
        read_upload("a.json", b'{"protocolSection": {}}', never)


def test_each_sheet_tells_its_steps_and_only_tables_are_checked(spoilt, against, known) -> None:
    told = []
    parts = [Part(spoilt, "facilities"), Part(spoilt, ""), Part(spoilt, "facilities")]
    found = check_parts(parts, against, known, lambda *step: told.append(step))
    assert len(found) == 2
    assert told == [("facilities", done, 8) for done in range(8)]
