"""Where the API stands in an app, and its late arrival: the server answers for its health before the data are read."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from mapping.api.readiness import Readiness
from mapping.api.watching import Named


class LateRoutes:
    """ASGI app whose routes are made on the first request, or before it by :meth:`ready`.

    Parameters
    ----------
    make : Callable
        Makes the routes below ``/api/v1``, the last of which says that there is nothing; called once.
    """

    def __init__(self, make: Callable[[], Sequence[BaseRoute]]) -> None:
        self._make = make
        self._lock = Lock()
        self._router: Router | None = None

    @property
    def is_ready(self) -> bool:
        """Return whether the routes are there; never waits for them."""
        return self._router is not None

    def ready(self) -> Router:
        """Return the routes, made where they are not there yet."""
        with self._lock:
            if self._router is None:
                routes = list(self._make())
                self._router = Router([Mount("/v1", routes=routes), *routes[-1:]])
            return self._router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        router = await run_in_threadpool(self.ready) if self._router is None else self._router
        await router(scope, receive, send)


class Alias:
    """ASGI app that answers with what the API has at another address.

    Parameters
    ----------
    api : ASGIApp
        The API.
    path : str
        The address, from where the API is mounted.
    """

    def __init__(self, api: ASGIApp, path: str) -> None:
        self._api = api
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._api({**scope, "path": self._path, "root_path": ""}, receive, send)


def prefixes(base_path: str = "") -> tuple[str, ...]:
    """Return the paths under which everything is the API's.

    They are at the root, for a proxy that takes the base path away, and below the base path, for one that does not.
    """
    base = base_path.strip("/")
    return ("/api", f"/{base}/api") if base else ("/api",)


def share_paths(base_path: str = "") -> tuple[str, ...]:
    """Return the paths of the share page, at the root and below the base path."""
    base = base_path.strip("/")
    return ("/share", f"/{base}/share") if base else ("/share",)


def mounted(api: LateRoutes, base_path: str = "", beside: Mapping[str, ASGIApp] | None = None) -> list[BaseRoute]:
    """Return the API for an app that is served below a path, and the share page under its short address.

    Parameters
    ----------
    api : LateRoutes
        The API.
    base_path : str
        Path below which the app is served.
    beside : Mapping of str to ASGIApp, optional
        What answers below ``/api/v1`` without waiting for the data, by address; whether they are there is one.
    """
    at_once: dict[str, ASGIApp] = {"/ready": Readiness(lambda: api.is_ready), **(beside or {})}
    early = [
        Route(f"{prefix}/v1{path}", Named(path, app), include_in_schema=False)
        for prefix in prefixes(base_path)
        for path, app in at_once.items()
    ]
    short = [
        Route(path, Alias(api, "/v1/share"), methods=["GET", "OPTIONS"], include_in_schema=False)
        for path in share_paths(base_path)
    ]
    return [*early, *(Mount(prefix, app=api) for prefix in prefixes(base_path)), *short]
