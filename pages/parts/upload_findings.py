"""What is wrong with a sheet, in plain words at its cell, each suggestion one click away."""

from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.errors import Fault
from mapping.importers.findings import Finding
from mapping.importers.upload import Checked, fixable
from mapping.words import Words
from pages.parts import card_markdown, upload_work

A_PAGE: Final = 10
SHOWN_CHARACTERS: Final = 80


def show(found: Checked, words: Words) -> None:
    """Draw the findings of one sheet, a page at a time, and the buttons that mend them."""
    findings = found.review.findings
    st.subheader(_headline(found, words), anchor=False)
    if found.part.mended:
        with st.container(horizontal=True, vertical_alignment="center"):
            count = len(found.part.mended)
            st.markdown(words.plural("{n} cell mended", "{n} cells mended", count), width="content")
            st.button(
                words.text("Take all back"), key="upload_back", type="tertiary", on_click=_mend, args=(found.part, ())
            )
    if not findings:
        return
    _mend_all(found, words)
    pages = -(-len(findings) // A_PAGE)
    number = min(st.session_state.get("upload_page", 1), pages)
    for place, one in enumerate(findings[(number - 1) * A_PAGE : number * A_PAGE]):
        _one(place, one, found, words)
    if pages > 1:
        st.session_state["upload_page"] = number
        st.pagination(pages, key="upload_page")


def _headline(found: Checked, words: Words) -> str:
    count = len(found.review.findings)
    name = found.part.sheet.name
    if not count:
        return words.text("Nothing is wrong with sheet “{sheet}”", sheet=card_markdown.plain(name))
    return words.plural(
        "{n} thing to mend in sheet “{sheet}”",
        "{n} things to mend in sheet “{sheet}”",
        count,
        sheet=card_markdown.plain(name),
    )


def _mend_all(found: Checked, words: Words) -> None:
    """Draw the button that puts every suggestion in."""
    ready = fixable(found.review)
    if ready:
        st.button(
            words.plural("Put in the {n} suggestion", "Put in all {n} suggestions", len(ready)),
            key="upload_mend_all",
            icon=":material/done_all:",
            on_click=_mend,
            args=(found.part, (*found.part.mended, *ready)),
        )


def _one(place: int, one: Finding, found: Checked, words: Words) -> None:
    """Draw one finding: its cell, what stands there, what is wrong, how to mend it."""
    problem = Fault(one.row, one.heading, one.value, one.problem, one.remedy).problem
    with st.container(horizontal=True, vertical_alignment="center", key=f"finding_{place}", border=True):
        with st.container(gap=None):
            where = f"**{card_markdown.plain(one.cell)}** · {card_markdown.plain(one.heading)}"
            st.markdown(f"{where} · {card_markdown.plain(problem)}")
            st.caption(card_markdown.plain(one.remedy))
        if one.suggestion is not None and one.column:
            shown = card_markdown.plain(one.suggestion[:SHOWN_CHARACTERS])
            st.button(
                words.text("Put in “{value}”", value=shown) if shown else words.text("Empty the cell"),
                key=f"mend_{place}",
                on_click=_mend,
                args=(found.part, (*found.part.mended, one)),
            )


def _mend(part: object, mended: tuple[Finding, ...]) -> None:
    """Set what is mended in a sheet; the next run checks it again."""
    file, parts = st.session_state[upload_work.PARTS]
    changed = [replace(each, mended=mended) if each is part else each for each in parts]
    st.session_state[upload_work.PARTS] = (file, changed)
