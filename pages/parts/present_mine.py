"""The reader's own story: steps added on any page, put in order and worded here, saved, loaded and shared."""

from urllib.parse import urlencode

import streamlit as st

from mapping.exports.storytelling import headline_of
from mapping.view.atlas import Atlas
from mapping.view.links import LONGEST_LINK, is_too_long
from mapping.view.state import ViewState
from mapping.view.stories import (
    MOST_STEPS,
    PAGES,
    Story,
    moved,
    reworded,
    said,
    step_of,
    titled,
    with_step,
    without_step,
)
from mapping.view.story_files import LONGEST_TEXT, read_story, story_yaml
from mapping.view.story_links import packed
from mapping.words import Words
from pages.parts import card_markdown, link, present_stories, present_story
from pages.parts.picture_downloads import base_address

LARGEST_MB = 1


def button(page: str, atlas: Atlas, words: Words) -> None:
    """Draw the button that adds the view of a page to the reader's own story."""
    if page not in PAGES:
        return
    count = len(present_story.mine().steps)
    st.button(
        words.text("Add to my story"),
        key="add_to_story",
        icon=":material/playlist_add:",
        disabled=count >= MOST_STEPS,
        help=words.text("Collect views here; put them in order and present them on the page Present"),
        on_click=_add,
        args=(page, atlas),
    )
    if count:
        told = words.plural("My story: {n} step", "My story: {n} steps", count)
        st.page_link("present.py", label=told, icon=":material/slideshow:")


def _add(page: str, atlas: Atlas) -> None:
    view, _ = link.view_of(atlas)
    present_story.keep(with_step(present_story.mine(), step_of(page, view)))


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the story with its steps, and how to save, load and share it."""
    story = present_story.mine()
    st.header(words.text("My story"), anchor=False)
    if not story.steps:
        st.markdown(
            words.text(
                "On any page, open Share and choose “Add to my story”. What you add stays until you close or reload "
                "this window: save it as a file, or share it as a link."
            )
        )
    else:
        _title(story, words)
        for number in range(1, len(story.steps) + 1):
            _step(atlas, story, number, words)
        named = story if story.title else titled(story, words.lang, words.text("My story"))
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            present_stories.actions(atlas, view, named, words)
            _save(named, words)
        _share(named, view, words)
    _load(atlas, words)


def _title(story: Story, words: Words) -> None:
    st.session_state["my_title"] = said(story.title, words.lang)
    st.text_input(
        words.text("Title"),
        key="my_title",
        max_chars=LONGEST_TEXT["title"],
        on_change=lambda: present_story.keep(titled(story, words.lang, st.session_state["my_title"])),
    )


def _step(atlas: Atlas, story: Story, number: int, words: Words) -> None:
    """Draw one step: its place, its words."""
    step = story.steps[number - 1]
    found = present_story.told(atlas, story, number, words)
    with st.container(border=True, key=f"my_step_{number}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{number}. {card_markdown.plain(headline_of(found))}**")
            for name, label, icon, change, is_off in (
                ("up", words.text("Earlier"), "arrow_upward", moved(story, number, -1), number == 1),
                ("down", words.text("Later"), "arrow_downward", moved(story, number, 1), number == len(story.steps)),
                ("out", words.text("Remove"), "delete", without_step(story, number), False),
            ):
                st.button(
                    label,
                    key=f"my_{name}_{number}",
                    icon=f":material/{icon}:",
                    disabled=is_off,
                    on_click=present_story.keep,
                    args=(change,),
                )
        texts = (("headline", step.headline), ("note", step.note))
        for name, text in texts:
            st.session_state[f"my_{name}_{number}"] = said(text, words.lang)
        st.text_input(
            words.text("Headline; empty for the page’s own finding"),
            key=f"my_headline_{number}",
            max_chars=LONGEST_TEXT["headline"],
            placeholder=found.screen.headline,
            on_change=_reworded,
            args=(story, number, words),
        )
        st.text_area(
            words.text("What you want to say"),
            key=f"my_note_{number}",
            max_chars=LONGEST_TEXT["note"],
            height=80,
            on_change=_reworded,
            args=(story, number, words),
        )


def _reworded(story: Story, number: int, words: Words) -> None:
    headline, note = (st.session_state[f"my_{name}_{number}"] for name in ("headline", "note"))
    present_story.keep(reworded(story, number, words.lang, headline=headline, note=note))


def _save(story: Story, words: Words) -> None:
    st.download_button(
        words.text("Save as a file (YAML)"),
        data=story_yaml(story).encode(),
        file_name="my-story.yaml",
        mime="application/yaml",
        key="my_save",
        icon=":material/save:",
        on_click="ignore",
    )


def _share(story: Story, view: ViewState, words: Words) -> None:
    """Show the story as a link, or say that it is too long for one."""
    query = urlencode(present_story.query(story, view), doseq=True)
    address = f"{base_address(present_stories.PAGE)}/present?{query}"
    if packed(story) and not is_too_long(address):
        st.markdown(words.text("**Share it as a link**"))
        st.code(address, language=None, wrap_lines=True)
        return
    told = "This story is too long for a link of {most} characters. Save it as a file and send that instead."
    st.warning(words.text(told, most=LONGEST_LINK), icon=":material/info:")


def _load(atlas: Atlas, words: Words) -> None:
    """Let the reader load a story that was saved; it takes the place of the one here."""
    with st.expander(words.text("Load a story from a file"), key="my_load"):
        file = st.file_uploader(words.text("Story (YAML)"), type=["yaml", "yml"], key="my_file", on_change=_loaded)
        if file is None:
            return
        if file.size > LARGEST_MB * 2**20:
            st.error(words.text("This file is too large for a story."))
            return
        story, faults = read_story(file.getvalue(), atlas.known)
        if faults:
            lines = "\n".join(f"- {card_markdown.plain(str(fault))}" for fault in faults)
            st.error(
                f"{words.text('This file is no story that can be shown; line, place, and how to mend it:')}\n\n{lines}"
            )
        elif story and st.session_state.get("my_file_is_new"):
            st.session_state["my_file_is_new"] = False
            present_story.keep(story)
            st.rerun()
        else:
            st.success(words.text("Loaded; it is above."))


def _loaded() -> None:
    st.session_state["my_file_is_new"] = True
