"""What a page shows, as data: the base of slides, stills, briefs, share pages and stories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mapping.analysis.filter_words import chips, filters_in_words
from mapping.analysis.headlines import dateline
from mapping.errors import ViewError
from mapping.exports import (
    screen_access,
    screen_atlas,
    screen_countries,
    screen_obstacles,
    screen_partners,
    screen_solutions,
    screen_trials,
)
from mapping.exports.source_lines import source_lines
from mapping.exports.told import Asked, Told
from mapping.figures.pictures import Picture
from mapping.view.atlas import Atlas
from mapping.view.links import query_text
from mapping.view.state import ViewState
from mapping.words import Words, mark

GEO: Final = Path(__file__).resolve().parents[2] / "data" / "geo"
"""Outlines of countries and lakes."""
PAGE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": mark("Atlas"),
        "obstacles": mark("Obstacles"),
        "solutions": mark("Solutions"),
        "access": mark("Access"),
        "countries": mark("Countries"),
        "trials": mark("Trials"),
        "partners": mark("Partners"),
    }
)
"""Path of a page in the address -> its name."""


@dataclass(frozen=True)
class Screen:
    """One page as a reader sees it under one view."""

    page: str
    """Path in the address: empty for the Atlas, else as in :data:`PAGE_WORDS`."""
    view: ViewState
    headline: str
    """The finding, exactly the sentence the page shows."""
    dateline: str
    """Version and date of the data in words."""
    version: str
    """Data version, which the link carries."""
    filters: tuple[str, ...]
    """The filters set, in words."""
    filtered_by: str
    """The same as one sentence; says so where none is set."""
    pictures: tuple[Picture, ...]
    """In order of importance."""
    facts: tuple[tuple[str, str], ...]
    """Label and value as printed: the figures behind the headline."""
    method: str
    """What is counted and what it does not show."""
    sources: tuple[str, ...]
    """One line a source, those that give most first; the last says how many more there are."""

    def address(self, base: str) -> str:
        """Return the link of this view at a base address; it names the data version, so it stays true."""
        path = f"/{self.page}" if self.page else "/"
        return f"{base.rstrip('/')}{path}?{query_text(self.view, self.version)}"

    def undated(self, caption: str) -> str:
        """Return the line under a picture without version and date, for places that say both beside it."""
        return caption.replace(f"{self.dateline}.", "").replace("  ", " ").strip()


@dataclass(frozen=True)
class Step:
    """One step of a story: a slide, a part of a hand-out; a view and, where the story has its own, its words."""

    screen: Screen
    headline: str = ""
    """Replaces the finding as title; the finding then stands in the notes."""
    note: str = ""
    """What the speaker wants to say."""


def screen_of(atlas: Atlas, page: str, view: ViewState, words: Words, geo: Path = GEO) -> Screen:
    """Return what a page shows under a view.

    Parameters
    ----------
    atlas : Atlas
        The data.
    page : str
        Path of the page in the address.
    view : ViewState
        What the reader asked to see.
    words : Words
        The language.
    geo : Path
        Folder of the outlines.

    Raises
    ------
    ViewError
        There is no such page.
    """
    if page not in _SCREENS:
        raise ViewError(f"there is no page {page!r}; there are {', '.join(filter(None, _SCREENS))}")
    told = _SCREENS[page](Asked(atlas, view, words, geo))
    tables = atlas.tables
    filters = tuple(chip.text for chip in chips(tables, view, words)) if told.filters is None else told.filters
    return Screen(
        page=page,
        view=view,
        headline=told.headline,
        dateline=dateline(tables, words),
        version=tables.version,
        filters=filters,
        filtered_by=_filtered_by(atlas, page, view, filters, told.filters is not None, words),
        pictures=told.pictures,
        facts=told.facts,
        method=told.method,
        sources=source_lines(tables, told.source_ids, words),
    )


def _filtered_by(atlas: Atlas, page: str, view: ViewState, filters: tuple[str, ...], is_own: bool, words: Words) -> str:
    """Return the filters as one sentence; ``is_own`` where the page has its own words for them."""
    if page in {"", "access"} or (filters and not is_own):
        return filters_in_words(atlas.tables, view, words)
    return "; ".join(filters) if filters else words.text("No filter is set.")


_SCREENS: Final[Mapping[str, Callable[[Asked], Told]]] = MappingProxyType(
    {
        "": screen_atlas.told,
        "obstacles": screen_obstacles.told,
        "solutions": screen_solutions.told,
        "access": screen_access.told,
        "countries": screen_countries.told,
        "trials": screen_trials.told,
        "partners": screen_partners.told,
    }
)
"""Path of a page -> what it tells."""
