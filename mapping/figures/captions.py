"""The line under each figure: where it comes from, of what day and version, and what it does not say."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mapping.analysis.headlines import dateline
from mapping.tables.loading import Tables
from mapping.words import Words, mark

SOURCES_NAMED: Final = 2
"""Publishers a line names before it only counts the rest."""
ATTRIBUTION: Final = mark(
    "Boundaries: Natural Earth (public domain), adapted. Places and population: GeoNames, CC BY 4.0, adapted."
)
UNDATED_PEOPLE: Final = mark("Numbers of people are those of GeoNames, which states no year.")
DISCLAIMER: Final = mark(
    "Boundaries and names shown do not imply any official opinion on the legal status of a territory."
)
KOSOVO: Final = mark(
    "* Kosovo: without prejudice to positions on status, in line with UNSCR 1244/1999 and the ICJ Opinion."
)


def caption(tables: Tables, source_ids: Sequence[str], words: Words, *notes: str) -> str:
    """Return the line under a figure.

    Parameters
    ----------
    tables : Tables
        The data.
    source_ids : sequence of str
        Sources the figure rests on, repeats allowed; the publishers of most of them are named.
    words : Words
        The reader's language.
    *notes : str
        What the figure does not show, as sentences.
    """
    told = _sources(tables, source_ids, words)
    line = words.text("{what}.", what=dateline(tables, words))
    return " ".join(part for part in (told, line, *notes) if part)


def map_caption(tables: Tables, source_ids: Sequence[str], words: Words, *notes: str) -> str:
    """Return the line under a map: as under any figure, then whose boundaries they are and what they do not say."""
    boundaries = (words.text(ATTRIBUTION), words.text(DISCLAIMER), words.text(KOSOVO))
    return caption(tables, source_ids, words, *notes, *boundaries)


def heatmap_caption(tables: Tables, source_ids: Sequence[str], words: Words) -> str:
    """Return the line under an obstacle heatmap: coverage is not burden."""
    return caption(
        tables,
        source_ids,
        words,
        words.text(
            "Each number counts distinct sources, so it shows where figures were published, not how big a hurdle is."
        ),
    )


def _sources(tables: Tables, source_ids: Sequence[str], words: Words) -> str:
    """Return how many sources there are, the commonest publishers named."""
    distinct = set(source_ids)
    if not distinct:
        return ""
    publishers = tables.kept(("publishers",), lambda: _publishers(tables))
    held = Counter(publishers[source] for source in distinct if source in publishers)
    named = sorted(held, key=lambda publisher: (-held[publisher], publisher))[:SOURCES_NAMED]
    if not named:
        return words.plural("Source: {n} page.", "Sources: {n} pages.", len(distinct))
    if len(held) > SOURCES_NAMED:
        return words.text("Sources: {n} pages, among them {publishers}.", n=len(distinct), publishers=words.list(named))
    return words.plural(
        "Source: {n} page, {publishers}.",
        "Sources: {n} pages, {publishers}.",
        len(distinct),
        publishers=words.list(named),
    )


def _publishers(tables: Tables) -> dict[str, str]:
    sources = tables.frames.get("sources")
    return {} if sources is None else dict(zip(sources["id"], sources["publisher"], strict=True))
