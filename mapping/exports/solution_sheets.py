"""The pictures of the solutions page as sheets of any height: gap map, flow and road map."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from mapping.analysis.chains import chains_in_view, flow
from mapping.analysis.road_map import horizon_heads, road_map
from mapping.analysis.solution_matrix import STATUSES, gap_matrix, in_words
from mapping.analysis.solution_words import chips_of, headline
from mapping.exports.figure_svg import figure_markup
from mapping.exports.sheet_svg import Sheet, sheet_svg
from mapping.exports.told import PAPER
from mapping.figures import chain_flow, gap_map, road_map_chart
from mapping.figures.captions import caption
from mapping.figures.pictures import LegendItem
from mapping.figures.scales import HEAT, step_label, step_of
from mapping.tables.loading import Tables
from mapping.view.answers import paths_in_view, solutions_in_view
from mapping.view.state import ViewState
from mapping.words import Words

WIDTH_PX: Final = 1240
"""Width of every drawing of this page, in units."""


def gaps_svg(tables: Tables, view: ViewState, words: Words, address: str) -> str:
    """Return the evidence gap map as SVG; ``address`` is where it stands on the screen."""
    cells = in_words(gap_matrix(tables, view), tables, words)
    most = int(cells["count"].max()) if len(cells) else 0
    legend = [
        *(LegendItem(step_label(step), HEAT[PAPER].steps[step]) for step in range(step_of(max(most, 1)) + 1)),
        LegendItem(words.text(gap_map.STATE_WORDS["not_assessed"]), texture="hatch"),
        *(
            LegendItem(words.label(tables, "solution_status", status), sign=gap_map.GLYPHS[status])
            for status in STATUSES
        ),
    ]
    if (cells["state"] == "filtered").any():
        legend.append(LegendItem(words.text(gap_map.STATE_WORDS["filtered"]), sign="0"))
    rows = solutions_in_view(tables, view, ("obstacle", "type"))
    figure, title = gap_map.gap_map(cells, words, PAPER), words.text("Solutions by obstacle and type")
    return _drawn(
        tables, view, words, address, figure, title,
        gap_map.alt_text(cells, words), _sources([rows]), legend,
    )  # fmt: skip


def flow_svg(tables: Tables, view: ViewState, words: Words, address: str) -> str:
    """Return obstacle -> solution -> path as SVG."""
    rows = chains_in_view(tables, view)
    picture = flow(tables, rows, words)
    kinds = {"obstacle_id": "obstacles", "solution_id": "solutions", "path_id": "pathways"}
    used = [tables[table][tables[table]["id"].isin(rows[column])] for column, table in kinds.items()]
    return _drawn(
        tables, view, words, address, chain_flow.chain_flow(picture, words, PAPER),
        words.text("From obstacle over solution to path"), chain_flow.alt_text(picture, words), _sources(used), (),
        words.text("Horizons are our reading."),
    )  # fmt: skip


def road_map_svg(tables: Tables, view: ViewState, words: Words, address: str) -> str:
    """Return the road map as SVG."""
    paths = paths_in_view(tables, view)
    placed, colours = road_map(tables, paths, words), HEAT[PAPER]
    legend = (
        LegendItem(words.text("Proposed by JOIN4ATMP"), colours.steps[3]),
        LegendItem(words.text("Proposed by others"), colours.surface),
    )
    figure = road_map_chart.road_map_chart(placed, horizon_heads(tables, view.horizons, words), words, PAPER)
    note = words.text("Horizon, and lead actor in about half of the paths, are our reading.")
    return _drawn(
        tables, view, words, address, figure, words.text("Paths forward by horizon and lead actor"),
        road_map_chart.alt_text(placed, words), _sources([paths]), legend, note,
    )  # fmt: skip


def _drawn(
    tables: Tables, view: ViewState, words: Words, address: str, figure: Any, title: str, alt: str,
    source_ids: list[str], legend: Iterable[LegendItem] = (), *notes: str,
) -> str:  # fmt: skip
    drawing, height = figure_markup(figure.to_dict(), WIDTH_PX)
    sheet = Sheet(
        headline=headline(tables, view, None, words),
        title=title,
        filters=tuple(chip.text for chip in chips_of(tables, view, words)),
        caption=caption(tables, source_ids, words, *notes),
        address=address,
        alt=alt,
        legend=tuple(legend),
        lang=words.lang,
    )
    return sheet_svg(sheet, drawing, WIDTH_PX, height)


def _sources(frames: Iterable[pd.DataFrame]) -> list[str]:
    return [source for frame in frames for cell in frame["source_ids"].dropna() for source in cell.split("|")]
