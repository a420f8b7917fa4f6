"""Reading and writing the project's CSV files: UTF-8, commas, LF, empty cell for null."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file as text; an absent file has none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows under the given columns; a row with another column is an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def join_cell(values: Iterable[str]) -> str:
    """Return a list cell: the values in order, each once, joined by a bar."""
    return "|".join(dict.fromkeys(value.strip() for value in values if value.strip()))


def split_cell(cell: str) -> list[str]:
    """Return the values of a list cell."""
    return [value for value in cell.split("|") if value]
