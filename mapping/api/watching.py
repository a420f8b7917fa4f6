"""What is told of each answered request to the API: route, status, time and size, and nothing about its asker."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapping.api.security import READING, lies_below, path_in

NOTE: Final = "atlas.note"
"""Where a request's scope holds the note on which its route leaves its name."""
REFUSED: Final = "refused"
"""Route of what is turned away before any route sees it."""
BROKEN: Final = 500


@dataclass(frozen=True)
class Answered:
    """One request and its answer, without address, query, client or any value in the path."""

    route: str
    """Template, such as ``/{table}.{extension}``."""
    method: str
    status: int
    seconds: float
    sent: int
    """Bytes of the body as sent."""


class Named:
    """ASGI app that leaves the name of its route on the request before it answers.

    Parameters
    ----------
    route : str
        Template of the route.
    app : ASGIApp
        What answers.
    """

    def __init__(self, route: str, app: ASGIApp) -> None:
        self._route = route
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if NOTE in scope:
            scope[NOTE].append(self._route)
        await self._app(scope, receive, send)


class RequestWatch:
    """ASGI middleware that tells of each answered request to the API.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    prefixes : Sequence of str
        Paths of the API.
    tell : Sequence of Callable
        Who is told; must be quick, for the event loop waits.
    """

    def __init__(self, app: ASGIApp, *, prefixes: Sequence[str], tell: Sequence[Callable[[Answered], None]]) -> None:
        self.app = app
        self._prefixes = tuple(prefixes)
        self._tell = tuple(tell)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and tell of it."""
        if scope["type"] != "http" or not self._tell or not lies_below(path_in(scope), self._prefixes):
            await self.app(scope, receive, send)
            return
        note: list[str] = []
        status, sent, begun = BROKEN, 0, time.perf_counter()

        async def send_counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app({**scope, NOTE: note}, receive, send_counted)
        finally:
            method = scope["method"] if scope["method"] in READING else "other"
            route = note[-1] if note else REFUSED
            answered = Answered(route, method, status, time.perf_counter() - begun, sent)
            for told in self._tell:
                told(answered)
