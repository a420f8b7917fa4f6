"""How much one server bears: the size of a request, the length of a query, the number of open pages.

Past the number of pages a newcomer sees a small page that asks them to wait and offers the same view without a
session; those who are in stay in. It is not a defence against somebody who means harm: the proxy in front limits
requests by client.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapping.api.security import SecurityError, lies_below, path_in

COMING_S: Final = 15.0
"""Seconds within which a page that was sent opens its session, or is not going to."""
RETRY_S: Final = 20
SPARE: Final = 1.2
"""Sessions that may be open, over those at which newcomers wait: room for readers whose connection broke."""
TRY_AGAIN_LATER: Final = 1013
"""WebSocket close code (IANA registry)."""
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What the operator sets, in the environment."""

    sessions: int = 500
    """``ATLAS_MAX_SESSIONS``: open pages at which newcomers are asked to wait."""
    body_mb: int = 55
    """``ATLAS_MAX_BODY_MB``: the largest request, in megabytes; an upload of 50 with its wrapping."""
    query_bytes: int = 16384
    """``ATLAS_MAX_QUERY_BYTES``: the longest query of a page; the API has a shorter one of its own."""

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> Self:
        """Return what the environment says; raises a SecurityError where that is no positive whole number."""
        return cls(
            _count(settings, "ATLAS_MAX_SESSIONS", cls.sessions),
            _count(settings, "ATLAS_MAX_BODY_MB", cls.body_mb),
            _count(settings, "ATLAS_MAX_QUERY_BYTES", cls.query_bytes),
        )


@dataclass
class Sessions:
    """The open pages of this process, and those on their way."""

    most: int
    now: Callable[[], float] = time.monotonic
    open: int = 0
    _coming: deque[float] = field(default_factory=deque)

    @property
    def are_full(self) -> bool:
        """Return whether a newcomer has to wait."""
        while self._coming and self._coming[0] < self.now() - COMING_S:
            self._coming.popleft()
        return self.open + len(self._coming) >= self.most

    def expect(self) -> None:
        """Count a page that was sent and will open a session."""
        self._coming.append(self.now())

    def enter(self) -> bool:
        """Count a session that opens, and return True; return False where there is no room at all."""
        if self.open >= self.most * SPARE:
            return False
        if self._coming:
            self._coming.popleft()
        self.open += 1
        return True

    def leave(self) -> None:
        """Count a session that closed."""
        self.open -= 1


class Gate:
    """ASGI middleware that keeps the limits.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    limits : Limits
        What it bears.
    sessions : Sessions
        Counts the open pages.
    free : Sequence of str
        Paths of pages that open no session, and of the API, which has a gate of its own.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits, sessions: Sessions, free: Sequence[str] = ()) -> None:
        self.app = app
        self._limits = limits
        self._sessions = sessions
        self._free = tuple(free)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why not."""
        if scope["type"] == "websocket":
            await self._session(scope, receive, send)
        elif scope["type"] != "http" or lies_below(path_in(scope), self._free):
            await self.app(scope, receive, send)
        elif (refused := too_much(scope, self._limits)) is not None:
            await refused(scope, receive, send)
        else:
            await self.app(scope, receive, self._counted(scope, receive, send))

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a session open, and count it until it closes."""
        if not self._sessions.enter():
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self._sessions.leave()

    def _counted(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """Return what sends an answer: a page is counted, or exchanged for one that asks to wait."""
        is_waiting = False

        async def send_or_wait(message: Message) -> None:
            nonlocal is_waiting
            if message["type"] == "http.response.start" and _is_page(message):
                is_waiting = self._sessions.are_full
                if is_waiting:
                    await waiting_page(scope)(scope, receive, send)
                elif scope["method"] == "GET":
                    self._sessions.expect()
            if not is_waiting:
                await send(message)

        return send_or_wait


def too_much(scope: Scope, limits: Limits) -> Response | None:
    """Return what answers a request that is too large; None where it is not."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    if len(scope.get("query_string", b"")) > limits.query_bytes:
        return PlainTextResponse("The address is too long.\n", 414)
    if "transfer-encoding" in headers:
        return PlainTextResponse("Say how long the request is.\n", 411)
    if not length.isdecimal() or int(length) > limits.body_mb * MEGABYTE:
        return PlainTextResponse(f"The request is larger than {limits.body_mb} MB.\n", 413)
    return None


def waiting_page(scope: Scope) -> Response:
    """Return the page that asks to wait: it asks again by itself, and leads to the same view without a session."""
    from mapping.exports.waiting import waiting_html  # with the words, when they are needed

    query = scope.get("query_string", b"").decode("ascii", "ignore")
    page = path_in(scope).rpartition("/")[2]
    lang = parse_qs(query).get("lang", [""])[0]
    content = waiting_html(page, query, lang, RETRY_S).encode()
    headers = {"Retry-After": str(RETRY_S), "Cache-Control": "no-store"}
    return Response(b"" if scope["method"] == "HEAD" else content, 503, headers, "text/html")


def _is_page(message: Message) -> bool:
    """Return whether an answer is a page that will open a session."""
    headers = MutableHeaders(raw=list(message.get("headers", [])))
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")


def _count(settings: Mapping[str, str], name: str, otherwise: int) -> int:
    """Return a setting that is a number of one or more."""
    text = settings.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) == 0:
        raise SecurityError(f"{name}: {text!r} is no whole number of one or more")
    return int(text)
