"""Whether the tables would be sound with proposed rows in them, told cell by cell.

The rows are laid over the tables as they are now, and the schemas look at the whole: so a second row of one id, a town
in another country or a removed site that a trial still names are all found, each at the row that causes it.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd
import pyarrow.csv as pacsv

from mapping.errors import Fault, RowFault
from mapping.store.overlay import Operation, OverlaidFolder, TextTable, fold, laid_over, text_table
from mapping.tables.cells import text_frame
from mapping.tables.checking import OUTLINE_CODES, Checked, check_file, check_links, check_tables
from mapping.tables.files import GEOMETRY_FILES, TABLE_FILES, Folder, content_of
from mapping.tables.outlines import read_outlines
from mapping.tables.reading import LONGEST_CELL, read_rows
from mapping.tables.schemas import SCHEMAS

Places = Mapping[tuple[str, str], int]
"""Table and row -> position in the proposal."""
WHOLE_TABLE: Final = -1
"""Position of what no proposed row stands for."""


def faults_of(folder: Folder, operations: Sequence[Operation]) -> tuple[RowFault, ...]:
    """Return what would be wrong with the tables of a folder if operations were done to them.

    Parameters
    ----------
    folder : Folder
        The tables as they are now, released changes included.
    operations : sequence of Operation
        One a row, their tables and columns known.

    Returns
    -------
    tuple of RowFault
        By position; a position of -1 is a row that was there and would no longer hold.
    """
    unreadable = tuple(fault for at, each in enumerate(operations) for fault in _unreadable(at, each))
    readable = [each for each in operations if not any(_unreadable(0, each))]
    if not readable:
        return unreadable
    places = {(each.table, each.row_id): at for at, each in enumerate(operations)}
    overlay = fold(readable)
    tables = {name: laid_over(text_table(folder, name), overlay[name]) for name in overlay}
    removed = {each.table for each in readable if each.action == "remove"}
    return (*unreadable, *_checked(folder, tables, removed, places))


def faults_of_all(folder: OverlaidFolder, operations: Sequence[Operation]) -> tuple[RowFault, ...]:
    """Return everything that is wrong with all tables of a folder in which operations are done already."""
    places = {(each.table, each.row_id): at for at, each in enumerate(operations)}
    return tuple(
        fault
        for name, checked in check_tables(folder).items()
        if checked.faults
        for fault in _told(checked, name, text_table(folder, name), places)
    )


def _checked(folder: Folder, tables: Mapping[str, TextTable], removed: set[str], places: Places) -> Iterator[RowFault]:
    """Yield the faults of touched tables at their proposed rows, and of rows that name one that is removed."""
    outlines = {
        name: read_outlines(content_of(folder, GEOMETRY_FILES[name]), code)[0] for name, code in OUTLINE_CODES.items()
    }
    sound = _frames(folder, tables)
    for name, table in tables.items():
        alone = check_file(table.csv(), name, outlines["countries"])
        linked = check_links(alone, name, sound, outlines["regions"]) if len(alone.texts) else alone
        both = Checked(alone.frame, alone.texts, tuple(_first([*alone.faults, *linked.faults])))
        found = list(_told(both, name, table, places))
        yield from (fault for fault in found if fault.position != WHOLE_TABLE or not fault.row_id)
    for name in SCHEMAS:
        if _names_one_of(name, removed):
            yield from _left_behind(folder, name, tables.get(name), sound, places)


def _left_behind(
    folder: Folder, name: str, table: TextTable | None, sound: Mapping[str, pd.DataFrame], places: Places
) -> Iterator[RowFault]:
    """Yield the rows of a table that name a row that would be gone."""
    table = table or text_table(folder, name)
    texts = text_frame(read_rows(table.csv()), name)
    linked = check_links(Checked(pd.DataFrame(), texts, ()), name, sound, {})
    yield from (fault for fault in _told(linked, name, table, places) if fault.position == WHOLE_TABLE)


def _frames(folder: Folder, tables: Mapping[str, TextTable]) -> dict[str, pd.DataFrame]:
    """Return all tables as text, the touched ones with their proposed rows, for looking up what is named."""
    frames = {}
    for name, file in TABLE_FILES.items():
        content = tables[name].csv() if name in tables else content_of(folder, file)
        if content:
            frames[name] = _as_text(content)
    return frames


def _as_text(content: bytes) -> pd.DataFrame:
    """Return a sound CSV file with every column as text."""
    names = content[: content.index(b"\n")].decode().strip().split(",")
    convert = pacsv.ConvertOptions(column_types=dict.fromkeys(names, "string"), strings_can_be_null=False)
    parse = pacsv.ParseOptions(newlines_in_values=True)
    frame: pd.DataFrame = pacsv.read_csv(io.BytesIO(content), parse_options=parse, convert_options=convert).to_pandas()
    return frame


def _names_one_of(name: str, removed: set[str]) -> bool:
    """Return whether rows of a table may name rows of others that lose some."""
    columns = SCHEMAS[name].to_schema().columns.values()
    named = {(column.metadata or {}).get("references") for column in columns}
    coded = any((column.metadata or {}).get("vocabulary") for column in columns)
    return bool(named & removed) or (coded and "codes" in removed) or (name == "obstacle_evidence" and bool(removed))


def _told(checked: Checked, name: str, table: TextTable, places: Places) -> Iterator[RowFault]:
    """Yield the faults of a table at the rows they stand in."""
    rows = dict(zip(checked.texts.index, table.rows, strict=False))
    for fault in checked.faults:
        row_id = rows.get(fault.line, "")
        at = places.get((name, row_id), WHOLE_TABLE)
        yield RowFault(at, name, row_id, fault.column, fault.value, fault.rule, fault.remedy)


def _first(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the first fault of each cell."""
    taken: set[tuple[int, str]] = set()
    for fault in faults:
        if (fault.line, fault.column) not in taken:
            taken.add((fault.line, fault.column))
            yield fault


def _unreadable(position: int, operation: Operation) -> Iterator[RowFault]:
    """Yield the cells that no CSV file of ours can hold."""
    for column, cell in operation.cells.items():
        broken = "\0" in cell or any("\ud800" <= character <= "\udfff" for character in cell)
        if broken or len(cell) >= LONGEST_CELL:
            rule = "holds a character that is no text" if broken else "is too long"
            remedy = "write it on one line of plain text"
            yield RowFault(position, operation.table, operation.row_id, column, cell[:100], rule, remedy)
