"""How complete and how sure each table is, without flattery: an empty cell counts as empty, whatever its column."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mapping.analysis.asked_rows import completeness, weight_of
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.folding import fold
from mapping.words import Words

PROVENANCE = ("source_ids", "confidence", "retrieved")
"""Columns that say where a row comes from; always filled, so they are left out of completeness."""


@dataclass(frozen=True)
class TableOverview:
    """One table at a glance."""

    name: str
    rows: int
    columns: int
    filled: float
    """Share of cells that hold something, provenance and the id left out."""
    weighted: float | None
    """The same, each cell counted by how much rests on it; columns that can never be empty count nothing, and it is
    None where no column counts."""
    confidence: Mapping[str, int]
    """Confidence code to rows; empty for tables whose rows carry none."""
    sources: int
    """Distinct sources its rows rest on."""
    oldest: str
    """Oldest day on which a source of it was read, ISO; empty where no row says."""
    newest: str
    """Newest such day."""
    published: int | None
    """Year in which the source of the middle row was published; None where none is known."""


def overview(tables: Tables) -> tuple[TableOverview, ...]:
    """Return every sound table, in the order of the data package."""
    return tables.kept(("table overview",), lambda: tuple(_overview(tables, name) for name in tables.frames))


def _overview(tables: Tables, name: str) -> TableOverview:
    frame = tables.frames[name]
    facts = frame.drop(columns=[column for column in ("id", *PROVENANCE) if column in frame])
    sure = frame["confidence"].value_counts().to_dict() if "confidence" in frame else {}
    return TableOverview(
        name=name,
        rows=len(frame),
        columns=len(frame.columns),
        weighted=completeness(tables, {name: frame}),
        filled=float(facts.notna().to_numpy().mean()) if facts.size else 0.0,
        confidence={str(code): int(count) for code, count in sure.items()},
        sources=int(tables.pairs(name, "source_ids")["value"].nunique()) if "source_ids" in frame else 0,
        oldest=str(frame["retrieved"].min()) if "retrieved" in frame and len(frame) else "",
        newest=str(frame["retrieved"].max()) if "retrieved" in frame and len(frame) else "",
        published=_published(tables, name),
    )


def _published(tables: Tables, name: str) -> int | None:
    """Return the middle of the years of publication, of each row that of its newest source."""
    sources = tables.frames.get("sources")
    if sources is None or "source_ids" not in tables.frames[name]:
        return None
    named = tables.pairs(name, "source_ids")
    years = named.assign(year=named["value"].map(sources.set_index("id")["year"])).groupby("id")["year"].max().dropna()
    return int(years.median()) if len(years) else None


def column_quality(tables: Tables, name: str) -> pd.DataFrame:
    """Return what each column of a table holds and how much of it is filled.

    Returns
    -------
    DataFrame
        One row a column, in file order: column, title, description, holds (kind, unit, vocabulary or table referred
        to, in short), weight (how much a gap in it counts), filled (share of rows, 0 to 1), distinct (different
        values).
    """
    frame = tables[name]
    rows = [
        {
            "column": column.name,
            "title": column.title,
            "description": column.description,
            "holds": _holds(column.kind, column.unit, column.is_list, column.vocabulary, column.references),
            "weight": weight_of(tables, name, column.name),
            "filled": float(frame[column.name].notna().mean()) if len(frame) else 0.0,
            "distinct": int(frame[column.name].nunique()),
        }
        for column in tables.columns[name]
    ]
    return pd.DataFrame(rows, columns=["column", "title", "description", "holds", "weight", "filled", "distinct"])


def _holds(kind: str, unit: str | None, is_list: bool, vocabulary: str | None, references: str | None) -> str:
    what = f"id of {references}" if references else f"code: {vocabulary}" if vocabulary else unit or kind
    return f"list of {what}" if is_list else what


def source_use(tables: Tables, name: str) -> pd.DataFrame:
    """Return the sources a table rests on, the most used first.

    Returns
    -------
    DataFrame
        One row a source: rows (of the table that name it), title (its publisher where it was not catalogued),
        publisher, year, kind, url.
    """
    if "source_ids" not in tables[name]:
        return pd.DataFrame(columns=["rows", "title", "publisher", "year", "kind", "url"])
    used = tables.pairs(name, "source_ids")["value"].value_counts().rename("rows")
    told = tables["sources"].set_index("id")[["title", "publisher", "year", "kind", "url"]]
    joined = used.to_frame().join(told, how="left").sort_values(["rows", "url"], ascending=[False, True])
    return joined.assign(title=joined["title"].fillna(joined["publisher"])).reset_index(drop=True)


def whole_percent(share: float | None) -> float | None:
    """Return a share cut to whole per cent, never rounded up: what lacks a cell is not all there."""
    return None if share is None else math.floor(share * 100 + 1e-9) / 100


def rows_found(tables: Tables, name: str, text: str) -> pd.DataFrame:
    """Return the rows of a table in which every word of a text stands somewhere, accents and capitals set aside."""
    frame, wanted = tables[name], fold(text).split()
    if not wanted:
        return frame
    folded = tables.kept(("folded rows", name), lambda: _folded_rows(frame))
    return frame[[all(word in row for word in wanted) for row in folded]]


def _folded_rows(frame: pd.DataFrame) -> list[str]:
    texts = [column for column in frame.columns if frame[column].dtype == "str"]
    return [fold(" ".join(row)) for row in frame[texts].fillna("").to_numpy(dtype=object).tolist()]


def confidence_words(found: TableOverview, tables: Tables, words: Words) -> str:
    """Return the mix of confidence as words: "Verified 58 · Inferred 150"."""
    known = labels(tables, "confidence")
    said = [
        f"{words.label(tables, 'confidence', code)} {words.number(found.confidence[code])}"
        for code in known
        if code in found.confidence
    ]
    return " · ".join(said)
