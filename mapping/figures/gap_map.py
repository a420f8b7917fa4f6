"""The evidence gap map: obstacle by type of solution, the count and the status of each solution in the cell."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.analysis.solution_matrix import STATUSES
from mapping.figures.boxes import FONT_PX, folded, heading, picture
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.scales import HEAT, HeatColours, ink_on, step_of
from mapping.words import Words, mark, mark_plural

GLYPHS: Final = {"in_use": "●", "pilot": "△", "proposed": "○", "discontinued": "✗"}
"""Status -> its mark in a cell; all four are in the font that files are set in."""
ROW_PX: Final = 25
HEAD_ROWS: Final = 2.0
PHONE_HEAD_ROWS: Final = 4.4
"""On a phone the types are written upwards."""
"""Height of the line that names a stage and the types, in rows."""
LABEL_COLUMNS: Final = 4.7
"""Room for the obstacles' titles, in columns of cells."""
PHONE_LABEL_COLUMNS: Final = 7.0
GAP: Final = 0.04
STATE_WORDS: Final = {
    "not_assessed": mark("none recorded"),
    "filtered": mark("none under the filters set"),
}
COUNT_WORDS: Final = mark_plural("{n} solution", "{n} solutions")


def gap_map(
    cells: pd.DataFrame, words: Words, theme: Theme, picked: tuple[str, str] = ("", ""), phone: bool = False
) -> go.Figure:
    """Draw the gap map as cells a reader can click.

    Parameters
    ----------
    cells : pd.DataFrame
        From :func:`mapping.analysis.solution_matrix.in_words`, in the order of the rows.
    words, theme
        The reader's language; light or dark.
    picked : tuple
        Obstacle and type whose cell is open; framed.
    phone : bool
        Narrow screen: more of its width goes to the titles.

    Returns
    -------
    go.Figure
        ``customdata`` of a selected cell is ``[obstacle, type]``. No cells give an empty figure.
    """
    colours, label_columns = HEAT[theme], PHONE_LABEL_COLUMNS if phone else LABEL_COLUMNS
    head = PHONE_HEAD_ROWS if phone else HEAD_ROWS
    types, tops, heads = list(dict.fromkeys(cells["type"])), *_rows(cells, head)
    placed = [_placed(cell, types, tops, words, phone) for cell in cells.to_dict("records")]
    depth = max([*tops.values(), 0]) + 1.1
    return picture(
        list(_traces(placed, colours)),
        colours,
        (-label_columns - 0.5, max(len(types), 1) - 0.5),
        depth,
        round(depth * ROW_PX) + 4,
        annotations=[
            *_titles(cells, tops, colours, label_columns, phone),
            *_heads(cells, heads, colours, label_columns, phone),
        ],
        shapes=[_frame(cell, colours) for cell in placed if (cell["obstacle_id"], cell["type"]) == picked],
    )


def _rows(cells: pd.DataFrame, head: float) -> tuple[dict[str, float], dict[str, float]]:
    """Return where the row of each obstacle and the line of each stage begin."""
    tops: dict[str, float] = {}
    heads: dict[str, float] = {}
    at = 0.0
    for obstacle, stage in dict.fromkeys(zip(cells["obstacle_id"], cells["stage"], strict=True)):
        if stage not in heads:
            heads[stage] = at
            at += head
        tops[obstacle] = at
        at += 1
    return tops, heads


def _placed(
    cell: dict[Any, Any], types: Sequence[str], tops: dict[str, float], words: Words, phone: bool
) -> dict[str, Any]:
    glyphs = "" if phone else "".join(GLYPHS[status] * cell[status] for status in STATUSES)
    printed = f"{cell['count']} {glyphs}".strip() if cell["count"] else "0" if cell["state"] == "filtered" else ""
    place = {"left": types.index(cell["type"]) - 0.5 + GAP / 2, "right": types.index(cell["type"]) + 0.5 - GAP / 2}
    return {**cell, **place, "top": tops[cell["obstacle_id"]] + GAP, "text": printed, "told": _told(cell, words)}


def _told(cell: dict[Any, Any], words: Words) -> str:
    """Return a cell in words: obstacle, type, how many, and how many in each status."""
    count = words.plural(*COUNT_WORDS, cell["count"]) if cell["count"] else words.text(STATE_WORDS[cell["state"]])
    said = words.text(
        "{obstacle} – {type}: {count}", obstacle=cell["obstacle_label"], type=cell["type_label"], count=count
    )
    return escape(said, quote=False)


