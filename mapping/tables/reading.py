"""The cells of a CSV file with the lines they stand on, whatever its bytes."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapping.errors import Fault

LONGEST_CELL = 100_000
"""Characters; longer cells are a lost quotation mark."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Sheet:
    """What stands in a CSV file."""

    header: tuple[str, ...]
    """Names of the columns, as they stand in the file."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as text; only rows with as many cells as the header."""
    lines: tuple[int, ...]
    """Line of the file on which each row starts."""
    faults: tuple[Fault, ...]
    """What is wrong with the file before any cell is looked at."""


def read_rows(content: bytes) -> Sheet:
    """Return the rows of a CSV file, and what keeps it from being one."""
    broken = tuple(_byte_faults(content))
    if broken:
        return Sheet((), (), (), broken)
    text = content.decode("utf-8")
    records: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(_unreadable(start, error))
    if not records:
        return Sheet((), (), (), tuple(faults))
    header = tuple(records[0][1])
    return _sheet(header, records[1:], faults)


def _sheet(header: tuple[str, ...], records: list[tuple[int, list[str]]], faults: list[Fault]) -> Sheet:
    """Return the rows that fit the header; the others become faults. Empty lines are neither."""
    faults = [*faults, *_header_faults(header)]
    if faults:
        return Sheet(header, (), (), tuple(faults))
    filled = [(line, cells) for line, cells in records if cells]
    fitting = [(line, tuple(cells)) for line, cells in filled if len(cells) == len(header)]
    ragged = [_ragged(line, len(cells), len(header)) for line, cells in filled if len(cells) != len(header)]
    empty = [] if filled else [Fault(1, "", "", "there is a header and nothing under it", "add the rows")]
    return Sheet(header, tuple(cells for _, cells in fitting), tuple(line for line, _ in fitting), (*ragged, *empty))


def _byte_faults(content: bytes) -> Iterator[Fault]:
    """Yield what is wrong with the bytes: none at all, not text, or not UTF-8."""
    if not content.strip():
        yield Fault(0, "", "", "the file is empty", "put it back, or rebuild it with `python -m mapping build`")
        return
    if content.startswith(BYTE_ORDER_MARK):
        yield Fault(1, "", "", "the file starts with a byte order mark", "save it as UTF-8 without BOM")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        yield Fault(line, "", "", "there is a NUL byte, so this is not text", "save it as CSV, UTF-8")
        return
    for number, line_bytes in enumerate(content.split(b"\n"), start=1):
        try:
            line_bytes.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong = " ".join(f"{byte:02x}" for byte in line_bytes[error.start : error.end])
            yield Fault(number, "", "", f"byte {wrong} is not UTF-8", "save the file as CSV, UTF-8")


def _header_faults(header: tuple[str, ...]) -> Iterator[Fault]:
    """Yield what is wrong with the first line whatever the table: the delimiter, or names used twice."""
    line = "".join(header)
    if len(header) == 1 and re.search("[;\t|]", line):
        mark = "semicolons" if ";" in line else "tabs" if "\t" in line else "bars"
        yield Fault(1, "", "", f"the columns are separated by {mark}", "separate them by commas")
        return
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield Fault(1, name, "", "the column is there more than once", "remove or rename one of them")


def _ragged(line: int, cells: int, columns: int) -> Fault:
    """Return the fault of a row that does not fit the header."""
    rule = f"the row has {cells} cells, the header {columns}"
    return Fault(line, "", "", rule, "look for a missing or stray comma, and quote cells that hold one")


def _unreadable(line: int, error: csv.Error) -> Fault:
    """Return the fault of a file whose quotation marks do not add up."""
    return Fault(line, "", "", f"the row cannot be read ({error})", "look for a stray or missing quotation mark")


def missing_file() -> Fault:
    """Return the fault of a table without a file."""
    return Fault(0, "", "", "the file is missing", "put it back, or rebuild it with `python -m mapping build`")
