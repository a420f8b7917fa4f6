"""The stories there are: what each tells, how to present it, and how to take it along."""

from collections.abc import Sequence

import streamlit as st

from mapping.errors import Fault
from mapping.exports.storytelling import story_pdf, story_slides
from mapping.view.atlas import Atlas
from mapping.view.state import Dropped, ViewState
from mapping.view.stories import Story, said
from mapping.view.story_files import story_yaml
from mapping.words import Words
from pages.parts import card_markdown, header, link, long_files, present_story
from pages.parts.long_files import LongFile
from pages.parts.picture_downloads import base_address

PAGE = "present"


def head(atlas: Atlas, view: ViewState, dropped: Sequence[Dropped], words: Words) -> None:
    """Draw the title, and say so where the link asks for a story that is not there."""
    header.show(words.text("Stories to present, step by step"), atlas, dropped, words)
    if view.mine:
        st.warning(words.text("The story in this link cannot be read, or shows what the data do not have."))
    elif view.story:
        name = card_markdown.plain(view.story)
        st.warning(words.text("There is no story “{name}” here; choose one below, or make your own.", name=name))


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw each story with what can be done with it."""
    stories, faults = present_story.shipped(atlas)
    for file, found in faults.items():
        _faulty(file, found, words)
    st.markdown(
        words.text(
            "Arrow keys or a clicker go on and back; B blanks the screen; O shows all steps; F fills the screen."
        )
    )
    for story, place in zip(stories.values(), st.columns(max(len(stories), 1), gap="medium"), strict=False):
        with place, st.container(border=True, key=f"story-{story.id}", height="stretch"):
            st.subheader(card_markdown.plain(said(story.title, words.lang)), anchor=False)
            st.markdown(card_markdown.plain(said(story.about, words.lang)))
            st.caption(words.plural("{n} step", "{n} steps", len(story.steps)))
            actions(atlas, view, story, words)


def actions(atlas: Atlas, view: ViewState, story: Story, words: Words) -> None:
    """Draw the buttons of a story: present it, take it along as slides or as a hand-out."""
    st.button(
        words.text("Present"),
        key=f"present-{story.id}",
        type="primary",
        icon=":material/slideshow:",
        on_click=_open,
        args=(story, view),
    )
    name, base = f"atmp-atlas-{story.id}-{atlas.tables.version}", base_address(PAGE)
    shows = (story_yaml(story), view.version, words.lang, atlas.tables.version, base)
    files = (
        LongFile(
            f"story-pptx-{story.id}",
            "PowerPoint",
            words.text("A slide a step; maps, tables and charts stay editable"),
            f"{name}.pptx",
            lambda tell: story_slides(atlas, story, words, base, tell),
            shows,
        ),
        LongFile(
            f"story-pdf-{story.id}",
            "PDF",
            words.text("A hand-out on A4"),
            f"{name}.pdf",
            lambda tell: story_pdf(atlas, story, words, base, tell=tell),
            shows,
        ),
    )
    with st.container(horizontal=True, gap="small"):
        for file in files:
            long_files.button(file, words)


def _open(story: Story, view: ViewState) -> None:
    link.put(ViewState.from_query(present_story.query(story, view)))


def _faulty(file: str, faults: Sequence[Fault], words: Words) -> None:
    """Say what is wrong with a story that is not shown."""
    lines = "\n".join(f"- {card_markdown.plain(str(fault))}" for fault in faults)
    told = words.text("The story in {file} is not shown:", file=card_markdown.plain(file))
    st.error(f"{told}\n\n{lines}", icon=":material/error:")
