"""The card of the site picked, or, where a city is in focus, the list of its sites to pick from."""

from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.analysis.card import SiteCard
from mapping.analysis.site_card import site_card
from mapping.figures.palette import ROLE_STYLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import card_markdown, link

PANEL_HEIGHT_PX: Final = 590
"""As high as the map beside it; a long card scrolls inside."""
LISTED: Final = 60


def show(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw the card, or what there is to pick."""
    with st.container(height=PANEL_HEIGHT_PX, border=False, key="site_panel"):
        if view.site:
            _card(site_card(atlas, view.site, words), view, words)
        else:
            _city(atlas, view, selection, words)


def _card(card: SiteCard, view: ViewState, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="top", key="card_head"):
        st.subheader(card_markdown.plain(card.name), anchor=False)
        st.button(
            words.text("Close"),
            key="close_card",
            icon=":material/close:",
            type="tertiary",
            on_click=link.set_fields,
            kwargs={"site": ""},
        )
    st.markdown(card_markdown.place(card, words))
    for section in card_markdown.sections(card, words):
        st.markdown(section)
    if card.trials:
        with st.expander(words.plural("{n} trial here", "{n} trials here", len(card.trials))):
            st.markdown(card_markdown.trials(card, words))
    st.markdown(card_markdown.country(card, words))
    if card.neighbours:
        st.markdown(words.text("**Nearest other sites**"))
        for neighbour in card.neighbours:
            st.button(
                card_markdown.plain(f"{neighbour.name} · {neighbour.distance}"),
                key=f"near-{neighbour.id}",
                type="tertiary",
                on_click=link.set_fields,
                kwargs={"site": neighbour.id},
            )
    st.caption(card_markdown.footing(card, words))
    st.page_link(
        "data.py",
        label=words.text("Suggest a correction"),
        icon=":material/edit_note:",
        query_params=replace(view, part="correct", table="sites", row=view.site, version="", proposal=0).to_query(),
    )


def _city(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """List the sites in view of the city in focus, each a button that opens its card."""
    sites = atlas.tables["sites"].iloc[selection.sites]
    here = sites[sites["place_id"] == view.focus].sort_values("name")
    if here.empty:
        st.info(words.text("Pick a mark on the map or a row of the table to see all that is known about a site."))
        return
    st.markdown(words.plural("**{n} site here**", "**{n} sites here**", len(here)))
    roles = selection.marks.groupby("site_id")["role"].agg(list)
    for row in here.head(LISTED).itertuples(index=False):
        glyphs = "".join(ROLE_STYLES[role].glyph for role in roles[row.id])
        st.button(
            f"{glyphs} {card_markdown.plain(row.name)}",
            key=f"open-{row.id}",
            width="stretch",
            on_click=link.set_fields,
            kwargs={"site": row.id},
        )
