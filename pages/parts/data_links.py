"""Links that no longer match a release: those of the stories that ship, and one that a reader holds."""

import streamlit as st

from mapping.view.atlas import Atlas
from mapping.view.link_check import LinkCheck, link_check
from mapping.words import Words
from pages.parts import cached, card_markdown, present_story

LONGEST_LINK: int = 8192


def show(atlas: Atlas, words: Words) -> None:
    """Draw what the links of stories ask for and the data do not have, and a place to check a link."""
    st.subheader(words.text("Links that no longer match"), anchor=False)
    faults = [(file, fault) for file, found in present_story.shipped(atlas)[1].items() for fault in found]
    if faults:
        st.markdown("\n".join(f"- {card_markdown.plain(f'{file}: {fault}')}" for file, fault in faults))
    else:
        st.caption(words.text("Every link of the stories that ship here matches these data."))
    with st.form("link_check", border=False):
        link = st.text_input(words.text("A link you kept, or have printed"), key="kept_link", max_chars=LONGEST_LINK)
        is_asked = st.form_submit_button(words.text("Check it"), icon=":material/link:")
    if is_asked and link.strip():
        _told(link_check(link, cached.newest().known, cached.releases()), words)


def _told(found: LinkCheck, words: Words) -> None:
    """Say which release a link opens, and what of it the newest data no longer have."""
    newest = cached.newest().tables.version
    name = card_markdown.plain(found.version)
    if found.is_released:
        st.success(words.text("It opens release {version}, as it was.", version=name), icon=":material/link:")
    elif found.version:
        told = words.text(
            "Release {version} is not here: the link opens the newest data, {newest}.", version=name, newest=newest
        )
        st.warning(told, icon=":material/link_off:")
    else:
        st.info(words.text("It names no release: it opens the newest data, {newest}.", newest=newest))
    if found.dropped:
        asked = ", ".join(f"{one.key}={one.value}" for one in found.dropped)
        told = words.text("The newest data do not have what it asks for: {asked}", asked=card_markdown.plain(asked))
        st.markdown(told)
