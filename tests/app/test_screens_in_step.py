"""What goes out as slides and stills says what the page says."""

from __future__ import annotations

import pytest

from mapping.exports.screens import screen_of
from mapping.view.atlas import open_atlas
from mapping.view.state import read_view
from mapping.words import Words
from tests.app.conftest import ROOT, Open, letters

VIEWS = [
    ("", "atlas.py", {"country": ["DE"], "class": ["GTMP"]}),
    ("", "atlas.py", {"style": ["countries"]}),
    ("obstacles", "obstacles.py", {"matrix": ["stage"], "country": ["IT"]}),
    ("solutions", "solutions.py", {"tab": ["gaps"]}),
    ("access", "access.py", {"km": ["100"], "country": ["RO"]}),
    ("countries", "countries.py", {"country": ["DE", "FR"]}),
    ("trials", "trials.py", {"class": ["GTMP"]}),
    ("partners", "partners.py", {"stage": ["manufacturing"]}),
]


@pytest.mark.parametrize(("page", "script", "query"), VIEWS)
def test_a_screen_has_the_headline_and_the_dateline_of_its_page(
    opened: Open, page: str, script: str, query: dict[str, list[str]]
) -> None:
    app = opened(query, None if script == "atlas.py" else script)
    atlas = open_atlas(ROOT / "data")
    view, _ = read_view(query, atlas.known)
    screen = screen_of(atlas, page, view, Words())
    assert letters(app.title[0].value) == screen.headline
    assert screen.dateline in [caption.value for caption in app.caption]
