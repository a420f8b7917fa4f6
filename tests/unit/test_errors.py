from mapping.errors import Fault, TableError


def test_a_fault_reads_row_column_problem_remedy():
    fault = Fault(7, "lat", "north", "is not a number", "write degrees")
    assert str(fault) == "7:lat: 'north' is not a number; write degrees"


def test_a_fault_without_a_value_tells_the_rule_alone():
    assert str(Fault(0, "", "", "the file is missing", "put it back")) == "0:-: the file is missing; put it back"


def test_a_long_value_is_cut():
    assert Fault(1, "name", "x" * 100, "is too long", "cut it").problem == f"'{'x' * 60}…' is too long"


def test_a_control_character_cannot_break_the_line():
    assert Fault(1, "name", "a\nb\x1b[31m", "is odd", "mend it").problem == r"'a\nb\x1b[31m' is odd"


def test_a_table_error_names_the_file_on_every_line():
    error = TableError(
        "sites.csv", [Fault(2, "id", "A", "is no id", "mend it"), Fault(3, "", "", "is ragged", "mend it")]
    )
    assert str(error).splitlines() == ["sites.csv:2:id: 'A' is no id; mend it", "sites.csv:3:-: is ragged; mend it"]
