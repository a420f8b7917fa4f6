"""Layers of maps, and Parquet: attributes as columns, points as `lat` and `lon`."""

import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import shape

from mapping.errors import SourceError
from mapping.importers.limits import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, SQL_STEPS
from mapping.importers.sheets import Sheet, sheet_of

POSITION: Final = ("lat", "lon")
GEOMETRY_NAMES: Final = ("geometry", "geom", "wkb_geometry", "the_geom")
BATCH: Final = 5_000
"""Rows of Parquet unpacked at a time."""
HEADER_BYTES: Final = {0: 8, 1: 40, 2: 56, 3: 56, 4: 72}
"""Length of the header of a GeoPackage geometry, by the kind of its envelope."""
ALLOWED_SQL: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})


def read_geojson(name: str, content: bytes) -> list[Sheet]:
    """Return the features of a GeoJSON file as one sheet."""
    try:
        collection = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}: not JSON, or cut short or nested too deep") from error
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list) or not all(isinstance(feature, Mapping) for feature in features):
        raise SourceError(f"{name}: not GeoJSON; it has no list `features`")
    if len(features) > MOST_ROWS:
        raise SourceError(f"{name}: it has more than {MOST_ROWS:,} features; split it")
    properties = [_object(feature.get("properties")) for feature in features]
    columns = list(dict.fromkeys(key for one in properties for key in one))
    if len(columns) > MOST_COLUMNS:
        raise SourceError(f"{name}: it has more than {MOST_COLUMNS} properties; remove those without data")
    points = [_point(feature.get("geometry")) for feature in features]
    rows = (
        [*(_scalar(one.get(key)) for key in columns), *point] for one, point in zip(properties, points, strict=True)
    )
    return [_layer(name, PurePosixPath(name).stem, columns, rows, any(lat for lat, _ in points))]


def read_geopackage(name: str, content: bytes) -> list[Sheet]:
    """Return the layers of a GeoPackage; views and triggers are never run, nothing is written."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_OK if action in ALLOWED_SQL else sqlite3.SQLITE_DENY
        )
        steps = iter(range(SQL_STEPS // 1_000))
        connection.set_progress_handler(lambda: next(steps, None) is None, 1_000)
        real = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = {str(row[0]) for row in connection.execute(real)}
        if "gpkg_contents" not in tables:
            raise SourceError(f"{name}: the file is a database but not a GeoPackage")
        layers = [str(row[0]) for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name")]
        geometries = dict(connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        return [_table(name, connection, layer, geometries.get(layer)) for layer in layers if layer in tables]
    except (sqlite3.Error, ValueError, OverflowError) as error:  # ValueError: a text that is not UTF-8
        raise SourceError(f"{name}: the database cannot be read ({str(error).splitlines()[0][:80]})") from error
    finally:
        connection.close()


def read_parquet(name: str, content: bytes) -> list[Sheet]:
    """Return the rows of a Parquet file, unpacked a few at a time."""
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        told = file.metadata
        if (
            told.num_rows > MOST_ROWS
            or told.num_columns > MOST_COLUMNS
            or told.num_rows * told.num_columns > MOST_CELLS
        ):
            raise SourceError(
                f"{name}: {told.num_rows:,} rows and {told.num_columns:,} columns are more than can be read"
            )
        columns = file.schema_arrow.names
        geometry = next((column for column in columns if column.lower() in GEOMETRY_NAMES), None)
        plain = [column for column in columns if column != geometry]
        rows = list(_parquet_rows(name, file, plain, geometry))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"{name}: the file is damaged ({str(error).splitlines()[0][:80]})") from error
    return [_layer(name, PurePosixPath(name).stem, plain, rows, geometry is not None)]


def _parquet_rows(
    name: str, file: pq.ParquetFile, plain: Sequence[str], geometry: str | None
) -> Iterator[list[object]]:
    """Yield rows of values with their point, if the file has one."""
    unpacked = 0
    for batch in file.iter_batches(batch_size=BATCH):
        unpacked += batch.nbytes
        if unpacked > 4 * MOST_CHARACTERS:
            raise SourceError(f"{name}: it unpacks to more than a table can be; it is not opened")
        for row in batch.to_pylist():
            point = _point_in(row[geometry]) if geometry else ("", "")
            yield [*(_scalar(row[column]) for column in plain), *point]


def _table(name: str, connection: sqlite3.Connection, layer: str, geometry: str | None) -> Sheet:
    """Return one layer of a GeoPackage."""
    quoted = layer.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}" LIMIT {MOST_ROWS + 1}')
    names = [str(column[0]) for column in cursor.description]
    place = names.index(geometry) if geometry in names else None
    columns = [column for index, column in enumerate(names) if index != place]
    rows = []
    for values in cursor:
        point = ("", "") if place is None else _point_in(values[place])
        rows.append([*(_scalar(value) for index, value in enumerate(values) if index != place), *point])
    return _layer(name, layer, columns, rows, place is not None)


def _layer(file: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], has_points: bool) -> Sheet:
    """Return a sheet with a header, the position in columns of its own unless the attributes have them already."""
    taken = {column.lower() for column in columns}
    adds = has_points and not taken & set(POSITION)
    header = [*columns, *POSITION] if adds else list(columns)
    notes = ["points written as lat and lon"] if adds else []
    return sheet_of(file, name, [header, *(row[: len(header)] for row in rows)], notes)


def _object(value: Any) -> Mapping[str, Any]:
    """Return the attributes of a feature."""
    return value if isinstance(value, Mapping) else {}


def _scalar(value: Any) -> object:
    """Return a value a cell can hold; lists of ours are joined by a bar, bytes are left out."""
    if isinstance(value, list | tuple) and all(isinstance(item, str | int | float) for item in value):
        return "|".join(map(str, value))
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if isinstance(value, bytes) else value


def _point(geometry: Any) -> tuple[object, object]:
    """Return latitude and longitude of a GeoJSON point, or of a point inside another shape."""
    if not isinstance(geometry, Mapping):
        return "", ""
    try:
        return _inside(shape(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return "", ""


def _point_in(value: Any) -> tuple[object, object]:
    """Return latitude and longitude of a geometry in bytes, as GeoPackage or GeoParquet writes it."""
    if not isinstance(value, bytes):
        return "", ""
    start = HEADER_BYTES.get(value[3] >> 1 & 0b111, 0) if value[:2] == b"GP" and len(value) > 3 else 0
    try:
        return _inside(shapely.from_wkb(value[start:]))
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        return "", ""


def _inside(geometry: shapely.Geometry) -> tuple[object, object]:
    """Return latitude and longitude of a point, or of one inside the shape."""
    if geometry is None or geometry.is_empty:
        return "", ""
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    return point.y, point.x
