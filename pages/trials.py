"""The trials: what is in development, how far it has come, and how few products have been authorised."""

import streamlit as st

from mapping.analysis.approvals import products_in_view, tally
from mapping.analysis.pipeline import pipeline
from mapping.analysis.pipeline_words import pipeline_headline
from pages.parts import (
    cached,
    chips,
    embed,
    header,
    link,
    picture_list,
    trials_filters,
    trials_limits,
    trials_maps,
    trials_pictures,
    trials_table,
)

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
found = pipeline(atlas, view)
products = tally(products_in_view(atlas.tables, view))

headline = pipeline_headline(found, products, atlas, view, words)
pictures = {
    "timeline": lambda: trials_pictures.show_timeline(atlas, view, found, words),
    "phases": lambda: trials_pictures.show_bars(trials_pictures.BESIDE, atlas, view, found, words),
    "modalities": lambda: trials_pictures.show_bars(("modality",), atlas, view, found, words),
    "map": lambda: trials_maps.show_map(atlas, view, found, words),
}
embed.alone(headline, atlas, view, words, pictures)
header.show(headline, atlas, dropped, words)
chips.row(atlas, view, words)
trials_filters.notes(view, found, words)
picture, beside = st.columns([2, 1], gap="medium")
with picture:
    trials_pictures.show_timeline(atlas, view, found, words)
with beside:
    trials_pictures.show_bars(trials_pictures.BESIDE, atlas, view, found, words)
with st.sidebar:
    trials_filters.bar(atlas, view, found, words)
trials_pictures.show_below(atlas, view, found, words)
trials_pictures.show_tables(atlas, view, found, words)
trials_maps.show(atlas, view, found, words)
trials_table.show(atlas, view, found, words)
trials_table.show_products(atlas, view, words)
picture_list.show("trials", atlas, view, words)
trials_limits.show(atlas, found, words)
