"""What is new in the data: over an old link, on the start page, and in full on the pages Data and About."""

from typing import Final

import streamlit as st

from mapping.analysis.release_words import difference_lines, news_sentence, summary
from mapping.tables.releases import Release
from mapping.words import Words
from pages.parts import cached, card_markdown, contribute_words, link

FEED: Final = "api/v1/changes.atom"
"""Address of the feed, from the root of the Atlas."""


def banner(words: Words) -> None:
    """Say that an older release is read and what is newer, or that it is not here; one container in any case."""
    asked, now = link.version_asked(), cached.newest()
    with st.container(key="release_notice", gap=None):
        if asked and asked != now.tables.version:
            with st.container(key="old_release", horizontal=True, vertical_alignment="center", gap="small"):
                if cached.atlas() is now:
                    _unknown(asked, words)
                else:
                    _older(asked, words)
                told = words.text("Open the newest data")
                st.button(told, key="newest", on_click=link.set_key, args=("v",))


def _unknown(asked: str, words: Words) -> None:
    """Say that the release asked for is not here."""
    told = words.text(
        "There are no data of version “{asked}” here. You see the newest, {newest}.",
        asked=card_markdown.plain(asked),
        newest=cached.newest().tables.version,
    )
    st.markdown(f":material/link_off: {told}")


def _older(asked: str, words: Words) -> None:
    """Say which release is read, and what is newer."""
    now, found = cached.newest(), cached.news(cached.atlas())
    told = words.text(
        "Data of {version}. Newer data, {newest}: {news}.",
        version=asked,
        newest=now.tables.version,
        news=news_sentence(found, words),
    )
    st.markdown(f":material/history: {told}")
    with st.popover(words.text("See what"), key="news"):
        st.markdown(_listed(tuple(difference_lines(found, words))))


def whats_new(words: Words) -> None:
    """Draw the button beside the date of the data that opens the newest releases."""
    opened = st.popover(words.text("What is new"), type="tertiary", key="whats_new", on_change="rerun")
    if opened.open:
        with opened:
            log(words, most=3)
            st.page_link("data.py", label=words.text("All changes"), query_params=link.current().to_query())


def log(words: Words, most: int | None = None) -> None:
    """List the releases, the newest first, with what each changed; and where to be told of the next."""
    known, here = list(cached.releases().values()), cached.published_here()
    for each in here[:most]:
        st.markdown(contribute_words.release_entry(each, words))
    if not known and not here:
        st.markdown(words.text("Nothing has been released yet."))
    for release in known[: None if most is None else max(most - len(here), 0)]:
        st.markdown(_entry(release, words))
    st.caption(words.text("To be told of new data: [feed]({address}).", address=FEED))


def channels(words: Words) -> None:
    """List where the project itself tells its news."""
    found = cached.channels()
    if found:
        st.markdown("\n".join(f"- {card_markdown.web_link(each.title, each.address)}" for each in found))


def _entry(release: Release, words: Words) -> str:
    """Return one release as Markdown: version, day, its makers' words, what changed."""
    day, told = words.date(release.created), card_markdown.plain(summary(release, words))
    notes = f" {card_markdown.plain(' '.join(release.notes.split()))}" if release.notes else ""
    return f"**{release.version}** ({day}).{notes} {told}"


def _listed(lines: tuple[str, ...]) -> str:
    """Return lines of differences as a list; what starts with a dash lies under the line before."""
    told = [
        f"  - {card_markdown.plain(line[2:])}" if line.startswith("- ") else f"- {card_markdown.plain(line)}"
        for line in lines
    ]
    return "\n".join(told)
