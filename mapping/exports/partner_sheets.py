"""The network of the partners as a sheet: the same places, shapes, colours and names as on the screen."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from mapping.analysis.filter_words import chips
from mapping.analysis.partner_matrix import in_view, masks, partners
from mapping.analysis.partner_network import FEWEST_TRIALS, PRODUCTS, partner_network
from mapping.analysis.partner_words import named_nodes, partners_headline
from mapping.analysis.trial_sample import sampled_sources
from mapping.exports.sheet_svg import Sheet, sheet_svg
from mapping.exports.svg_parts import INK, PAPER_WHITE, mark, outlined, ring, text
from mapping.exports.told import PAPER
from mapping.exports.typesetting import width_of
from mapping.figures.captions import caption
from mapping.figures.network_chart import (
    GROUP_STYLES,
    GROUP_WORDS,
    HEIGHT_PX,
    LABEL_PX,
    TIE_COLOURS,
    TIE_WORDS,
    fitted_names,
    network_alt,
)
from mapping.figures.palette import hex_colour
from mapping.figures.pictures import Point
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

WIDTH_PX: Final = 1100
EDGE_PX: Final = 70
"""Room around the outermost nodes for their names."""
LEGEND_PX: Final = 13
MUTED: Final = 0.15
_CORNERS: Final[Mapping[str, tuple[int, float]]] = {"hexagon2": (6, 1.0), "star": (10, 0.45)}
"""Shape -> its corners and how far in every other one lies."""
_PLAIN: Final[Mapping[str, Any]] = {"diamond": "diamond", "square": "square", "circle": "circle"} | {
    "triangle-up": "triangle"
}
_BESIDE: Final = {
    "top center": (0, -12, "middle"), "bottom center": (0, 18, "middle"), "middle right": (10, 4, "start"),
    "middle left": (-10, 4, "end"),
}  # fmt: skip


def network_svg(atlas: Atlas, view: ViewState, words: Words, address: str) -> str:
    """Return who is linked with whom as SVG; ``address`` is where it stands on the screen."""
    tables = atlas.tables
    everybody, network = partners(tables), partner_network(tables)
    shown, nodes = in_view(masks(atlas, view), everybody), named_nodes(atlas, words)
    rows: list[dict[str, Any]] = [{str(key): value for key, value in row.items()} for row in nodes.to_dict("records")]
    places = _places(rows)
    lit = {row["id"] for row in rows if row["id"] in set(shown["id"]) or str(row["id"]).startswith("network:")}
    names = fitted_names([row for row in rows if row["id"] in lit and row["named"]], rows, WIDTH_PX)
    legend, top = _legend([*dict.fromkeys(nodes["group"])], words)
    drawn = [
        *_lines(network.drawn.to_dict("records"), places),
        *(_node(row, places[row["id"]], row["id"] in lit, names.get(row["id"], "")) for row in rows),
    ]
    note = words.text(
        "Grey lines: member of a network. Green: at least {few} of the trials found run at both sites. Dotted: "
        "a product both hold, make or give. Places on this picture mean nothing and do not change. Without "
        "such a link and so only in the lists: {alone}.",
        few=FEWEST_TRIALS,
        alone=int((~everybody["id"].isin(nodes["id"])).sum()),
    )
    sheet = Sheet(
        headline=partners_headline(shown, atlas, view, words),
        title=words.text("Who is linked with whom"),
        filters=tuple(chip.text for chip in chips(tables, view, words)),
        caption=caption(tables, sampled_sources(everybody), words, note),
        address=address,
        alt=network_alt(nodes, network.drawn, words),
        lang=words.lang,
    )
    return sheet_svg(sheet, f'{legend}<g transform="translate(0 {top:.1f})">{"".join(drawn)}</g>', WIDTH_PX,
                     top + HEIGHT_PX)  # fmt: skip


def _places(rows: Sequence[Mapping[str, Any]]) -> dict[str, Point]:
    """Return where each node stands in the drawing."""
    xs, ys = [float(row["x"]) for row in rows] or [0.0], [float(row["y"]) for row in rows] or [0.0]
    across = (WIDTH_PX - 2 * EDGE_PX) / max(max(xs) - min(xs), 1e-6)
    down = (HEIGHT_PX - EDGE_PX) / max(max(ys) - min(ys), 1e-6)
    return {
        row["id"]: (EDGE_PX + (row["x"] - min(xs)) * across, EDGE_PX / 2 + (max(ys) - row["y"]) * down) for row in rows
    }


def _lines(links: Sequence[Mapping[Any, Any]], places: Mapping[str, Point]) -> Iterator[str]:
    """Return the lines, tie by tie, so that shared products lie on top."""
    for tie in TIE_WORDS:
        edge = f'{outlined(TIE_COLOURS[PAPER][tie], 1.1)} stroke-opacity="0.55"'
        dots = ' stroke-dasharray="2 3"' if tie == PRODUCTS else ""
        for row in links:
            if row["tie"] == tie and row["one"] in places and row["other"] in places:
                (x, y), (to_x, to_y) = places[row["one"]], places[row["other"]]
                yield f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}"{edge}{dots}/>'


def _node(row: Mapping[str, Any], place: Point, is_lit: bool, side: str) -> str:
    drawn = _sign(str(row["group"]), *place)
    if not is_lit:
        drawn = f'<g opacity="{MUTED}">{drawn}</g>'
    if not side:
        return drawn
    right, down, anchor = _BESIDE[side]
    return drawn + text(place[0] + right, place[1] + down, str(row["label"]), LABEL_PX, anchor=anchor)


def _sign(group: str, x: float, y: float) -> str:
    """Return the mark of a group."""
    style = GROUP_STYLES[group]
    shape, is_open = style.symbol.removesuffix("-open"), style.symbol.endswith("-open")
    if shape in _PLAIN:
        return mark(_PLAIN[shape], x, y, style.size, style.light, hollow=is_open)
    count, inside = _CORNERS[shape]
    turns = [(at, style.size / 2 * (inside if at % 2 else 1)) for at in range(count)]
    points = [
        (x + far * math.sin(2 * math.pi * at / count), y - far * math.cos(2 * math.pi * at / count))
        for at, far in turns
    ]
    fill, edge = (PAPER_WHITE, style.light) if is_open else (style.light, PAPER_WHITE)
    path = ring([(round(left, 1), round(down, 1)) for left, down in points])
    return f'<path d="{path}" fill="{hex_colour(fill)}"{outlined(edge, 1.5 if is_open else 0.8)}/>'


def _legend(groups: Sequence[str], words: Words) -> tuple[str, float]:
    """Return what the marks mean, in rows across, and where that ends."""
    parts, x, y = [], 8.0, 10.0
    for group, said in ((group, words.text(name)) for group, name in GROUP_WORDS.items() if group in groups):
        wide = 34 + width_of(said, LEGEND_PX)
        if x > 8 and x + wide > WIDTH_PX:
            x, y = 8.0, y + LEGEND_PX * 1.7
        parts += [_sign(group, x, y), text(x + 14, y + LEGEND_PX * 0.35, said, LEGEND_PX, colour=INK)]
        x += wide
    return "".join(parts), y + LEGEND_PX * 1.4
