"""The few lines of JavaScript that pages need, served as files: the security policy runs no script inside a page."""

from pathlib import Path
from typing import Final

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, shown
from mapping.api.responses import Body, body

FOLDER: Final = Path(__file__).parent / "browser"
NAMES: Final = ("copy-link.js", "print-page.js", "present.js")


def script(_desk: Desk, request: Request) -> Body:
    """Return one script."""
    name = request.path_params["name"]
    if name not in NAMES:
        raise ApiError(404, "not_found", f"There is no script {shown(name)}.", "There is " + ", ".join(NAMES) + ".")
    return body((FOLDER / name).read_bytes(), "text/javascript; charset=utf-8")
