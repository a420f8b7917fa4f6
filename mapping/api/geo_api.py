"""Outlines over HTTP, byte for byte as they stand in the data folder."""

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, shown, suggestion
from mapping.api.responses import Body, body
from mapping.errors import TableError
from mapping.tables.files import GEOMETRY_FILES, content_of
from mapping.tables.reading import missing_file


def outlines(desk: Desk, request: Request) -> Body:
    """Return countries, regions or lakes as GeoJSON."""
    name, extension = request.path_params["name"], request.path_params["extension"]
    if name not in GEOMETRY_FILES or extension != "geojson":
        known = [f"{each}.geojson" for each in GEOMETRY_FILES]
        hint = suggestion(f"{name}.{extension}", known, "There are " + ", ".join(known) + ".")
        raise ApiError(404, "unknown_outlines", f"There are no outlines {shown(name)}.", hint)
    content = content_of(desk.folder, GEOMETRY_FILES[name])
    if content is None:
        raise TableError(GEOMETRY_FILES[name], (missing_file(),))
    return body(content, "application/geo+json")
