"""Streamlit's scripts and style sheets, compressed once for all readers.

Streamlit leaves compression to a proxy, for it would compress anew for each reader. A first visit fetches some twelve
megabytes of scripts; compressed, a quarter of that.
"""

import gzip
import hashlib
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mapping.api.responses import FOR_EVER, accepts_gzip

LEVEL: Final = 6
KINDS: Final = {".js": "text/javascript", ".css": "text/css"}


class FrontFiles:
    """ASGI middleware that answers for the scripts and style sheets of the front end where gzip is taken.

    Their names hold a hash of their content, so that a browser keeps them for ever.

    Parameters
    ----------
    app : ASGIApp
        What answers all else.
    static : Path
        Folder that Streamlit serves its front end from.
    base_path : str
        Path below which the app is served as well.
    """

    def __init__(self, app: ASGIApp, *, static: Path, base_path: str = "") -> None:
        self.app = app
        base = base_path.strip("/")
        files = [path for path in (static / "static").rglob("*") if path.suffix in KINDS]
        self._files = {
            f"{place}/{path.relative_to(static).as_posix()}": path
            for path in files
            for place in ("", *([f"/{base}"] if base else []))
        }
        self._zipped: dict[Path, bytes] = {}
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file of the front end; pass on everything else, and who takes no gzip or a part only."""
        path = (
            self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        )
        asked = Headers(scope=scope) if path else Headers()
        if path is None or "range" in asked or not accepts_gzip(asked):
            await self.app(scope, receive, send)
            return
        content = await run_in_threadpool(self._compressed, path) if path not in self._zipped else self._zipped[path]
        tag = f'W/"{hashlib.blake2b(path.name.encode(), digest_size=8).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        if tag in asked.get("if-none-match", ""):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        headers |= {"Content-Encoding": "gzip", "Content-Length": str(len(content))}
        shown = b"" if scope["method"] == "HEAD" else content
        await Response(shown, headers=headers, media_type=KINDS[path.suffix])(scope, receive, send)

    def _compressed(self, path: Path) -> bytes:
        with self._lock:
            if path not in self._zipped:
                self._zipped[path] = gzip.compress(path.read_bytes(), compresslevel=LEVEL, mtime=0)
            return self._zipped[path]
