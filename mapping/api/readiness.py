"""Whether a reader sent here is served at once: what a balancer asks before it sends one."""

from collections.abc import Callable
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mapping.api.problems import ApiError
from mapping.api.responses import ASK_FIRST, JSON, refusal, to_json

SOON_S: Final = 2
"""Seconds after which it is worth asking again."""


class Readiness:
    """ASGI app that answers 200 once the data are open and 503 before; never waits for them.

    Parameters
    ----------
    is_ready : Callable
        Says whether they are.
    """

    def __init__(self, is_ready: Callable[[], bool]) -> None:
        self._is_ready = is_ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._is_ready():
            shown = b"" if scope["method"] == "HEAD" else to_json({"ready": True}).encode()
            response = Response(shown, headers={"Cache-Control": ASK_FIRST}, media_type=JSON)
        else:
            response = refusal(ApiError(503, "not_ready", "The data are being opened.", "Ask again in a moment."))
            response.headers["Retry-After"] = str(SOON_S)
        await response(scope, receive, send)
