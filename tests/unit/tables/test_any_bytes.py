"""Whatever is in a file, checking it ends in a table or in faults, never in a traceback."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.tables.checking import check_file
from mapping.tables.files import TABLE_FILES
from mapping.tables.schemas import column_names

MINI = Path(__file__).parents[2] / "fixtures" / "mini"
TABLES = sorted(set(TABLE_FILES) - {"codes"})
ODD_CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "nan", "inf", "-0", "1e400", "9" * 30, "0x10", "1_000", "٣", "|", "a||a", "\x00", '"', "=1", "\ufeff"]
    ),
)


def checked(content, table):
    result = check_file(content, table, {})
    assert all(fault.rule and fault.remedy for fault in result.faults)
    places = [(fault.line, fault.column) for fault in result.faults if fault.column]
    assert len(places) == len(set(places))
    return result


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(TABLES))
def test_any_bytes_are_answered(content, table):
    assert checked(content, table).faults


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_table_with_bytes_changed_is_answered(data):
    table = data.draw(st.sampled_from(TABLES))
    content = bytearray((MINI / TABLE_FILES[table]).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    checked(bytes(content), table)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_table_of_odd_cells_is_answered(data):
    table = data.draw(st.sampled_from(TABLES))
    columns = column_names(table)
    rows = data.draw(
        st.lists(st.lists(ODD_CELLS, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=3)
    )
    quoted = [",".join('"' + re.sub('"', '""', cell) + '"' for cell in row) for row in [list(columns), *rows]]
    checked("\n".join(quoted).encode("utf-8", "surrogatepass"), table)


@pytest.mark.parametrize("table", TABLES)
def test_a_sound_table_stays_sound(table):
    assert not checked((MINI / TABLE_FILES[table]).read_bytes(), table).faults
