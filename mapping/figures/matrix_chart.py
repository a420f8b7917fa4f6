"""The obstacle heatmap drawn: rows in groups under their headings, a colour and a number in each cell with figures."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Any, Final

import plotly.graph_objects as go

from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.matrix_words import ToldMatrix, records_of
from mapping.figures.matrix_grid import Grid
from mapping.figures.matrix_scale import COLOURED, SIGNS, STRIPE_SOURCES, MatrixScale
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.plain_layout import CLICKABLE, bare_axis, plain_layout
from mapping.figures.scales import HEAT, HeatColours, Texture, ink_on

ROW_PX: Final = 22
FONT_PX: Final = 11
LABEL_PX: Final = 250
LABEL_CHARACTERS: Final = 48
"""Longest name beside a row; the full one is in the cell's words, in the drawer and in the table."""
GAP: Final = 0.05
OUTLINE_PX: Final = 3

Cell = dict[str, Any]


def matrix_chart(told: ToldMatrix, scale: MatrixScale, theme: Theme, footer: str = "") -> go.Figure:
    """Draw a heatmap of obstacles.

    Parameters
    ----------
    told : ToldMatrix
        The cells with their words; no cells give an empty figure.
    scale : MatrixScale
        Which value makes which colour.
    theme : Theme
        Light or dark.
    footer : str
        One line under the cells, for copies of the picture: what it shows and of what data.

    Returns
    -------
    go.Figure
        Bars, because a click on a bar selects it in Streamlit; the ``customdata`` of a selected point is
        ``[row, column]``. Show it with ``theme=None``.
    """
    grid, colours = Grid(told), HEAT[theme]
    layout = _layout(grid, colours, footer)
    if told.cells.empty:
        return go.Figure({"layout": layout})
    cells = records_of(told.cells)
    traces = [
        *_untold(grid, cells, colours),
        *_coloured(grid, cells, scale),
        *_stripes(grid, cells, scale),
    ]
    return go.Figure(data=traces, layout=layout, _validate=False)


def with_open_cell(figure: go.Figure, told: ToldMatrix, row: str, column: str, theme: Theme) -> go.Figure:
    """Return a heatmap with a frame around one cell, or around a whole row where no column is named."""
    grid = Grid(told)
    if row not in grid.tops or (column and column not in grid.lefts):
        return figure
    left, right = (grid.lefts[column], grid.lefts[column] + grid.width(column)) if column else (0.0, grid.right)
    frame = {
        "type": "rect",
        "x0": left,
        "x1": right,
        "y0": grid.tops[row],
        "y1": grid.tops[row] + 1,
        "line": {"color": hex_colour((213, 94, 0)), "width": OUTLINE_PX},
    }
    held = figure.to_dict()
    shapes = [*held["layout"].get("shapes", ()), frame]
    return go.Figure(data=held["data"], layout={**held["layout"], "shapes": shapes}, _validate=False)


def chart_height(told: ToldMatrix, footer: bool = True) -> int:
    """Return the height of a heatmap in pixels."""
    return round(ROW_PX * (Grid(told).bottom + (1.2 if footer else 0.2)))


def _coloured(grid: Grid, cells: Sequence[Cell], scale: MatrixScale) -> Iterator[dict[str, Any]]:
    """Return a trace for each colour there is."""
    held = [cell for cell in cells if cell["state"] == COLOURED]
    steps = [scale.step(_value(cell)) for cell in held]
    for step, colour in enumerate(scale.colours):
        chosen = [cell for cell, at in zip(held, steps, strict=True) if at == step]
        if chosen:
            yield _bars(grid, chosen, hex_colour(ink_on(colour)), {"color": hex_colour(colour)})


def _value(cell: Cell) -> float:
    """Return what colours a cell: its median, or its number of sources where the measure is that."""
    return float(cell["sources"]) if cell["value"] != cell["value"] else float(cell["value"])


