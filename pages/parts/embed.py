"""One picture of a page alone, to stand in another site's page: no bar, no filters, no tables."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from mapping.analysis.headlines import dateline
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import card_markdown, link

PICTURES: Final[Mapping[str, Mapping[str, str]]] = {
    "": {"map": mark("Map"), "heatmap": mark("Obstacles in the countries in view")},
    "obstacles": {"heatmap": mark("Heatmap of obstacles"), "map": mark("Map")},
    "solutions": {"heatmap": mark("Solutions by obstacle")},
    "access": {"map": mark("Map"), "distances": mark("People by distance"), "inequality": mark("Inequality")},
    "countries": {"profile": mark("Profile"), "ranking": mark("Ranking")},
    "trials": {
        "timeline": mark("Timeline"),
        "phases": mark("Phases"),
        "modalities": mark("Modalities"),
        "map": mark("Map"),
    },
    "partners": {"network": mark("Network"), "expertise": mark("Expertise")},
}
"""Page -> pictures that can stand alone, with what they are called; the first is shown where none is asked for."""
FRAME_PX: Final = 640
"""Height of the frame in the snippet."""


def alone(
    headline: str, atlas: Atlas, view: ViewState, words: Words, pictures: Mapping[str, Callable[[], None]]
) -> None:
    """Where the page is embedded, draw one of its pictures with its source and end the run; else do nothing.

    Parameters
    ----------
    headline : str
        The finding, as over the whole page.
    atlas, view, words
        The data, what is asked of it, and the language.
    pictures : Mapping
        Name in the address -> function that draws the picture, as in ``PICTURES``.
    """
    if not st.context.is_embedded:
        return
    st.html(Path(__file__).parent / "embed.css")
    with st.container(key="embedded", gap="small"):
        st.markdown(f"**{card_markdown.plain(headline)}**")
        pictures.get(view.shown, next(iter(pictures.values())))()
        whole = words.text("Open the interactive view")
        st.caption(f"ATMP Atlas · {dateline(atlas.tables, words)} · [{whole}]({link.citable(atlas.tables.version)})")
    st.stop()


def snippet(version: str, picture: str, title: str) -> str:
    """Return the lines of HTML that show one picture of this view in another page."""
    address = link.citable(version, embed="true", show=picture)
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{FRAME_PX}" '
        'loading="lazy" style="border:0"></iframe>'
    )
