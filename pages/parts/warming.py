"""Each page is drawn once before the first reader comes, so that nobody waits for what is loaded or worked out once."""

import asyncio
import re
from typing import Final

import httpx
from starlette.types import ASGIApp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.session_manager import SessionClient

PAGES: Final = ("", "obstacles", "solutions", "access", "countries", "trials", "partners", "present", "data", "about")
"""Address path of each page, the likeliest first."""
LONGEST_S: Final = 60.0
"""Seconds after which a page is left to its first reader."""
FETCHED: Final = re.compile(r'"(api/v1/[^"]+)"')
"""An address that the spec of a map names."""


class _Nobody(SessionClient):
    """A reader who looks at nothing: hears that a page is finished, and what its maps would fetch."""

    def __init__(self) -> None:
        self.is_served = asyncio.Event()
        self.addresses: set[str] = set()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take one message of a run."""
        if msg.WhichOneof("type") == "script_finished" and msg.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.is_served.set()
        elif msg.WhichOneof("type") == "delta":
            self.addresses.update(FETCHED.findall(msg.delta.new_element.deck_gl_json_chart.json))


async def every_page(app: ASGIApp, base_path: str) -> None:
    """Draw each page once, in a session that ends with it, and ask for what its maps fetch.

    Parameters
    ----------
    app : ASGIApp
        The server, in whose event loop this must run.
    base_path : str
        Path below which it is served.
    """
    runtime, nobody = get_instance(), _Nobody()
    session = runtime.connect_session(nobody, {})
    try:
        for page in PAGES:
            nobody.is_served.clear()
            asked = BackMsg()
            asked.rerun_script.page_name = page
            runtime.handle_backmsg(session, asked)
            await asyncio.wait_for(nobody.is_served.wait(), LONGEST_S)
    except TimeoutError:
        return  # the pages answer all the same, only later
    finally:
        runtime.close_session(session)
    here = f"http://localhost/{base_path.strip('/')}".rstrip("/")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False)) as http:
        for address in sorted(nobody.addresses):
            await http.get(f"{here}/{address}")
