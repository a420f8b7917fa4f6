"""A table as it leaves the house: named columns of four kinds, and its rows as JSON, CSV, GeoJSON or Parquet."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import compress
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.exports.spreadsheet_safety import csv_cell

Kind = Literal["text", "number", "truth", "list"]
Mask = npt.NDArray[np.bool_]
LIST_SEPARATOR: Final = "|"
_quoted = json.encoder.encode_basestring


@dataclass(frozen=True)
class Listing:
    """One table, ready to be written; each way of writing it is prepared once and kept."""

    name: str
    frame: pd.DataFrame
    """One row a record; lists as text joined with ``|``."""
    lists: frozenset[str] = frozenset()
    """Columns whose cells are lists."""

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns, in order."""
        return list(self.frame.columns)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Return the kind of each column."""
        return {name: self._kind(name) for name in self.columns}

    def _kind(self, name: str) -> Kind:
        if name in self.lists:
            return "list"
        if pd.api.types.is_bool_dtype(self.frame[name]):
            return "truth"
        return "number" if pd.api.types.is_numeric_dtype(self.frame[name]) else "text"

    @property
    def is_placed(self) -> bool:
        """Return whether its rows have coordinates."""
        return {"lat", "lon"} <= set(self.columns)

    def values(self, name: str) -> list[Any]:
        """Return a column as plain values: text, int, float, bool, list of text, or None."""
        column = self.frame[name]
        known = column.notna().to_numpy()
        plain = column.astype(object).tolist()
        kind = self.kinds[name]
        if kind == "number":
            known = np.isfinite(column.to_numpy(dtype=float, na_value=np.nan))
            return [_number(value) if has else None for value, has in zip(plain, known, strict=True)]
        if kind == "list":
            return [str(value).split(LIST_SEPARATOR) if has else [] for value, has in zip(plain, known, strict=True)]
        convert = bool if kind == "truth" else str
        return [convert(value) if has else None for value, has in zip(plain, known, strict=True)]

    def kept(self, mask: "Mask | slice | None") -> "Listing":
        """Return the listing of the rows that a mask or slice keeps; all of them without one."""
        return self if mask is None else Listing(self.name, self.frame[mask], self.lists)

    @cached_property
    def json_rows(self) -> list[str]:
        """Return each row as a JSON object."""
        template = "{" + ",".join(_quoted(name).replace("%", "%%") + ":%s" for name in self.columns) + "}"
        cells = [[_json_cell(value) for value in self.values(name)] for name in self.columns]
        return [template % row for row in zip(*cells, strict=True)]

    @cached_property
    def csv_rows(self) -> list[str]:
        """Return each row as a line of a comma-separated file, formulas made harmless."""
        cells = [[_csv_cell(value) for value in self.values(name)] for name in self.columns]
        return [",".join(row) for row in zip(*cells, strict=True)]

    @cached_property
    def features(self) -> list[str]:
        """Return each row as a GeoJSON feature; its geometry is null where the row lies nowhere."""
        ids = self.values("id") if "id" in self.columns else [None] * len(self.frame)
        points = zip(self.values("lon"), self.values("lat"), strict=True)
        return [
            f'{{"type":"Feature","id":{_json_cell(key)},"geometry":{_geometry(lon, lat)},"properties":{row}}}'
            for key, (lon, lat), row in zip(ids, points, self.json_rows, strict=True)
        ]


def json_array(listing: Listing, mask: Mask | None = None) -> bytes:
    """Return the rows as a JSON array of objects."""
    return ("[" + ",\n".join(_picked(listing.json_rows, mask)) + "]\n").encode()


def csv_file(listing: Listing, mask: Mask | None = None) -> bytes:
    """Return the rows as a comma-separated file with a header, UTF-8."""
    header = ",".join(csv_cell(name) for name in listing.columns)
    return ("\n".join([header, *_picked(listing.csv_rows, mask)]) + "\n").encode()


def feature_collection(listing: Listing, metadata: dict[str, Any], mask: Mask | None = None) -> bytes:
    """Return the rows as a GeoJSON feature collection, WGS 84, with a ``metadata`` member.

    Parameters
    ----------
    listing : Listing
        A table with ``lat`` and ``lon`` in degrees.
    metadata : dict
        What the collection says about itself; JSON values.
    mask : Mask, optional
        The rows to write; all without it.
    """
    told = json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))
    start = f'{{"type":"FeatureCollection","metadata":{told},"features":['
    return (start + ",\n".join(_picked(listing.features, mask)) + "]}\n").encode()


def parquet_file(listing: Listing, metadata: dict[str, str], mask: Mask | None = None) -> bytes:
    """Return the rows as a Parquet file, lists as lists, with metadata in its schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "truth": pa.bool_(), "list": pa.list_(pa.string())}
    kept = listing.kept(mask)
    columns = {}
    for name, kind in listing.kinds.items():
        values = kept.values(name)
        whole = pd.api.types.is_integer_dtype(listing.frame[name])
        columns[name] = pa.array(values, types.get(kind, pa.int64() if whole else pa.float64()))
    out = BytesIO()
    pq.write_table(pa.table(columns).replace_schema_metadata(metadata), out, compression="zstd")
    return out.getvalue()


def _picked(rows: Sequence[str], mask: Mask | None) -> Iterable[str]:
    """Return the rows that a mask keeps."""
    return rows if mask is None else compress(rows, mask)


def _number(value: Any) -> int | float:
    """Return a number as a person writes it: 12 and not 12.0."""
    number = float(value)
    return int(number) if number.is_integer() else number


def _json_cell(value: Any) -> str:
    """Return one plain value as JSON."""
    match value:
        case None:
            return "null"
        case str():
            return _quoted(value)
        case bool():
            return "true" if value else "false"
        case list():
            return "[" + ",".join(map(_quoted, value)) + "]"
    return repr(value)


def _csv_cell(value: Any) -> str:
    """Return one plain value as a cell of a comma-separated file."""
    match value:
        case None:
            return ""
        case str():
            return csv_cell(value)
        case bool():
            return "true" if value else "false"
        case list():
            return csv_cell(LIST_SEPARATOR.join(value))
    return repr(value)


def _geometry(lon: float | None, lat: float | None) -> str:
    """Return a GeoJSON point, or null without coordinates."""
    return "null" if lon is None or lat is None else f'{{"type":"Point","coordinates":[{lon!r},{lat!r}]}}'
