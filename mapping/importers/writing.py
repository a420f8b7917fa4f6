"""Writing what an import gives: all of it, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from mapping.errors import SourceError
from mapping.tables.csvs import write_rows

NO_TEXTS: Mapping[str, str] = MappingProxyType({})
Written = tuple[Sequence[str], Iterable[Mapping[str, str]]]
"""Columns and rows of one file."""


def write_tables(folder: Path, files: Mapping[str, Written], texts: Mapping[str, str] = NO_TEXTS) -> None:
    """Write CSV files (UTF-8, commas, LF) and texts; each is complete before it takes the place of an older one."""
    try:
        for name, (columns, rows) in files.items():
            write_rows(folder / f"{name}.part", columns, rows)
        for name, text in texts.items():
            (folder / f"{name}.part").write_text(text, encoding="utf-8")
        for name in (*files, *texts):
            (folder / f"{name}.part").replace(folder / name)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be written ({error.strerror})") from error
