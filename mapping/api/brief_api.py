"""``/api/v1/brief.pdf`` and ``pack.zip``: any view of any page as a brief on A4, and as a pack to take along."""

from typing import Final

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.responses import Body, body
from mapping.api.view_asked import strict_page_view
from mapping.exports.screens import Screen, Step, screen_of
from mapping.words import Words

PDF: Final = "application/pdf"
ZIP: Final = "application/zip"


def brief(desk: Desk, request: Request) -> Body:
    """Return the brief of the view asked for."""
    from mapping.exports.brief_pdf import brief_pdf  # with its typesetter, when a brief is made

    screen, words = _asked(desk, request)
    content = brief_pdf([Step(screen)], desk.tables, words, desk.address.of(request))
    return body(content, PDF, file_name=f"{_name(screen)}.pdf")


def pack(desk: Desk, request: Request) -> Body:
    """Return the offline pack of the view asked for."""
    from mapping.exports.pack import pack as packed

    screen, words = _asked(desk, request)
    content = packed(desk.atlas(), screen, words, desk.address.of(request))
    return body(content, ZIP, file_name=f"{_name(screen)}-pack.zip")


def _asked(desk: Desk, request: Request) -> tuple[Screen, Words]:
    atlas = desk.atlas()
    page, view = strict_page_view(atlas, request.query_params)
    words = Words(view.lang)
    return screen_of(atlas, page, view, words, desk.home / "geo"), words


def _name(screen: Screen) -> str:
    return "-".join(filter(None, ["atmp-atlas", screen.page, screen.version]))
