"""The server: the pages, the HTTP API beside them, and the headers on everything; starts and nothing else.

``streamlit run app.py`` and ``python app.py`` serve the same. ``PORT`` sets the port, ``ATLAS_DATA`` another data
folder, ``ATLAS_FRAME_ANCESTORS`` the origins that may show the Atlas in a frame.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from mapping.api.routes import mounted, prefixes
from mapping.api.security import ApiGate, SecurityHeaders, content_security_policy
from pages.parts import cached

HERE = Path(__file__).resolve().parent
INDEX = Path(st.__file__).parent / "static" / "index.html"
BASE_PATH = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH") or st.get_option("server.baseUrlPath") or ""
"""Path below which the Atlas is served, when a proxy passes it on."""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the data before the first visitor comes."""
    cached.atlas()
    yield


def settings() -> dict[str, object]:
    """Return Streamlit's settings for ``python app.py``, which unlike its command line reads none from the environment.

    Telling the address keeps the server from asking an outside host for its own.
    """
    return {
        "server.port": int(os.environ.get("PORT") or os.environ.get("STREAMLIT_SERVER_PORT") or 8501),
        "server.address": os.environ.get("STREAMLIT_SERVER_ADDRESS"),
        "server.baseUrlPath": BASE_PATH,
        "server.headless": True,
        "browser.serverAddress": os.environ.get("STREAMLIT_BROWSER_SERVER_ADDRESS", "localhost"),
        "browser.gatherUsageStats": False,
    }


policy = content_security_policy(INDEX.read_text(encoding="utf-8"), os.environ.get("ATLAS_FRAME_ANCESTORS", ""))
app = st.App(
    HERE / "pages" / "navigation.py",
    lifespan=lifespan,
    routes=mounted(cached.atlas, cached.DATA, BASE_PATH),
    middleware=[
        Middleware(SecurityHeaders, policy=policy),
        Middleware(ApiGate, prefixes=prefixes(BASE_PATH)),
    ],
)

if __name__ == "__main__":
    app.run(config={name: value for name, value in settings().items() if value is not None})
