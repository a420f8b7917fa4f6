"""Tables over HTTP: the list of them, each in five formats with filters, and the health of the whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from starlette.requests import Request

from mapping.api.catalogue import Shown
from mapping.api.desk import Desk
from mapping.api.problems import ApiError, shown, suggestion
from mapping.api.responses import JSON, QUICK, SMALL, Body, body, json_body
from mapping.api.table_query import TableQuery, read_table_query, rows_kept
from mapping.exports.edition import about, citation
from mapping.exports.listing import Mask, csv_file, feature_collection, json_array, parquet_file
from mapping.tables.loading import Tables

MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": JSON,
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Format -> media type."""
SAVED: Final = frozenset({"parquet", "xlsx"})
"""Formats that a browser saves and does not show."""


def health(desk: Desk, _request: Request) -> Body:
    """Return whether the data can be shown: status, version, and how many faults each table or set of outlines has."""
    tables = desk.tables
    faults = {name: len(found) for name, found in tables.faults.items() if found}
    status = "degraded" if faults else "ok"
    told = {"status": status, "version": tables.version, "released": tables.released, "faults": faults}
    return replace(json_body(told), keep=False)


def index(desk: Desk, _request: Request) -> Body:
    """Return the names of all tables, their rows, columns and formats, with version, licence and citation."""
    catalogue = desk.catalogue
    entries = [_entry(desk, name) for name in catalogue.names]
    return json_body({**about(catalogue.tables), "citation": citation(catalogue.tables), "tables": entries})


def all_tables(desk: Desk, _request: Request) -> Body:
    """Return every table in one workbook."""
    from mapping.exports.all_tables import tables_workbook  # openpyxl is slow to import

    return body(tables_workbook(desk.tables), MEDIA["xlsx"], file_name=f"atmp-atlas-{desk.tables.version}.xlsx")


def table(desk: Desk, request: Request) -> Body:
    """Return one table in one format, filtered as the query says."""
    name, extension = request.path_params["table"], request.path_params["extension"]
    found = desk.catalogue[name]
    if extension not in MEDIA:
        hint = suggestion(extension, MEDIA, "Formats: " + ", ".join(MEDIA) + ".")
        raise ApiError(404, "unknown_format", f"{name} does not come as {shown(extension)}.", hint)
    if extension == "geojson" and not found.listing.is_placed:
        hint = f"Ask for {name}.json, or for a table with lat and lon such as sites.geojson."
        raise ApiError(400, "no_geometry", f"{name} has no coordinates.", hint)
    query = read_table_query(request.query_params, found, desk.catalogue)
    mask, total = rows_kept(query, found)
    content = WRITERS[extension](found, mask, query, desk.tables)
    file_name = f"{name}.{extension}" if extension in SAVED else ""
    level = SMALL if query.is_bare else QUICK
    return body(content, MEDIA[extension], total=total, file_name=file_name, level=level)


def formats_of(found: Shown) -> list[str]:
    """Return the formats a table comes in."""
    return [extension for extension in MEDIA if extension != "geojson" or found.listing.is_placed]


def _entry(desk: Desk, name: str) -> dict[str, Any]:
    """Return what the list of tables says about one: rows and columns, or how many faults it has."""
    catalogue = desk.catalogue
    missing = [needed for needed in catalogue.needs(name) if needed not in catalogue.tables.frames]
    if missing:
        faults = sum(len(catalogue.tables.faults.get(needed, ())) for needed in missing)
        return {"name": name, "rows": None, "columns": [], "formats": [], "faults": faults}
    found = catalogue[name]
    columns = [{"name": column, **_column(found, column)} for column in found.listing.columns]
    return {
        "name": name,
        "rows": len(found.listing.frame),
        "columns": columns,
        "formats": formats_of(found),
        "faults": 0,
    }


def _column(found: Shown, name: str) -> dict[str, Any]:
    """Return what the list of tables says about one column."""
    column = found.columns[name]
    said = {
        "title": column.title,
        "description": column.description,
        "unit": column.unit,
        "vocabulary": column.vocabulary,
        "references": column.references,
    }
    return {"type": found.listing.kinds[name], **{key: text for key, text in said.items() if text}}


def _metadata(query: TableQuery, found: Shown, tables: Tables) -> dict[str, Any]:
    """Return what a file says about itself."""
    filters = {column: list(values) for column, values in query.filters}
    return {**about(tables), "table": found.listing.name, "filters": filters, "citation": citation(tables)}


def _csv(found: Shown, mask: Mask | None, _query: TableQuery, _tables: Tables) -> bytes:
    return csv_file(found.listing, mask)


def _json(found: Shown, mask: Mask | None, _query: TableQuery, _tables: Tables) -> bytes:
    return json_array(found.listing, mask)


def _geojson(found: Shown, mask: Mask | None, query: TableQuery, tables: Tables) -> bytes:
    return feature_collection(found.listing, _metadata(query, found, tables), mask)


def _parquet(found: Shown, mask: Mask | None, _query: TableQuery, tables: Tables) -> bytes:
    return parquet_file(found.listing, {**about(tables), "table": found.listing.name}, mask)


def _xlsx(found: Shown, mask: Mask | None, query: TableQuery, tables: Tables) -> bytes:
    from mapping.exports.workbook import table_workbook  # openpyxl is slow to import

    return table_workbook(found.listing.kept(mask), dict(query.filters), tables)


Writer = Callable[[Shown, "Mask | None", TableQuery, Tables], bytes]
WRITERS: Final[dict[str, Writer]] = {
    "csv": _csv,
    "json": _json,
    "geojson": _geojson,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
