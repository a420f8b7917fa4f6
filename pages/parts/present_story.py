"""Which story is open, and what its steps tell; a reader's own is in the address or in the session."""

import dataclasses
from typing import Any, Final

import streamlit as st

from mapping.errors import Fault
from mapping.exports.screens import Step
from mapping.exports.storytelling import told_step
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.view.stories import MINE, Story
from mapping.view.story_files import stories_in
from mapping.view.story_links import packed, unpacked
from mapping.words import Words
from pages.parts import cached

_MINE: Final = "my_story"
"""Where a session keeps the reader's own story."""


def shipped(atlas: Atlas) -> tuple[dict[str, Story], dict[str, tuple[Fault, ...]]]:
    """Return the stories of the data folder by id, and the faults of those that cannot be told."""
    return _shipped(atlas, atlas.tables.version)


@st.cache_resource(show_spinner=False, max_entries=4)
def _shipped(_atlas: Atlas, version: str) -> tuple[dict[str, Story], dict[str, tuple[Fault, ...]]]:
    stories, faults = stories_in(cached.DATA, _atlas.known)
    return {story.id: story for story in stories}, faults


def mine() -> Story:
    """Return the reader's own story as the session has it; one without a step where there is none yet."""
    kept: Story = st.session_state.get(_MINE) or Story(MINE, {})
    return kept


def keep(story: Story) -> None:
    """Keep the reader's own story for this session."""
    st.session_state[_MINE] = dataclasses.replace(story, id=MINE)


def opened(atlas: Atlas, view: ViewState) -> Story | None:
    """Return the story that the address asks for; None where there is none, or none with a step."""
    if view.story != MINE:
        return shipped(atlas)[0].get(view.story)
    found = unpacked(view.mine, atlas.known) if view.mine else mine()
    return found if found and found.steps else None


def query(story: Story, view: ViewState, number: int = 1) -> dict[str, Any]:
    """Return the address of a step; a story of a reader's own travels in it where it is short enough."""
    letters = packed(story) if story.id == MINE else ""
    here = ViewState(lang=view.lang, version=view.version, story=story.id, step=number, mine=letters)
    return here.to_query()


def told(atlas: Atlas, story: Story, number: int, words: Words) -> Step:
    """Return what a step, counted from 1, tells."""
    step = story.steps[number - 1]
    texts = repr((step.headline, step.note))
    return _told(atlas, step, words, (atlas.tables.version, id(atlas), step.link, texts, words.lang))


@st.cache_resource(show_spinner=False, max_entries=128)
def _told(_atlas: Atlas, _step: Any, _words: Words, key: tuple[Any, ...]) -> Step:
    return told_step(_atlas, _step, _words)
