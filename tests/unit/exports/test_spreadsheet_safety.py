from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.exports.spreadsheet_safety import FORMULA_STARTS, LONGEST_CELL, csv_cell, harmless, workbook_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_gets_an_apostrophe_and_nothing_else(text: str) -> None:
    assert harmless(text) == "'" + text


@given(st.text().filter(lambda text: not text.startswith(FORMULA_STARTS)))
def test_no_other_text_is_altered(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_a_row_of_any_texts_can_be_read_back(texts: list[str]) -> None:
    line = ",".join(map(csv_cell, texts)) + "\n"
    [row] = csv.reader(io.StringIO(line, newline=""))
    assert row == [harmless(text) for text in texts]


@given(st.text(alphabet=st.characters(max_codepoint=0x20)))
def test_a_workbook_gets_no_control_characters(text: str) -> None:
    assert not {chr(code) for code in (*range(9), 11, 12, *range(14, 32))} & set(workbook_text(text))


def test_a_cell_is_never_longer_than_a_workbook_takes() -> None:
    assert len(workbook_text("a" * 40_000)) == LONGEST_CELL
