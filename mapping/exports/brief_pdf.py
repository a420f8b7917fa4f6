"""A brief as PDF: any view on one or two pages of A4, or a story as a hand-out; tagged, so it can be read aloud."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from mapping.exports.bare_picture import NARROW, WIDE, bare_svg, is_empty
from mapping.exports.citing import Citation, as_text
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL, MAKERS, TITLE
from mapping.exports.funding import funding
from mapping.exports.qr import qr_svg
from mapping.exports.screens import Screen
from mapping.exports.typst_pages import typeset
from mapping.figures.pictures import Picture
from mapping.tables.loading import Tables
from mapping.words import Words

MEDIA: Final = "application/pdf"
TEMPLATE: Final = Path(__file__).with_name("brief.typ")
LONGEST_LINK_SHOWN: Final = 90
"""Characters of a link that are printed; the whole of it is behind them and in the QR code."""
MANY_STEPS: Final = 6
"""Steps of a story beyond which they are drawn smaller."""
STORY_SOURCES: Final = 3
"""Sources named of each view of a story."""
_URL: Final = re.compile(r"https?://\S+")


def brief_pdf(
    screens: Sequence[Screen], tables: Tables, words: Words, base: str, title: str = "", link: str = ""
) -> bytes:
    """Return a brief.

    Parameters
    ----------
    screens : Sequence of Screen
        One for a brief of a view; several for a hand-out of a story, in the order told.
    tables : Tables
        The data, for version and citation.
    words : Words
        The language.
    base : str
        Address of the Atlas, to which links lead.
    title : str
        What the story is called; a single view is called by its finding.
    link : str
        Address of the story; the first view's by default.

    Raises
    ------
    ViewError
        The page cannot be set.
    """
    link = link or screens[0].address(base)
    told = {
        "lang": words.lang,
        "title": title or screens[0].headline,
        "name": TITLE,
        "author": MAKERS,
        "description": screens[0].dateline,
        "keywords": ["ATMP", "advanced therapies", *screens[0].filters],
        "dateline": screens[0].dateline,
        "footer": f"{TITLE} · {screens[0].dateline} · CC BY 4.0",
        "said": _said(words),
        "screens": [_screen(screen, words, base, WIDE if len(screens) == 1 else NARROW) for screen in screens],
        "sources": [_linked(line) for line in _sources(screens, words)],
        **_story_rows(len(screens)),
        **_imprint(tables, words, link),
    }
    return typeset(TEMPLATE, told, tables.released)


def _screen(screen: Screen, words: Words, base: str, width: int) -> dict[str, Any]:
    shown = [picture for picture in screen.pictures if not is_empty(picture)]
    return {
        "headline": screen.headline,
        "filters": list(screen.filters) or [screen.filtered_by],
        "pictures": [_picture(picture, words, width) for picture in shown],
        "facts": [list(fact) for fact in screen.facts],
        "method": screen.method,
        "note": "",
        "link": screen.address(base),
    }


def _picture(picture: Picture, words: Words, width: int) -> dict[str, str]:
    drawn = bare_svg(picture, words, width)
    return {"svg": drawn, "title": picture.title, "alt": picture.alt, "caption": picture.caption}


def _sources(screens: Sequence[Screen], words: Words) -> list[str]:
    """Return the sources; of a story those that give most to each view."""
    if len(screens) == 1:
        return list(screens[0].sources)
    most = (line for screen in screens for line in screen.sources[:STORY_SOURCES])
    rest = words.text("Each view names the rest of its sources where its link leads.")
    return [*dict.fromkeys(line for line in most if _URL.search(line)), rest]


def _story_rows(steps: int) -> dict[str, Any]:
    """Return how large the steps of a story are drawn, in per cent of the width: three a page, four where many."""
    return {"share": 58, "facts": 5} if steps <= MANY_STEPS else {"share": 44, "facts": 3}


def _imprint(tables: Tables, words: Words, link: str) -> dict[str, Any]:
    """Return what stands at the end: link, citation, licence, who pays."""
    paid = funding(words)
    return {
        "link": link,
        "shown_link": link if len(link) <= LONGEST_LINK_SHOWN else link[: LONGEST_LINK_SHOWN - 1] + "…",
        "qr": qr_svg(link),
        "citation": as_text(Citation(tables.version, tables.released, ""), words),
        "licence": {"text": f"{LICENCE_NAME},", "url": LICENCE_URL, "shown": LICENCE_URL},
        "statement": paid.statement,
        "views": paid.views,
        "emblem": None if paid.emblem is None else list(paid.emblem.read_bytes()),
    }


def _linked(line: str) -> dict[str, str]:
    """Return a line with its address apart; only addresses of web pages become links."""
    found = _URL.search(line)
    if not found or found.end() != len(line):
        return {"text": line, "url": "", "shown": ""}
    return {"text": line[: found.start()].strip(), "url": found[0], "shown": _shortened(found[0])}


def _shortened(url: str) -> str:
    bare = url.split("://", 1)[1]
    return bare if len(bare) <= LONGEST_LINK_SHOWN else bare[: LONGEST_LINK_SHOWN - 1] + "…"


def _said(words: Words) -> dict[str, str]:
    """Return the headings."""
    return {
        "filters": words.text("Filters:"),
        "figures": words.text("The figures"),
        "what": words.text("What"),
        "value": words.text("Value"),
        "method": words.text("How to read it, and what it does not show"),
        "sources": words.text("Sources"),
        "open": words.text("Open this view:"),
        "view": words.text("Open this view"),
        "cite": words.text("Cite as:"),
        "licence": words.text("Licence:"),
        "qr": words.text("QR code that opens this view"),
        "emblem": words.text("Emblem of the European Union"),
    }
