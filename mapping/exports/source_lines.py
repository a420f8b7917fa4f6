"""The sources of what is shown as lines for paper: those that give most first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mapping.tables.loading import Tables
from mapping.words import Words

LISTED: Final = 12
"""Sources named in full; the rest are counted."""


def source_lines(tables: Tables, source_ids: Sequence[str], words: Words, most: int = LISTED) -> tuple[str, ...]:
    """Return one line a source: publisher, title, year, address; the last line counts those left out."""
    known = tables.kept(("source lines",), lambda: _lines(tables))
    used = tables.kept(("source uses",), lambda: _uses(tables))
    held = Counter(source for source in source_ids if source in known)
    ordered = sorted(held, key=lambda source: (-held[source], -used[source], source))
    lines = [known[source] for source in ordered[:most]]
    more = len(ordered) - len(lines)
    if more:
        lines.append(words.plural("and {n} more page", "and {n} more pages", more))
    return tuple(lines)


def _uses(tables: Tables) -> Counter[str]:
    """Return how many rows of all tables rest on each source."""
    cells = (frame["source_ids"].dropna() for frame in tables.frames.values() if "source_ids" in frame)
    return Counter(source for column in cells for cell in column for source in str(cell).split("|"))


def _lines(tables: Tables) -> Mapping[str, str]:
    sources = tables.frames.get("sources")
    if sources is None:
        return {}
    wanted = (sources[name] for name in ("id", "publisher", "title", "year", "url"))
    return {str(source): _line(*rest) for source, *rest in zip(*wanted, strict=True)}


def _line(publisher: Any, title: Any, year: Any, url: Any) -> str:
    said = ", ".join(str(part) for part in (publisher, title, year) if not pd.isna(part) and str(part))
    return said if pd.isna(url) else f"{said}. {url}"
