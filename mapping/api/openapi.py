"""The API described for programs: OpenAPI 3.1, made from the tables as they are."""

from typing import Any, Final

from starlette.requests import Request

from mapping.analysis.access import FARTHEST_KM, ROLE_TABLES
from mapping.api.access_api import KM, ROLE
from mapping.api.atlas_api import MAP_STYLES, VIEW_MEDIA, WRITERS
from mapping.api.brief_api import PDF, ZIP
from mapping.api.catalogue import Catalogue, Shown
from mapping.api.desk import Desk
from mapping.api.geo_api import BORDERS, DETAILS
from mapping.api.openapi_parts import COMPONENTS, PAGING, REF, RUNNING, SCHEMAS, VERSION, answer, parameter
from mapping.api.pictures_api import KINDS as PICTURE_KINDS
from mapping.api.pictures_api import PICTURE, PPTX, SIZE
from mapping.api.pictures_api import SIZES as PICTURE_SIZES
from mapping.api.responses import Body, json_body
from mapping.api.scripts import NAMES as SCRIPTS
from mapping.api.share_api import HTML
from mapping.api.sheets_api import CELLS, PICTURES
from mapping.api.tables_api import MEDIA, formats_of
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL, TITLE
from mapping.tables.files import GEOMETRY_FILES
from mapping.view.address import KEYS, LIST_FIELDS

KIND_TYPES: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "truth": {"type": ["boolean", "null"]},
    "list": {"type": "array", "items": {"type": "string"}},
}


def description(desk: Desk, _request: Request) -> Body:
    """Return the OpenAPI document."""
    catalogue = desk.catalogue
    shown = {name: catalogue[name] for name in catalogue.names if _is_sound(catalogue, name)}
    schemas = {**SCHEMAS, **{name: _row_schema(found) for name, found in shown.items()}}
    return json_body(
        {
            "openapi": "3.1.0",
            "info": {
                "title": TITLE,
                "version": catalogue.tables.version,
                "summary": "Where advanced therapies are made, tried and given in Europe, and what hinders them.",
                "license": {"name": LICENCE_NAME, "url": LICENCE_URL},
            },
            "servers": [{"url": ".", "description": "Where this document lies."}],
            "paths": {**_fixed_paths(), **{f"/{name}.{{format}}": _table_path(found) for name, found in shown.items()}},
            "components": {**COMPONENTS, "schemas": schemas},
        }
    )


def _is_sound(catalogue: Catalogue, name: str) -> bool:
    """Return whether a table can be shown."""
    return all(needed in catalogue.tables.frames for needed in catalogue.needs(name))


def _row_schema(found: Shown) -> dict[str, Any]:
    """Return what one row of a table is as JSON."""
    properties = {}
    for column, kind in found.listing.kinds.items():
        told = found.columns[column]
        properties[column] = {**KIND_TYPES[kind], "title": told.title, "description": told.description}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _table_path(found: Shown) -> dict[str, Any]:
    """Return the description of one table in all its formats."""
    name = found.listing.name
    columns = [
        parameter(column, {"type": "array", "items": {"type": "number" if kind == "number" else "string"}})
        for column, kind in found.listing.kinds.items()
    ]
    rows = {"type": "array", "items": {"$ref": f"{REF}schemas/{name}"}}
    content = {MEDIA[extension]: _content(extension, rows) for extension in formats_of(found)}
    return {
        "get": {
            "operationId": f"table_{name}",
            "summary": f"The table {name}; repeat a column for any of several values.",
            "parameters": [_format(formats_of(found)), *columns, parameter("q", {"type": "string"}), *PAGING, VERSION],
            "responses": answer("The rows that match every filter.", content, counted=True),
        }
    }


def _fixed_paths() -> dict[str, Any]:
    """Return the descriptions of everything that is no table."""
    view = [
        parameter(key, {"type": "array", "items": {"type": "string"}} if key in LIST_FIELDS else {"type": "string"})
        for key in KEYS
        if key not in {"v", "years"}
    ] + [parameter("years", {"type": "array", "items": {"type": "integer"}, "maxItems": 2}), VERSION]
    sites = {"type": "array", "items": {"$ref": f"{REF}schemas/SiteInView"}}
    return {
        "/health": _get("health", "Whether the data can be shown", [], _json({"$ref": f"{REF}schemas/Health"})),
        **RUNNING,
        "/tables": _get("tables", "Every table with its columns", [], _json({"$ref": f"{REF}schemas/Tables"})),
        "/openapi.json": _get("openapi", "This document", [], _json({"type": "object"})),
        **_release_paths(),
        "/access.json": _get(
            "access",
            "Who lives how far from care, for the filters and the scenario of the page Access",
            [*_access(), *(each for each in view if each["name"] not in {"role", "km", "v"})],
            _json({"$ref": f"{REF}schemas/Access"}),
        ),
        "/atlas.{format}": _get(
            "atlas",
            "The sites that the Atlas page shows for the same keys",
            [_format(list(WRITERS)), *view, *PAGING],
            {VIEW_MEDIA[extension]: _content(extension, sites) for extension in WRITERS},
            counted=True,
        ),
        **_file_paths(view),
        **_drawing_paths(view),
    }


