"""The partners: who takes part, who knows which stage, who works with whom, and where there is nobody."""

import streamlit as st

from mapping.analysis.partner_matrix import in_view, masks, partners
from mapping.analysis.partner_words import partners_headline
from pages.parts import (
    cached,
    chips,
    embed,
    header,
    link,
    partners_filters,
    partners_lists,
    partners_pictures,
    picture_list,
)

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
shown = in_view(masks(atlas, view), partners(atlas.tables))

headline = partners_headline(shown, atlas, view, words)
pictures = {
    "network": lambda: partners_pictures.show_network(atlas, view, shown, words),
    "expertise": lambda: partners_pictures.show_expertise(atlas, view, shown, words),
}
embed.alone(headline, atlas, view, words, pictures)
header.show(headline, atlas, dropped, words)
chips.row(atlas, view, words)
partners_filters.notes(atlas, view, words)
network, expertise = st.columns([3, 2], gap="medium")
with network:
    partners_pictures.show_network(atlas, view, shown, words)
with expertise:
    partners_pictures.show_expertise(atlas, view, shown, words)
    partners_pictures.show_links(atlas, view, words)
with st.sidebar:
    partners_filters.bar(atlas, view, words)
partners_pictures.show_link_table(atlas, view, words)
coverage, packages = st.columns([3, 2], gap="medium")
with coverage:
    partners_pictures.show_coverage(atlas, view, shown, words)
with packages:
    partners_lists.show_work_packages(atlas, words)
partners_lists.show(atlas, view, shown, words)
picture_list.show("partners", atlas, view, words)
