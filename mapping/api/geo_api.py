"""Outlines over HTTP: byte for byte as they stand in the data folder, coarser, or as the lines that maps draw."""

import json
from typing import Any, Final

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, bad_value, shown, suggestion, unknown_column
from mapping.api.responses import Body, body, json_body, to_json
from mapping.tables.features import read_features
from mapping.tables.files import GEOMETRY_FILES, content_of

DETAILS: Final = ("full", "overview")
BORDERS: Final = ("countries", "regions")


def outlines(desk: Desk, request: Request) -> Body:
    """Return countries, regions or lakes as GeoJSON; with ``detail=overview`` coarse, to be seen all at once."""
    name, extension = request.path_params["name"], request.path_params["extension"]
    if name not in GEOMETRY_FILES or extension != "geojson":
        known = [f"{each}.geojson" for each in GEOMETRY_FILES]
        hint = suggestion(f"{name}.{extension}", known, "There are " + ", ".join(known) + ".")
        raise ApiError(404, "unknown_outlines", f"There are no outlines {shown(name)}.", hint)
    content = _content(desk, name)
    if _asked(request, "detail", DETAILS) == "overview":
        from mapping.figures.outlines import overview  # shapely is slow to import

        content = to_json(overview(json.loads(content))).encode()
    return body(content, "application/geo+json")


def borders(desk: Desk, request: Request) -> Body:
    """Return the borders of all countries, or of regions, as straight pieces; ``country`` leaves only its own."""
    from mapping.figures.outlines import border_rows, overview

    for key in request.query_params:
        if key not in {"of", "detail", "country", "v"}:
            raise unknown_column(key, "the borders", ("of", "detail", "country"))
    of, detail = _asked(request, "of", BORDERS), _asked(request, "detail", DETAILS)
    collection: dict[str, Any] = json.loads(_content(desk, of))
    if detail == "overview":
        collection = overview(collection)
    if country := request.query_params.get("country", ""):
        kept = [each for each in collection["features"] if each["properties"]["iso2"] == country]
        collection = {**collection, "features": kept}
    return json_body(border_rows(collection))


def _asked(request: Request, key: str, options: tuple[str, ...]) -> str:
    """Return which of the options is asked for; the first where none is named."""
    value = request.query_params.get(key, options[0])
    if value not in options:
        raise bad_value(key, value, "is not known", suggestion(value, options, f"Known: {', '.join(options)}."))
    return value


def _content(desk: Desk, name: str) -> bytes:
    """Return the bytes of a file of outlines, or raise the TableError that says why none can be drawn."""
    content = content_of(desk.folder, GEOMETRY_FILES[name])
    read_features(content, GEOMETRY_FILES[name])
    return content or b""
