"""Security headers on every response, and the limits a request to the API must keep."""

import base64
import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapping.api.problems import ApiError
from mapping.api.responses import preflight, refusal
from mapping.errors import MappingError

LONGEST_QUERY_BYTES: Final = 8192
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FRAME_ANCESTOR: Final = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d{1,5}|\*))?")
UNUSED_POWERS: Final = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
"""What a page of the Atlas never asks a browser for, and so must not get."""


class SecurityError(MappingError):
    """A security setting cannot be understood, so the server does not start with it."""


class _InlineScripts(HTMLParser):
    """Collects the text of each ``<script>`` without an address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a new text where an inline script starts."""
        self._inside = tag == "script" and not any(name == "src" for name, _ in attrs)
        if self._inside:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        """Keep what stands in an inline script."""
        if self._inside:
            self.texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Stop at the end of any element."""
        self._inside = False


def script_hashes(html: str) -> list[str]:
    """Return the CSP source of each inline script of a page, ``'sha256-…'``, in order."""
    parser = _InlineScripts()
    parser.feed(html.replace("\r\n", "\n"))
    digests = (hashlib.sha256(text.encode()).digest() for text in parser.texts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def frame_ancestors(setting: str) -> list[str]:
    """Return the origins that may embed the Atlas, from a list with spaces or commas.

    Raises
    ------
    SecurityError
        An entry is not an origin such as ``https://www.example.org``.
    """
    origins = [part for part in re.split(r"[\s,]+", setting) if part]
    for origin in origins:
        if not FRAME_ANCESTOR.fullmatch(origin):
            raise SecurityError(
                f"ATLAS_FRAME_ANCESTORS: {origin!r} is not an origin; write for example https://www.example.org"
            )
    return ["'self'", *origins]


def content_security_policy(index_html: str, embedders: str = "") -> str:
    """Return the policy of design §6: no third party, no inline script but Streamlit's own.

    Parameters
    ----------
    index_html : str
        The page that Streamlit serves; the hashes of its inline scripts are allowed.
    embedders : str
        Origins that may show the Atlas in a frame, besides itself.
    """
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *script_hashes(index_html)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],  # Streamlit's style sheet holds one font as a data URI
        "connect-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "frame-ancestors": frame_ancestors(embedders),
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def security_headers(policy: str) -> dict[str, str]:
    """Return the security headers of a response under a content policy."""
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": ", ".join(f"{power}=()" for power in UNUSED_POWERS),
        "cross-origin-opener-policy": "same-origin",
    }


class SecurityHeaders:
    """ASGI middleware that sets the security headers on every response, pages and errors included.

    A response that brings a content policy of its own keeps it beside ours: browsers heed both, so it can only forbid
    more.
    """

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        self.app = app
        self._headers = [(name.encode(), value.encode("latin-1")) for name, value in security_headers(policy).items()]
        self._names = frozenset(name for name, _ in self._headers) - {b"content-security-policy"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [pair for pair in message.get("headers", []) if pair[0].lower() not in self._names]
                message = {**message, "headers": [*others, *self._headers]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Failed:
    """What is said where an answer fails for a reason nobody foresaw; the traceback goes to the log alone.

    Parameters
    ----------
    policy : str
        Content policy: no middleware of ours is outside of this one.
    prefixes : Sequence of str
        Paths under which everything is the API's, which says it as JSON.
    """

    def __init__(self, *, policy: str, prefixes: Sequence[str] = ("/api",)) -> None:
        self._headers = security_headers(policy)
        self._prefixes = tuple(prefixes)

    def __call__(self, request: Request, _: Exception) -> Response:
        """Return the answer in place of the one that failed."""
        told = "Try again later; if it stays, tell whoever runs this Atlas what you asked for."
        if lies_below(path_in(request.scope), self._prefixes):
            response = refusal(ApiError(500, "internal_error", "The answer failed.", told))
        else:
            response = PlainTextResponse(f"This page could not be made. {told}", 500, {"Cache-Control": "no-store"})
        response.headers.update(self._headers)
        return response


class ApiGate:
    """ASGI middleware that turns away what no route of the API would take, before anything reads it."""

    def __init__(self, app: ASGIApp, *, prefixes: Sequence[str] = ("/api",)) -> None:
        self.app = app
        self._prefixes = tuple(prefixes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that breaks a limit; pass on the others."""
        if scope["type"] != "http" or not lies_below(path_in(scope), self._prefixes):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await preflight()(scope, receive, send)
        elif (problem := _problem_with(scope)) is not None:
            await refusal(problem)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def lies_below(path: str, prefixes: Sequence[str]) -> bool:
    """Return whether a path is one of some, or lies below one."""
    return any(path == prefix or path.startswith(prefix + "/") for prefix in prefixes)


def path_in(scope: Scope) -> str:
    """Return the path of a request below the one the whole app is mounted at."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(root + "/") else path


def _problem_with(scope: Scope) -> ApiError | None:
    """Return what is wrong with a request, whatever it asks for."""
    headers = Headers(scope=scope)
    path = scope["path"]
    if scope["method"] not in READING:
        return ApiError(405, "method_not_allowed", "The API only reads.", "Use GET, HEAD or OPTIONS.")
    if len(scope.get("query_string", b"")) > LONGEST_QUERY_BYTES:
        hint = f"Keep it under {LONGEST_QUERY_BYTES} bytes, or download the table and filter it yourself."
        return ApiError(414, "query_too_long", "The query is too long.", hint)
    if headers.get("content-length", "0").strip("0") or "transfer-encoding" in headers:
        return ApiError(400, "body_not_accepted", "The API takes no body.", "Put everything into the address.")
    if not path.isprintable() or "\\" in path or ".." in path.split("/") or "//" in path:
        return ApiError(404, "not_found", "There is nothing at this address.", "See /api/v1/openapi.json.")
    return None