def _bars(grid: Grid, cells: Sequence[Cell], ink: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [grid.lefts[cell["column"]] + grid.width(cell["column"]) / 2 for cell in cells],
        "y": [1 - 2 * GAP] * len(cells),
        "base": [grid.tops[cell["row"]] + GAP for cell in cells],
        "width": [grid.width(cell["column"]) - 2 * GAP for cell in cells],
        "text": [cell["printed"] for cell in cells],
        "customdata": [[cell["row"], cell["column"]] for cell in cells],
        "hovertext": [escape(cell["told"], quote=False) for cell in cells],
        "textfont": {"color": ink},
        "marker": marker,
        "unselected": {"textfont": {"color": ink}},
    }


def _stripes(grid: Grid, cells: Sequence[Cell], scale: MatrixScale) -> Iterator[dict[str, Any]]:
    """Return the mark for the number of sources, where the printed number is something else."""
    held = [cell for cell in cells if cell["state"] == COLOURED]
    if grid.told.matrix.asked.measure is None or not held:
        return
    shares = [min(cell["sources"], STRIPE_SOURCES) / STRIPE_SOURCES * (1 - 4 * GAP) for cell in held]
    widths = [share * grid.width(cell["column"]) for share, cell in zip(shares, held, strict=True)]
    inks = [hex_colour(ink_on(scale.colours[scale.step(_value(cell))])) for cell in held]
    yield {
        "type": "bar",
        "x": [grid.lefts[cell["column"]] + 2 * GAP + wide / 2 for cell, wide in zip(held, widths, strict=True)],
        "y": [0.12] * len(held),
        "base": [grid.tops[cell["row"]] + 1 - GAP - 0.14 for cell in held],
        "width": widths,
        "hoverinfo": "skip",
        "marker": {"color": inks},
    }


def _untold(grid: Grid, cells: Sequence[Cell], colours: HeatColours) -> Iterator[dict[str, Any]]:
    """Return the cells without a colour: those with figures one by one, the others as stretches of a row."""
    ink = hex_colour(colours.text)
    for state in ("zero", "other", "left_out", "none_found"):
        held = [
            cell | ({"printed": SIGNS[state]} if state in {"other", "left_out"} else {})
            for cell in cells
            if cell["state"] == state
        ]
        if held:
            yield _bars(grid, held, ink, _surface(state, colours))
    width = len(grid.told.matrix.columns)
    for state in ("not_assessed", "not_applicable"):
        found = [
            (cells[first + start], cells[first + end - 1])
            for first in range(0, len(cells), width)
            for start, end in _runs([cell["state"] for cell in cells[first : first + width]], state, grid)
        ]
        if found:
            yield _stretches(grid, found, _surface(state, colours))


def _runs(states: Sequence[str], state: str, grid: Grid) -> Iterator[tuple[int, int]]:
    """Return the stretches of a state in a row: first, past the last; the column of Europe stands alone."""
    apart = [at for at, column in enumerate(grid.told.matrix.columns) if column == EUROPE_WIDE]
    changes = [at for at, (one, other) in enumerate(pairwise(states), 1) if one != other]
    edges = sorted({0, *changes, *apart, len(states)})
    return ((start, end) for start, end in pairwise(edges) if states[start] == state)


def _stretches(grid: Grid, found: Sequence[tuple[Cell, Cell]], marker: dict[str, Any]) -> dict[str, Any]:
    lefts = [grid.lefts[first["column"]] + GAP for first, _ in found]
    rights = [grid.lefts[last["column"]] + grid.width(last["column"]) - GAP for _, last in found]
    return {
        "type": "bar",
        "x": [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)],
        "y": [1 - 2 * GAP] * len(found),
        "base": [grid.tops[first["row"]] + GAP for first, _ in found],
        "width": [right - left for left, right in zip(lefts, rights, strict=True)],
        "hoverinfo": "skip",
        "marker": marker,
    }


