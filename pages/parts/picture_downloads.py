"""What the page shows as a picture or as slides: made when it is asked for, not at every change of a filter."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from mapping.exports.command import BASE
from mapping.exports.screens import Screen, screen_of
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, lines

STILLS: Final = {"png": "PNG", "svg": "SVG"}
SLIDES: Final = "PowerPoint"


def buttons(page: str, atlas: Atlas, view: ViewState, words: Words, pictures: Sequence[int] = (1,)) -> None:
    """Draw a button for each picture and format, and one for slides of all pictures; for a horizontal container.

    Parameters
    ----------
    page : str
        Path of the page in the address; empty for the Atlas.
    atlas, view, words
        The data, what is asked of it, and the language.
    pictures : sequence of int
        Which of the page's pictures can be had as stills, from 1 in their order in the page's screen.
    """
    stills(page, atlas, view, words, pictures)
    base = base_address(page)
    st.download_button(
        SLIDES,
        data=lambda: lines.made(lambda: slides(page, atlas, view, words, base)),
        file_name=f"{_name(page, atlas)}.pptx",
        key=f"download-pptx-{page}",
        icon=":material/slideshow:",
        help=words.text("Slides with the map, heatmaps and charts as shapes, tables and charts you can edit"),
        on_click="ignore",
    )


def stills(page: str, atlas: Atlas, view: ViewState, words: Words, pictures: Sequence[int] = (1,)) -> None:
    """Draw a button for each picture and format."""
    base = base_address(page)
    lines.note(words)
    for number in pictures:
        for kind, label in STILLS.items():
            st.download_button(
                label if len(pictures) == 1 else f"{label} {number}",
                data=lambda kind=kind, number=number: lines.made(
                    lambda: still(page, atlas, view, words, base, number, kind)
                ),
                file_name=f"{_name(page, atlas)}-{number}.{kind}",
                key=f"download-{kind}-{page}-{number}",
                icon=":material/image:",
                help=words.text("The picture with its finding, legend, filters, source, version and link"),
                on_click="ignore",
            )


def still(page: str, atlas: Atlas, view: ViewState, words: Words, base: str, number: int, kind: str) -> bytes:
    """Return one picture of the page as a file."""
    from mapping.exports.stills import png, svg  # with its painter, when a picture is made

    screen = _screen(page, atlas, view, words)
    picture = screen.pictures[min(number, len(screen.pictures)) - 1]
    if kind == "svg":
        return svg(screen, picture, words, base).encode()
    return png(screen, picture, words, base, "print")


def slides(page: str, atlas: Atlas, view: ViewState, words: Words, base: str) -> bytes:
    """Return the page as slides, one a picture."""
    from mapping.exports.slides import Step  # python-pptx is slow to import
    from mapping.exports.slides import slides as made

    return made([Step(_screen(page, atlas, view, words))], words, base, every_picture=True)


def _screen(page: str, atlas: Atlas, view: ViewState, words: Words) -> Screen:
    return screen_of(atlas, page, view, words, cached.DATA / "geo")


def base_address(page: str) -> str:
    """Return the address of the Atlas as this reader sees it, without a slash at the end."""
    parts = urlsplit(st.context.url or BASE)
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path.removesuffix(f'/{page}') if page else path}".rstrip("/")


def _name(page: str, atlas: Atlas) -> str:
    return "-".join(filter(None, ["atmp-atlas", page, atlas.tables.version]))
