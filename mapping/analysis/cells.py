"""Rows of the tables as plain values: null as nothing, lists apart, codes in words, sources looked up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from mapping.analysis.card import Evidence, Source
from mapping.tables.loading import Tables
from mapping.words import Words

Row = Mapping[str, Any]


def rows_at(tables: Tables, table: str, positions: Sequence[int]) -> list[Row]:
    """Return rows of a table by position, as plain mappings with None for null."""
    whole_table = tables.kept(
        ("arrow", table), lambda: pa.Table.from_pandas(tables[table], preserve_index=False, nthreads=1)
    )
    rows: list[Row] = whole_table.take(list(positions)).to_pylist()
    return rows


def text(value: Any) -> str:
    """Return a cell's text, an empty one for null."""
    return "" if value is None else str(value)


def many(value: Any) -> tuple[str, ...]:
    """Return the elements of a list cell."""
    return tuple(text(value).split("|")) if text(value) else ()


def whole(value: Any) -> int | None:
    """Return a cell's whole number, None for null."""
    return None if value is None else int(value)


def said(tables: Tables, words: Words, vocabulary: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes in words."""
    return tuple(words.label(tables, vocabulary, code) for code in codes)


def names_of(tables: Tables, table: str, column: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return what rows of another table are called, the id itself where the table cannot tell."""
    names = tables.kept(("names", table, column), lambda: _names(tables, table, column))
    return tuple(names.get(row_id, row_id) for row_id in ids)


def evidence(tables: Tables, words: Words, row: Row) -> Evidence:
    """Return what a row rests on."""
    known = tables.kept(("source rows",), lambda: _source_rows(tables))
    sources = (_source(tables, words, known[source]) for source in many(row["source_ids"]) if source in known)
    confidence = text(row["confidence"])
    label = words.label(tables, "confidence", confidence)
    return Evidence(confidence, label, tuple(sources), text(row["retrieved"]))


def _names(tables: Tables, table: str, column: str) -> Mapping[str, str]:
    frame = tables.frames.get(table)
    return {} if frame is None else dict(zip(frame["id"], frame[column], strict=True))


def _source_rows(tables: Tables) -> Mapping[str, Row]:
    if "sources" not in tables.frames:
        return {}
    return {row["id"]: row for row in rows_at(tables, "sources", range(len(tables["sources"])))}


def _source(tables: Tables, words: Words, row: Row) -> Source:
    return Source(
        id=text(row["id"]),
        title=text(row["title"]) or text(row["publisher"]),
        publisher=text(row["publisher"]),
        url=text(row["url"]),
        year=whole(row["year"]),
        retrieved=text(row["retrieved"]),
        kind=words.label(tables, "source_kind", text(row["kind"])),
    )
