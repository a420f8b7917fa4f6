"""One figure of a page as a file, at full length: PNG or SVG, with its finding, legend, filters, source and link."""

from collections.abc import Callable

import streamlit as st

from mapping.exports.screens import screen_of
from mapping.figures.pictures import MapPicture
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, lines, picture_downloads


def row(name: str, drawing: Callable[[], str], version: str, words: Words) -> None:
    """Draw a button a format under a figure; the file is made when it is asked for."""

    def painted() -> bytes:
        from mapping.exports.sheet_svg import sheet_png  # with its painter, when a picture is made

        return sheet_png(drawing())

    _buttons(name, {"png": painted, "svg": lambda: drawing().encode()}, version, words)


def map_row(name: str, atlas: Atlas, page: str, view: ViewState, words: Words) -> None:
    """Draw the buttons under the map of a page."""
    base = picture_downloads.base_address(page)

    def made(kind: str) -> bytes:
        from mapping.exports.stills import png, svg  # with its painter, when a picture is made

        screen = screen_of(atlas, page, view, words, cached.DATA / "geo")
        found = next(picture for picture in screen.pictures if isinstance(picture, MapPicture))
        if kind == "png":
            return png(screen, found, words, base, "print")
        return svg(screen, found, words, base, "print").encode()

    _buttons(name, {kind: lambda kind=kind: made(kind) for kind in ("png", "svg")}, atlas.tables.version, words)


def _buttons(name: str, files: dict[str, Callable[[], bytes]], version: str, words: Words) -> None:
    with st.container(horizontal=True, key=f"sheet-{name}", gap="small", vertical_alignment="center"):
        st.caption(words.text("This picture as a file:"), width="content")
        for kind, made in files.items():
            st.download_button(
                kind.upper(),
                data=lambda made=made: lines.made(made),
                file_name=f"atmp-atlas-{name}-{version}.{kind}",
                key=f"sheet-{name}-{kind}",
                icon=":material/image:",
                type="tertiary",
                on_click="ignore",
            )
