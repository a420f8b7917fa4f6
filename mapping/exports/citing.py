"""How a view or the data are cited: in words, as BibTeX and RIS for reference managers, as CITATION.cff."""

import json
from dataclasses import dataclass

from mapping.exports.edition import LICENCE, MAKERS, TITLE
from mapping.tables.loading import Tables
from mapping.words import Words


@dataclass(frozen=True)
class Citation:
    """What a citation names."""

    version: str
    """Data version."""
    date: str
    """Day the data were collected up to, YYYY-MM-DD; empty where unknown."""
    link: str
    """Address of exactly this view; empty for the data as a whole."""
    read: str = ""
    """Day on which it was read, YYYY-MM-DD; empty to leave it out."""

    @property
    def year(self) -> str:
        """Return the year of the data."""
        return self.date[:4]


def as_text(cited: Citation, words: Words) -> str:
    """Return a citation in words."""
    told = words.text(
        "{makers}. {title}, data version {version} ({date}). CC BY 4.0.",
        makers=MAKERS,
        title=TITLE,
        version=cited.version,
        date=words.date(cited.date) if cited.date else words.text("undated"),
    )
    read = words.text("Read on {date}.", date=words.date(cited.read)) if cited.read else ""
    return " ".join(part for part in (told, cited.link, read) if part)


def as_bibtex(cited: Citation) -> str:
    """Return a citation as BibTeX."""
    fields = {
        "author": f"{{{MAKERS}}}",
        "title": f"{{{TITLE}}}",
        "year": cited.year,
        "version": cited.version,
        "note": f"Data version {cited.version}, collected up to {cited.date}. {LICENCE}",
        "url": cited.link,
        "urldate": cited.read,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@misc{atmp-atlas-" + cited.version + ",\n" + ",\n".join(lines) + "\n}\n"


def as_ris(cited: Citation) -> str:
    """Return a citation as RIS, lines ended as that format asks."""
    fields = [
        ("TY", "DATA"),
        ("AU", MAKERS),
        ("TI", f"{TITLE}, data version {cited.version}"),
        ("PY", cited.year),
        ("DA", cited.date.replace("-", "/")),
        ("ET", cited.version),
        ("UR", cited.link),
        ("Y2", cited.read.replace("-", "/")),
        ("N1", LICENCE),
    ]
    told = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*told, "ER  - ", ""])


def citation_file(version: str, date: str) -> str:
    """Return CITATION.cff (Citation File Format 1.2.0) for the data."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below, with the version and the link of the view.",
        "type": "dataset",
        "title": TITLE,
        "version": version,
        **({"date-released": date} if date else {}),
        "license": LICENCE,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    return "\n".join([*lines, "authors:", f"  - name: {json.dumps(MAKERS)}", ""])


def citation_of(tables: Tables) -> bytes:
    """Return CITATION.cff for a package of files made of these tables."""
    return citation_file(tables.version, tables.released).encode()
