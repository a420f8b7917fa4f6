"""The heatmaps of obstacles, kept by data version and by what was asked, and which of their cells is open."""

from typing import Final

import streamlit as st

from mapping.analysis.matrices import Asked, Matrix, asked_of, matrix_of
from mapping.analysis.matrix_words import ToldMatrix, told_matrix
from mapping.analysis.obstacle_countries import by_country, facet_counts
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

HASHED: Final = {Atlas: lambda atlas: atlas.tables.version, Words: lambda words: words.lang, Asked: repr}
"""How the caches tell one argument from another; the version stands for the data."""


def matrix(atlas: Atlas, view: ViewState) -> Matrix:
    """Return the heatmap a view asks for."""
    return _matrix(atlas, asked_of(atlas.tables, view))


def told(atlas: Atlas, asked: Asked, words: Words) -> ToldMatrix:
    """Return a heatmap with its words."""
    return _told(atlas, asked, words)


def countries(atlas: Atlas, view: ViewState) -> Matrix:
    """Return the heatmap by country that fits the one a view asks for."""
    return _countries(atlas, asked_of(atlas.tables, view))


def counts(atlas: Atlas, view: ViewState) -> dict[str, dict[str, int]]:
    """Return how many obstacles each option of each filter leaves; the countries chosen change none of it."""
    asked = asked_of(atlas.tables, view)
    narrowed = {"stages": asked.stages, "categories": asked.categories, "stakeholders": asked.stakeholders}
    return _counts(atlas, Asked(matrix="country", measure=None, order="az", **narrowed))


def open_cell(view: ViewState, matrix: Matrix) -> tuple[str, str] | None:
    """Return row and column that are open; an empty column for a whole row; None where nothing is."""
    row, _, column = view.cell.partition(":")
    if row in matrix.rows and column in matrix.columns:
        return row, column
    return (view.obstacle, "") if view.obstacle in matrix.rows else None


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=HASHED)
def _matrix(atlas: Atlas, asked: Asked) -> Matrix:
    return matrix_of(atlas.tables, asked)


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs=HASHED)
def _told(atlas: Atlas, asked: Asked, words: Words) -> ToldMatrix:
    return told_matrix(atlas.tables, _matrix(atlas, asked), words)


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs=HASHED)
def _countries(atlas: Atlas, asked: Asked) -> Matrix:
    return _matrix(atlas, asked) if asked.matrix in {"country", "category"} else by_country(atlas.tables, asked)


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs=HASHED)
def _counts(atlas: Atlas, asked: Asked) -> dict[str, dict[str, int]]:
    return facet_counts(atlas.tables, asked)
