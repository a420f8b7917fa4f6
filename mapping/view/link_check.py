"""Whether a link from a slide or a paper still holds: its release, and what of it the data no longer have."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from mapping.view.address import KEYS, Dropped, texts_of
from mapping.view.known import Known
from mapping.view.state import read_view

LONGEST_CHECKED: Final = 8_192
"""Characters of a link that are looked at; no server takes a longer address."""


@dataclass(frozen=True)
class LinkCheck:
    """What became of a link."""

    version: str
    """Data version the link asks for; empty where it asks for the newest."""
    has_release: bool
    """Whether the data of that version are here."""
    gone: tuple[Dropped, ...]
    """What of it the newest data do not have, the version set aside."""
    unknown_keys: tuple[str, ...]
    """Keys that mean nothing to the Atlas."""

    @property
    def holds(self) -> bool:
        """Return whether the link shows today all that it names."""
        return self.has_release and not self.gone


def checked_link(link: str, known: Known, versions: Collection[str]) -> LinkCheck | None:
    """Look at a link as it was copied.

    Parameters
    ----------
    link : str
        The whole address, or what stands after its question mark.
    known : Known
        What the newest data have.
    versions : collection of str
        Data versions that are here, the newest among them.

    Returns
    -------
    LinkCheck or None
        None where the text is no link with a query.
    """
    text = link.strip()[:LONGEST_CHECKED]
    try:
        query = parse_qs(urlsplit(text).query if "?" in text else text, max_num_fields=1_000)
    except ValueError:  # more fields than any link of ours, or a host that is none
        return None
    if not query:
        return None
    version = next(iter(texts_of(query, "v")), "")
    _, found = read_view({key: values for key, values in query.items() if key != "v"}, known)
    unknown = tuple(sorted(key for key in query if key not in KEYS and key != "embed"))
    return LinkCheck(version, not version or version in versions, found, unknown)
