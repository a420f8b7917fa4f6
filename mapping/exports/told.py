"""What a page is asked for and what it tells: between the pages' own modules and :mod:`mapping.exports.screens`."""

from dataclasses import dataclass
from pathlib import Path

from mapping.figures.palette import Theme
from mapping.figures.pictures import Picture
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

PAPER: Theme = "light"
"""Files are light, for paper and for projectors in lit rooms."""


@dataclass(frozen=True)
class Asked:
    """One view of one page."""

    atlas: Atlas
    view: ViewState
    words: Words
    geo: Path
    """Folder of the outlines."""


@dataclass(frozen=True)
class Told:
    """What the page shows of it."""

    headline: str
    pictures: tuple[Picture, ...]
    facts: tuple[tuple[str, str], ...]
    method: str
    source_ids: tuple[str, ...]
    """Sources it rests on, repeats allowed."""
    filters: tuple[str, ...] | None = None
    """The filters set, in words, where the page has its own words for them."""
