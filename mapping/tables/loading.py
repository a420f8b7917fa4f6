"""The tables as frames, read once at the start.

A file whose SHA-256 is that in ``datapackage.json`` was checked when the package was written, so it is read without the
schemas: that keeps the start fast. Any other file is checked first. A faulty table is not shown in part, it is not in
the frames at all; tables that refer to it stay, for their own files are sound.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from mapping.errors import Fault, ReleaseError, TableError
from mapping.tables.edition import read_package
from mapping.tables.features import missing_outlines
from mapping.tables.files import (
    GEOMETRY_FILES,
    TABLE_FILES,
    combined,
    content_of,
    fingerprint,
)
from mapping.tables.kinds import TEXT, Column, described_columns
from mapping.tables.reading import missing_file
from mapping.tables.releases import ReleasedFolder, told_version

ARROW_TYPES: Mapping[str, Any] = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64()}
PANDAS_TYPES: Mapping[Any, Any] = {pa.string(): TEXT, pa.int64(): pd.Int64Dtype()}
Made = TypeVar("Made")
FILES: Mapping[str, str] = {**TABLE_FILES, **{f"geo-{name}": file for name, file in GEOMETRY_FILES.items()}}
"""File of each resource of the package, by its name there."""
NO_VERSION = "unknown"
"""Data version of a folder without a readable package description."""


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables of one data folder, and what is wrong with those that are not shown."""

    version: str
    """Data version, such as 2026.11.0."""
    released: str
    """Newest day on which a source was read, YYYY-MM-DD; empty where no row says."""
    frames: Mapping[str, pd.DataFrame]
    """Name -> table, typed; only tables without a fault."""
    faults: Mapping[str, tuple[Fault, ...]]
    """Name -> faults of a table, or of outlines such as geo-countries, that are not shown."""
    columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    """Name -> what each column holds, faulty tables included."""
    _kept: dict[tuple[str, ...], Any] = field(default_factory=dict, init=False, repr=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table, or raise a TableError that says why it is not shown."""
        if name in self.frames:
            return self.frames[name]
        missing = Fault(0, "", "", "is not one of the tables here", f"use one of {', '.join(self.frames)}")
        raise TableError(TABLE_FILES.get(name, name), self.faults.get(name, (missing,)))

    def pairs(self, table: str, column: str) -> pd.DataFrame:
        """Return a column of lists taken apart: columns `id` and `value`, one row a pair, in the order of the table.

        Rows of `codes` have no id of their own; theirs is `vocabulary/code`. The frame is shared: do not write to it.
        """
        return self.kept(("pairs", table, column), lambda: _pairs(self[table], column))

    def kept(self, name: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """Return what was made of these tables under a name before, or make and keep it."""
        if name not in self._kept:
            self._kept[name] = make()
        made: Made = self._kept[name]
        return made


def load_tables(folder: Path | ReleasedFolder) -> Tables:
    """Read all tables of a data folder.

    Parameters
    ----------
    folder : Path or ReleasedFolder
        The data folder, as `datapackage.json` in it describes; or a release, which is that of another day.

    Returns
    -------
    Tables
        Sound tables as frames, the others as faults; never raises for what a file holds.

    Raises
    ------
    ReleaseError
        A release is not what was released.
    """
    package = read_package(folder)
    contents = {name: content_of(folder, file) for name, file in TABLE_FILES.items()}
    outlines = {f"geo-{name}": content_of(folder, file) for name, file in GEOMETRY_FILES.items()}
    there = {name: content for name, content in {**contents, **outlines}.items() if content is not None}
    prints = {name: fingerprint(content) for name, content in there.items()}
    version = str(package.get("version", NO_VERSION))
    if isinstance(folder, Path):
        version = told_version(folder, version, combined({FILES[name]: prints[name] for name in prints}))
    trusted = _trusted_tables(package, {name: there[name] for name in contents if name in there}, prints)
    if trusted is None:
        if isinstance(folder, ReleasedFolder):
            raise ReleaseError(f"the release {folder.release.version} is not the one its description tells of")
        frames, faults = _checked_frames(folder)
        return Tables(version, newest_day(frames), frames, faults, _columns_by_schema())
    missing = {name: (missing_file(),) for name in contents if contents[name] is None}
    missing |= {name: (missing_outlines(),) for name in outlines if outlines[name] is None}
    return Tables(version, newest_day(trusted), trusted, missing, described_columns(package))


def newest_day(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return the newest day on which a source was read."""
    days = [frame["retrieved"].max() for frame in frames.values() if "retrieved" in frame and len(frame)]
    return max((day for day in days if isinstance(day, str)), default="")


def _trusted_tables(
    package: Mapping[str, Any], there: Mapping[str, bytes], prints: Mapping[str, str]
) -> dict[str, pd.DataFrame] | None:
    """Read the tables that are there, if each file is the one that was checked when the package was written."""
    try:
        known = {resource["name"]: resource for resource in package["resources"]}
        if any(known[name]["hash"] != found for name, found in prints.items()):
            return None
        described_columns(package)
        return {name: _trusted(content, known[name]) for name, content in there.items()}
    except (KeyError, TypeError, AttributeError, pa.ArrowException):
        return None  # the description is not one of ours


def _trusted(content: bytes, resource: Mapping[str, Any]) -> pd.DataFrame:
    """Read a file that was checked before, with the types its description gives."""
    return frame_of(content, {column["name"]: column["type"] for column in resource["schema"]["fields"]})


def frame_of(content: bytes, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Read a CSV file that was checked before; `kinds` says of each column whether it is string, number or integer."""
    types = {name: ARROW_TYPES[kind] for name, kind in kinds.items()}
    convert = pacsv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True)
    parse = pacsv.ParseOptions(newlines_in_values=True)
    table = pacsv.read_csv(io.BytesIO(content), parse_options=parse, convert_options=convert)
    frame: pd.DataFrame = table.to_pandas(types_mapper=PANDAS_TYPES.get)
    return frame


def _checked_frames(folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, tuple[Fault, ...]]]:
    """Read and check all files; the schemas are imported only here, for they are slow to import."""
    from mapping.tables.checking import check_outlines, check_tables

    checked = check_tables(folder)
    frames = {name: table.frame for name, table in checked.items() if not table.faults}
    faults = {name: table.faults for name, table in checked.items()}
    faults |= {f"geo-{name}": found for name, found in check_outlines(folder).items()}
    return frames, {name: found for name, found in faults.items() if found}


def _columns_by_schema() -> Mapping[str, tuple[Column, ...]]:
    """Return what each column holds, from the schemas."""
    from mapping.tables.package import described_fields

    resources = [{"name": name, "schema": {"fields": described_fields(name)}} for name in TABLE_FILES]
    return described_columns({"resources": resources})


def _pairs(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Take the lists in a column apart."""
    ids = frame["id"] if "id" in frame else frame["vocabulary"] + "/" + frame["code"]
    cells = pa.array(frame[column], type=pa.string())
    lists = pc.split_pattern(cells, "|")
    parents = pc.list_parent_indices(lists).to_numpy()
    values = pd.array(pc.list_flatten(lists), dtype=TEXT)
    return pd.DataFrame({"id": ids.to_numpy()[parents], "value": values}).astype({"id": TEXT})
