"""The picture of a step: the live map of its page, or its heatmap or chart in the letters of a slide."""

import base64
import html
from collections.abc import Hashable
from typing import Final

import streamlit as st

from mapping.exports.screens import Screen
from mapping.exports.stage_picture import on_stage, stage_png
from mapping.figures.pictures import MapPicture, Picture
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import access_pictures, access_state, atlas_map

LIVE: Final = ("", "access")
"""Pages whose map is drawn live; the maps of the others are pictures."""
STAGE_PX: Final = (800, 400)
"""Width and height of a map on the stage, before the stage grows to fill the screen."""


def show(screen: Screen, atlas: Atlas, view: ViewState, words: Words, headline: str) -> None:
    """Draw the first picture of a screen."""
    first = screen.pictures[0]
    if not isinstance(first, MapPicture) or screen.page not in LIVE:
        st.html(_drawn(first, words, (screen.page, screen.version, view, words.lang)))
    elif screen.page == "access":
        study = access_state.study(atlas, view)
        access_pictures.show_map(atlas, view, study, words, headline, STAGE_PX, STAGE_PX[1])
    else:
        atlas_map.show(atlas, view, select(atlas, view), words, headline, STAGE_PX)


def caption(screen: Screen, words: Words) -> str:
    """Return the line under the first picture of a screen: of a live map, only what is true of it there."""
    first = screen.pictures[0]
    if isinstance(first, MapPicture) and screen.page in LIVE:
        return first.live_caption
    return on_stage(first, words).caption


@st.cache_data(show_spinner=False, max_entries=64)
def _drawn(_picture: Picture, _words: Words, key: Hashable) -> str:
    """Return the picture as an image in the page, so that it shows without another request."""
    content, alt = stage_png(_picture, _words)
    source = base64.b64encode(content).decode()
    return f'<div class="atlas-drawn"><img alt="{html.escape(alt)}" src="data:image/png;base64,{source}"></div>'
