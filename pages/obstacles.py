"""The obstacles: which hurdles stand in the way, where, who says so, and how far the sources agree."""

import streamlit as st

from mapping.analysis.obstacle_headline import obstacle_headline
from pages.parts import (
    cached,
    chips,
    embed,
    empty,
    header,
    link,
    obstacles_context,
    obstacles_data,
    obstacles_downloads,
    obstacles_filters,
    obstacles_heatmap,
    obstacles_side,
)

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
matrix = obstacles_data.matrix(atlas, view)

headline = obstacle_headline(atlas.tables, matrix, words)
pictures = {
    "heatmap": lambda: obstacles_heatmap.show(atlas, view, matrix, words),
    "map": lambda: obstacles_side.show_map(atlas, view, matrix, words),
}
embed.alone(headline, atlas, view, words, pictures)
header.show(headline, atlas, dropped, words)
chips.row(atlas, view, words)
empty.unused(view, obstacles_filters.USED, words)
obstacles_heatmap.controls(atlas, view, words)
picture, side = st.columns([13, 5], gap="medium")
with picture:
    obstacles_heatmap.show(atlas, view, matrix, words)
with side:
    obstacles_side.show(atlas, view, matrix, words)
with st.sidebar:
    obstacles_filters.bar(atlas, view, words)
obstacles_heatmap.table(atlas, matrix, words)
obstacles_downloads.row(atlas, view, matrix, words)
obstacles_context.show(atlas, view, words)