def _surface(state: str, colours: HeatColours) -> dict[str, Any]:
    """Return how a cell without a colour of the scale is drawn."""
    if state in {"other", "left_out"}:
        line = {"color": hex_colour(colours.nothing["none_found"].lines), "width": 1 if state == "other" else 0}
        return {"color": hex_colour(colours.surface), "line": line}
    texture: Texture = colours.nothing[state]
    lines, surface = hex_colour(texture.lines), hex_colour(texture.surface)
    solidity = texture.solidity * (0.45 if state in {"not_assessed", "zero"} else 1)
    pattern = {"shape": texture.pattern, "fgcolor": lines, "bgcolor": surface, "solidity": solidity}
    return {"color": surface, "pattern": pattern, "line": {"color": lines, "width": 0.5 if state[:3] == "not" else 1}}


_KEPT: Final = {"marker": {"opacity": 1}}
_BAR: Final = {
    "type": "bar",
    "hoverinfo": "text",
    "textposition": "inside",
    "insidetextanchor": "middle",
    "constraintext": "none",
    "textangle": 0,
    "textfont": {"size": FONT_PX},
    "marker": {"line": {"width": 0}, "pattern": {"size": 6}},
    "selected": _KEPT,
    "unselected": _KEPT,
}


def _layout(grid: Grid, colours: HeatColours, footer: str) -> dict[str, Any]:
    text, surface = hex_colour(colours.text), hex_colour(colours.surface)
    told = grid.told
    sides = {top + 0.5: escape(_short(told.row_labels[row]), quote=False) for row, top in grid.tops.items()}
    sides |= {
        top + grid.head_rows - 0.5: f"<b>{escape(told.group_labels.get(group, ''), quote=False)}</b>"
        for group, top in grid.heads.items()
    }
    ends = grid.bottom + (1.2 if footer else 0.2)
    return {
        "template": {"data": {"bar": [_BAR]}, "layout": {"xaxis": bare_axis(), "yaxis": bare_axis()}},
        **plain_layout(colours, FONT_PX),
        **CLICKABLE,
        "barmode": "overlay",
        "margin": {"l": LABEL_PX, "r": 2, "t": 2, "b": 0},
        "height": chart_height(told, bool(footer)),
        "xaxis": {"showticklabels": False, "range": [0, max(grid.right, 1.0)]},
        "yaxis": {"tickvals": list(sides), "ticktext": list(sides.values()), "range": [ends, 0]},
        "annotations": _heads(grid, text) + _foot(footer, ends, text),
        "shapes": _lines_between(grid, surface),
    }


def _heads(grid: Grid, text: str) -> list[dict[str, Any]]:
    """Return the names of the columns, over each group again, as a long heatmap scrolls."""
    long = grid.head_rows > 1
    return [
        {
            "x": grid.lefts[column] + grid.width(column) / 2,
            "y": top + grid.head_rows / 2,
            "text": _broken(escape(said, quote=False)) if long else escape(said, quote=False),
            "showarrow": False,
            "font": {"size": FONT_PX - (0 if long else 1), "color": text},
        }
        for top in grid.heads.values()
        for column, said in grid.told.heads.items()
    ]


def _foot(footer: str, ends: float, text: str) -> list[dict[str, Any]]:
    if not footer:
        return []
    place = {"xref": "paper", "x": 1, "xanchor": "right", "y": ends - 0.5, "showarrow": False}
    return [{**place, "text": escape(footer, quote=False), "font": {"size": FONT_PX, "color": text}}]


def _lines_between(grid: Grid, surface: str) -> list[dict[str, Any]]:
    """Return the lines in the colour of the page that part the columns, so that a stretch still reads as cells."""
    line = {"color": surface, "width": 2}
    return [
        {"type": "line", "x0": left, "x1": left, "y0": 0, "y1": grid.bottom, "line": line}
        for column, left in grid.lefts.items()
        if left
    ]


def _short(label: str) -> str:
    """Return a name that has room beside its row, cut after a whole word."""
    return label if len(label) <= LABEL_CHARACTERS else f"{label[:LABEL_CHARACTERS].rsplit(' ', 1)[0]}…"


def _broken(label: str) -> str:
    return label.replace(" ", "<br>", 1)
