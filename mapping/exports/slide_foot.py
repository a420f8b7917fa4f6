"""The foot of a slide: source, version and date, link with QR code, who pays, and the place of the emblem."""

import io
from functools import lru_cache
from typing import Any, Final

from pptx.util import Pt

from mapping.exports.edition import TITLE
from mapping.exports.funding import Funding, funding
from mapping.exports.qr import qr_png
from mapping.exports.screens import Screen
from mapping.exports.slide_words import wrapped
from mapping.exports.slide_xml import LINE, NO_FILL, QUIET, Box, Pen, body, line, paragraph, parsed, run, solid
from mapping.figures.pictures import Picture
from mapping.words import Words

FOOT_PT: Final = 122.0
"""Height of a foot of few lines."""
TEXT_PT: Final = 14
PITCH_PT: Final = 15.8
"""From line to line."""
QR_PT: Final = 92.0
EMBLEM: Final = (72.0, 48.0)
"""Width and height, 3:2 as the emblem is."""
LEFT_PT: Final = 34.0
RIGHT_PT: Final = 926.0
BOTTOM_PT: Final = 524.0
TEXT_LEFT_PT: Final = LEFT_PT + EMBLEM[0] + 14
TEXT_WIDTH_PT: Final = RIGHT_PT - QR_PT - 12 - TEXT_LEFT_PT
LINES: Final = 7
"""Lines there is room for, those with version, link and who pays among them."""
MOST_LINES: Final = 9
"""Lines for which the foot grows."""


def foot_height(screen: Screen, picture: Picture, words: Words, base: str) -> float:
    """Return how high the foot is."""
    return FOOT_PT + max(len(_told(screen, picture, words, base)) + _kept(screen, words, base) - LINES, 0) * PITCH_PT


def add_foot(slide: Any, screen: Screen, picture: Picture, words: Words, base: str, pen: Pen) -> None:
    """Draw the foot."""
    link = screen.address(base)
    top = 540 - foot_height(screen, picture, words, base) + 6
    rule = Box(LEFT_PT, top, RIGHT_PT - LEFT_PT, 0.5)
    tree = slide.shapes._spTree
    tree.append(parsed(pen.preset("Rule", "square", rule, solid(LINE))))
    _emblem(slide, funding(words), words, pen, top + 10)
    relation = slide.part.relate_to(
        link, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    dated, short = _dated(screen, base)
    runs = (
        run(" ".join(_told(screen, picture, words, base)), TEXT_PT, colour=QUIET),
        run(dated, TEXT_PT, bold=True) + run(short, TEXT_PT, bold=True, link=relation),
        run(funding(words).statement, TEXT_PT),
    )
    lines = [paragraph(one, TEXT_PT, pitch=PITCH_PT) for one in runs]
    place = Box(TEXT_LEFT_PT, top + 2, TEXT_WIDTH_PT, BOTTOM_PT - top + 6)
    tree.append(parsed(pen.words("Source, version and link", place, lines)))
    _code(slide, link, words, BOTTOM_PT - QR_PT)


def _told(screen: Screen, picture: Picture, words: Words, base: str) -> list[str]:
    """Return the line under the picture in lines; without version and date, which the last line says."""
    return wrapped(
        screen.undated(picture.caption), TEXT_PT, TEXT_WIDTH_PT, most=MOST_LINES - _kept(screen, words, base)
    )


def _kept(screen: Screen, words: Words, base: str) -> int:
    """Return how many lines version, link and who pays take."""
    said = ("".join(_dated(screen, base)), funding(words).statement)
    return sum(len(wrapped(one, TEXT_PT, TEXT_WIDTH_PT, bold=True)) for one in said)


def _dated(screen: Screen, base: str) -> tuple[str, str]:
    """Return name and version, and the address that leads there."""
    return f"{TITLE} · {screen.dateline} · ", base.split("://")[-1].rstrip("/") or base


def _code(slide: Any, link: str, words: Words, top: float) -> None:
    """Draw the QR code of the link, which opens the link when it is clicked, too."""
    sizes = (Pt(RIGHT_PT - QR_PT), Pt(top), Pt(QR_PT), Pt(QR_PT))
    shown = slide.shapes.add_picture(io.BytesIO(_png(link)), *sizes)
    shown.name = "QR code"
    shown._element.nvPicPr.cNvPr.set("descr", words.text("QR code of the link {link}", link=link))
    shown.click_action.hyperlink.address = link


@lru_cache(maxsize=64)
def _png(link: str) -> bytes:
    return qr_png(link, 6)


def _emblem(slide: Any, paid: Funding, words: Words, pen: Pen, top: float) -> None:
    """Draw the emblem of who pays, or a frame that keeps its place."""
    place = Box(LEFT_PT, top, *EMBLEM)
    told = words.text("Emblem of the European Union")
    if paid.emblem is not None and paid.emblem.suffix.lower() == ".png":
        sizes = (Pt(place.left), Pt(place.top), Pt(place.width), Pt(place.height))
        shown = slide.shapes.add_picture(str(paid.emblem), *sizes)
        shown.name = "Emblem"
        shown._element.nvPicPr.cNvPr.set("descr", told)
        return
    letters = [paragraph(run(said, TEXT_PT, colour=QUIET), TEXT_PT, "ctr") for said in (words.text("EU emblem"),)]
    kept = words.text("Place of the EU emblem; to be confirmed against the grant agreement")
    said = body(letters, "ctr")
    slide.shapes._spTree.append(
        parsed(pen.preset("Place of the emblem", "square", place, NO_FILL, line(LINE), said=said, alt=kept))
    )
