"""``/share``: a view as a small page that people, printers and crawlers can read at once, without a script."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mapping.api.desk import Desk, not_shown
from mapping.api.problems import ApiError
from mapping.api.responses import Body, body, refusal, reply
from mapping.api.view_asked import PAGE, lenient_view
from mapping.errors import ReleaseError, TableError
from mapping.exports.edition import TITLE
from mapping.exports.markup import Html, element
from mapping.exports.screens import Screen, screen_of
from mapping.exports.web_page import WebPage, description, hash_of, style, web_page
from mapping.tables.releases import plain_version
from mapping.view.address import Dropped, dropped
from mapping.view.links import query_text
from mapping.words import Words, language_name, languages

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

VERSION: Final = "v"
"""Key of the data version."""
HTML: Final = "text/html; charset=utf-8"
CARD: Final = (1200, 630)
"""Width and height of the picture of a preview, in pixels, as Open Graph's readers like it."""


def policy() -> str:
    """Return the content policy of the page: its own style and nothing else; ours for all pages holds beside it."""
    return (
        f"default-src 'none'; style-src {hash_of(style())}; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )


@dataclass(frozen=True)
class Asked:
    """One request for the page, understood."""

    screen: Screen
    words: Words
    base: str
    """Address of the Atlas."""
    dropped: tuple[Dropped, ...]

    @property
    def query(self) -> str:
        """Return what stands after the question mark for this view, the page named."""
        page = f"{PAGE}={self.screen.page}" if self.screen.page else ""
        return "&".join(filter(None, [page, query_text(self.screen.view, self.screen.version)]))


class Share:
    """ASGI app that answers with the page of the view its address asks for.

    Parameters
    ----------
    desk : Desk
        The data.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await run_in_threadpool(self.answer, Request(scope, receive))
        await response(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """Return the response to one request."""
        base, version = self._desk.address.of(request), request.query_params.get(VERSION, "")
        try:
            desk, gone = self._desk_of(version)
            asked = ("share", base, version, *sorted(request.query_params.multi_items()))
            found = desk.shelf.get(desk.tables, asked, lambda: share_body(desk, request, base, gone))
        except TableError as error:
            return refusal(not_shown(error))
        except ReleaseError as error:
            return refusal(ApiError(503, "release_not_shown", f"{error}.", "Leave v out for the newest data."))
        response = reply(request, found, desk.tables.version)
        response.headers["Content-Security-Policy"] = policy()
        return response

    def _desk_of(self, version: str) -> tuple[Desk, tuple[Dropped, ...]]:
        """Return the desk of the data version asked for; that of the newest, and a notice, where there is none."""
        try:
            return self._desk.at(version), ()
        except ApiError:
            return self._desk, (dropped(VERSION, plain_version(version)),)


def share_body(desk: Desk, request: Request, base: str, gone: tuple[Dropped, ...]) -> Body:
    """Return the page for a request."""
    atlas = desk.atlas()
    page, view, unknown = lenient_view(atlas, request.query_params)
    words = Words(view.lang)
    screen = screen_of(atlas, page, view, words, desk.home / "geo")
    asked = Asked(screen, words, base, (*gone, *(each for each in unknown if each.key != VERSION)))
    return body(share_page(asked, atlas), HTML)


def card(desk: Desk, request: Request) -> Body:
    """Return the picture of a preview: the first picture of the very view, with its finding."""
    from mapping.exports.link_card import link_card  # with its painter, when a picture is made

    atlas = desk.atlas()
    page, view, _ = lenient_view(atlas, request.query_params)
    words = Words(view.lang)
    screen = screen_of(atlas, page, view, words, desk.home / "geo")
    return body(link_card(screen, words), "image/png")


def share_page(asked: Asked, atlas: "Atlas") -> bytes:
    """Return the page as HTML."""
    screen, words = asked.screen, asked.words
    query = query_text(screen.view, screen.version)
    page = WebPage(
        open=f"./{screen.page}?{query}",
        address=f"{asked.base}/{screen.page}?{query}",
        notices=_notices(asked.dropped, words),
        head=_head(asked),
        more=(_languages(asked),),
    )
    return web_page(screen, atlas.tables, words, page)


def _notices(gone: tuple[Dropped, ...], words: Words) -> tuple[str, ...]:
    """Return what a reader must know of the link, in the words of the pages."""
    if not gone:
        return ()
    parts = words.list([f"{item.key} “{item.value}”" for item in gone])
    told = words.text("This link asks for something the data does not have; it was left out: {parts}.", parts=parts)
    return (told,)


def _head(asked: Asked) -> tuple[Html, ...]:
    """Return what crawlers read: which address counts, and the preview."""
    screen, words = asked.screen, asked.words
    here = f"{asked.base}/share?{asked.query}"
    image = f"{asked.base}/api/v1/share.png?{asked.query}"
    alt = screen.pictures[0].alt if screen.pictures else screen.headline
    told = {
        "og:type": "website",
        "og:site_name": TITLE,
        "og:title": screen.headline,
        "og:description": description(screen),
        "og:url": here,
        "og:locale": str(words.locale),
        "og:image": image,
        "og:image:type": "image/png",
        "og:image:width": str(CARD[0]),
        "og:image:height": str(CARD[1]),
        "og:image:alt": alt,
    }
    card = {
        "twitter:card": "summary_large_image",
        "twitter:title": screen.headline,
        "twitter:description": description(screen),
        "twitter:image": image,
        "twitter:image:alt": alt,
    }
    return (
        element("link", rel="canonical", href=here),
        *(element("link", rel="alternate", hreflang=code, href=_in_language(asked, code)) for code in languages()),
        *(element("meta", property=name, content=value) for name, value in told.items()),
        *(element("meta", name=name, content=value) for name, value in card.items()),
    )


def _in_language(asked: Asked, code: str) -> str:
    """Return the whole address of the page in a language."""
    query = asked.screen.view.with_only("lang", code)
    page = {PAGE: asked.screen.page} if asked.screen.page else {}
    rest = query_text(query, asked.screen.version)
    return f"{asked.base}/share?" + "&".join(filter(None, [urlencode(page), rest]))


def _languages(asked: Asked) -> Html:
    """Return the way to the same page in the other languages."""
    links = [
        element("li", element("a", language_name(code), href=_in_language(asked, code), lang=code, hreflang=code))
        for code in languages()
        if code != asked.words.lang
    ]
    if not links:
        return Html("")
    return element("nav", element("ul", *links, class_="filters"), aria_label=asked.words.text("Languages"))
