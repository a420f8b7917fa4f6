"""The network of the partners: who is linked with whom, each at a place that never changes while one filters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.analysis.partner_network import NETWORK, PRODUCTS, TRIALS
from mapping.figures.palette import Colour, Theme, hex_colour
from mapping.figures.pipeline_charts import shared_layout
from mapping.figures.scales import HEAT
from mapping.words import Words, mark

WIDTH_PX, PHONE_PX, HEIGHT_PX = 660, 350, 620
LABEL_PX: Final = 11
LETTER_PX: Final = 5.9
"""Width of a letter of a name, on average."""


@dataclass(frozen=True)
class GroupStyle:
    """How a group of partners is drawn; shape and colour both carry it."""

    light: Colour
    dark: Colour
    symbol: str
    size: int


GROUP_STYLES: Final[Mapping[str, GroupStyle]] = MappingProxyType(
    {
        "consortium": GroupStyle((0, 114, 178), (86, 180, 233), "diamond", 15),
        "euha": GroupStyle((0, 114, 178), (86, 180, 233), "diamond-open", 13),
        "network": GroupStyle((60, 72, 88), (190, 200, 212), "hexagon2", 14),
        "hub": GroupStyle((60, 72, 88), (190, 200, 212), "hexagon2-open", 14),
        "public_body": GroupStyle((150, 70, 130), (222, 150, 196), "triangle-up", 11),
        "patient_organisation": GroupStyle((150, 100, 0), (240, 200, 90), "star", 14),
        "company": GroupStyle((196, 72, 0), (255, 146, 77), "square", 11),
        "other": GroupStyle((0, 120, 88), (60, 200, 150), "circle", 11),
    }
)
GLYPHS: Final = {
    "consortium": "◆", "euha": "◇", "network": "⬢", "hub": "⬡", "public_body": "▲", "patient_organisation": "★",
    "company": "■", "other": "●",
}  # fmt: skip
GROUP_WORDS: Final = {
    "consortium": mark("Taking part in JOIN4ATMP"),
    "euha": mark("Other members of EUHA"),
    "network": mark("Other networks"),
    "public_body": mark("Regulators and other public bodies"),
    "patient_organisation": mark("Patient organisations"),
    "company": mark("Companies"),
    "other": mark("Other hospitals and institutes"),
    "hub": mark("Network without a row of its own"),
}
TIE_WORDS: Final = {NETWORK: mark("same network"), TRIALS: mark("shared trials"), PRODUCTS: mark("shared products")}
TIE_COLOURS: Final[Mapping[Theme, Mapping[str, Colour]]] = MappingProxyType(
    {
        "light": {NETWORK: (170, 180, 192), TRIALS: (0, 158, 115), PRODUCTS: (213, 94, 0)},
        "dark": {NETWORK: (84, 98, 116), TRIALS: (40, 170, 130), PRODUCTS: (255, 146, 77)},
    }
)


def network_chart(
    nodes: pd.DataFrame,
    links: pd.DataFrame,
    shown: Collection[str],
    chosen: str,
    theme: Theme,
    width_px: int = WIDTH_PX,
) -> go.Figure:
    """Draw partners and networks with the links between them.

    Parameters
    ----------
    nodes : DataFrame
        One row a node: id, group, x, y, label (short name), name and told (what it says in words).
    links : DataFrame
        One row a drawn link: one, other, tie, count.
    shown : collection of str
        Ids in view; the others are muted.
    chosen : str
        Id of the node whose links stand out; empty for none.
    theme : Theme
        Light or dark.
    width_px : int
        Width the names are fitted for; one that would cover another is left out and read by pointing or in the list.

    Returns
    -------
    go.Figure
        The ``customdata`` of a node is its id. Show it with ``theme=None``.
    """
    places = {row["id"]: (row["x"], row["y"]) for row in nodes.to_dict("records")}
    near = _near(links, chosen)
    rows = nodes.to_dict("records")
    lit = {row["id"] for row in rows if _lit(row["id"], shown, near)}
    wanted = [row for row in rows if row["id"] in lit and (row["named"] or near)]
    names = fitted_names(wanted, rows, width_px)
    traces = [_lines(tie, links, places, chosen, theme) for tie in TIE_WORDS]
    for group in GROUP_STYLES:
        held = [row for row in rows if row["group"] == group]
        if held:
            traces.append(_marks(held, group, lit, names, theme))
    layout = shared_layout(theme) | {
        "height": HEIGHT_PX,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True},
    }
    return go.Figure(data=traces if places else [], layout=layout, _validate=False)


def network_alt(nodes: pd.DataFrame, links: pd.DataFrame, words: Words) -> str:
    """Return what the network shows for readers who do not see it."""
    counts = {tie: sum(1 for found in links["tie"] if found == tie) for tie in TIE_WORDS}
    told = words.list([f"{words.text(name)}: {words.number(counts[tie])}" for tie, name in TIE_WORDS.items()])
    return words.plural(
        "Network of {n} partner or network; links by {ties}.",
        "Network of {n} partners and networks; links by {ties}.",
        len(nodes),
        ties=told,
    )


def _near(links: pd.DataFrame, chosen: str) -> set[str]:
    """Return the chosen node and those linked with it; empty without one."""
    if not chosen:
        return set()
    pairs = zip(links["one"], links["other"], strict=True)
    return {chosen} | {node for pair in pairs if chosen in pair for node in pair}


def _lit(node: str, shown: Collection[str], near: Collection[str]) -> bool:
    return node in near if near else node in shown or node.startswith("network:")


def _lines(
    tie: str, links: pd.DataFrame, places: Mapping[str, tuple[float, float]], chosen: str, theme: Theme
) -> dict[str, Any]:
    """Return the lines of one tie; with a node chosen only its own."""
    pairs = [
        (row["one"], row["other"])
        for row in links.to_dict("records")
        if row["tie"] == tie and row["one"] in places and row["other"] in places
        and (not chosen or chosen in (row["one"], row["other"]))
    ]  # fmt: skip
    ends = [(places[one], places[other]) for one, other in pairs]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at for one, other in ends for at in (one[0], other[0], None)],
        "y": [at for one, other in ends for at in (one[1], other[1], None)],
        "line": {
            "color": hex_colour(TIE_COLOURS[theme][tie]),
            "width": 2.2 if chosen else 1.1,
            "dash": "dot" if tie == PRODUCTS else "solid",
        },
        "opacity": 0.9 if chosen else 0.55,
        "hoverinfo": "skip",
    }


def _marks(
    held: list[dict[Any, Any]], group: str, lit: Collection[str], names: Mapping[str, str], theme: Theme
) -> dict[str, Any]:
    style, text = GROUP_STYLES[group], hex_colour(HEAT[theme].text)
    colour = hex_colour(style.dark if theme == "dark" else style.light)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row["x"] for row in held],
        "y": [row["y"] for row in held],
        "text": [escape(str(row["label"]), quote=False) if row["id"] in names else "" for row in held],
        "textposition": [names.get(row["id"], "top center") for row in held],
        "textfont": {"size": LABEL_PX, "color": text},
        "customdata": [[row["id"]] for row in held],
        "hovertext": [escape(str(row["told"]), quote=False) for row in held],
        "hoverinfo": "text",
        "marker": {
            "symbol": style.symbol,
            "size": style.size,
            "color": colour,
            "opacity": [1 if row["id"] in lit else 0.15 for row in held],
            "line": {"width": 1.5 if style.symbol.endswith("open") else 0.8,
                     "color": colour if style.symbol.endswith("open") else hex_colour(HEAT[theme].surface)},
        },
        "unselected": {"textfont": {"color": text}},
    }  # fmt: skip


def fitted_names(wanted: list[dict[Any, Any]], rows: list[dict[Any, Any]], width_px: int) -> dict[str, str]:
    """Return for each name that finds room where it stands beside its mark; names come first as they stand."""
    left, right = min((row["x"] for row in rows), default=0), max((row["x"] for row in rows), default=1)
    low, high = min((row["y"] for row in rows), default=0), max((row["y"] for row in rows), default=1)
    across, down = width_px * 0.88 / max(right - left, 1e-6), HEIGHT_PX * 0.88 / max(high - low, 1e-6)
    at = {row["id"]: ((row["x"] - left) * across, (high - row["y"]) * down) for row in rows}
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in at.values()]
    names: dict[str, str] = {}
    for row in wanted:
        x, y = at[row["id"]]
        for place, box in _boxes(x, y, len(str(row["label"])) * LETTER_PX).items():
            own = (x - 6, y - 6, x + 6, y + 6)
            if not any(_overlap(box, other) for other in taken if other != own):
                names[row["id"]] = place
                taken.append(box)
                break
    return names


def _boxes(x: float, y: float, width: float) -> dict[str, tuple[float, float, float, float]]:
    """Return the boxes a name may take: above, below, right, left of its mark."""
    return {
        "top center": (x - width / 2, y - 21, x + width / 2, y - 8),
        "bottom center": (x - width / 2, y + 8, x + width / 2, y + 21),
        "middle right": (x + 8, y - 7, x + 10 + width, y + 7),
        "middle left": (x - 10 - width, y - 7, x - 8, y + 7),
    }


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
