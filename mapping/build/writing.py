"""Writing a table as its file: columns in the order of its schema, rows by id."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from mapping.tables.csvs import Row, write_rows
from mapping.tables.files import TABLE_FILES
from mapping.tables.schemas import column_names


def write_table(data: Path, table: str, rows: Iterable[Row]) -> None:
    """Write one table of the data folder, the same bytes for the same rows in whatever order."""
    columns = column_names(table)
    write_rows(data / TABLE_FILES[table], columns, sorted(rows, key=_place))


def _place(row: Mapping[str, str]) -> tuple[int, str]:
    """Return the place of a row: numbers by size, then words by letter."""
    return (int(row["id"]) if row["id"].isdigit() else 0, row["id"])
