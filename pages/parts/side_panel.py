"""Beside the map: what stands in the way in the countries in view, and the card of the site picked."""

from typing import Final

import streamlit as st

from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import obstacle_panel, site_panel

_OBSTACLES: Final = "obstacles"
_SITE: Final = "site"


def show(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw the two parts of the panel; the card opens itself when a site is picked."""
    if view.site != st.session_state.get("panel_site", ""):
        st.session_state["panel_site"] = view.site
        st.session_state["panel"] = _SITE if view.site else _OBSTACLES
    st.session_state.setdefault("panel", _OBSTACLES)
    names = {_OBSTACLES: words.text("Obstacles"), _SITE: words.text("Site")}
    chosen = st.segmented_control(
        words.text("Beside the map"),
        list(names),
        required=True,
        format_func=names.__getitem__,
        key="panel",
        label_visibility="collapsed",
    )
    if chosen == _SITE:
        site_panel.show(atlas, view, selection, words)
    else:
        obstacle_panel.show(atlas, view, selection, words)
