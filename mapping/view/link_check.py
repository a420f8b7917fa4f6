"""Whether a link that somebody kept still opens what it opened."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from mapping.tables.releases import plain_version
from mapping.view.known import Known
from mapping.view.state import Dropped, read_view

LONGEST_READ = 8192
"""Characters of a link that are looked at."""


@dataclass(frozen=True)
class LinkCheck:
    """What a link asks for, held against the releases and the newest data."""

    version: str
    """The release it names, empty for none."""
    is_released: bool
    """Whether that release is here, so that the link opens as it was."""
    dropped: tuple[Dropped, ...]
    """What it asks for and the newest data do not have."""


def link_check(link: str, known: Known, releases: Collection[str]) -> LinkCheck:
    """Return how a link of any page stands; what is no link asks for nothing.

    Parameters
    ----------
    link : str
        A whole address, or what stands after its question mark.
    known : Known
        What the newest data have.
    releases : collection of str
        The versions that are here.
    """
    try:
        query = urlsplit(link.strip()[:LONGEST_READ]).query or link.strip()[:LONGEST_READ].lstrip("?")
        asked = parse_qs(query, max_num_fields=1000)
    except ValueError:
        return LinkCheck("", False, ())
    version = plain_version(asked["v"][-1]) if "v" in asked else ""
    _, dropped = read_view(asked, known)
    return LinkCheck(version, version in releases, tuple(dropped))
