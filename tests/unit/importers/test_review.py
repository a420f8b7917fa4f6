"""An upload is reviewed cell by cell: each fault at its cell, each suggestion one that works, each change told."""

import copy
import io
import time
from functools import cache

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.importers.against import Against, read_against
from mapping.importers.changes import current_texts
from mapping.importers.corrected_workbook import corrected_workbook
from mapping.importers.reading import read_any
from mapping.importers.review import corrected, positions, review_sheet, review_upload
from mapping.importers.sheets import Sheet, as_text
from mapping.tables.loading import Tables, load_tables
from mapping.tables.schemas import SCHEMAS, column_names
from tests.unit.importers.mutations import ANY, Rows, mutations
from tests.unit.paths import DATA, ROOT


@pytest.fixture(scope="module")
def against(_mini_source) -> Against:
    return read_against(_mini_source, load_tables(_mini_source))


def sound_rows(tables: Tables) -> Rows:
    """The rows of the mini Atlas as text, as a workbook of its own data would hold them."""
    return {
        name: [list(column_names(name)), *map(list, current_texts(tables, name).values())]
        for name in ("sites", "facilities", "trials", "products")
    }


def workbook(sheets: Rows) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            cells = []
            for text in row:
                cell = openpyxl.cell.WriteOnlyCell(sheet, text or None)
                if text:
                    cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def names_of_mutations() -> list[str]:
    headers = {name: [list(column_names(name))] for name in ("sites", "facilities", "trials", "products")}
    return [mutation.name for mutation in mutations(headers)]


def test_there_are_at_least_sixty_mutations() -> None:
    assert len(set(names_of_mutations())) == len(names_of_mutations()) >= 60


def test_the_sound_workbook_has_no_finding_and_changes_nothing(against) -> None:
    reviews = review_upload(read_any("sound.xlsx", workbook(sound_rows(against.tables))), against)
    assert [review.table for review in reviews] == ["sites", "facilities", "trials", "products"]
    for review in reviews:
        assert review.findings == ()
        assert {change.kind for change in review.changes} == {"unchanged"}


@pytest.mark.parametrize("name", names_of_mutations())
def test_a_mutated_workbook_is_told_at_its_cell_and_the_suggestion_works(name: str, against: Against) -> None:
    sheets = sound_rows(against.tables)
    [mutation] = [one for one in mutations(sheets) if one.name == name]
    spoilt = copy.deepcopy(sheets)
    mutation.spoil(spoilt[mutation.sheet])
    if mutation.name.startswith("sites.name=' ") or "\n" in mutation.name:
        sheet = Sheet(
            mutation.sheet, tuple(map(tuple, spoilt[mutation.sheet]))
        )  # reading takes such spaces away itself
        reviews = [review_sheet(sheet, mutation.sheet, against)]
    else:
        reviews = list(review_upload(read_any("spoilt.xlsx", workbook(spoilt)), against))
    found = [one for review in reviews for one in review.findings if one.cell == f"{mutation.sheet}!{mutation.cell}"]
    assert len(found) == 1, [one.sentence for review in reviews for one in review.findings]
    assert mutation.message in f"{found[0].problem}; {found[0].remedy}"
    if mutation.suggestion is not ANY:
        assert found[0].suggestion == mutation.suggestion
    others = [one for review in reviews for one in review.findings if one.sheet != mutation.sheet]
    assert others == []
    [review] = [review for review in reviews if review.table == mutation.sheet]
    if found[0].suggestion is not None:
        again = review_sheet(corrected(review), mutation.sheet, against)
        assert [one for one in again.findings if (one.row, one.column) == (found[0].row, found[0].column)] == []


def test_added_and_changed_rows_are_told_cell_by_cell(against) -> None:
    rows = sound_rows(against.tables)["sites"]
    header = rows[0]
    rows[1][header.index("name")] = "Example Hospital Berlin-Mitte"
    rows.append(["example-new", *rows[2][1:]])
    del rows[3]
    review = review_sheet(Sheet("sites", tuple(map(tuple, rows))), "sites", against)
    assert (review.count("added"), review.count("changed"), review.not_in_upload) == (1, 1, 1)
    [changed] = [change for change in review.changes if change.kind == "changed"]
    assert changed.cells == (("name", "Example Hospital Berlin", "Example Hospital Berlin-Mitte"),)
    assert changed.row == 2
    [added] = [change for change in review.changes if change.kind == "added"]
    assert (added.key, added.is_faulty) == ("example-new", False)


def test_a_column_that_an_upload_lacks_changes_nothing(against) -> None:
    rows = sound_rows(against.tables)["facilities"]
    kept = [rows[0].index(name) for name in ("id", "site_id", "name", "kind", "opened_year")]
    review = review_sheet(Sheet("x", tuple(tuple(row[at] for at in kept) for row in rows)), "facilities", against)
    assert {change.kind for change in review.changes} == {"unchanged"}
    assert all(finding.row == 1 for finding in review.findings)


def test_numbers_that_are_equal_are_no_change(against) -> None:
    rows = sound_rows(against.tables)["facilities"]
    place = rows[0].index("clean_room_m2")
    rows[1][place] = "250.00"
    review = review_sheet(Sheet("facilities", tuple(map(tuple, rows))), "facilities", against)
    assert review.count("unchanged") == len(rows) - 1


def test_columns_that_our_downloads_add_are_read_over(against) -> None:
    rows = sound_rows(against.tables)["facilities"]
    extended = [[*row, text] for row, text in zip(rows, ["country", "DE", "DE", "IT", "RO"], strict=True)]
    review = review_sheet(Sheet("facilities", tuple(map(tuple, extended))), "facilities", against)
    assert review.findings == ()


