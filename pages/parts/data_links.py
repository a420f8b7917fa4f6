"""Links that no longer match the data: those of the stories that ship here, and any that a reader holds."""

import streamlit as st

from mapping.analysis.filter_words import KEY_WORDS, key_words
from mapping.view.atlas import Atlas
from mapping.view.link_check import LinkCheck, checked_link
from mapping.words import Words
from pages.parts import cached, card_markdown, present_story


def show(atlas: Atlas, words: Words) -> None:
    """Draw what the links of stories ask for in vain, and the box for a link and what became of it."""
    st.subheader(words.text("Does an old link still hold?"), anchor=False)
    _stories(atlas, words)
    asked = st.text_input(
        words.text("Paste a link to the Atlas"),
        key="old_link",
        placeholder="https://…/?country=DE&v=2026.11.0",
        max_chars=8_192,
    )
    if not asked:
        return
    newest = cached.newest()
    found = checked_link(asked, newest.known, {newest.tables.version, *cached.releases()})
    if found is None:
        st.info(words.text("This link names nothing, so it opens the Atlas as it is today."), icon=":material/link:")
        return
    if found.holds:
        st.success(words.text("It holds: the data have everything it names."), icon=":material/link:")
    else:
        st.warning(words.text("It no longer says all that it said:"), icon=":material/link_off:")
    st.markdown("\n".join(f"- {line}" for line in _lines(found, newest.tables.version, words)))


def _stories(atlas: Atlas, words: Words) -> None:
    """Say which links of the stories that ship here ask for what the data do not have."""
    faults = [(file, fault) for file, found in present_story.shipped(atlas)[1].items() for fault in found]
    if faults:
        st.markdown("\n".join(f"- {card_markdown.plain(f'{file}: {fault}')}" for file, fault in faults))
    else:
        st.caption(words.text("Every link of the stories that ship here matches these data."))


def _lines(found: LinkCheck, newest: str, words: Words) -> list[str]:
    """Return what is to be said of the parts of a link, as Markdown."""
    version = card_markdown.plain(found.version)
    if not found.version:
        lines = [words.text("It names no release, so it shows the newest data, {newest}.", newest=newest)]
    elif found.has_release:
        lines = [words.text("It shows the data of {version}, which are here.", version=version)]
    else:
        told = words.text(
            "There are no data of version {version} here; it shows the newest, {newest}.",
            version=version,
            newest=newest,
        )
        lines = [told]
    for one in found.gone:
        name = key_words(words, one.key) if one.key in KEY_WORDS else f"`{one.key}`"
        value = card_markdown.plain(one.value)
        lines.append(words.text("{filter}: the newest data have no “{value}”.", filter=name, value=value))
    if found.unknown_keys:
        keys = card_markdown.plain(", ".join(key[:40] for key in found.unknown_keys[:10]))
        lines.append(words.text("Not understood and left out: {keys}.", keys=keys))
    return lines
