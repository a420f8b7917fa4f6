"""The road map: paths forward by horizon and lead actor, each a box that opens it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.figures.boxes import boxes, folded, heading, picture
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.scales import HEAT, HeatColours, ink_on
from mapping.words import Words

ROW_PX: Final = 44
HEAD: Final = 0.8
LABEL_WIDTH: Final = 0.55
"""Room for the actors, in columns of boxes."""
PHONE_LABEL_WIDTH: Final = 0.9
GAP: Final = 0.02


def road_map_chart(
    paths: pd.DataFrame,
    horizons: Mapping[str, str],
    words: Words,
    theme: Theme,
    picked: str = "",
    phone: bool = False,
) -> go.Figure:
    """Draw the road map.

    Parameters
    ----------
    paths : pd.DataFrame
        From :func:`mapping.analysis.road_map.road_map`, actors in their order.
    horizons : Mapping
        Code of each horizon, the nearest first -> its heading.
    words, theme
        The reader's language; light or dark.
    picked : str
        Id of the path that is open; drawn with a thick frame.
    phone : bool
        Narrow screen: fewer letters a line.

    Returns
    -------
    go.Figure
        ``customdata`` of a selected box is ``[id]``; JOIN4ATMP's own are filled, others are outlined. No paths give
        an empty figure.
    """
    colours, label = HEAT[theme], PHONE_LABEL_WIDTH if phone else LABEL_WIDTH
    tops, depth = _tops(paths)
    columns = list(horizons)
    placed = [_placed(row, columns, tops, 15 if phone else 44, words) for row in paths.to_dict("records")]
    traces = []
    for own in (True, False):
        for chosen in (True, False):
            held = [box for box in placed if box["is_own"] is own and (box["id"] == picked) is chosen]
            fill = colours.steps[3 if theme == "light" else 1] if own else colours.surface
            line = colours.text if chosen else colours.steps[2]
            if held:
                traces.append(boxes(held, fill, ink_on(fill), line, 3 if chosen else 1))
    heads = [
        heading(at, HEAD / 2, said, colours.text, 15 if phone else 40, yanchor="middle")
        for at, said in enumerate(horizons.values())
    ]
    return picture(
        traces,
        colours,
        (-0.5 - label, max(len(columns), 1) - 0.5),
        depth,
        round(depth * ROW_PX) + 4,
        annotations=[*heads, *_actors(paths, tops, colours, label, 12 if phone else 24)],
        shapes=_rules(tops.values(), colours, label, len(columns)),
    )


def _tops(paths: pd.DataFrame) -> tuple[dict[str, float], float]:
    """Return where the row of each actor begins, and where the last one ends."""
    tops: dict[str, float] = {}
    at = HEAD
    heights: dict[str, int] = {}
    for actor, line in zip(paths["actor"], paths["line"], strict=True):
        heights[actor] = max(heights.get(actor, 0), int(line) + 1)
    for actor, height in heights.items():
        tops[actor] = at
        at += height + 0.16
    return tops, at


def _placed(
    row: Mapping[Any, Any], columns: Sequence[str], tops: Mapping[str, float], letters: int, words: Words
) -> dict[str, Any]:
    at, top = columns.index(row["horizon"]), tops[row["actor"]] + row["line"] + 0.08
    told = words.text(
        "{title} ({proposed_by}); lead: {lead}",
        title=row["title"],
        proposed_by=row["proposed_by"],
        lead=row["lead_actor"],
    )
    return {
        "id": row["id"],
        "is_own": bool(row["is_own"]),
        "left": at - 0.5 + GAP,
        "right": at + 0.5 - GAP,
        "top": top + 0.05,
        "bottom": top + 0.95,
        "text": folded(row["title"], letters),
        "told": folded(told, 60, 5),
        "data": [row["id"]],
    }


def _actors(
    paths: pd.DataFrame, tops: Mapping[str, float], colours: HeatColours, label: float, letters: int
) -> list[dict[str, Any]]:
    named = dict(zip(paths["actor"], paths["actor_label"], strict=True))
    place = {"xanchor": "left", "yanchor": "middle", "align": "left", "showarrow": False}
    return [
        {
            "x": -0.49 - label,
            "y": top + 0.58,
            "text": folded(named[actor], letters, 3),
            "font": {"color": hex_colour(colours.text)},
            **place,
        }
        for actor, top in tops.items()
    ]


def _rules(tops: Any, colours: HeatColours, label: float, columns: int) -> list[dict[str, Any]]:
    """Return a thin line above the row of each actor."""
    line = {"color": hex_colour(colours.nothing["not_assessed"].lines), "width": 1}
    ends = {"x0": -0.5 - label, "x1": columns - 0.5}
    return [{"type": "line", "layer": "below", "line": line, "y0": top, "y1": top, **ends} for top in tops]


def alt_text(paths: pd.DataFrame, words: Words) -> str:
    """Return what the road map shows for readers who do not see it."""
    if paths.empty:
        return words.text("An empty road map: no path to show.")
    return words.text(
        "Road map of {paths} by horizon and lead actor; {own} proposed by JOIN4ATMP. The list below holds the same.",
        paths=words.plural("{n} path forward", "{n} paths forward", len(paths)),
        own=int(paths["is_own"].sum()),
    )