def test_rows_are_placed_for_a_preview(against) -> None:
    rows = sound_rows(against.tables)
    own = positions(review_sheet(Sheet("sites", tuple(map(tuple, rows["sites"]))), "sites", against), against)
    assert list(own.columns) == ["row", "id", "lat", "lon", "kind"]
    assert tuple(own.iloc[0]) == (2, "example-berlin", 52.52, 13.41, "unchanged")
    by_site = positions(review_sheet(Sheet("f", tuple(map(tuple, rows["facilities"]))), "facilities", against), against)
    assert len(by_site) == len(rows["facilities"]) - 1


def test_the_corrected_workbook_holds_the_suggestions_marks_them_and_lists_all(against) -> None:
    rows = sound_rows(against.tables)
    header = rows["sites"][0]
    rows["sites"][1][header.index("country")] = "Deutschland"
    rows["sites"][2][header.index("name")] = "=1+1"
    rows["sites"][3][header.index("confidence")] = "sure"
    reviews = review_upload(read_any("spoilt.xlsx", workbook(rows)), against)
    content = corrected_workbook(reviews)
    book = openpyxl.load_workbook(io.BytesIO(content))
    country = book["sites"].cell(2, header.index("country") + 1)
    assert (country.value, country.fill.fgColor.rgb[2:]) == ("DE", "C8E6C9")
    sure = book["sites"].cell(4, header.index("confidence") + 1)
    assert (sure.value, sure.fill.fgColor.rgb[2:]) == ("sure", "FFE0B2")
    assert "is not a code of confidence" in sure.comment.text
    listed = [[cell.value for cell in row] for row in book["findings"].iter_rows(min_row=2)]
    assert [row[0] for row in listed] == ["sites!E2", "sites!B3", "sites!P4"]
    assert listed[0][5] == "DE"
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    again = review_upload([one for one in read_any("again.xlsx", content) if one.name != "findings"], against)
    assert [one.cell for review in again for one in review.findings] == ["sites!P4"]


def test_only_the_chosen_suggestions_are_put_in(against) -> None:
    rows = sound_rows(against.tables)["sites"]
    rows[1][rows[0].index("country")] = "Deutschland"
    rows[2][rows[0].index("country")] = "Allemagne"
    review = review_sheet(Sheet("sites", tuple(map(tuple, rows))), "sites", against)
    mended = corrected(review, lambda one: one.row == 3)
    place = rows[0].index("country")
    assert (mended.rows[1][place], mended.rows[2][place]) == ("Deutschland", "DE")


@pytest.fixture(scope="module")
def real() -> Against:
    return read_against(DATA, load_tables(DATA))


@pytest.mark.parametrize("table", [name for name in SCHEMAS if name != "places"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_what_the_atlas_exports_comes_back_without_a_change(table: str, form: str, real: Against) -> None:
    from mapping.exports.listing import Listing, csv_file, parquet_file
    from mapping.exports.workbook import table_workbook

    lists = frozenset(column.name for column in real.tables.columns[table] if column.is_list)
    listing = Listing(table, real.tables[table], lists)
    content = {
        "csv": lambda: csv_file(listing),
        "parquet": lambda: parquet_file(listing, {}),
        "xlsx": lambda: table_workbook(listing, {}, real.tables),
    }[form]()
    reviews = [one for one in review_upload(read_any(f"{table}.{form}", content), real) if one.table == table]
    assert len(reviews) == 1
    assert reviews[0].findings == ()
    assert {change.kind for change in reviews[0].changes} == {"unchanged"}
    assert reviews[0].not_in_upload == 0


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text and text.isprintable() and text[0] not in "=+-@'"
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(words, st.floats(40, 60).map(lambda number: round(number, 6)), st.integers(1950, 2030)),
        min_size=1,
        max_size=8,
    )
)
def test_text_and_numbers_survive_the_trip_through_every_kind_of_file(rows: list[tuple[str, float, int]]) -> None:
    from mapping.exports.listing import Listing, csv_file, parquet_file

    frame = pd.DataFrame(rows, columns=["name", "share", "year"])
    expected = [(name.strip(), as_text(share), as_text(year)) for name, share, year in rows]
    listing = Listing("example", frame)
    book = openpyxl.Workbook()
    book.active.append(list(frame.columns))
    for row in rows:
        book.active.append(row)
        book.active.cell(book.active.max_row, 1).data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    files = {"csv": csv_file(listing), "parquet": parquet_file(listing, {}), "xlsx": stream.getvalue()}
    for form, content in files.items():
        [sheet] = read_any(f"example.{form}", content)
        assert list(sheet.rows[1:]) == expected, form


def test_a_hundred_thousand_rows_are_reviewed_in_time(real) -> None:
    header, *rows = [list(column_names("facilities")), *map(list, current_texts(real.tables, "facilities").values())]
    many = []
    for number in range(100_000):
        row = list(rows[number % len(rows)])
        row[0] = f"example-{number}"
        if number % 100 == 0:
            row[header.index("kind")] = "Academik"
        many.append(tuple(row))
    sheet = Sheet("facilities", (tuple(header), *many))
    begun = time.process_time()
    review = review_sheet(sheet, "facilities", real)
    assert time.process_time() - begun < 10  # of the processor: other work on the machine does not count
    assert len(review.findings) == 1_000
    assert {one.suggestion for one in review.findings} == {"academic"}


def test_the_cover_sheet_and_readme_of_a_workbook_are_left_out(against) -> None:
    readme = Sheet("README", (("What this is",), ("Example",)))
    assert review_upload([readme], against) == ()
    assert (ROOT / "data").is_dir()
