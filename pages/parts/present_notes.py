"""The speaker's window: the note of the step on the stage, which it follows, and what comes next."""

import html
from pathlib import Path

import streamlit as st

from mapping.exports.storytelling import headline_of
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.view.stories import Story, said
from mapping.words import Words
from pages.parts import card_markdown, present_stage, present_story


def show(atlas: Atlas, view: ViewState, story: Story | None, words: Words) -> None:
    """Draw the notes; without a story to read here they wait for the stage to tell them."""
    st.html(Path(__file__).parent / "present.css")
    title = said(story.title, words.lang) if story else words.text("Notes")
    with st.container(key="notes"):
        st.title(card_markdown.plain(title or words.text("My story")), anchor=False)
        st.html(_page(atlas, view, story, words), unsafe_allow_javascript=True)


def _page(atlas: Atlas, view: ViewState, story: Story | None, words: Words) -> str:
    number = story.at(view.step) if story else view.step
    told = {"counter": "", "headline": words.text("Waiting for the window with the story"), "note": "", "next": ""}
    if story:
        now = present_story.told(atlas, story, number, words)
        after = present_story.told(atlas, story, number + 1, words) if number < len(story.steps) else None
        told = {
            "counter": words.text("{step} of {steps}", step=number, steps=len(story.steps)),
            "headline": headline_of(now),
            "note": now.note,
            "next": headline_of(after) if after else "",
        }
    parts = {key: f'<span data-atlas-told="{key}">{html.escape(value)}</span>' for key, value in told.items()}
    labels = (("back", words.text("Back")), ("next", words.text("Next")), ("blank", words.text("Blank (B)")))
    buttons = "".join(
        f'<button type="button" class="atlas-copy" data-atlas-go="{key}">{html.escape(text)}</button>'
        for key, text in labels
    )
    return (
        f'<div class="atlas-present" data-role="notes" data-story="{html.escape(view.story)}"></div>'
        f'<p class="atlas-count">{parts["counter"]} · <span data-atlas-clock>0:00</span></p>'
        f"<h2>{parts['headline']}</h2>"
        f'<div class="atlas-note" aria-live="polite">{parts["note"]}</div>'
        f'<p class="atlas-next"><b>{html.escape(words.text("Next:"))}</b> {parts["next"]}</p>'
        f'<p class="atlas-stage-buttons">{buttons}</p>{present_stage.SCRIPT}'
    )
