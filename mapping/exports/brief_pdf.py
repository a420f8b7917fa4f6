"""A brief as PDF: any view on one or two pages of A4, or a story as a hand-out; tagged, so it can be read aloud."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from mapping.errors import ViewError
from mapping.exports.bare_picture import LEAST_LETTERS, LETTERS, MOST_ROWS, NARROW, WIDE, bare_svg, fullest, is_empty
from mapping.exports.citing import Citation, as_text
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL, MAKERS, TITLE
from mapping.exports.funding import funding
from mapping.exports.matrix_layout import legible
from mapping.exports.qr import qr_svg
from mapping.exports.screens import Step
from mapping.exports.still_matrix import matrix_layout
from mapping.exports.typst_pages import page_count, typeset
from mapping.figures.matrix_fit import MOST_COLUMNS, without_empty_columns
from mapping.figures.pictures import MatrixPicture, Picture
from mapping.tables.loading import Tables
from mapping.words import Words

MEDIA: Final = "application/pdf"
TEMPLATE: Final = Path(__file__).with_name("brief.typ")
LONGEST_LINK_SHOWN: Final = 90
"""Characters of a link that are printed; the whole of it is behind them and in the QR code."""
MOST_PAGES: Final = 2
MOST_WIDE: Final = 2
"""Pictures of a view that are drawn across the page; of more, the first alone, and the others two a row."""
FEWER_ROWS: Final = 15
"""Rows of a heatmap where room is short; those with most evidence."""
MANY_STEPS: Final = 6
"""Steps of a story beyond which they are drawn smaller."""
STORY_HEATMAP: Final = 400.0
"""Drawn units that a heatmap of a story may be high."""
LEAST_ROWS: Final = 6
"""Its rows, at least."""
STORY_SOURCES: Final = 3
"""Sources named of each view of a story."""
_URL: Final = re.compile(r"https?://\S+")


def brief_pdf(
    steps: Sequence[Step], tables: Tables, words: Words, base: str, *, title: str = "", link: str = ""
) -> bytes:
    """Return a brief.

    Parameters
    ----------
    steps : Sequence of Step
        One for a brief of a view, on two pages at most; several for a hand-out of a story, in the order told.
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
        There is no step, or the page cannot be set.
    """
    if not steps:
        raise ViewError("a brief needs at least one view")
    first = steps[0].screen
    told = {
        "lang": words.lang,
        "title": title or steps[0].headline or first.headline,
        "name": TITLE,
        "author": MAKERS,
        "description": first.dateline,
        "keywords": ["ATMP", "advanced therapies", *first.filters],
        "dateline": first.dateline,
        "footer": f"{TITLE} · {first.dateline} · CC BY 4.0",
        "said": _said(words),
        "sources": [_linked(line) for line in _sources(steps, words)],
        **_story_rows(len(steps)),
        **_imprint(tables, words, link or first.address(base)),
    }
    if len(steps) == 1:
        return typeset(TEMPLATE, _on_two_pages(told, steps[0], words, base), tables.released)
    drawn = [_step(step, [_small(each, words) for each in _drawn(step)[:1]], base) for step in steps]
    return typeset(TEMPLATE, {**told, "screens": drawn}, tables.released)


def _on_two_pages(told: dict[str, Any], step: Step, words: Words, base: str) -> dict[str, Any]:
    """Return the data of a brief of one view with as many of its pictures as two pages hold."""
    drawn = _drawn(step)
    for kept, rows in _tried(drawn):
        shown = [
            _picture(each, words, width, rows if at else MOST_ROWS)
            for at, (each, width) in enumerate(zip(drawn, _widths(drawn[:kept]), strict=False))
        ]
        filled = {**told, "screens": [{**_step(step, shown, base), "left_out": _left_out(len(drawn) - kept, words)}]}
        if page_count(TEMPLATE, filled) <= MOST_PAGES:
            break
    return filled


def _tried(drawn: Sequence[Picture]) -> Iterator[tuple[int, int]]:
    """Yield how many pictures to try, and with how many rows of a heatmap that is not the first: first the most."""
    for kept in range(len(drawn), -1, -1):
        has_more = any(isinstance(each, MatrixPicture) for each in drawn[1:kept])
        for rows in (MOST_ROWS, FEWER_ROWS) if has_more else (MOST_ROWS,):
            yield kept, rows


def _widths(pictures: Sequence[Picture]) -> list[int]:
    """Return how wide each picture is drawn: across the page or, of many, half of that, two beside each other."""
    if len(pictures) <= MOST_WIDE:
        return [WIDE] * len(pictures)
    widths = [WIDE if not at or isinstance(each, MatrixPicture) else NARROW for at, each in enumerate(pictures)]
    at = 0
    while at < len(widths) - 1:
        pair = widths[at : at + 2]
        if pair == [NARROW, WIDE]:
            widths[at] = WIDE  # nothing can stand beside it
        at += 2 if pair == [NARROW, NARROW] else 1
    return widths


def _left_out(number: int, words: Words) -> str:
    """Return how many pictures there was no room for."""
    told = words.plural("{n} more picture stands behind the link.", "{n} more pictures stand behind the link.", number)
    return told if number else ""


def _drawn(step: Step) -> list[Picture]:
    return [picture for picture in step.screen.pictures if not is_empty(picture)]


def _step(step: Step, pictures: Sequence[dict[str, Any]], base: str) -> dict[str, Any]:
    screen = step.screen
    return {
        "headline": step.headline or screen.headline,
        "filters": screen.filtered_by,
        "pictures": list(pictures),
        "facts": [list(fact) for fact in screen.facts],
        "method": screen.method,
        "note": screen.headline if step.headline else "",
        "link": screen.address(base),
    }


def _picture(picture: Picture, words: Words, width: int, rows: int) -> dict[str, Any]:
    shown = fullest(picture, words, rows)
    told = {"title": shown.title, "alt": shown.alt, "caption": shown.caption}
    return {
        "svg": bare_svg(shown, width),
        **told,
        "columns": 2 if width == WIDE else 1,
    }


def _small(picture: Picture, words: Words) -> dict[str, Any]:
    """Return a picture of a story: beside its figures, or, of a heatmap, across the page so much as is legible."""
    if not isinstance(picture, MatrixPicture):
        return _picture(picture, words, NARROW, FEWER_ROWS)
    held = without_empty_columns(picture, MOST_COLUMNS, words)
    sizes = (LETTERS, LEAST_LETTERS)
    shown = legible(held, lambda one: matrix_layout(one, WIDE), STORY_HEATMAP, sizes, LEAST_ROWS, words)
    return _picture(shown, words, WIDE, FEWER_ROWS)


def _sources(steps: Sequence[Step], words: Words) -> list[str]:
    """Return the sources; of a story those that give most to each view."""
    if len(steps) == 1:
        return list(steps[0].screen.sources)
    most = (line for step in steps for line in step.screen.sources[:STORY_SOURCES])
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