def _file_paths(view: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the descriptions of what a page shows as a file."""
    asked = [parameter("page", {"type": "string"}), *(each for each in view if each["name"] != "page")]
    look = [parameter(PICTURE, {"type": "integer", "minimum": 1}), _choice(SIZE, PICTURE_SIZES)]
    return {
        **{
            f"/picture.{kind}": _get(
                f"picture_{kind}", "One picture of a page as a still", [*look, *asked], {media: {}}
            )
            for kind, media in PICTURE_KINDS.items()
        },
        "/slides.pptx": _get("slides", "A page as slides, one a picture", asked, {PPTX: {}}),
        "/brief.pdf": _get("brief", "A page as a brief on A4, one or two pages", asked, {PDF: {}}),
        "/pack.zip": _get("pack", "A page to take along, with brief, slides and data", asked, {ZIP: {}}),
        "/share": _get("share", "A page as HTML that needs no script", asked, {HTML: {}}),
        "/share.png": _get("share_card", "The picture of a link's preview, 1200 by 630", asked, {"image/png": {}}),
        "/tables.xlsx": _get("all_tables", "Every table in one workbook", [], {MEDIA["xlsx"]: {}}),
    }


def _release_paths() -> dict[str, Any]:
    """Return the descriptions of what tells of the releases."""
    version = {"name": "version", "in": "path", "required": True, "schema": {"type": "string"}}
    one = {"allOf": [{"$ref": f"{REF}schemas/Release"}], "properties": {"rows_changed": {"type": "array"}}}
    return {
        "/releases": _get(
            "releases", "Every release of the data, the newest first", [], _json({"$ref": f"{REF}schemas/Releases"})
        ),
        "/releases/{version}.json": _get("release", "One release, with each row that changed", [version], _json(one)),
        "/changes.atom": _get(
            "changes", "The releases as a feed", [], {"application/atom+xml": {"schema": {"type": "string"}}}
        ),
    }


def _drawing_paths(view: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the descriptions of what the pages draw with."""
    marks = {"type": "array", "items": {"type": "object"}}
    return {
        "/map/{style}.json": _get(
            "map", "What the map draws", [_path("style", MAP_STYLES), *view], _json(marks), counted=True
        ),
        "/map/access.json": _get(
            "map_access", "What the map of the page Access draws", view, _json(marks), counted=True
        ),
        "/map/sheets/{name}": _get(
            "sheets",
            "Pictures of the map's marks and where each lies",
            [_path("name", (*PICTURES, *CELLS))],
            {"image/png": {}, **_json({"type": "object"})},
        ),
        "/scripts/{name}": _get(
            "scripts",
            "Scripts of the pages",
            [_path("name", SCRIPTS)],
            {"text/javascript": {"schema": {"type": "string"}}},
        ),
        "/map/borders.json": _get(
            "borders",
            "Borders as straight pieces, those of one country or of all",
            [_choice("of", BORDERS), _choice("detail", DETAILS), parameter("country", {"type": "string"})],
            _json(marks),
        ),
        "/geo/{name}.geojson": _get(
            "outlines",
            "Outlines, WGS 84",
            [_path("name", GEOMETRY_FILES), _choice("detail", DETAILS)],
            {MEDIA["geojson"]: _content("geojson", {})},
        ),
    }


def _get(
    name: str, summary: str, parameters: list[dict[str, Any]], content: dict[str, Any], *, counted: bool = False
) -> dict[str, Any]:
    """Return the description of one address."""
    asked = parameters if VERSION in parameters else [*parameters, VERSION]
    responses = answer(summary + ".", content, counted=counted)
    return {"get": {"operationId": name, "summary": summary + ".", "parameters": asked, "responses": responses}}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    """Return JSON of a shape as the content of an answer."""
    return {MEDIA["json"]: {"schema": schema}}


def _content(extension: str, rows: dict[str, Any]) -> dict[str, Any]:
    """Return what a format holds."""
    if extension == "json":
        return {"schema": rows}
    return {"schema": {"$ref": f"{REF}schemas/FeatureCollection"}} if extension == "geojson" else {}


def _format(extensions: list[str]) -> dict[str, Any]:
    """Return the parameter that names a format."""
    return _path("format", extensions)


def _path(name: str, values: Any) -> dict[str, Any]:
    """Return a parameter that is part of the path."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": list(values)}}


def _choice(name: str, values: tuple[str, ...]) -> dict[str, Any]:
    """Return a parameter that takes one of some values, by default the first."""
    return parameter(name, {"type": "string", "enum": list(values), "default": values[0]})


def _access() -> list[dict[str, Any]]:
    """Return the parameters of the access analysis."""
    role = {"type": "string", "enum": list(ROLE_TABLES), "default": ROLE}
    km = {"type": "number", "minimum": 0, "maximum": FARTHEST_KM, "default": int(KM)}
    return [parameter("role", role), parameter("km", km)]
