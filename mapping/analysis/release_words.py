"""What is new in the data, in words: for the banner over an old link, the list of releases and the feed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from mapping.analysis.table_titles import table_title
from mapping.tables.differences import RowChange, TableDifference
from mapping.tables.loading import Tables
from mapping.tables.releases import Release
from mapping.words import Words, mark, mark_plural

ROWS_NAMED: Final = 5
"""Rows of a table that a list names before it only counts the rest."""
ADDED: Final = mark_plural("{n} added", "{n} added")
CHANGED: Final = mark_plural("{n} changed", "{n} changed")
REMOVED: Final = mark_plural("{n} removed", "{n} removed")
SITES_ADDED: Final = mark_plural("{n} site added", "{n} sites added")
SITES_CHANGED: Final = mark_plural("{n} site changed", "{n} sites changed")
SITES_REMOVED: Final = mark_plural("{n} site removed", "{n} sites removed")


def news_sentence(found: Sequence[TableDifference], words: Words) -> str:
    """Return the news in one sentence, sites first: "14 sites added, 2 changed"; of another table if none of these."""
    by_table = {difference.table: difference for difference in found}
    told = [difference for difference in found if any(_counts(difference))]
    if "sites" in by_table and any(_counts(by_table["sites"])):
        return _sites(by_table["sites"], words)
    if not told:
        return words.text("The same rows, some read again")
    most = max(told, key=lambda difference: sum(_counts(difference)))
    return words.text("{table}: {counts}", table=table_title(most.table, words), counts=counts_words(most, words))


def counts_words(difference: TableDifference, words: Words) -> str:
    """Return how many rows were added, changed and removed: "14 added, 2 changed"."""
    added, changed, removed = _counts(difference)
    told = [
        words.plural(*ADDED, added) if added else "",
        words.plural(*CHANGED, changed) if changed else "",
        words.plural(*REMOVED, removed) if removed else "",
        words.plural("{n} read again", "{n} read again", difference.reread) if difference.reread else "",
    ]
    return ", ".join(part for part in told if part)


def difference_lines(found: Sequence[TableDifference], words: Words) -> Iterator[str]:
    """Yield one line a table, and under it one a kind of change with the names of the most telling rows."""
    for difference in found:
        table, counts = table_title(difference.table, words), counts_words(difference, words)
        yield words.text("{table}: {counts}", table=table, counts=counts)
        for told, rows in (
            (mark("Added: {rows}"), difference.added),
            (mark("Changed: {rows}"), difference.changed),
            (mark("Removed: {rows}"), difference.removed),
        ):
            if rows:
                yield "- " + words.text(told, rows=_named(rows, words))


def release_text(release_number: str, found: Sequence[TableDifference], now: Tables, words: Words, notes: str) -> str:
    """Return the change log of one release as text.

    Parameters
    ----------
    release_number : str
        Its version.
    found : Sequence
        The differences to the release before; nothing for the first one.
    now : Tables
        The data released.
    words : Words
        The language.
    notes : str
        What its makers say.
    """
    head = words.text("Data {version}", version=release_number)
    if found:
        lines = [*difference_lines(found, words)]
    else:
        rows = sum(len(frame) for frame in now.frames.values())
        lines = [words.text("First release: {rows} rows in {tables} tables.", rows=rows, tables=len(now.frames))]
    return "\n".join([head, "", *([notes.strip(), ""] if notes.strip() else []), *lines]) + "\n"


def summary(release: Release, words: Words) -> str:
    """Return the changes of a release in one sentence."""
    if not release.previous:
        return words.text(
            "First release: {rows} rows in {tables} tables.", rows=sum(release.rows.values()), tables=len(release.rows)
        )
    told = [
        words.text("{table}: {counts}", table=table_title(name, words), counts=_told_counts(counts, words))
        for name, counts in release.changes.items()
    ]
    return "; ".join(told)


def _told_counts(counts: Mapping[str, int], words: Words) -> str:
    rows = {kind: (RowChange("", "", {}),) * counts.get(kind, 0) for kind in ("added", "changed", "removed")}
    return counts_words(TableDifference("", **rows, reread=counts.get("reread", 0)), words)


def _counts(difference: TableDifference) -> tuple[int, int, int]:
    return len(difference.added), len(difference.changed), len(difference.removed)


def _sites(difference: TableDifference, words: Words) -> str:
    """Return what became of the sites; the first part names them, the others count on."""
    added, changed, removed = _counts(difference)
    kinds = [
        (added, SITES_ADDED, ADDED),
        (changed, SITES_CHANGED, CHANGED),
        (removed, SITES_REMOVED, REMOVED),
    ]
    there = [(count, whole, short) for count, whole, short in kinds if count]
    told = [words.plural(*(short if number else whole), count) for number, (count, whole, short) in enumerate(there)]
    return ", ".join(told)


def _named(rows: Sequence[RowChange], words: Words) -> str:
    """Return the names of the rows that differ most, and how many more there are."""
    first = sorted(rows, key=lambda row: (-len(row.columns), row.name))[:ROWS_NAMED]
    names = "; ".join(row.name for row in first)
    if len(rows) <= ROWS_NAMED:
        return names
    return words.plural("{names}; and {n} more", "{names}; and {n} more", len(rows) - ROWS_NAMED, names=names)
