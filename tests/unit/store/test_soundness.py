"""Proposed rows are checked at once, and each fault is told at its cell."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.errors import Conflict, RefusedChange, StoreError
from mapping.store.opening import Store
from mapping.store.overlay import Operation, OverlaidFolder, TextTable, fold, laid_over, text_table
from mapping.store.proposing import check_draft, propose
from mapping.store.reading import proposals
from mapping.store.records import Draft, DraftRow
from mapping.tables.checking import check_folder
from mapping.tables.files import TABLE_FILES
from tests.unit.store.conftest import ADDED, CONTRIBUTOR, NEW_SITE, RENAMED, REVIEWER, draft

ROOT = Path(__file__).parents[3]
UNIT = {"site_id": "example-new"}


def cells(store: Store, *rows: DraftRow) -> list[tuple[int, str, str]]:
    return [(fault.position, fault.row_id, fault.column) for fault in check_draft(store, rows)]


def test_sound_rows_have_no_fault(lite: Store) -> None:
    assert cells(lite, ADDED, RENAMED) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("country", "XX"), ("lat", "north"), ("lat", "40.1"), ("retrieved", "22.11.2026"), ("coord_precision", "vague")]
    + [("name", ""), ("name", "=1+1"), ("name", "Example <b>"), ("name", "two\nlines"), ("name", "half \ud800")]
    + [("name", "x" * 200_000), ("name", "nul \0"), ("source_ids", "example-nowhere"), ("place_id", "999")],
)
def test_a_wrong_cell_is_named_and_nothing_is_stored(lite: Store, column: str, value: str) -> None:
    wrong = DraftRow("sites", "example-new", "add", {**NEW_SITE, column: value})
    assert cells(lite, RENAMED, wrong) == [(1, "example-new", column)]
    with pytest.raises(RefusedChange) as refused:
        propose(lite, CONTRIBUTOR, draft(RENAMED, wrong))
    assert refused.value.faults[0].remedy
    assert proposals(lite, REVIEWER) == ()


def test_rows_of_one_proposal_may_refer_to_each_other(lite: Store) -> None:
    unit = text_table(lite.data, "facilities").row("example-unit-berlin")
    other = DraftRow("facilities", "example-unit-new", "add", {**unit, "id": "example-unit-new", **UNIT})
    assert cells(lite, other) == [(0, "example-unit-new", "site_id")]
    assert cells(lite, other, ADDED) == []


def test_a_row_that_others_name_is_not_removed_from_under_them(lite: Store) -> None:
    found = check_draft(lite, [DraftRow("sites", "example-berlin", "remove")])
    assert {(fault.table, fault.row_id) for fault in found} >= {("facilities", "example-unit-berlin")}
    assert {fault.position for fault in found} == {-1}


def test_a_second_row_for_the_same_trial_and_site_is_found(lite: Store) -> None:
    first_id = next(iter(text_table(lite.data, "trial_sites").rows))
    row = text_table(lite.data, "trial_sites").row(first_id)
    assert cells(lite, DraftRow("trial_sites", "example-twice", "add", {**row, "id": "example-twice"})) == [
        (0, "example-twice", "site_id")
    ]


@pytest.mark.parametrize(
    "row",
    [DraftRow("nowhere", "a", "remove"), DraftRow("sites", "example-new", "add", {**NEW_SITE, "colour": "red"})]
    + [DraftRow("sites", "example-berlin", "change", {"name": "Example Hospital Berlin"})]
    + [DraftRow("sites", "example-berlin", "change", {"id": "example-other"})]
    + [DraftRow("sites", "example-new", "add", {**NEW_SITE, "id": "example-other"})],
)
def test_a_row_that_makes_no_sense_is_refused(lite: Store, row: DraftRow) -> None:
    with pytest.raises(StoreError, match="nothing was written"):
        check_draft(lite, [row])


@pytest.mark.parametrize(
    "row",
    [DraftRow("sites", "example-berlin", "add", NEW_SITE | {"id": "example-berlin"})]
    + [DraftRow("sites", "example-gone", "remove"), DraftRow("sites", "example-gone", "change", {"name": "Example"})],
)
def test_a_row_that_is_there_already_or_no_more_is_a_conflict(lite: Store, row: DraftRow) -> None:
    with pytest.raises(Conflict):
        check_draft(lite, [row])


def test_a_proposal_needs_rows_each_once_and_a_reason(lite: Store) -> None:
    for wrong in (Draft((), "reason"), draft(RENAMED, RENAMED), draft(RENAMED, reason="  "), draft(reason="x" * 6_000)):
        with pytest.raises(StoreError):
            propose(lite, CONTRIBUTOR, wrong)
    assert proposals(lite, REVIEWER) == ()


def test_every_file_of_the_real_data_reads_as_text_and_writes_back_to_the_byte() -> None:
    for name, file in TABLE_FILES.items():
        assert text_table(ROOT / "data", name).csv() == (ROOT / "data" / file).read_bytes()


def test_an_overlay_without_operations_is_the_folder_itself(mini_folder: Path) -> None:
    assert check_folder(OverlaidFolder(mini_folder, {})) == {}


IDS = ("a", "b", "c")
BASE = TextTable(("id", "x", "y"), {"a": ("a", "1", "2"), "b": ("b", "3", "4")})
steps = st.lists(st.tuples(st.sampled_from(IDS), st.booleans(), st.sampled_from("xy"), st.sampled_from("56")))


@given(steps)
@settings(max_examples=200)
def test_any_run_of_operations_and_then_its_inverse_leaves_the_table_as_it_was(
    done: list[tuple[str, bool, str, str]],
) -> None:
    operations: list[Operation] = []
    for row_id, removes, column, value in done:
        there = laid_over(BASE, fold(operations).get("t", {})).row(row_id)
        if there is None:
            operations.append(Operation("t", row_id, "add", {"id": row_id, "x": value, "y": ""}))
        elif removes:
            operations.append(Operation("t", row_id, "remove", {}, there))
        else:
            operations.append(Operation("t", row_id, "change", {column: value}, {column: there[column]}))
    for cut in range(len(operations) + 1):
        undone = itertools.chain(operations, (each.inverse for each in reversed(operations[cut:])))
        expected = laid_over(BASE, fold(operations[:cut]).get("t", {}))
        assert dict(laid_over(BASE, fold(undone).get("t", {})).rows) == dict(expected.rows)
