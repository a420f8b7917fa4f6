"""The page a newcomer sees while the Atlas is full: no script, no session, and the way to the same view without one."""

from typing import Final
from urllib.parse import urlencode

from mapping.exports.markup import Html, element
from mapping.words import Words

STYLE: Final = (
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem;"
    "color:#17202a;background:#fff}a{color:#0b5a8c}"
    "@media(prefers-color-scheme:dark){body{color:#ecf1f6;background:#0d141f}a{color:#8fcdf6}}"
)


def waiting_html(page: str, query: str, lang: str, again_s: int) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    page : str
        Address path of the page asked for; empty for the first.
    query : str
        What it was asked with, as in the address.
    lang : str
        The reader's language, if the address says so.
    again_s : int
        Seconds after which it asks again by itself.
    """
    words = Words(lang)
    small = "&".join(filter(None, [urlencode({"page": page}) if page else "", query]))
    title = words.text("The Atlas is full just now")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("meta", http_equiv="refresh", content=str(again_s)),
        element("title", title),
        element("style", Html(STYLE)),
    )
    body = element(
        "body",
        element(
            "main",
            element("h1", title),
            element("p", words.text("Many people are reading it. This page tries again by itself in a moment.")),
            element(
                "p",
                element("a", words.text("Read this view as a simple page now"), href=f"./share?{small}"),
            ),
        ),
    )
    return f"<!doctype html>{element('html', head, body, lang=words.lang)}"
