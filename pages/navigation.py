"""Page setup, the menu, and the one place where a fault is shown."""

from pathlib import Path

import streamlit as st

from mapping.errors import MappingError
from pages.parts import cached, faults, lines, link, measured

HERE = Path(__file__).parent

with lines.reruns().join(patient=True):
    st.set_page_config(page_title="ATMP Atlas", page_icon=HERE / "parts" / "icon.png", layout="wide")
    st.html(HERE / "parts" / "atlas.css")
    words = cached.words(link.language())
    page = st.navigation(
        [
            st.Page("atlas.py", title=words.text("Atlas"), default=True),
            st.Page("obstacles.py", title=words.text("Obstacles"), url_path="obstacles"),
            st.Page("solutions.py", title=words.text("Solutions"), url_path="solutions"),
            st.Page("access.py", title=words.text("Access"), url_path="access"),
            st.Page("countries.py", title=words.text("Countries"), url_path="countries"),
            st.Page("trials.py", title=words.text("Trials"), url_path="trials"),
            st.Page("partners.py", title=words.text("Partners"), url_path="partners"),
            st.Page("present.py", title=words.text("Present"), url_path="present"),
            st.Page("data.py", title=words.text("Data"), url_path="data"),
            st.Page("about.py", title=words.text("About"), url_path="about"),
        ],
        position="top",
    )
    link.carry(page.url_path)
    try:
        with measured.metrics().rerun(page.url_path):
            page.run()
    except MappingError as error:
        faults.show(error, words)
