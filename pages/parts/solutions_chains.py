"""Obstacle -> solution -> path: the picture, the same by lists to choose from, and the same as an indented list."""

import pandas as pd
import streamlit as st

from mapping.analysis.cells import names_of
from mapping.analysis.chains import chains_in_view, flow, indented
from mapping.exports.solution_sheets import flow_svg
from mapping.figures.captions import caption
from mapping.figures.chain_flow import alt_text, chain_flow
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, link, sheet_downloads, solutions_catalogue, solutions_items, solutions_paths
from pages.parts.card_markdown import plain

_TABLES = {"obstacle": "obstacles", "solution": "solutions", "path": "pathways"}


def show(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the chains for a view; picking a node filters the page to what is linked to it."""
    rows = chains_in_view(atlas.tables, view)
    picture = flow(atlas.tables, rows, words)
    _choices(atlas, view, words)
    if picture.is_grouped:
        st.caption(
            words.text(
                "Grouped by stage, type and horizon, as there is too much to read one by one: click a box to open it."
            )
        )
    elif picture.nodes.empty:
        st.info(words.text("Nothing links these. Drop one of the filters."))
    else:
        st.caption(
            words.text("Each band is one statement of the tables. Click a box to keep only what is linked to it.")
        )
    opened = next((key for key in ("path", "solution") if getattr(view, key)), "")
    wide, side = st.columns([13, 6], gap="medium") if opened else (st.container(), None)
    with wide, st.container(key="chains_frame"):
        st.plotly_chart(
            chain_flow(picture, words, atlas_map.theme(), _picked(view), _letters(opened)),
            theme=None,
            key="chains",
            on_select=_node_picked,
            selection_mode="points",
            config={"displayModeBar": False},
            alt=alt_text(picture, words),
        )
        st.caption(plain(caption(atlas.tables, _sources(atlas, rows), words, words.text("Horizons are our reading."))))
        address = link.citable(atlas.tables.version)
        sheet_downloads.row("flow", lambda: flow_svg(atlas.tables, view, words, address), atlas.tables.version, words)
    if side is not None:
        with side, st.container(key="chain_side"):
            if opened == "path":
                solutions_paths.card(atlas, view.path, words)
            else:
                solutions_catalogue.card(atlas, view.solution, words)
    listed = st.expander(words.text("The same as a list"), key="chain_list", on_change="rerun")
    if listed.open:
        listed.markdown(_listed(atlas, rows))


def _letters(opened: str) -> int:
    """Return how many letters a line of a box holds: few on a phone, fewer beside an open card."""
    return 13 if atlas_map.is_phone() else 24 if opened else 40


def _picked(view: ViewState) -> str:
    return view.path or view.solution or view.obstacle


def _choices(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of a solution and of a path, for those who do not use the picture."""
    labels = {"solution": words.text("Solution"), "path": words.text("Path forward")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="chain_choices"):
        for key, label in labels.items():
            frame = atlas.tables[_TABLES[key]]
            names = dict(sorted(zip(frame["id"], frame["title"], strict=True), key=lambda item: item[1]))
            st.session_state[key] = getattr(view, key) or None
            st.selectbox(
                label,
                list(names),
                index=None,
                placeholder=words.text("All"),
                format_func=names.__getitem__,
                key=key,
                on_change=link.from_widget,
                args=(key,),
                width=380,
            )


def _node_picked() -> None:
    points = st.session_state["chains"].selection.points
    if points:
        key, value = points[0]["customdata"]
        link.change(lambda view: view.without(key) if value == getattr(view, key, None) else view.with_only(key, value))


def _sources(atlas: Atlas, rows: pd.DataFrame) -> list[str]:
    found: list[str] = []
    for kind, table in _TABLES.items():
        frame = atlas.tables[table]
        found += solutions_items.source_ids(frame[frame["id"].isin(rows[f"{kind}_id"])])
    return found


def _listed(atlas: Atlas, rows: pd.DataFrame) -> str:
    """Return the indented list as Markdown."""
    lines = indented(atlas.tables, rows)
    named = {
        kind: dict(
            zip(
                ids := [row for _, other, row in lines if other == kind],
                names_of(atlas.tables, table, "title", ids),
                strict=True,
            )
        )
        for kind, table in _TABLES.items()
    }
    glyphs = {"obstacle": "**", "solution": "", "path": "*"}
    return "\n".join(
        f"{'  ' * depth}- {'→ ' if kind == 'path' else ''}{glyphs[kind]}{plain(named[kind][row])}{glyphs[kind]}"
        for depth, kind, row in lines
    )
