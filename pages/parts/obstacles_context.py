"""What explains obstacles in each country: law, procedure, payment, time; each with its year and source."""

from typing import Final

import streamlit as st

from mapping.analysis.country_context import INDICATORS, Fact, context_sources, country_contexts
from mapping.figures.captions import caption
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import card_markdown

_LIMITS: Final = (
    mark("Baskets and years differ between columns: compare within a column and year only."),
    mark("Days to availability are about all new medicines, not ATMPs."),
    mark("Not assessed is neither a no nor a zero."),
)


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the table of the countries in view."""
    contexts = country_contexts(atlas.tables, words, view.countries)
    st.subheader(words.text("Countries in context: law, procedure, payment, time"), anchor=False)
    heads = [
        words.text("Country"),
        *(card_markdown.plain(words.label(atlas.tables, "indicator", c)) for c in INDICATORS),
    ]
    lines = [heads, ["---"] * len(heads)]
    none = f":gray[{words.text('not assessed')}]"
    for context in contexts:
        cells = [_cell(context.facts[code], words) if code in context.facts else none for code in INDICATORS]
        lines.append([card_markdown.plain(words.country(atlas.tables, context.country)), *cells])
    with st.container(key="obstacle_context", height=480):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
    notes = (words.text(limit) for limit in _LIMITS)
    st.caption(card_markdown.plain(caption(atlas.tables, context_sources(contexts), words, *notes)))


def _cell(fact: Fact, words: Words) -> str:
    """Return one answer with its year, linked to its source."""
    year = f" ({fact.year})" if fact.year else f" ({words.text('undated')})"
    label = f"{fact.told}{year}"
    return card_markdown.web_link(label, fact.sources[0].url) if fact.sources else card_markdown.plain(label)
