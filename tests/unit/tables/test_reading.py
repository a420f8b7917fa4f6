import pytest

from mapping.tables.reading import read_rows


def test_rows_carry_the_line_they_start_on():
    sheet = read_rows(b'a,b\n1,"two\nlines"\n\n3,4\n')
    assert (sheet.header, sheet.rows, sheet.lines) == (("a", "b"), (("1", "two\nlines"), ("3", "4")), (2, 5))


def test_windows_line_ends_are_read_like_ours():
    assert read_rows(b"a,b\r\n1,2\r\n").rows == (("1", "2"),)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 0, "the file is empty"),
        (b" \n\n", 0, "the file is empty"),
        (b"\xef\xbb\xbfa,b\n1,2\n", 1, "byte order mark"),
        (b"a,b\n1,2\n3,\x00\n", 3, "NUL byte"),
        (b"a,b\n1,caf\xe9\n", 2, "byte e9 is not UTF-8"),
        (b"a;b\n1;2\n", 1, "separated by semicolons"),
        (b"a\tb\n1\t2\n", 1, "separated by tabs"),
        (b"a,a\n1,2\n", 1, "there more than once"),
        (b"a,b\n", 1, "a header and nothing under it"),
        (b"a,b\n1,2\n1,2,3\n", 3, "the row has 3 cells, the header 2"),
        (b"a,b\n1\n1,2\n", 2, "the row has 1 cells, the header 2"),
        (b'a,b\n1,"x\n', 2, "cannot be read"),
        (b'a,b\n1,"x" y\n', 2, "cannot be read"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", 2, "cannot be read"),
    ],
)
def test_what_is_not_a_table_is_told_with_its_line(content, line, words):
    fault = read_rows(content).faults[0]
    assert fault.line == line
    assert words in fault.rule
    assert fault.remedy


def test_each_line_that_is_not_utf8_is_told():
    assert [fault.line for fault in read_rows(b"a\n\xff\nb\n\xfe\n").faults] == [2, 4]


def test_a_ragged_row_leaves_the_others_readable():
    assert read_rows(b"a,b\n1\n3,4\n").rows == (("3", "4"),)
