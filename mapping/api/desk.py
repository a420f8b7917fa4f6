"""The desk where requests are answered: the data, the bodies made of it, and what becomes of an error."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mapping.api.catalogue import Catalogue
from mapping.api.problems import ApiError
from mapping.api.responses import Body, Shelf, refusal, reply
from mapping.errors import TableError, ViewError
from mapping.tables.loading import Tables

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas


class Desk:
    """What all routes share.

    Parameters
    ----------
    atlas : Callable
        Gives the data of now; another object than before empties the shelf.
    folder : Path
        The data folder, for its outlines.
    """

    def __init__(self, atlas: "Callable[[], Atlas]", folder: Path) -> None:
        self.atlas = atlas
        self.folder = folder
        self.shelf = Shelf()

    @property
    def tables(self) -> Tables:
        """Return the tables of now."""
        return self.atlas().tables

    @property
    def catalogue(self) -> Catalogue:
        """Return the tables as they are served."""
        tables = self.tables
        return tables.kept(("api", "catalogue"), lambda: Catalogue(tables))


class Endpoint:
    """ASGI app of one route: the body from the shelf or made, errors as JSON, work off the event loop.

    Parameters
    ----------
    desk : Desk
        The data.
    make : Callable
        Makes the body a request asks for; raises an ApiError, TableError or ViewError where it cannot.
    """

    def __init__(self, desk: Desk, make: Callable[[Desk, Request], Body]) -> None:
        self._desk = desk
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await run_in_threadpool(self.answer, Request(scope, receive))
        await response(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """Return the response to one request."""
        desk = self._desk
        asked = sorted(pair for pair in request.query_params.multi_items() if pair[0] != "v")
        try:
            tables = desk.tables
            found = desk.shelf.get(tables, (request.url.path, *asked), lambda: self._make(desk, request))
            return reply(request, found, tables.version)
        except ApiError as error:
            return refusal(error)
        except ViewError as error:
            return refusal(ApiError(400, "bad_value", f"{error}.", "See /api/v1/openapi.json."))
        except TableError as error:
            return refusal(not_shown(error))


def not_shown(error: TableError) -> ApiError:
    """Return the problem of a table with faults: its name, how many, and the first of them in words."""
    first = f"{error.faults[0]}." if error.faults else "It cannot be read."
    more = f" There are {len(error.faults)} faults in all." if len(error.faults) > 1 else ""
    message = f"The table in {error.path_name} has a fault, so none of it is shown. {first}{more}"
    return ApiError(503, "table_not_shown", message, "The other tables work. Tell whoever runs this Atlas.")
