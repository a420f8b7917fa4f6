"""Files that take long to make are made a few at a time; who comes when the line is full is told when to ask again."""

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mapping.api.desk import Endpoint
from mapping.api.problems import ApiError
from mapping.api.responses import refusal
from mapping.waiting_line import FullError, Line


class InLine:
    """ASGI app that makes what an endpoint makes when its turn has come; what is on the shelf is answered at once.

    Parameters
    ----------
    endpoint : Endpoint
        What makes the file.
    line : Line
        Where its requests wait; the event loop and its threads stay free meanwhile.
    takes_long : Callable
        Says of a request's path whether it waits at all.
    """

    def __init__(self, endpoint: Endpoint, line: Line, takes_long: Callable[[str], bool]) -> None:
        self._endpoint = endpoint
        self._line = line
        self._takes_long = takes_long

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a slow reader of the answer holds up nobody."""
        request = Request(scope, receive)
        if self._takes_long(scope["path"]) and not await run_in_threadpool(self._endpoint.holds, request):
            response = await self._after_waiting(request)
        else:
            response = await run_in_threadpool(self._endpoint.answer, request)
        await response(scope, receive, send)

    async def _after_waiting(self, request: Request) -> Response:
        """Return the answer once it was made, or that there is no room to wait."""
        try:
            turn = self._line.join()
        except FullError as full:
            return busy(full)
        try:
            await asyncio.wrap_future(turn.come)
            return await run_in_threadpool(self._endpoint.answer, request)
        finally:
            turn.leave()


def busy(full: FullError) -> Response:
    """Return the refusal of a full line: how many are before, and when to ask again."""
    message = f"{full.before} files are being made or waited for before yours, and more do not fit in the line."
    response = refusal(ApiError(503, "busy", message, f"Ask again in {full.retry_s} s; tables as CSV and JSON go on."))
    response.headers["Retry-After"] = str(full.retry_s)
    return response
