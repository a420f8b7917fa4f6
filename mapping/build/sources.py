"""Names for the pages that facts come from, and the table of them."""

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

READABLE_CHARACTERS = 40
"""Longest readable part of an id made from an address."""


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
    address = re.sub(r"^https?://(www\.)?", "", url.strip()).rstrip("/")
    return hashlib.sha256(address.encode("utf-8")).hexdigest()[:6]
