"""Back to the page somebody signed in or out from; left alone, everybody would come back to the start page."""

from typing import Final
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapping.api.public_address import PublicAddress

COOKIE: Final = "_atlas_way_back"
KEPT_S: Final = 600
"""Seconds somebody may take at the identity provider."""
LONGEST: Final = 2000
"""Characters of an address that is kept; browsers keep cookies of 4,096."""
LEAVING: Final = ("/auth/login", "/auth/logout")
BACK: Final = "/oauth2callback"


class WayBack:
    """ASGI middleware that keeps where somebody was, in a cookie of a few minutes, and leads back there.

    Only addresses of the Atlas itself are kept and followed, so that no link can send anybody elsewhere.

    Parameters
    ----------
    app : ASGIApp
        What signs people in and out and then leads to the start page.
    address : PublicAddress
        Where readers reach the Atlas.
    """

    def __init__(self, app: ASGIApp, *, address: PublicAddress) -> None:
        self.app = app
        self._address = address
        self._base = f"/{address.base_path}" if address.base_path else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; keep the way, or lead back, with what comes back."""
        path = scope.get("path", "").removeprefix(self._base)
        if scope["type"] != "http" or path not in (*LEAVING, BACK):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        way = self._kept(request) if path == BACK else self._left(request)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", [])))
                if headers.get("location") == f"{self._base}/":  # nobody else is asked: this is the way back
                    headers["location"] = way or headers["location"]
                    headers.append("set-cookie", self._cookie("", 0, request))
                elif way and path != BACK:
                    headers.append("set-cookie", self._cookie(way, KEPT_S, request))
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, send_on)

    def _left(self, request: Request) -> str:
        """Return the address that a request comes from; nothing where that is not the Atlas."""
        came = urlsplit(request.headers.get("referer", ""))
        if came.netloc != urlsplit(self._address.of(request)).netloc:
            return ""
        return self._safe(f"{came.path}?{came.query}" if came.query else came.path)

    def _kept(self, request: Request) -> str:
        """Return the address that was kept."""
        return self._safe(unquote(request.cookies.get(COOKIE, "")))

    def _safe(self, way: str) -> str:
        """Return an address if it is a page of the Atlas; nothing for all others."""
        is_ours = way.startswith(f"{self._base}/") and not way.startswith(("//", f"{self._base}//"))
        is_plain = way.isascii() and way.isprintable() and not set(way) & set(' "<>\\^`{|}')
        return way if is_ours and is_plain and len(way) <= LONGEST else ""

    def _cookie(self, way: str, seconds: int, request: Request) -> str:
        """Return the cookie that keeps an address for so long; it goes where people come back and nowhere else."""
        carrier = Response()
        carrier.set_cookie(
            COOKIE,
            quote(way, safe=""),
            max_age=seconds,
            path=f"{self._base}{BACK}",
            secure=request.headers.get("referer", "").startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return carrier.headers["set-cookie"]
