"""A view as one HTML page that needs no script and nothing beside it: share pages and offline packs are made of it."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from mapping.exports.bare_picture import bare_svg, fullest, is_empty
from mapping.exports.citing import Citation, as_text
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL, TITLE
from mapping.exports.funding import funding
from mapping.exports.markup import Html, element
from mapping.exports.screens import Screen
from mapping.exports.slide_words import width_of
from mapping.figures.pictures import Picture
from mapping.tables.loading import Tables
from mapping.words import Words

STYLE_FILE: Final = Path(__file__).with_name("page.css")
_URL: Final = re.compile(r"https?://\S+$")
_ID: Final = re.compile(r'\b(id="|url\(#|href="#)([A-Za-z])')
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>\s*")


@dataclass(frozen=True)
class WebPage:
    """What stands on a page besides the view itself."""

    open: str
    """Where "open the interactive view" leads; relative or whole."""
    address: str
    """The same as a whole address, for paper."""
    notices: tuple[str, ...] = ()
    """What a reader must know first, such as values of the address that the data do not have."""
    head: tuple[Html, ...] = ()
    """What else stands in the head."""
    more: tuple[Html, ...] = ()
    """Further parts, before the sources."""
    end: tuple[Html, ...] = ()
    """What stands at the very end, such as a script."""


def web_page(screen: Screen, tables: Tables, words: Words, page: WebPage) -> bytes:
    """Return the whole page, UTF-8."""
    title = f"{screen.headline} – {TITLE}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("meta", name="description", content=description(screen)),
        element("meta", name="color-scheme", content="light dark"),
        *page.head,
        element("style", Html(style())),
    )
    body = element("body", _header(screen), _main(screen, words, page), _footer(tables, words, page), *page.end)
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=words.lang)}\n".encode()


def description(screen: Screen) -> str:
    """Return what the page says, for a preview of its link: the figures, then version and date."""
    figures = "; ".join(f"{label}: {value}" for label, value in screen.facts[:4])
    return f"{figures}. {screen.dateline}." if figures else f"{screen.dateline}."


@cache
def style() -> str:
    """Return the style sheet of the page."""
    return STYLE_FILE.read_text(encoding="utf-8")


def hash_of(text: str) -> str:
    """Return the CSP source of an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _header(screen: Screen) -> Html:
    return element("header", element("strong", TITLE), element("span", screen.dateline))


def _main(screen: Screen, words: Words, page: WebPage) -> Html:
    drawn = [picture for picture in screen.pictures if not is_empty(picture)]
    pictures = [_figure(picture, number, words) for number, picture in enumerate(drawn)]
    return element(
        "main",
        element("h1", screen.headline),
        _filters(screen, words),
        *(element("p", notice, class_="notice", role="note") for notice in page.notices),
        *pictures[:1],
        element(
            "p",
            element(
                "a", words.text("Open the interactive view"), class_="open", href=page.open, data_address=page.address
            ),
        ),
        element("h2", words.text("The figures")),
        figures_table(screen.facts, words),
        element("h2", words.text("How to read it, and what it does not show")),
        element("p", screen.method),
        *pictures[1:],
        *page.more,
        element("h2", words.text("Sources")),
        element("ul", *(element("li", *_linked(line)) for line in screen.sources), class_="sources"),
    )


def figures_table(facts: Sequence[tuple[str, str]], words: Words) -> Html:
    """Return the figures behind the finding as a table."""
    rows = [element("tr", element("th", label, scope="row"), element("td", value)) for label, value in facts]
    caption = element("caption", words.text("The figures behind the headline"))
    return element("table", caption, element("tbody", *rows), class_="figures")


def _filters(screen: Screen, words: Words) -> Html:
    filters = screen.filters or (screen.filtered_by,)
    return element("ul", *(element("li", each) for each in filters), class_="filters", aria_label=words.text("Filters"))


def _figure(picture: Picture, number: int, words: Words) -> Html:
    """Return a picture in its own drawing, with its line of sources under it."""
    shown = fullest(picture, words)
    drawing = element("div", inlined(bare_svg(shown, measure=width_of), number), role="img", aria_label=picture.alt)
    heading = element("h2", picture.title) if number else Html("")
    return Html.joined([heading, element("figure", drawing, element("figcaption", shown.caption))])


def inlined(drawing: str, number: int) -> Html:
    """Return an SVG to stand among others: without its declaration, its names its own."""
    return Html(_ID.sub(rf"\g<1>p{number}-\g<2>", _DECLARATION.sub("", drawing)))


def _linked(line: str) -> list[str]:
    found = _URL.search(line)
    if not found:
        return [line]
    return [line[: found.start()], element("a", found[0], href=found[0], rel="noopener")]


def _footer(tables: Tables, words: Words, page: WebPage) -> Html:
    paid = funding(words)
    cited = as_text(Citation(tables.version, tables.released, page.address), words)
    return element(
        "footer",
        element("p", element("strong", words.text("Cite as:")), " ", cited),
        element(
            "p",
            element("strong", words.text("Licence:")),
            " ",
            element("a", LICENCE_NAME, href=LICENCE_URL, rel="license"),
        ),
        element("p", element("strong", paid.statement), " ", element("span", paid.views, class_="quiet")),
    )
