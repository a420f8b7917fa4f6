"""What stands at the top of a page: the bar of actions, the finding with its date, and what to know of both."""

import html
from collections.abc import Sequence

import streamlit as st

from mapping.analysis.headlines import dateline
from mapping.view.atlas import Atlas
from mapping.view.state import Dropped
from mapping.words import Words, language_name, languages
from pages.parts import cached, card_markdown, chips, cite, faults, link, release_notes, share


def show(sentence: str, atlas: Atlas, dropped: Sequence[Dropped], words: Words) -> None:
    """Draw the bar and the finding; under it, which data it is drawn from, what they lack, and what the link lost."""
    with st.container(key="header", gap=None):
        _bar(words)
        st.title(card_markdown.plain(sentence), anchor=False)
        with st.container(horizontal=True, key="dateline", vertical_alignment="center", gap="small"):
            st.caption(dateline(atlas.tables, words), width="content")
            release_notes.whats_new(words)
        release_notes.banner(words)
    chips.notices(dropped, words)
    faults.notice_of_missing_tables(atlas, words)


def _bar(words: Words) -> None:
    """Draw the actions every page has: copy the link, cite the view, share it, choose the language."""
    tables = cached.atlas().tables
    with st.container(horizontal=True, key="bar", vertical_alignment="center", gap="small"):
        st.html(_copy_button(tables.version, words), unsafe_allow_javascript=True)
        cite.popover(tables, words)
        share.popover(cached.atlas(), words)
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


def _copy_button(version: str, words: Words) -> str:
    """Return the button that copies the address with the data version; its script is our own file, as the policy asks.

    An address with many values is given to the script in its short form.
    """
    done = cite.long_link(version, words) or words.text("Link copied")
    texts = (words.text("Copy link"), done, words.text("Copy the address bar"), link.short_query(), version)
    label, done, failed, short, version = (html.escape(text, quote=True) for text in texts)
    return (
        f'<button type="button" class="atlas-copy" data-atlas-copy="{short}" data-version="{version}" '
        f'data-done="{done}" data-failed="{failed}">{label}</button>'
        '<span role="status" aria-live="polite"></span>'
        '<script type="module" src="api/v1/scripts/copy-link.js"></script>'
    )
