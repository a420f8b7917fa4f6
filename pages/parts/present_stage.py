"""The stage: one step of a story, full screen, with nothing around it."""

import base64
import html
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from mapping.exports.edition import TITLE
from mapping.exports.qr import qr_svg
from mapping.exports.screens import PAGE_WORDS, Step
from mapping.exports.storytelling import headline_of
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.view.stories import Story, said
from mapping.words import Words
from pages.parts import card_markdown, link, present_pictures, present_story
from pages.parts.picture_downloads import base_address

PAGE: Final = "present"
OVERVIEW: Final = "present_overview"
SCRIPT: Final = '<script type="module" src="api/v1/scripts/present.js"></script>'


def show(atlas: Atlas, view: ViewState, story: Story, words: Words) -> None:
    """Draw one step, or, where it was asked for, all steps to choose from."""
    st.html(Path(__file__).parent / "present.css")
    number = story.at(view.step)
    with st.container(key="stage", gap=None):
        if st.session_state.get(OVERVIEW):
            _overview(atlas, story, number, words)
        else:
            _step(atlas, view, story, number, words)
    _marker(atlas, story, number, words)


def _step(atlas: Atlas, view: ViewState, story: Story, number: int, words: Words) -> None:
    step = present_story.told(atlas, story, number, words)
    headline, screen = headline_of(step), step.screen
    st.title(card_markdown.plain(headline), anchor=False)
    with st.container(key="present_filters"):
        st.markdown(card_markdown.plain(screen.filtered_by) if screen.filters else "")
    shown = replace(story.steps[number - 1].view, lang=words.lang, version=view.version)
    with st.container(key="present_picture", gap=None), st.container(key="present_fit", gap=None):
        present_pictures.show(screen, atlas, shown, words, headline)
    with st.container(key="present_foot", horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(key="present_said", gap=None):
            st.html(_source(step, words))
            _controls(story, number, words)
        st.html(_code(step, words))


def _source(step: Step, words: Words) -> str:
    """Return source, version and date as two lines; the first is cut where it is long, and whole on the link's page."""
    screen = step.screen
    caption = html.escape(screen.undated(present_pictures.caption(screen, words)))
    dated = html.escape(f"{TITLE} · {screen.dateline}")
    return f'<p class="atlas-source" title="{caption}">{caption}</p><p class="atlas-dated">{dated}</p>'


def _code(step: Step, words: Words) -> str:
    """Return the QR code of the step's link, which opens it when it is clicked, too."""
    address = step.screen.address(base_address(PAGE))
    picture = base64.b64encode(qr_svg(address).encode()).decode()
    told = html.escape(words.text("QR code: open this view on your own device"))
    return (
        f'<a class="atlas-code" href="{html.escape(address)}"><img alt="{told}" '
        f'src="data:image/svg+xml;base64,{picture}"></a>'
    )


def _controls(story: Story, number: int, words: Words) -> None:
    """Draw back, where one is, next, and what else a speaker needs."""
    with st.container(key="present_controls", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            words.text("Back"),
            key="present_back",
            shortcut="Left",
            disabled=number == 1,
            on_click=_go,
            args=(number - 1,),
        )
        st.markdown(words.text("{step} of {steps}", step=number, steps=len(story.steps)))
        st.button(
            words.text("Next"),
            key="present_next",
            shortcut="Right",
            disabled=number == len(story.steps),
            on_click=_go,
            args=(number + 1,),
        )
        st.button(words.text("All steps"), key="present_all", shortcut="O", on_click=_turn_over, args=(True,))
        st.html(_buttons(story, number, words), unsafe_allow_javascript=True)
        st.page_link(
            "present.py", label=words.text("End"), query_params={"lang": words.lang} if words.lang != "en" else None
        )


def _buttons(story: Story, number: int, words: Words) -> str:
    """Return the buttons that the browser alone serves: blank screen, full screen, notes in a second window."""
    here = ViewState.from_query(present_story.query(story, link.current(), number))
    notes = html.escape(f"{PAGE}?{urlencode(replace(here, notes=True).to_query(), doseq=True)}")
    named = (
        ("data-atlas-blank", words.text("Blank (B)")),
        ("data-atlas-full", words.text("Full screen (F)")),
        (f'data-atlas-notes="{notes}"', words.text("Notes")),
    )
    made = "".join(
        f'<button type="button" class="atlas-copy" {key}>{html.escape(text)}</button>' for key, text in named
    )
    return f'<div class="atlas-stage-buttons">{made}</div>{SCRIPT}'


def _overview(atlas: Atlas, story: Story, number: int, words: Words) -> None:
    """Draw all steps, each by its headline, to go to one."""
    st.title(card_markdown.plain(said(story.title, words.lang)), anchor=False)
    with st.container(key="present_steps", gap="small"):
        for at in range(1, len(story.steps) + 1):
            step = present_story.told(atlas, story, at, words)
            page = words.text(PAGE_WORDS[step.screen.page])
            st.button(
                f"{at}. {card_markdown.plain(headline_of(step))} · {page}",
                key=f"present_to_{at}",
                type="primary" if at == number else "secondary",
                width="stretch",
                on_click=_go,
                args=(at,),
            )
    st.button(words.text("Back to the step"), key="present_all", shortcut="O", on_click=_turn_over, args=(False,))


def _marker(atlas: Atlas, story: Story, number: int, words: Words) -> None:
    """Tell the script in this window, and by it the one with the notes, where the story is."""
    now = present_story.told(atlas, story, number, words)
    following = headline_of(present_story.told(atlas, story, number + 1, words)) if number < len(story.steps) else ""
    told = {
        "role": "stage",
        "story": story.id,
        "step": str(number),
        "counter": words.text("{step} of {steps}", step=number, steps=len(story.steps)),
        "headline": headline_of(now),
        "note": now.note,
        "next": following,
    }
    data = " ".join(f'data-{key}="{html.escape(value)}"' for key, value in told.items())
    st.html(f'<div class="atlas-present" {data}></div>')


def _go(number: int) -> None:
    st.session_state[OVERVIEW] = False
    link.set_fields(step=number)


def _turn_over(is_over: bool) -> None:
    st.session_state[OVERVIEW] = is_over
