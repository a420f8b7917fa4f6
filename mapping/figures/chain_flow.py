"""Obstacle -> solution -> path as a Sankey picture whose nodes can be clicked and whose labels never overlap."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.analysis.chains import COLUMNS, Flow
from mapping.figures.boxes import boxes, folded, heading, picture, ribbon
from mapping.figures.palette import Colour, Theme, hex_colour
from mapping.figures.scales import HEAT, ink_on
from mapping.words import Words, mark, mark_plural

HEAD_WORDS: Final = {
    "obstacle": mark("In the way"),
    "solution": mark("Solutions"),
    "path": mark("Paths forward"),
}
BOX_WIDTH: Final = 0.25
"""Share of the width a column of boxes takes."""
ROW_PX: Final = 46
GROUP_PX: Final = 58
HEAD: Final = 0.7
"""Height of the headings, in rows."""
FILLS: Final[Mapping[Theme, Mapping[str, Colour]]] = {
    "light": {"obstacle": (240, 190, 136), "solution": (112, 158, 204), "path": (200, 238, 206)},
    "dark": {"obstacle": (150, 92, 36), "solution": (22, 50, 94), "path": (34, 92, 58)},
}
"""Kind of node -> its fill, apart in lightness too; the heading of the column says the same in words."""
RIBBON_ALPHA: Final = 0.65
_NODES: Final = {
    False: {
        "obstacle": mark_plural("{n} obstacle", "{n} obstacles"),
        "solution": mark_plural("{n} solution", "{n} solutions"),
        "path": mark_plural("{n} path forward", "{n} paths forward"),
    },
    True: {
        "obstacle": mark_plural("{n} stage", "{n} stages"),
        "solution": mark_plural("{n} type of solution", "{n} types of solution"),
        "path": mark_plural("{n} horizon of paths", "{n} horizons of paths"),
    },
}
"""Whether nodes are groups -> kind -> how many there are, in words."""


def chain_flow(flow: Flow, words: Words, theme: Theme, picked: str = "", letters: int = 40) -> go.Figure:
    """Draw the flow.

    Parameters
    ----------
    flow : Flow
        Nodes and links from :func:`mapping.analysis.chains.flow`.
    words, theme
        The reader's language; light or dark.
    picked : str
        Id of a node that is open; drawn with a thick frame.
    letters : int
        What a line of a box holds, by the width there is.

    Returns
    -------
    go.Figure
        ``customdata`` of a selected node is ``[key of the address, id]``. No nodes give an empty figure.
    """
    colours, fills = HEAT[theme], FILLS[theme]
    sizes = {kind: int((flow.nodes["kind"] == kind).sum()) for kind in COLUMNS}
    depth = HEAD + max([*sizes.values(), 1])
    placed = _placed(flow, sizes, depth, letters, words)
    traces = []
    for kind in COLUMNS:
        held = [box for (other, _), box in placed.items() if other == kind]
        for chosen in (False, True):
            some = [box for box in held if (box["data"][1] == picked) == chosen]
            if some:
                line = colours.text if chosen else fills[kind]
                traces.append(boxes(some, fills[kind], ink_on(fills[kind]), line, 3 if chosen else 1))
    heads = [
        heading(_left(kind), HEAD / 2, words.text(said), colours.text, xanchor="left", yanchor="middle")
        for kind, said in HEAD_WORDS.items()
    ]
    height = round(depth * (GROUP_PX if flow.is_grouped else ROW_PX)) + 4
    ribbons = _ribbons(flow.links, placed, fills)
    return picture(traces, colours, (0, 1), depth, height, annotations=heads, shapes=ribbons)


def _left(kind: str) -> float:
    return COLUMNS.index(kind) * (1 - BOX_WIDTH) / 2


def _placed(
    flow: Flow, sizes: Mapping[str, int], depth: float, letters: int, words: Words
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the box of each node; a column with fewer boxes is spread over the same height."""
    counts = dict.fromkeys(COLUMNS, 0)
    placed = {}
    for node in flow.nodes.to_dict("records"):
        kind, share = node["kind"], (depth - HEAD) / max(sizes[node["kind"]], 1)
        middle = HEAD + (counts[kind] + 0.5) * share
        counts[kind] += 1
        half = min(share, 1.6 if flow.is_grouped else 1.15) * 0.42
        placed[kind, node["id"]] = {
            "left": _left(kind),
            "right": _left(kind) + BOX_WIDTH,
            "top": middle - half,
            "bottom": middle + half,
            "text": folded(node["label"], letters),
            "told": folded(_told(node, flow, words), 60, 4),
            "data": [node["key"], node["id"]],
        }
    return placed


def _told(node: Mapping[Any, Any], flow: Flow, words: Words) -> str:
    ends = flow.links[["source_kind", "source", "target_kind", "target", "weight"]].to_numpy(dtype=object).tolist()
    here = (node["kind"], node["id"])
    total = sum(weight for sk, source, tk, target, weight in ends if here in {(sk, source), (tk, target)})
    return words.plural("{label}: {n} link", "{label}: {n} links", total, label=node["label"])


def _ribbons(
    links: pd.DataFrame, placed: Mapping[tuple[str, str], Mapping[str, Any]], fills: Mapping[str, Colour]
) -> list[dict[str, Any]]:
    """Return a band a link; the bands at one side of a box share its height by their weights."""
    rows = links.to_dict("records")
    outgoing, incoming = _ends(rows, "source", "target", placed), _ends(rows, "target", "source", placed)
    bands = []
    for number, row in enumerate(rows):
        source, target = placed[row["source_kind"], row["source"]], placed[row["target_kind"], row["target"]]
        red, green, blue = fills[row["source_kind"]]
        colour = f"rgba({red},{green},{blue},{RIBBON_ALPHA})"
        bands.append(ribbon((source["right"], *outgoing[number]), (target["left"], *incoming[number]), colour))
    return bands


def _ends(
    rows: list[dict[Any, Any]], end: str, other: str, placed: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[int, tuple[float, float]]:
    """Return number of a link -> top and bottom of its band at one end, in the order of the boxes at the other."""
    sides: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        sides.setdefault((row[f"{end}_kind"], row[end]), []).append(number)
    found = {}
    for node, numbers in sides.items():
        box, total = placed[node], sum(rows[number]["weight"] for number in numbers)
        at = box["top"]
        for number in sorted(numbers, key=lambda n: placed[rows[n][f"{other}_kind"], rows[n][other]]["top"]):
            share = (box["bottom"] - box["top"]) * rows[number]["weight"] / total
            found[number] = (at, at + share)
            at += share
    return found


def alt_text(flow: Flow, words: Words) -> str:
    """Return what the picture shows for readers who do not see it."""
    if flow.nodes.empty:
        return words.text("An empty picture: no chain to show.")
    counts = [words.plural(*_NODES[flow.is_grouped][kind], int((flow.nodes["kind"] == kind).sum())) for kind in COLUMNS]
    return words.text(
        "Flow from {obstacles} over {solutions} to {paths}: {links}. The list below holds the same.",
        obstacles=counts[0],
        solutions=counts[1],
        paths=counts[2],
        links=words.plural("{n} link", "{n} links", int(flow.links["weight"].sum())),
    )


def swatch_colour(kind: str, theme: Theme) -> str:
    """Return the fill of a kind of node as CSS writes it."""
    return hex_colour(FILLS[theme][kind])
