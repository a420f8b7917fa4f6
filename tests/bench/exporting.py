"""Times what leaves the house: slides of a story, a brief as PDF, and the share page of each page, in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.share_api import Share
from mapping.exports.brief_pdf import brief_pdf
from mapping.exports.screens import PAGE_WORDS, Step, screen_of
from mapping.exports.slides import slides
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.words import Words

BASE, WORDS = "https://example.org", Words("en")
SLIDES, WARM = 12, 20
SLIDES_S, BRIEF_S, SHARE_S = 10.0, 3.0, 0.3
BEFORE = ("DE", "FR")
"""Countries of the views that warm a page."""
COUNTRIES = ("IT", "ES", "PL", "SE", "NL")
"""A country a view, so that each is new to the server."""


@dataclass(frozen=True)
class PageSpeed:
    """Seconds of the share page of one page."""

    page: str
    warm: float
    """Median, of a view asked for before."""
    new: float
    """Median, of a view nobody asked for."""


@dataclass(frozen=True)
class ExportSpeed:
    """Seconds of what was made, views counted in."""

    slides: float
    brief: float
    """Median over the pages."""
    shares: tuple[PageSpeed, ...]


def measured(folder: Path) -> ExportSpeed:
    """Return the time of each export on the data of a folder; the libraries are loaded before."""
    atlas = open_atlas(folder)
    slides(_steps(atlas, BEFORE, len(PAGE_WORDS)), WORDS, BASE)
    brief_pdf([_step(atlas, "", BEFORE[0])], atlas.tables, WORDS, BASE)
    told = _seconds(lambda: slides(_steps(atlas, COUNTRIES, SLIDES), WORDS, BASE))
    briefs = [
        _seconds(lambda page=page: brief_pdf([_step(atlas, page, "PT")], atlas.tables, WORDS, BASE))
        for page in PAGE_WORDS
    ]
    return ExportSpeed(told, median(briefs), tuple(_share(folder, page) for page in PAGE_WORDS))


def _steps(atlas: Atlas, countries: Sequence[str], most: int) -> list[Step]:
    """Return each page under each country, country by country, as many as asked."""
    pairs = [(page, country) for country in countries for page in PAGE_WORDS]
    return [_step(atlas, page, country) for page, country in pairs[:most]]


def _step(atlas: Atlas, page: str, country: str) -> Step:
    return Step(screen_of(atlas, page, ViewState(countries=(country,)), WORDS))


def _share(folder: Path, page: str) -> PageSpeed:
    atlas = open_atlas(folder)
    share = Share(Desk(lambda: atlas, folder))

    def asked(country: str) -> float:
        return _seconds(lambda: _answer(share, f"page={page}&country={country}" if page else f"country={country}"))

    for country in BEFORE:
        asked(country)
    new = median(asked(country) for country in COUNTRIES)
    return PageSpeed(page, median(asked(COUNTRIES[0]) for _ in range(WARM)), new)


def _answer(share: Share, query: str) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "https",
        "path": "/share",
        "headers": [(b"host", b"example.org")],
    }
    response = share.answer(Request({**scope, "query_string": query.encode(), "server": ("example.org", 443)}))
    if response.status_code != 200:
        raise RuntimeError(f"share page of {query}: status {response.status_code}")


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


if __name__ == "__main__":
    speed = measured(Path(__file__).resolve().parents[2] / "data")
    print(f"{SLIDES} slides {speed.slides:.2f} s, brief {speed.brief:.2f} s")
    for one in speed.shares:
        print(f"share page {one.page or 'atlas'}: warm {one.warm * 1000:.1f} ms, new view {one.new * 1000:.0f} ms")
