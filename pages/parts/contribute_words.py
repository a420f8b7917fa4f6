"""Words that several parts of contributing share: a moment, and a release as one line."""

from typing import TYPE_CHECKING

from mapping.words import Words
from pages.parts import card_markdown

if TYPE_CHECKING:
    from mapping.store.records import Published  # with the database, which a page that only shows does not import


def moment(iso: str, words: Words) -> str:
    """Return day and time of an act."""
    return words.text("{day}, {time} UTC", day=words.date(iso[:10]), time=iso[11:16])


def release_entry(release: "Published", words: Words) -> str:
    """Return one release as Markdown: version, when, notes, how many rows."""
    when = moment(release.at, words)
    rows = words.plural("{n} row", "{n} rows", len(release.operations))
    back = ""
    if release.undoes is not None:
        back = " " + words.text("Rolls back release {number}.", number=str(release.undoes))
    notes = card_markdown.plain(" ".join(release.notes.split()))
    return f"**{release.version}** ({when}, {rows}).{back} {notes}"
