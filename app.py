"""The server: the pages, the HTTP API beside them, and the headers on everything; starts and nothing else.

``streamlit run app.py`` and ``python app.py`` serve the same. ``PORT`` sets the port, ``ATLAS_DATA`` another data
folder, ``ATLAS_FRAME_ANCESTORS`` the origins that may show the Atlas in a frame, ``ATLAS_URL`` its public address, and
``ATLAS_BEHIND_PROXY=1`` that a proxy of yours says it in X-Forwarded-Proto and X-Forwarded-Host. ``docs/operations.md``
tells of ``ATLAS_LOG``, ``ATLAS_METRICS`` and the limits.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from mapping.api.front_files import FrontFiles
from mapping.api.front_page import FrontPage, front_page, map_scripts
from mapping.api.lasting import set_aside
from mapping.api.limits import Gate, Limits, Sessions
from mapping.api.metrics import MetricsPage, ServerState
from mapping.api.mounting import LateRoutes, mounted, prefixes, share_paths
from mapping.api.public_address import PublicAddress
from mapping.api.readiness import Readiness
from mapping.api.request_log import request_log
from mapping.api.security import ApiGate, Failed, SecurityError, SecurityHeaders, content_security_policy
from mapping.api.sockets import enough_descriptors, send_at_once
from mapping.api.watching import RequestWatch
from mapping.api.way_back import WayBack
from pages.parts.lines import files, reruns, searches
from pages.parts.measured import metrics

HERE = Path(__file__).resolve().parent
HIGHEST_PORT = 65535
INDEX = Path(st.__file__).parent / "static" / "index.html"


def api_routes() -> Sequence[BaseRoute]:
    """Return the routes of the API over the data that the pages show; opens them."""
    from mapping.api.routes import routes  # with pandas: the server is up before that is read
    from pages.parts import cached

    cached.newest()
    return routes(cached.newest, cached.DATA, cached.released, address, files())


def version_shown() -> str:
    """Return the version of the newest data; empty until they are open."""
    if not api.is_ready:
        return ""
    from pages.parts import cached

    return cached.newest().tables.version


@asynccontextmanager
async def lifespan(served: st.App) -> AsyncIterator[None]:
    """Open the data beside the start; a daemon thread, so that a server told to stop need not wait for it."""
    send_at_once()
    enough_descriptors(limits.sessions)
    server = asyncio.get_running_loop()
    Thread(target=open_atlas, args=(served, server), name="open the atlas", daemon=True).start()
    yield


def open_atlas(served: st.App, server: asyncio.AbstractEventLoop) -> None:
    """Open the data and draw each page once, so that the first reader waits for neither; then say that it is done."""
    try:
        api.ready()
        from pages.parts import warming

        asyncio.run_coroutine_threadsafe(warming.every_page(served, base_path), server).result()
        set_aside()
    finally:
        is_warm.set()


def serve() -> None:
    """Serve as ``streamlit run app.py`` does, on the port that ``PORT`` names."""
    from streamlit.web.cli import main_run

    port = os.environ.get("PORT", "")
    if port and not (port.isdecimal() and 0 < int(port) <= HIGHEST_PORT):
        sys.exit(f"PORT: {port!r} is no port; write for example 8501")
    try:
        main_run.main([__file__, *(["--server.port", port] if port else [])], prog_name="python app.py")
    except SecurityError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    serve()  # which imports this file as `app`
else:
    base_path = st.get_option("server.baseUrlPath") or ""  # below which the Atlas is served, if a proxy passes it on
    page = front_page(INDEX.read_text(encoding="utf-8"), map_scripts(INDEX.parent))
    policy = content_security_policy(page, os.environ.get("ATLAS_FRAME_ANCESTORS", ""))
    address = PublicAddress.from_settings(os.environ, base_path)
    api, is_warm = LateRoutes(api_routes), Event()
    limits = Limits.from_settings(os.environ)
    sessions = Sessions(limits.sessions)
    lines = {"files": files(), "searches": searches(), "reruns": reruns()}
    metrics().registry.register(ServerState(lambda: sessions.open, version_shown, lines))
    figures = MetricsPage(metrics(), os.environ.get("ATLAS_METRICS", ""))
    ready = Readiness(lambda: api.is_ready and is_warm.is_set())
    log = request_log(os.environ.get("ATLAS_LOG", ""))
    ours = (*prefixes(base_path), *share_paths(base_path))
    app = st.App(
        HERE / "pages" / "navigation.py",
        lifespan=lifespan,
        exception_handlers={Exception: Failed(policy=policy, prefixes=ours)},
        routes=mounted(api, base_path, {"/metrics": figures, "/ready": ready}),
        middleware=[
            Middleware(SecurityHeaders, policy=policy),
            Middleware(RequestWatch, prefixes=ours, tell=(metrics().answered, log)),
            Middleware(Gate, limits=limits, sessions=sessions, free=ours),
            Middleware(WayBack, address=address),
            Middleware(FrontFiles, static=INDEX.parent, base_path=base_path),
            Middleware(FrontPage, page=page, but_at=share_paths(base_path)),
            Middleware(ApiGate, prefixes=ours),
        ],
    )
