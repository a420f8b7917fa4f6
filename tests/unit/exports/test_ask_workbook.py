"""A workbook sent out for completion: what nobody touches reads as it was, what is filled in is exactly the change."""

import io

import openpyxl
import pytest

from mapping.analysis.asked_rows import gaps_in, rows_of_country, rows_of_partner
from mapping.exports.ask_workbook import LISTS, README, WANTED, ask_workbook
from mapping.importers.against import Against, read_against
from mapping.importers.reading import read_any
from mapping.importers.review import review_upload
from mapping.tables.loading import Tables, load_tables
from mapping.words import Words
from tests.unit.paths import DATA

WORDS = Words("en", strict=True)


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(DATA)


@pytest.fixture(scope="module")
def against(real: Tables) -> Against:
    return read_against(DATA, real)


@pytest.mark.parametrize("country", ["DE", "FR", "IT", "MT", "RO", "CZ"])
def test_an_untouched_workbook_of_a_country_changes_nothing(country: str, real: Tables, against: Against) -> None:
    rows = rows_of_country(real, country)
    content = ask_workbook(real, rows, country, WORDS)
    reviews = review_upload(read_any("ask.xlsx", content), against)
    filled = {name for name, frame in rows.items() if len(frame)}
    assert filled <= {review.table for review in reviews} <= set(rows)
    for review in reviews:
        if review.table in filled:
            assert review.findings == ()
            assert review.count("unchanged") == len(review.changes) == len(rows[review.table])


def test_what_is_filled_in_is_the_only_change(real: Tables, against: Against) -> None:
    rows = rows_of_country(real, "DE")
    book = openpyxl.load_workbook(io.BytesIO(ask_workbook(real, rows, "Germany", WORDS)))
    sheet = book["facilities"]
    place = [cell.value for cell in sheet[1]].index("clean_room_m2") + 1
    row = next(number for number in range(2, sheet.max_row + 1) if sheet.cell(number, place).value is None)
    sheet.cell(row, place, 250)
    out = io.BytesIO()
    book.save(out)
    reviews = review_upload(read_any("ask.xlsx", out.getvalue()), against)
    changed = [(one.key, one.cells) for review in reviews for one in review.changes if one.kind != "unchanged"]
    assert changed == [(sheet.cell(row, 1).value, (("clean_room_m2", "", "250"),))]
    assert all(not review.findings for review in reviews)


def test_only_rows_of_the_country_are_sent(real: Tables) -> None:
    rows = rows_of_country(real, "RO")
    sites = real["sites"]
    here = set(sites.loc[sites["country"] == "RO", "id"])
    assert set(rows["sites"]["id"]) == here
    assert set(rows["facilities"]["site_id"]) <= here
    assert len(rows["facilities"]) == int(real["facilities"]["site_id"].isin(here).sum())


def test_a_gap_that_matters_is_marked_and_a_code_is_chosen_from_its_list(real: Tables) -> None:
    rows = rows_of_country(real, "DE")
    book = openpyxl.load_workbook(io.BytesIO(ask_workbook(real, rows, "Germany", WORDS)))
    assert book.sheetnames == [README, *rows, LISTS]
    sheet, header = book["facilities"], [cell.value for cell in book["facilities"][1]]
    place = header.index("capabilities") + 1
    gaps = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, place).value is None]
    assert len(gaps) == int(rows["facilities"]["capabilities"].isna().sum())
    assert {sheet.cell(row, place).fill.fgColor.rgb for row in gaps} == {WANTED.fgColor.rgb}
    letter = openpyxl.utils.get_column_letter(header.index("gmp_status") + 1)
    [rule] = [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}2:")]
    codes = real["codes"]
    first = codes[codes["vocabulary"] == "gmp_status"].sort_values("position")["code"].iloc[0]
    cell = rule.formula1.split("!")[1].split(":")[0].replace("$", "")
    assert book[LISTS][cell].value == first


def test_a_partner_gets_its_own_rows(real: Tables) -> None:
    partner = real["organisations"].dropna(subset=["site_id"]).iloc[0]
    rows = rows_of_partner(real, partner["id"])
    assert list(rows["organisations"]["id"]) == [partner["id"]]
    assert list(rows["sites"]["id"]) == [partner["site_id"]]


def test_gaps_count_by_weight_and_never_what_cannot_be_empty(real: Tables) -> None:
    found = gaps_in(real, rows_of_country(real, "DE"))
    weights = [gap.weight * gap.missing for gap in found]
    assert weights == sorted(weights, reverse=True)
    assert not {"id", "note", "kind", "name"} & {gap.column for gap in found}
