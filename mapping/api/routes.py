"""Every address of the API, and what answers there."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from mapping.api.access_api import access, access_map
from mapping.api.atlas_api import atlas as sites_in_view
from mapping.api.atlas_api import map_rows
from mapping.api.brief_api import brief, pack
from mapping.api.desk import Desk, Endpoint
from mapping.api.geo_api import borders, outlines
from mapping.api.in_line import InLine
from mapping.api.openapi import description
from mapping.api.pictures_api import picture, presentation
from mapping.api.problems import ApiError, shown, suggestion
from mapping.api.public_address import PublicAddress
from mapping.api.releases_api import feed, one_release, release_list
from mapping.api.responses import Body
from mapping.api.scripts import script
from mapping.api.share_api import Share, card
from mapping.api.sheets_api import sheet
from mapping.api.tables_api import all_tables, health, index, table
from mapping.api.watching import Named
from mapping.waiting_line import Line

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

ADDRESSES: Final = (
    "health",
    "ready",
    "metrics",
    "tables",
    "releases",
    "changes.atom",
    "openapi.json",
    "brief.pdf",
    "picture.svg",
    "picture.png",
    "slides.pptx",
    "share",
    "access.json",
    "atlas.json",
    "sites.json",
    "geo/countries.geojson",
)
"""What a hint proposes for an address that is nearly one of ours."""
DRAWN: Final = frozenset({"/brief.pdf", "/pack.zip", "/share.png", "/picture.{extension}", "/slides.pptx"})
"""Addresses of files that are drawn for a view."""
NAMING_HOST: Final = frozenset({*DRAWN, "/changes.atom"})
"""Addresses of files with whole links in them."""
LONG: Final = frozenset({*DRAWN, "/tables.xlsx", "/{table}.{extension}"})
"""Addresses at which files are drawn, set or packed, which takes long enough to wait in line."""
AT_ONCE: Final = (".csv", ".json", ".geojson", ".parquet")
"""How an address ends whose file is written in no time."""


def routes(
    atlas: "Callable[[], Atlas]",
    folder: Path,
    released: "Callable[[str], Atlas] | None" = None,
    address: PublicAddress = PublicAddress(),  # noqa: B008 - frozen
    line: Line | None = None,
) -> list[Route]:
    """Return the routes below ``/api/v1``.

    Parameters
    ----------
    atlas : Callable
        Gives the data of now; called at each request, so it should keep them.
    folder : Path
        The data folder they were read from.
    released : Callable, optional
        Gives the Atlas of a release, for requests with its version in ``v``; without it they are opened here.
    address : PublicAddress
        Where readers reach the Atlas.
    line : Line, optional
        Where files that take long wait; without it they have one of their own.

    Returns
    -------
    list of Route
        The last of them takes what no other does and says that there is nothing.
    """
    desk = Desk(atlas, folder, released, address)
    makers: dict[str, Callable[[Desk, Request], Body]] = {
        "/health": health,
        "/tables": index,
        "/openapi.json": description,
        "/releases": release_list,
        "/releases/{version}.json": one_release,
        "/changes.atom": feed,
        "/access.json": access,
        "/atlas.{extension}": sites_in_view,
        "/map/sheets/{name}": sheet,
        "/map/access.json": access_map,
        "/map/borders.json": borders,
        "/map/{style}.{extension}": map_rows,
        "/geo/{name}.{extension}": outlines,
        "/scripts/{name}": script,
        "/tables.xlsx": all_tables,
        "/brief.pdf": brief,
        "/pack.zip": pack,
        "/picture.{extension}": picture,
        "/slides.pptx": presentation,
        "/share.png": card,
        "/{table}.{extension}": table,
        "/{path:path}": nothing_here,
    }
    ends = {path: Endpoint(desk, make, names_host=path in NAMING_HOST) for path, make in makers.items()}
    line = line or Line()
    waited = {path: InLine(ends[path], line, lambda asked: not asked.endswith(AT_ONCE)) for path in LONG}
    every: dict[str, ASGIApp] = {"/share": Share(desk), **{path: waited.get(path, ends[path]) for path in ends}}
    return [Route(path, Named(path, app), include_in_schema=False) for path, app in every.items()]


def nothing_here(_desk: Desk, request: Request) -> Body:
    """Say that there is nothing at an address, and which one may be meant."""
    path = request.path_params["path"]
    near = suggestion(path, ADDRESSES, "See /api/v1/openapi.json for every address.")
    raise ApiError(404, "not_found", f"There is nothing at {shown(path)}.", near)
