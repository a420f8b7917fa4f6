"""Streamlit's index page as the Atlas serves it: with our title, and with where its server is.

Without the latter, a link to a page such as ``/data`` makes Streamlit's front end ask ``/data/_stcore/health``
first: two requests more, and two errors in the console, before it tries the root.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE: Final = "ATMP Atlas"
DESCRIPTION: Final = "Where advanced therapies are made, tested and given in Europe, and what stands in their way"
PLACE_SCRIPT: Final = '<script>window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href }</script>'
"""Relative like the page's own scripts, so that it holds under any base path; the security policy has its hash."""
FEED: Final = (
    '<link rel="alternate" type="application/atom+xml" title="ATMP Atlas: releases of the data" '
    'href="./api/v1/changes.atom" />'
)
"""Where feed readers look for what is new."""
WITHOUT_SCRIPTS: Final = (
    "<p>The ATMP Atlas needs JavaScript to draw its maps. Its tables can be read without: "
    '<a href="./api/v1/tables">list of tables</a>, '
    '<a href="./api/v1/atlas.csv">all sites as CSV</a>.</p>'
)
"""What a reader sees whose browser runs no scripts."""
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_MODULE: Final = '<script type="module"'
_MAP_CHUNK: Final = "DeckGlJsonChart.*.js"
_IMPORTED: Final = re.compile(r'from"\./([^"]+)"')
_IMPORTS_END: Final = 20_000
"""Characters of a bundled script within which its imports stand."""


def map_scripts(static: Path) -> tuple[str, ...]:
    """Return the scripts that draw a map, by their file names, the largest first; none where Streamlit has others.

    Streamlit's own page asks for them only when the first map has arrived, which is late for three megabytes.
    """
    folder = static / "static" / "js"
    chunks = sorted(folder.glob(_MAP_CHUNK))
    imported = [name for chunk in chunks for name in _IMPORTED.findall(_beginning(chunk))]
    return tuple(dict.fromkeys([*(chunk.name for chunk in chunks), *imported]))


def _beginning(script: Path) -> str:
    with script.open(encoding="utf-8") as lines:
        return lines.read(_IMPORTS_END)


def front_page(index_html: str, early: Sequence[str] = ()) -> str:
    """Return the index page with our title and description, and the script that says where the server is.

    Parameters
    ----------
    index_html : str
        Streamlit's index page.
    early : Sequence of str
        Scripts in ``static/js`` that the browser is to fetch at once.

    Returns
    -------
    str
        The page.
    """
    head = f'<title>{TITLE}</title>\n    <meta name="description" content="{DESCRIPTION}" />\n    {FEED}'
    titled = index_html.replace("<title>Streamlit</title>", head, 1)
    titled = _NO_SCRIPT.sub(f"<noscript>{WITHOUT_SCRIPTS}</noscript>", titled, count=1)
    asked = "".join(
        f'    <link rel="modulepreload" crossorigin href="./static/js/{name}">\n'
        for name in early
        if name not in index_html
    )
    return titled.replace(_MODULE, f"{PLACE_SCRIPT}\n    {_MODULE}", 1).replace("  </head>", f"{asked}  </head>", 1)


class FrontPage:
    """ASGI middleware that answers with our front page wherever Streamlit would answer with its own.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    page : str
        Our front page.
    but_at : Sequence of str
        Paths of pages that are our own already.
    """

    def __init__(self, app: ASGIApp, *, page: str, but_at: Sequence[str] = ()) -> None:
        self.app = app
        self._page = page.encode()
        self._but_at = frozenset(but_at)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; exchange the body of a page that comes back whole."""
        if scope["type"] != "http" or scope["path"] in self._but_at:
            await self.app(scope, receive, send)
            return
        exchanging = False

        async def send_ours(message: Message) -> None:
            nonlocal exchanging
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", [])))
                exchanging = message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
                if exchanging:
                    headers["content-length"] = str(len(self._page))
                    for name in ("content-encoding", "etag", "last-modified"):
                        del headers[name]
                    message = {**message, "headers": headers.raw}
            elif exchanging and message["type"] == "http.response.body":
                if message.get("more_body", False):
                    return
                message = {**message, "body": b"" if scope["method"] == "HEAD" else self._page}
            await send(message)

        await self.app(scope, receive, send_ours)