def _traces(placed: Sequence[dict[str, Any]], colours: HeatColours) -> list[dict[str, Any]]:
    """Return a trace for each colour, one for what is recorded nowhere and one for what the filters hide."""
    traces = []
    for step, colour in enumerate(colours.steps):
        held = [cell for cell in placed if cell["count"] and step_of(cell["count"]) == step]
        if held:
            traces.append(_bars(held, hex_colour(ink_on(colour)), {"color": hex_colour(colour), "line": {"width": 0}}))
    for state, texture in (("not_assessed", "not_assessed"), ("filtered", "none_found")):
        look, held = colours.nothing[texture], [cell for cell in placed if cell["state"] == state]
        pattern = {
            "shape": look.pattern,
            "fgcolor": hex_colour(look.lines),
            "bgcolor": hex_colour(look.surface),
            "solidity": look.solidity,
            "size": 6,
        }
        line = {"color": hex_colour(look.lines), "width": 1}
        if held:
            marker = {"color": hex_colour(look.surface), "pattern": pattern, "line": line}
            traces.append(_bars(held, hex_colour(colours.text), marker))
    return traces


def _bars(held: Sequence[dict[str, Any]], ink: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [(cell["left"] + cell["right"]) / 2 for cell in held],
        "width": [cell["right"] - cell["left"] for cell in held],
        "base": [cell["top"] for cell in held],
        "y": [1 - 2 * GAP] * len(held),
        "text": [cell["text"] for cell in held],
        "hovertext": [cell["told"] for cell in held],
        "customdata": [[cell["obstacle_id"], cell["type"]] for cell in held],
        "textfont": {"color": ink, "size": FONT_PX},
        "marker": marker,
        "unselected": {"textfont": {"color": ink}},
    }


def _titles(
    cells: pd.DataFrame, tops: dict[str, float], colours: HeatColours, label_columns: float, phone: bool
) -> list[dict[str, Any]]:
    named = dict(zip(cells["obstacle_id"], cells["obstacle_label"], strict=True))
    return [
        {
            "x": -label_columns - 0.45,
            "y": top + 0.5,
            "xanchor": "left",
            "yanchor": "middle",
            "text": folded(named[obstacle], 26 if phone else 50, 1),
            "showarrow": False,
            "font": {"color": hex_colour(colours.text), "size": FONT_PX},
        }
        for obstacle, top in tops.items()
    ]


def _heads(
    cells: pd.DataFrame, heads: dict[str, float], colours: HeatColours, label_columns: float, phone: bool
) -> list[dict[str, Any]]:
    """Return the stages, and in each stage's line the types again, so that they are never out of sight."""
    stages = dict(zip(cells["stage"], cells["stage_label"], strict=True))
    types = list(dict.fromkeys(zip(cells["type"], cells["type_label"], strict=True)))
    middle, lines = (PHONE_HEAD_ROWS if phone else HEAD_ROWS) / 2 + 0.15, []
    small = {"color": hex_colour(colours.text), "size": FONT_PX - 2}
    along: dict[str, Any] = {"yanchor": "middle"} | ({"textangle": -90} if phone else {"font": small})
    for stage, top in heads.items():
        place = {"xanchor": "left", "yanchor": "middle"}
        said = heading(-label_columns - 0.45, top + middle, stages[stage], colours.text, 24 if phone else 60, **place)
        lines.append(said)
        lines += [
            heading(at, top + middle, label, colours.text, 20 if phone else 14, **along)
            for at, (_, label) in enumerate(types)
        ]
    return lines


def _frame(cell: dict[str, Any], colours: HeatColours) -> dict[str, Any]:
    line = {"color": hex_colour(colours.text), "width": 3}
    place = {"x0": cell["left"], "x1": cell["right"], "y0": cell["top"], "y1": cell["top"] + 1 - 2 * GAP}
    return {"type": "rect", "line": line, "fillcolor": "rgba(0,0,0,0)", **place}


def alt_text(cells: pd.DataFrame, words: Words) -> str:
    """Return what the gap map shows for readers who do not see it."""
    if cells.empty:
        return words.text("An empty gap map: no obstacle to show.")
    filled = cells[cells["count"] > 0]
    bare = cells["obstacle_id"].nunique() - filled["obstacle_id"].nunique()
    told = words.text(
        "Gap map of {obstacles} by {types}: {filled} of {all} cells have a solution; {bare}.",
        obstacles=words.plural("{n} obstacle", "{n} obstacles", cells["obstacle_id"].nunique()),
        types=words.plural("{n} type of solution", "{n} types of solution", cells["type"].nunique()),
        filled=len(filled),
        all=len(cells),
        bare=words.plural("{n} obstacle has none", "{n} obstacles have none", bare),
    )
    if filled.empty:
        return told
    most = max(filled.to_dict("records"), key=lambda cell: int(cell["count"]))
    return f"{told} {words.text('Most: {cell}.', cell=_told(most, words))}"
