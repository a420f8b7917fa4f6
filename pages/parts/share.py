"""Pass a view on: as a page that opens anywhere, as a brief on paper, as a pack that needs no network."""

import streamlit as st

from mapping.exports.screens import PAGE_WORDS, Step, screen_of
from mapping.exports.storytelling import untold
from mapping.long_work import Tell
from mapping.view.atlas import Atlas
from mapping.view.links import query_text
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, lines, link, long_files, present_mine
from pages.parts.picture_downloads import base_address


def popover(atlas: Atlas, words: Words) -> None:
    """Draw the button that opens what can be passed on; what is in it is made when it is opened."""
    page = link.page_shown()
    if page not in PAGE_WORDS:
        return
    opened = st.popover(words.text("Share"), icon=":material/share:", key="share", on_change="rerun")
    if opened.open:
        view, _ = link.view_of(atlas)
        with opened:
            _page(page, atlas, view, words)
            _files(page, atlas, view, words)
            present_mine.button(page, atlas, words)


def _page(page: str, atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the address of the page that opens anywhere."""
    named = f"page={page}&" if page else ""
    address = f"{base_address(page)}/share?{named}{query_text(view, atlas.tables.version)}"
    st.markdown(words.text("**A page that opens anywhere**"))
    st.caption(words.text("Finding, picture, figures and sources; mail and chat show a preview of it."))
    st.code(address, language=None, wrap_lines=True)
    st.link_button(words.text("Open this page"), address, icon=":material/open_in_new:")


def _files(page: str, atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the buttons of what can be taken along; the files are made when they are asked for."""
    base = base_address(page)
    st.markdown(words.text("**To take along**"))
    name = "-".join(filter(None, ["atmp-atlas", page, atlas.tables.version]))
    st.download_button(
        words.text("Brief (PDF)"),
        data=lambda: lines.made(lambda: brief(page, atlas, view, words, base)),
        file_name=f"{name}.pdf",
        key="share-pdf",
        icon=":material/download:",
        help=words.text("One or two pages of A4, for print and mail"),
        on_click="ignore",
    )
    long_files.button(
        long_files.LongFile(
            "share-zip",
            words.text("Offline pack (ZIP)"),
            words.text("Page, brief, slides and data; needs no network"),
            f"{name}-pack.zip",
            lambda tell: packed(page, atlas, view, words, base, tell),
            (page, view, words.lang, atlas.tables.version, base),
        ),
        words,
    )


def brief(page: str, atlas: Atlas, view: ViewState, words: Words, base: str) -> bytes:
    """Return the view as a brief."""
    from mapping.exports.brief_pdf import brief_pdf  # with its typesetter, when a brief is made

    screen = screen_of(atlas, page, view, words, cached.DATA / "geo")
    return brief_pdf([Step(screen)], atlas.tables, words, base)


def packed(page: str, atlas: Atlas, view: ViewState, words: Words, base: str, tell: Tell = untold) -> bytes:
    """Return the view as an offline pack, telling how far it is."""
    from mapping.exports.pack import pack  # with slides and typesetter, when a pack is made

    return pack(atlas, screen_of(atlas, page, view, words, cached.DATA / "geo"), words, base, tell)
