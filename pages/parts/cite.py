"""How to cite what is on the screen, and how to show it in another page."""

from datetime import UTC, datetime

import streamlit as st

from mapping.exports.citing import Citation, as_bibtex, as_ris, as_text
from mapping.tables.loading import Tables
from mapping.view.links import LONGEST_LINK, is_too_long
from mapping.words import Words
from pages.parts import cached, embed, link


def popover(tables: Tables, words: Words) -> None:
    """Draw the button that opens citation and snippet; what is in it is made when it is opened."""
    opened = st.popover(words.text("Cite"), icon=":material/format_quote:", key="cite", on_change="rerun")
    if opened.open:
        with opened:
            _citation(tables, words)
            _snippet(tables, words)


def long_link(version: str, words: Words) -> str:
    """Return what a reader must know of a link that is too long to travel; empty where it is not."""
    address = link.citable(version)
    if not is_too_long(address):
        return ""
    return words.text(
        "This link has {n} characters. Some programs cut links over {most}: choose fewer values.",
        n=len(address),
        most=LONGEST_LINK,
    )


def _citation(tables: Tables, words: Words) -> None:
    """Draw the citation in words, for BibTeX and for RIS."""
    read = datetime.now(UTC).date().isoformat()
    cited = Citation(tables.version, tables.released, link.citable(tables.version), read)
    st.markdown(words.text("**Cite this view**"))
    st.code(as_text(cited, words), language=None, wrap_lines=True)
    for told in (_unreleased(tables, words), long_link(tables.version, words)):
        if told:
            st.warning(told, icon=":material/info:")
    name = f"atmp-atlas-{tables.version}"
    for label, content, ending, mime in (
        ("BibTeX", as_bibtex(cited), "bib", "application/x-bibtex"),
        ("RIS", as_ris(cited), "ris", "application/x-research-info-systems"),
    ):
        st.code(content, language=None, wrap_lines=True, height=120)
        st.download_button(
            words.text("Download {kind}", kind=label),
            content,
            f"{name}.{ending}",
            mime,
            key=f"cite_{ending}",
            on_click="ignore",
            icon=":material/download:",
        )


def _unreleased(tables: Tables, words: Words) -> str:
    """Return what a link to data that no release holds is worth."""
    if tables.version in cached.releases():
        return ""
    return words.text("These data are not released yet: later the link opens what is newest then, and says so.")


def _snippet(tables: Tables, words: Words) -> None:
    """Draw the lines that show one picture of this page in another one."""
    pictures = embed.PICTURES.get(link.page_shown())
    if not pictures:
        return
    st.markdown(words.text("**Show it in another page**"))
    chosen = st.selectbox(
        words.text("Picture"),
        list(pictures),
        format_func=lambda code: words.text(pictures[code]),
        key="embed_picture",
    )
    st.code(embed.snippet(tables.version, chosen, "ATMP Atlas"), language="html", wrap_lines=True)
    st.caption(words.text("Works on sites that whoever runs this Atlas has allowed."))
