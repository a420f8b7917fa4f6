"""The brief: what others did about the obstacles picked, or about those of a country, to share and to print."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from mapping.analysis.answer_cards import SolutionCard
from mapping.analysis.brief import Brief, Chapter, obstacles_of
from mapping.analysis.cells import names_of
from mapping.figures.captions import caption
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, filters, link, print_button, solutions_markdown
from pages.parts.card_markdown import plain

EXAMPLES: Final = 4


def choices(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of obstacles and of countries."""
    frame = atlas.tables["obstacles"]
    names = dict(sorted(zip(frame["id"], frame["title"], strict=True), key=lambda item: item[1]))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        filters.choice("about", words.text("Obstacles"), names, None, view, words)
    with right:
        filters.choice("country", words.text("Country"), cached.country_names(atlas, words), None, view, words)
    st.caption(
        words.text(
            "A country alone takes the obstacles with most sources about it. With obstacles picked, the country only "
            "parts its own solutions from those of others. Share it with the button “Copy link”."
        )
    )


def show(atlas: Atlas, written: Brief | None, view: ViewState, words: Words) -> None:
    """Draw the brief, or offer a few to start from."""
    with st.container(key="brief_choices"):
        choices(atlas, view, words)
        if written is not None:
            print_button.show(words)
    if written is None:
        _examples(atlas, words)
        return
    with st.container(key="brief"):
        st.markdown(f"**{plain(written.summary)}**")
        for chapter in written.chapters:
            _chapter(chapter, view, atlas, words)
        if written.others:
            st.markdown(f"**{words.text('Also named there')}**: {plain(words.list(list(written.others)))}")
        note = words.text(
            "Composed from the tables of the Atlas. A solution on record is not a recommendation; statuses are as of "
            "each source; horizon and lead actor of a path are our reading."
        )
        st.caption(plain(caption(atlas.tables, written.source_ids, words, note)))
        with st.container(key="brief_address"):  # on paper only, where the address bar is not
            st.caption(
                words.text("This brief on the screen: {address}", address=plain(link.citable(atlas.tables.version)))
            )


def _chapter(chapter: Chapter, view: ViewState, atlas: Atlas, words: Words) -> None:
    st.subheader(plain(chapter.title), anchor=chapter.obstacle)
    st.markdown(f"{plain(chapter.description)}  \n:gray[{plain(chapter.evidenced)}]")
    if chapter.here:
        places = words.list([words.country(atlas.tables, code) for code in view.countries])
        _entries(words.text("Already there ({places})", places=places), chapter.here, words)
    if chapter.elsewhere:
        _entries(words.text("What others did"), chapter.elsewhere, words)
    elif not chapter.here:
        st.markdown(words.text("No solution is on record for this obstacle."))
    if chapter.paths:
        lines = [f"- {solutions_markdown.path_line(card, words)}" for card in chapter.paths]
        st.markdown(f"**{words.text('Proposed')}**\n\n" + "\n".join(lines))


def _entries(title: str, cards: Sequence[SolutionCard], words: Words) -> None:
    lines = [f"- {solutions_markdown.solution_line(card, words)}" for card in cards]
    st.markdown(f"**{plain(title)}**\n\n" + "\n".join(lines))


def _examples(atlas: Atlas, words: Words) -> None:
    """Offer the obstacles with most solutions to start from."""
    counts = atlas.tables.pairs("solutions", "obstacle_ids")["value"].value_counts()
    ids = [str(code) for code in counts.index[:EXAMPLES]]
    st.markdown(words.text("**Or start from one of these**"))
    with st.container(horizontal=True):
        for code, title in zip(ids, names_of(atlas.tables, "obstacles", "title", ids), strict=True):
            st.button(plain(title), key=f"brief-{code}", on_click=link.set_fields, kwargs={"about": (code,)})
        for code in ("DE", "ES"):
            if obstacles_of(atlas.tables, (code,)):
                label = words.country(atlas.tables, code)
                st.button(label, key=f"brief-{code}", on_click=link.set_fields, kwargs={"countries": (code,)})
