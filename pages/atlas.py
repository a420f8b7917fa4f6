"""The Atlas: where advanced therapies are made, tested and given, and what stands in their way there."""

import streamlit as st

from mapping.analysis.headlines import atlas_headline
from mapping.view.filtering import select
from pages.parts import (
    atlas_map,
    atlas_table,
    cached,
    chips,
    downloads,
    embed,
    empty,
    filters,
    header,
    link,
    obstacle_panel,
    side_panel,
)

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
selection = select(atlas, view)

headline = atlas_headline(atlas, selection, view, words)
pictures = {
    "map": lambda: atlas_map.show(atlas, view, selection, words, alt=headline),
    "heatmap": lambda: obstacle_panel.show(atlas, view, selection, words),
}
embed.alone(headline, atlas, view, words, pictures)
header.show(headline, atlas, dropped, words)
chips.row(atlas, view, words)
empty.unused(view, obstacle_panel.USED, words)
empty.show(atlas, view, len(selection.sites), words)
picture, panel = st.columns([2, 1], gap="medium")
with picture:
    atlas_map.controls(atlas, view, words)
    atlas_map.show(atlas, view, selection, words, alt=headline)
with panel:
    side_panel.show(atlas, view, selection, words)
with st.sidebar:
    filters.bar(atlas, view, selection, words)
atlas_table.show(atlas, view, selection, words)
downloads.row(atlas, view, selection, words)
