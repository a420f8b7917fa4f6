"""The button that prints the page as its print style has it."""

import html

import streamlit as st

from mapping.words import Words


def show(words: Words) -> None:
    """Draw the button; its script is our own file, as the security policy asks."""
    label = html.escape(words.text("Print or save as PDF"))
    st.html(
        f'<button type="button" class="atlas-copy" data-atlas-print>{label}</button>'
        '<script type="module" src="api/v1/scripts/print-page.js"></script>',
        unsafe_allow_javascript=True,
    )
