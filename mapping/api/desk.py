"""The desk where requests are answered: the data, the bodies made of it, and what becomes of an error."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mapping.api.catalogue import Catalogue
from mapping.api.problems import ApiError, shown
from mapping.api.public_address import PublicAddress
from mapping.api.responses import Body, Shelf, refusal, reply
from mapping.errors import ReleaseError, TableError, ViewError
from mapping.tables.files import Folder
from mapping.tables.loading import Tables
from mapping.tables.releases import plain_version, released_folder, releases
from mapping.view.atlas import open_release

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

OLDER_DESKS: Final = 2
"""Releases older than the newest data that are kept open; the longest unused goes first."""
OLDER_SHELF_BYTES: Final = 16 * 1024 * 1024


class Desk:
    """What all routes share about one data version.

    Parameters
    ----------
    atlas : Callable
        Gives the data of now; another object than before empties the shelf.
    folder : Path
        The data folder, for its outlines and releases.
    released : Callable, optional
        Gives the Atlas of a release; without it they are opened here.
    address : PublicAddress
        Where readers reach the Atlas, for what names whole links.
    """

    def __init__(
        self,
        atlas: "Callable[[], Atlas]",
        folder: Path,
        released: "Callable[[str], Atlas] | None" = None,
        address: PublicAddress = PublicAddress(),  # noqa: B008 - frozen
    ) -> None:
        self.atlas = atlas
        self.home = folder
        self.address = address
        self.folder: Folder = folder
        self.shelf = Shelf()
        self._released = released or lru_cache(OLDER_DESKS)(partial(open_release, folder))
        self._older: OrderedDict[str, Desk] = OrderedDict()
        self._lock = Lock()

    def at(self, asked: str) -> "Desk":
        """Return the desk of the data version asked for; this one where that is its own, or none is asked for.

        Raises
        ------
        ApiError
            There is no such version.
        """
        version = plain_version(asked)
        if not asked or version == self.tables.version:
            return self
        with self._lock:
            if version not in self._older:
                self._older[version] = self._open(version)
            self._older.move_to_end(version)
            while len(self._older) > OLDER_DESKS:
                self._older.popitem(last=False)
            return self._older[version]

    def _open(self, version: str) -> "Desk":
        """Return the desk of a release."""
        try:
            folder = released_folder(self.home, version)
        except ReleaseError as error:
            known = ", ".join(release.version for release in releases(self.home)) or "none"
            hint = f"Leave v out for the newest data, {self.tables.version}. Releases: {known}."
            raise ApiError(404, "unknown_version", f"There is no data version {shown(version)}.", hint) from error
        older = Desk(partial(self._released, version), self.home, self._released, self.address)
        older.folder, older.shelf = folder, Shelf(OLDER_SHELF_BYTES)
        return older

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
    names_host : bool
        Whether the body names whole links, so that one reader's must not be another's who came by another host.
    """

    def __init__(self, desk: Desk, make: Callable[[Desk, Request], Body], *, names_host: bool = False) -> None:
        self._desk = desk
        self._make = make
        self._names_host = names_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await run_in_threadpool(self.answer, Request(scope, receive))
        await response(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """Return the response to one request."""
        try:
            desk = self._desk.at(request.query_params.get("v", ""))
            tables = desk.tables
            found = desk.shelf.get(tables, self._key(request), lambda: self._make(desk, request))
            return reply(request, found, tables.version)
        except ApiError as error:
            return refusal(error)
        except ViewError as error:
            return refusal(ApiError(400, "bad_value", f"{error}.", "See /api/v1/openapi.json."))
        except TableError as error:
            return refusal(not_shown(error))
        except ReleaseError as error:
            return refusal(ApiError(503, "release_not_shown", f"{error}.", "Leave v out for the newest data."))

    def holds(self, request: Request) -> bool:
        """Return whether the body a request asks for is on the shelf; may open a release."""
        try:
            desk = self._desk.at(request.query_params.get("v", ""))
            return desk.shelf.holds(desk.tables, self._key(request))
        except (ApiError, ReleaseError):
            return True  # the answer is a refusal, which takes no time

    def _key(self, request: Request) -> tuple[Hashable, ...]:
        """Return what a body is kept under."""
        host = self._desk.address.of(request) if self._names_host else ""
        asked = sorted(pair for pair in request.query_params.multi_items() if pair[0] != "v")
        return (request.url.path, host, *asked)


def not_shown(error: TableError) -> ApiError:
    """Return the problem of a table with faults: its name, how many, and the first of them in words."""
    first = f"{error.faults[0]}." if error.faults else "It cannot be read."
    more = f" There are {len(error.faults)} faults in all." if len(error.faults) > 1 else ""
    message = f"The table in {error.path_name} has a fault, so none of it is shown. {first}{more}"
    return ApiError(503, "table_not_shown", message, "The other tables work. Tell whoever runs this Atlas.")
