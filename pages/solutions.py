"""Solutions and paths forward: what has worked, what is missing, what is proposed, and a brief of it."""

import streamlit as st

from mapping.analysis.solution_words import chips_of, headline
from pages.parts import cached, chips, embed, header, link, solutions_filters, solutions_gaps, solutions_tabs

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
brief = solutions_tabs.written(atlas, view, words)

sentence = headline(atlas.tables, view, brief, words)
embed.alone(sentence, atlas, view, words, {"heatmap": lambda: solutions_gaps.show(atlas, view, words)})
header.show(sentence, atlas, dropped, words)
solutions_tabs.control(view, words)
chips.buttons(chips_of(atlas.tables, view, words), words)
with st.sidebar:
    solutions_filters.bar(atlas, view, words)
solutions_tabs.show(atlas, view, brief, words)
