"""The picture of a link's preview, opened again by Pillow."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from mapping.exports.link_card import SIZE, link_card
from mapping.exports.screens import PAGE_WORDS, screen_of
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

GERMANY = ViewState(countries=("DE",), focus="DE")


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_every_page_has_one_of_the_size_that_previews_take(atlas: Atlas, mini_folder: Path, page: str) -> None:
    screen = screen_of(atlas, page, GERMANY, Words(), mini_folder / "geo")
    picture = Image.open(io.BytesIO(link_card(screen, Words())))
    assert (picture.format, picture.size) == ("PNG", SIZE)
    assert len(picture.convert("RGB").getcolors(200_000) or []) > 20


def test_a_long_finding_stays_inside(atlas: Atlas, mini_folder: Path) -> None:
    screen = screen_of(atlas, "", GERMANY, Words(), mini_folder / "geo")
    long = replace(screen, headline="example <b> & " * 40)
    picture = Image.open(io.BytesIO(link_card(long, Words()))).convert("L")
    assert picture.crop((0, 0, 20, SIZE[1])).getextrema() == (255, 255)
    assert picture.crop((0, SIZE[1] - 20, 500, SIZE[1])).getextrema() == (255, 255)
