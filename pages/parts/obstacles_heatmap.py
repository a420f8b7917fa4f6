"""The heatmap of obstacles: what it shows and in what order, its legend, the picture, the caption and its table."""

from pathlib import Path

import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.comparing import facts_of
from mapping.analysis.headlines import dateline
from mapping.analysis.matrices import Asked, Matrix, cell_code
from mapping.analysis.matrix_words import MATRIX_WORDS, alt_words, caption_notes, table_of
from mapping.analysis.measures import families, family_words, measure_of, measures, reading_words
from mapping.analysis.ordering import ORDER_WORDS
from mapping.exports.obstacle_sheets import heatmap_svg
from mapping.figures.captions import caption
from mapping.figures.matrix_chart import matrix_chart, with_open_cell
from mapping.figures.matrix_scale import MatrixScale, matrix_legend, scale_of
from mapping.figures.palette import Theme
from mapping.view.address import SOURCES
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, card_markdown, link, obstacles_data, sheet_downloads


def controls(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of heatmap, of what colour means, and of the order of the rows."""
    st.html(Path(__file__).parent / "obstacles.css")
    with st.container(horizontal=True, key="matrix_controls", vertical_alignment="bottom"):
        st.session_state["matrix"] = view.matrix
        st.segmented_control(
            words.text("Heatmap"),
            list(MATRIX_WORDS),
            required=True,
            format_func=lambda code: words.text(MATRIX_WORDS[code]),
            key="matrix",
            on_change=_chosen,
            args=("matrix",),
        )
        _measure(atlas, view, words)
        st.session_state["order"] = view.order
        st.selectbox(
            words.text("Order of rows"),
            list(ORDER_WORDS),
            format_func=lambda code: words.text(ORDER_WORDS[code]),
            key="order",
            on_change=link.from_widget,
            args=("order",),
            width=190,
        )


def _measure(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw what colour means: sources, or a kind of figure; and which reading of it, where there are several."""
    chosen, found = measure_of(atlas.tables, view.measure), measures(atlas.tables)
    names = {SOURCES: words.text("Number of distinct sources")}
    firsts = {measure.family: measure for measure in reversed(found)}
    for family, count in families(atlas.tables).items():
        names[family] = f"{family_words(atlas.tables, firsts[family], words)} · {count}"
    st.session_state["measure"] = chosen.family if chosen else SOURCES
    st.selectbox(
        words.text("Colour means"),
        list(names),
        format_func=names.__getitem__,
        key="measure",
        help=words.text("Beside each kind of figure stands how many were published. Units are never mixed."),
        on_change=_chosen,
        args=("measure",),
        width=250,
    )
    readings = [measure for measure in found if chosen and measure.family == chosen.family]
    if chosen and len(readings) > 1:
        said = {m.code: f"{reading_words(atlas.tables, m, words)} · {found[m]}" for m in readings}
        st.session_state["reading"] = chosen.code
        st.selectbox(
            words.text("Which of these"),
            list(said),
            format_func=said.__getitem__,
            key="reading",
            on_change=_reading,
            width=270,
        )


def _chosen(key: str) -> None:
    link.from_widget(key)
    link.set_fields(cell="")


def _reading() -> None:
    link.set_fields(measure=st.session_state["reading"], cell="")


def show(atlas: Atlas, view: ViewState, matrix: Matrix, words: Words) -> None:
    """Draw legend, heatmap and caption; a cell opens what is behind it."""
    look = atlas_map.theme()
    told = obstacles_data.told(atlas, matrix.asked, words)
    figure, scale = _drawn(atlas, matrix.asked, words, look)
    opened = obstacles_data.open_cell(view, matrix)
    if opened:
        figure = with_open_cell(figure, told, *opened, look)
    key = f"obstacle_matrix_{st.session_state.get('matrix_round', 0)}"
    with st.container(key="matrix_frame"):
        st.html(matrix_legend(told, scale, look, words))
        st.plotly_chart(
            figure,
            theme=None,
            key=key,
            on_select=lambda: _picked(key),
            selection_mode="points",
            config={"displayModeBar": False},
            alt=alt_words(told, words),
        )
        st.caption(
            card_markdown.plain(
                caption(atlas.tables, _sources(atlas, matrix), words, *caption_notes(atlas.tables, matrix, words))
            )
        )
        address = link.citable(atlas.tables.version)
        sheet_downloads.row(
            "obstacles", lambda: heatmap_svg(atlas.tables, matrix, view, words, address), atlas.tables.version, words
        )


def table(atlas: Atlas, matrix: Matrix, words: Words) -> None:
    """Draw the same as a table, when it is asked for."""
    twin = st.expander(words.text("The same as a table"), key="matrix_table", on_change="rerun")
    if twin.open:
        twin.table(table_of(obstacles_data.told(atlas, matrix.asked, words), words))


def footer(atlas: Atlas, asked: Asked, words: Words) -> str:
    """Return the line that copies of the picture carry."""
    told = obstacles_data.told(atlas, asked, words)
    return f"{told.measure} · ATMP Atlas · {dateline(atlas.tables, words)}"


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=obstacles_data.HASHED)
def _drawn(atlas: Atlas, asked: Asked, words: Words, look: Theme) -> tuple[Figure, MatrixScale]:
    told = obstacles_data.told(atlas, asked, words)
    steps = scale_of(told.cells["value"].tolist(), asked.measure, look, words)
    return matrix_chart(told, steps, look, footer(atlas, asked, words)), steps


def _sources(atlas: Atlas, matrix: Matrix) -> list[str]:
    facts = facts_of(atlas.tables)
    return sorted({source for held in matrix.held.values() for source in facts.sources(held)})


def _picked(key: str) -> None:
    points = st.session_state[key].selection.points
    link.set_fields(cell=cell_code(*points[0]["customdata"]) if points else "", obstacle="")


def close() -> None:
    """Close the open cell; the picture forgets what was picked, so that the same cell can be picked again."""
    st.session_state["matrix_round"] = st.session_state.get("matrix_round", 0) + 1
    link.set_fields(cell="", obstacle="")
