"""All tables of a data folder against their schemas and each other.

First each file is looked at alone, then the links between the sound ones: a faulty table is not held against those
that refer to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from mapping.errors import Fault
from mapping.tables.cells import header_faults, text_frame, typed_frame
from mapping.tables.files import GEOMETRY_FILES, TABLE_FILES, Folder, content_of
from mapping.tables.links import link_rules
from mapping.tables.outlines import Outlines, read_outlines
from mapping.tables.reading import Sheet, missing_file, read_rows
from mapping.tables.row_rules import row_rules
from mapping.tables.schemas import SCHEMAS
from mapping.tables.validation import own_rules, validate

OUTLINE_CODES: Mapping[str, str] = {"countries": "iso2", "regions": "code"}
"""Property that names an outline, for the sets that are looked up by it."""


@dataclass(frozen=True)
class Checked:
    """One table after the check."""

    frame: pd.DataFrame
    """Typed rows in file order; some or all are missing where there are faults."""
    texts: pd.DataFrame
    """The same cells as they stand in the file, indexed by line."""
    faults: tuple[Fault, ...]
    """What is wrong, by line and column."""


def check_folder(folder: Folder) -> dict[str, tuple[Fault, ...]]:
    """Return the faults of a data folder by file, from the folder; files without a fault are left out."""
    found = {TABLE_FILES[name]: table.faults for name, table in check_tables(folder).items()}
    found |= {GEOMETRY_FILES[name]: faults for name, faults in check_outlines(folder).items()}
    return {file: faults for file, faults in found.items() if faults}


def check_outlines(folder: Folder) -> dict[str, tuple[Fault, ...]]:
    """Return the faults of each set of outlines, none for a sound one."""
    return {
        name: read_outlines(content_of(folder, file), OUTLINE_CODES.get(name, "name"))[1]
        for name, file in GEOMETRY_FILES.items()
    }


def check_tables(folder: Folder) -> dict[str, Checked]:
    """Return all tables of a data folder, each with its faults."""
    outlines = {
        name: read_outlines(content_of(folder, GEOMETRY_FILES[name]), code)[0] for name, code in OUTLINE_CODES.items()
    }
    alone = {
        name: check_file(content_of(folder, file), name, outlines["countries"]) for name, file in TABLE_FILES.items()
    }
    sound = {name: table.frame for name, table in alone.items() if not table.faults}
    return {
        name: check_links(table, name, sound, outlines["regions"]) if name in sound else table
        for name, table in alone.items()
    }


def check_file(content: bytes | None, name: str, outlines: Outlines) -> Checked:
    """Check one file by itself, whatever its bytes; None is a file that is not there."""
    return _unread(missing_file()) if content is None else check_sheet(read_rows(content), name, outlines)


def check_sheet(sheet: Sheet, name: str, outlines: Outlines) -> Checked:
    """Check one table by itself, from the rows of any file; faults stand on the lines of that file."""
    misnamed = header_faults(sheet.header, name) if sheet.rows else []
    if not sheet.rows or misnamed:
        return _unread(*sheet.faults, *misnamed)
    texts = text_frame(sheet, name)
    frame, not_numbers = typed_frame(texts, name)
    rules = own_rules(name)
    for column, added in row_rules(name, frame, outlines).items():
        rules[column] = [*rules.get(column, ()), *added]
    taken = {(fault.line, fault.column) for fault in not_numbers}
    broken = [
        fault
        for fault in validate(frame, texts, SCHEMAS[name].to_schema(), rules)
        if (fault.line, fault.column) not in taken
    ]
    return Checked(frame.reset_index(drop=True), texts, _in_order([*sheet.faults, *not_numbers, *broken], texts))


def check_links(table: Checked, name: str, sound: Mapping[str, pd.DataFrame], regions: Outlines) -> Checked:
    """Check what one table refers to against the tables that are sound."""
    rules = link_rules(name, sound, regions)
    schema = pa.DataFrameSchema({column: pa.Column(nullable=True) for column in rules})
    faults = validate(table.texts[list(rules)], table.texts, schema, rules) if rules else []
    return Checked(table.frame, table.texts, _in_order(faults, table.texts))


def _unread(*faults: Fault) -> Checked:
    """Return a table of which no cell was looked at."""
    return Checked(pd.DataFrame(), pd.DataFrame(), faults)


def _in_order(faults: list[Fault], texts: pd.DataFrame) -> tuple[Fault, ...]:
    """Return faults by line, then in the order of the columns."""
    place = {column: number for number, column in enumerate(texts.columns)}
    return tuple(sorted(faults, key=lambda fault: (fault.line, place.get(fault.column, -1))))
