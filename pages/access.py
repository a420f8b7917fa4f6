"""Access: how far people live from treatment, trials and makers, and what another site would change."""

import streamlit as st

from mapping.analysis.access_words import access_headline
from mapping.analysis.scenarios import sites_view
from pages.parts import (
    access_filters,
    access_next,
    access_pictures,
    access_scenario,
    access_state,
    access_tables,
    cached,
    chips,
    embed,
    empty,
    header,
    link,
    picture_list,
)

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
study = access_state.study(atlas, view)

headline = access_headline(atlas.tables, study.today, study.then, view, words)
pictures = {
    "map": lambda: access_pictures.show_map(atlas, view, study, words, headline),
    "distances": lambda: access_pictures.show_beside(atlas, view, study, words),
    "inequality": lambda: access_pictures.show_lorenz(atlas, view, study, words),
}
embed.alone(headline, atlas, view, words, pictures)
header.show(headline, atlas, dropped, words)
chips.row(atlas, view, words)
empty.show(atlas, sites_view(view), len(study.then.sites), words)
access_scenario.bar(atlas, view, study, words)
picture, beside = st.columns([2, 1], gap="medium")
with picture:
    access_pictures.show_map(atlas, view, study, words, headline)
    access_tables.changes(atlas, view, study, words)
    access_pictures.show_findings(atlas, view, study, words)
with beside:
    access_pictures.show_beside(atlas, view, study, words)
with st.sidebar:
    access_filters.bar(atlas, view, words)
search, inequality = st.columns([2, 1], gap="medium")
with search:
    access_next.show(atlas, view, study, words)
    access_pictures.show_regions(atlas, view, study, words)
with inequality:
    access_pictures.show_lorenz(atlas, view, study, words)
access_tables.tables(atlas, view, study, words)
access_tables.downloads(atlas, view, study, words)
picture_list.show("access", atlas, view, words)
