"""``/api/v1/brief.pdf``: any view of any page as a brief on A4."""

from typing import Final

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.responses import Body, body
from mapping.api.view_asked import strict_page_view
from mapping.exports.screens import screen_of
from mapping.words import Words

PDF: Final = "application/pdf"


def brief(desk: Desk, request: Request) -> Body:
    """Return the brief of the view asked for."""
    from mapping.exports.brief_pdf import brief_pdf  # with its typesetter, when a brief is made

    atlas = desk.atlas()
    page, view = strict_page_view(atlas, request.query_params)
    words = Words(view.lang)
    screen = screen_of(atlas, page, view, words, desk.home / "geo")
    content = brief_pdf([screen], atlas.tables, words, desk.address.of(request))
    name = "-".join(filter(None, ["atmp-atlas", page, atlas.tables.version]))
    return body(content, PDF, file_name=f"{name}.pdf")
