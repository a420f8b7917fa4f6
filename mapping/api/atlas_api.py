"""The Atlas in view over HTTP: the sites that an address of the page shows, and the rows its map draws."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from starlette.datastructures import QueryParams
from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, bad_value, shown, suggestion, unknown_column
from mapping.api.responses import JSON, QUICK, SMALL, Body, body, to_json
from mapping.api.table_query import whole_number
from mapping.api.tables_api import MEDIA, SAVED
from mapping.exports.download import MEDIA as PACKED
from mapping.exports.download import sites_csv, sites_geojson, sites_in_view, sites_json
from mapping.exports.geopackage import sites_geopackage
from mapping.view.address import KEYS
from mapping.view.state import ViewState, read_view

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

PAGING: Final = ("limit", "offset")
VIEW_MEDIA: Final = {**MEDIA, "gpkg": PACKED["gpkg"]}
"""Format -> media type."""
MAP_STYLES: Final = ("cities", "points", "density", "countries", "towns")


def atlas(desk: Desk, request: Request) -> Body:
    """Return the sites in view, one row a site, in one format."""
    extension = request.path_params["extension"]
    if extension not in WRITERS:
        hint = suggestion(extension, WRITERS, "Formats: " + ", ".join(WRITERS) + ".")
        raise ApiError(404, "unknown_format", f"The atlas does not come as {shown(extension)}.", hint)
    now, params = desk.atlas(), request.query_params
    view = strict_view(now, params, (*KEYS, *PAGING))
    limit, offset = whole_number(params, "limit"), whole_number(params, "offset") or 0
    window = slice(offset, None if limit is None else offset + limit)
    content, total = WRITERS[extension](now, view, window)
    file_name = f"atmp-atlas.{extension}" if extension in {*SAVED, "gpkg"} else ""
    return body(content, VIEW_MEDIA[extension], total=total, file_name=file_name)


def map_rows(desk: Desk, request: Request) -> Body:
    """Return the rows that one style of the map draws for a view."""
    from mapping.figures.marks import map_rows as rows_of  # with the drawing libraries, when a map is drawn

    style, extension = request.path_params["style"], request.path_params["extension"]
    if style not in MAP_STYLES or extension != "json":
        known = [f"{each}.json" for each in MAP_STYLES]
        hint = suggestion(f"{style}.{extension}", known, "There are " + ", ".join(known) + ".")
        raise ApiError(404, "unknown_style", f"The map has no rows {shown(style)}.", hint)
    now = desk.atlas()
    view = strict_view(now, request.query_params, KEYS)
    rows = rows_of(now, view, style)
    level = QUICK if view.active() else SMALL  # of a filter one reader sets, of all sites many
    return body(to_json(rows).encode(), JSON, total=len(rows), level=level)


def strict_view(now: "Atlas", params: QueryParams, keys: tuple[str, ...]) -> ViewState:
    """Return the view an address asks for; here, unlike on the page, what makes no sense is an error.

    ``v`` has been heeded before: it chose the data.
    """
    query = {key: params.getlist(key) for key in params if key != "v"}
    for key in query:
        if key not in keys:
            raise unknown_column(key, "the view", keys)
    view, dropped = read_view(query, now.known)
    if dropped:
        key, value = dropped[0].key, dropped[0].value
        options = now.known.options.get(key, ())
        hint = suggestion(value, options, "Known: " + ", ".join(options) + "." if options else "Leave it out.")
        raise bad_value(key, value, "is not in today's data", hint)
    return view


def _json(now: "Atlas", view: ViewState, window: slice) -> tuple[bytes, int]:
    rows = sites_in_view(now, view)
    return sites_json(rows.iloc[window]), len(rows)


def _csv(now: "Atlas", view: ViewState, window: slice) -> tuple[bytes, int]:
    rows = sites_in_view(now, view)
    return sites_csv(rows.iloc[window]), len(rows)


def _geojson(now: "Atlas", view: ViewState, window: slice) -> tuple[bytes, int]:
    rows = sites_in_view(now, view)
    return sites_geojson(rows.iloc[window], now.tables, view), len(rows)


def _xlsx(now: "Atlas", view: ViewState, window: slice) -> tuple[bytes, int]:
    from mapping.exports.workbook import view_workbook  # openpyxl is slow to import

    rows = sites_in_view(now, view)
    return view_workbook(now, view, rows.iloc[window]), len(rows)


def _gpkg(now: "Atlas", view: ViewState, window: slice) -> tuple[bytes, int]:
    rows = sites_in_view(now, view)
    return sites_geopackage(rows.iloc[window], now.tables, view), len(rows)


Writer = Callable[["Atlas", ViewState, slice], tuple[bytes, int]]
WRITERS: Final[dict[str, Writer]] = {
    "json": _json,
    "csv": _csv,
    "geojson": _geojson,
    "xlsx": _xlsx,
    "gpkg": _gpkg,
}
