"""About the Atlas: what it is, how it was made, what it does not show, how to cite and reach its data."""

import streamlit as st

from pages.parts import about_facts, cached, header, link, release_notes

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)

header.show(words.text("About the Atlas: what it shows, and what it cannot"), atlas, dropped, words)
reading, numbers = st.columns([3, 2], gap="large")
with reading:
    st.subheader(words.text("What it is for"), anchor=False)
    st.markdown(
        words.text(
            "Advanced therapy medicinal products (gene therapies, cell therapies and engineered tissues) can cure what "
            "nothing else can, yet few of the many in development reach patients, and access is unequal. JOIN4ATMP, a "
            "Horizon Europe project (101137206), maps the obstacles, audits the solutions that work, and defines new "
            "paths forward. The Atlas makes that visible."
        )
    )
    st.subheader(words.text("How it was made"), anchor=False)
    st.markdown(
        words.text(
            "Every row comes from a public page, paper or registry file, named with the date it was read. A row is "
            "verified when that page states it, inferred when it follows from the page, and unverified when no page "
            "was found. Names of one hospital in many spellings were joined into one place by rule and by review; each "
            "decision is kept as data."
        )
    )
    st.subheader(words.text("What it does not show"), anchor=False)
    about_facts.limits(atlas, words)
    st.subheader(words.text("Four kinds of nothing"), anchor=False)
    about_facts.kinds_of_nothing(atlas, words)
    st.subheader(words.text("Accessibility"), anchor=False)
    st.markdown(
        words.text(
            "The Atlas aims at WCAG 2.2 AA. Everything on the map is also in the table below it, which works by "
            "keyboard; shape as well as colour tells a role; colours are safe for colour-blind readers. Known limits: "
            "marks on the map itself cannot be reached by keyboard, and the grid is drawn on a canvas."
        )
    )
with numbers:
    st.subheader(words.text("What is in it"), anchor=False)
    about_facts.table_sizes(atlas, words)
    st.subheader(words.text("Cite and reuse"), anchor=False)
    about_facts.citation(atlas, words)
    st.subheader(words.text("New data"), anchor=False)
    release_notes.log(words)
    st.subheader(words.text("Follow the project"), anchor=False)
    release_notes.channels(words)
