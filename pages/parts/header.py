"""What stands at the top of a page: the bar of actions, and the finding as one sentence with its date."""

import html

import streamlit as st

from mapping.words import Words, language_name, languages
from pages.parts import link


def show(sentence: str, dateline: str, words: Words) -> None:
    """Draw the bar, the finding and, under it, which data it is drawn from."""
    with st.container(key="header", gap=None):
        _bar(words)
        st.title(sentence, anchor=False)
        st.caption(dateline)


def _bar(words: Words) -> None:
    """Draw the actions every page has: copy the link, choose the language."""
    with st.container(horizontal=True, key="bar", vertical_alignment="center", gap="small"):
        st.html(_copy_button(words), unsafe_allow_javascript=True)
        st.menu_button(
            language_name(words.lang),
            [code for code in languages() if code != words.lang],
            key="language",
            icon=":material/language:",
            help=words.text("Choose the language"),
            format_func=language_name,
            on_click=_language,
        )


def _language() -> None:
    link.set_fields(lang=st.session_state["language"])


def _copy_button(words: Words) -> str:
    """Return the button that copies the address; its script is our own file, as the security policy asks."""
    label, done, failed = (
        html.escape(text, quote=True)
        for text in (words.text("Copy link"), words.text("Link copied"), words.text("Copy the address bar"))
    )
    return (
        f'<button type="button" class="atlas-copy" data-atlas-copy data-done="{done}" data-failed="{failed}">'
        f"{label}</button>"
        '<span role="status" aria-live="polite"></span>'
        '<script type="module" src="api/v1/scripts/copy-link.js"></script>'
    )
