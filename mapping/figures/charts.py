"""The plotly figures: each takes a finished table and gives a figure that asks no other host for anything."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from operator import itemgetter
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.analysis.evidence import EUROPE_WIDE
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.plain_layout import CLICKABLE, FONT_PX, bare_axis, plain_layout
from mapping.figures.scales import HEAT, HeatColours, Texture, ink_on, step_label, step_of
from mapping.words import Words, mark

ROW_PX: Final = 34
HEAD_PX: Final = 24
STAGE_LABEL_PX: Final = 108
PATTERN_PX: Final = 6
GAP: Final = 0.04
"""Share of a cell left free on each side."""
EUROPE_WIDTH: Final = 2.0
"""Columns the Europe-wide figures take, so that their word fits; they stand a quarter of a column apart."""
LEGEND_ROW: Final = 0.65
"""Height of a line of the legend, in rows of cells; the same free space above it."""

NOTHING_WORDS: Final = {
    "not_assessed": mark("No published figure"),
    "none_found": mark("Looked for, none found"),
    "not_applicable": mark("Not applicable"),
    "zero": mark("Measured: zero"),
}

Cell = dict[str, Any]
"""A row of the cells, and once placed also x, width, base, printed and told."""


def obstacle_heatmap(cells: pd.DataFrame, words: Words, theme: Theme) -> go.Figure:
    """Draw how many sources give figures, stage by country, as cells a reader can click.

    Parameters
    ----------
    cells : pd.DataFrame
        From :func:`mapping.analysis.evidence.in_words`: stage, country, sources, figures, state, stage_label,
        country_label, one row a cell. About twelve countries fit beside a map; the caller chooses them.
    words : Words
        The reader's language.
    theme : Theme
        Light or dark.

    Returns
    -------
    go.Figure
        Bars, because a click on a bar selects it in Streamlit and one on a heatmap does not; the ``customdata`` of a
        selected point is ``[stage, country]``. Show it with ``theme=None``. No cells give an empty figure.

    Notes
    -----
    Plotly's own checks take most of the time a figure takes, on every rerun; a test runs them instead.
    """
    colours = HEAT[theme]
    stages, countries = list(dict.fromkeys(cells["stage"])), list(dict.fromkeys(cells["country"]))
    placed = [_placed(cell, stages, countries, words) for cell in _records(cells)]
    held = {cell["state"] for cell in placed} | {"not_assessed"}
    nothings = {words.text(said): colours.nothing[state] for state, said in NOTHING_WORDS.items() if state in held}
    layout = _layout(cells, len(nothings), colours, words)
    if not placed:
        return go.Figure({"layout": layout})
    traces = [*_cell_bars(placed, colours), *_texture_swatches(nothings, len(stages), _end(countries))]
    shapes = _legend(nothings, len(stages), colours)
    return go.Figure(data=traces, layout=layout | {"shapes": shapes}, _validate=False)


def heatmap_height(stage_count: int, nothing_count: int = 1) -> int:
    """Return the height in pixels of a heatmap of so many stages, with so many kinds of nothing in its legend."""
    return HEAD_PX + round(ROW_PX * _rows(stage_count, nothing_count))


def alt_text(cells: pd.DataFrame, words: Words) -> str:
    """Return what the heatmap shows for readers who do not see it."""
    if cells.empty:
        return words.text("An empty heatmap: no stage and no country to show.")
    seen = cells[cells["figures"] > 0]
    country_count = cells.loc[cells["country"] != EUROPE_WIDE, "country"].nunique()
    without = len(cells) - len(seen)
    sentences = [
        words.text(
            "Heatmap of sources with published figures about obstacles: {stages} by {countries} and Europe as a whole.",
            stages=words.plural("{n} stage", "{n} stages", cells["stage"].nunique()),
            countries=words.plural("{n} country", "{n} countries", country_count),
        ),
        words.plural(
            "{n} of {all} cells has no published figure.",
            "{n} of {all} cells have no published figure.",
            without,
            all=len(cells),
        ),
    ]
    if not seen.empty:
        most = max(_records(seen), key=itemgetter("sources"))
        sentences.insert(1, words.text("Most sources: {cell}.", cell=cell_words(most, words)))
    return " ".join(sentences)


def _records(cells: pd.DataFrame) -> list[Cell]:
    return [dict(zip(cells.columns, values, strict=True)) for values in cells.itertuples(index=False, name=None)]


def cell_words(cell: Cell, words: Words) -> str:
    """Return one cell as words: "Germany, manufacturing: 5 sources, 12 figures"."""
    place = {"country": cell["country_label"], "stage": cell["stage_label"]}
    if cell["figures"] == 0:
        return words.text("{country}, {stage}: {nothing}", nothing=words.text(NOTHING_WORDS[cell["state"]]), **place)
    figures = words.plural("{n} figure", "{n} figures", int(cell["figures"]))
    told = words.plural(
        "{country}, {stage}: {n} source, {figures}",
        "{country}, {stage}: {n} sources, {figures}",
        int(cell["sources"]),
        figures=figures,
        **place,
    )
    return f"{told} ({words.text(NOTHING_WORDS['zero'])})" if cell["state"] == "zero" else told


def _placed(cell: Cell, stages: Sequence[str], countries: Sequence[str], words: Words) -> Cell:
    """Return a cell with its place on the grid, its text and its words."""
    wide = cell["country"] == EUROPE_WIDE
    return cell | {
        "x": _middle(countries, cell["country"]),
        "width": (EUROPE_WIDTH if wide else 1.0) - 2 * GAP,
        "base": stages.index(cell["stage"]) + GAP,
        "printed": str(cell["sources"]) if cell["figures"] else "0" if cell["state"] == "none_found" else "",
        "told": escape(cell_words(cell, words), quote=False),
    }


def _middle(countries: Sequence[str], country: str) -> float:
    return countries.index(country) + (EUROPE_WIDTH / 2 - 0.25 if country == EUROPE_WIDE else 0.0)


def _end(countries: Sequence[str]) -> float:
    return len(countries) - 0.5 + (EUROPE_WIDTH - 0.75 if EUROPE_WIDE in countries else 0)


def _rows(stage_count: int, nothing_count: int) -> float:
    """Return the height of cells and legend, in rows of cells."""
    return max(stage_count, 1) + LEGEND_ROW * (1.5 + nothing_count)


def _legend_row(stage_count: int, line: int) -> float:
    """Return where a line of the legend begins; the steps are line 0."""
    return stage_count + LEGEND_ROW * (0.5 + line)


def _cell_bars(placed: Sequence[Cell], colours: HeatColours) -> Iterator[dict[str, Any]]:
    """Return a trace for each colour and texture there is."""
    for step, colour in enumerate(colours.steps):
        if held := [cell for cell in placed if cell["state"] == "found" and step_of(max(cell["sources"], 1)) == step]:
            yield _bars(held, hex_colour(ink_on(colour)), {"color": hex_colour(colour)})
    for state, texture in colours.nothing.items():
        if held := [cell for cell in placed if cell["state"] == state]:
            yield _bars(held, hex_colour(colours.text), _textured(texture))


def _bars(held: Sequence[Cell], ink: str, marker: dict[str, Any]) -> dict[str, Any]:
    """Return cells that look the same; their text keeps its colour when another cell is picked."""
    return {
        "type": "bar",
        "x": [cell["x"] for cell in held],
        "y": [1 - 2 * GAP] * len(held),
        "base": [cell["base"] for cell in held],
        "width": [cell["width"] for cell in held],
        "text": [cell["printed"] for cell in held],
        "customdata": [[cell["stage"], cell["country"]] for cell in held],
        "hovertext": [cell["told"] for cell in held],
        "textfont": {"color": ink},
        "marker": marker,
        "unselected": {"textfont": {"color": ink}},
    }


def _textured(texture: Texture) -> dict[str, Any]:
    lines, surface = hex_colour(texture.lines), hex_colour(texture.surface)
    pattern = {"shape": texture.pattern, "fgcolor": lines, "bgcolor": surface, "solidity": texture.solidity}
    return {"color": surface, "pattern": pattern, "line": {"color": lines, "width": 1}}


def _texture_swatches(nothings: Mapping[str, Texture], stage_count: int, end: float) -> Iterator[dict[str, Any]]:
    """Return the textures of the legend as bars, as shapes have none; they cannot be picked."""
    width = (end + 0.5) / 10
    for line, texture in enumerate(nothings.values(), 1):
        yield {
            "type": "bar",
            "x": [width / 2 - 0.5],
            "y": [LEGEND_ROW * 0.8],
            "base": _legend_row(stage_count, line),
            "width": width,
            "hoverinfo": "skip",
            "marker": _textured(texture),
        }


def _legend(nothings: Mapping[str, Texture], stage_count: int, colours: HeatColours) -> list[dict[str, Any]]:
    """Return the steps as a ramp with their counts printed in it, and the words beside the textures."""
    top, height = _legend_row(stage_count, 0), LEGEND_ROW * 0.8
    steps = [
        _swatch(step / 5, (step + 1) / 5, top, height)
        | {"fillcolor": hex_colour(colour), "label": _label(step_label(step), hex_colour(ink_on(colour)))}
        for step, colour in enumerate(colours.steps)
    ]
    words = [
        _swatch(0.11, 1.0, _legend_row(stage_count, line), height)
        | {"label": _label(escape(said, quote=False), hex_colour(colours.text)) | {"textposition": "middle left"}}
        for line, said in enumerate(nothings, 1)
    ]
    return steps + words


def _swatch(left: float, right: float, top: float, height: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x domain",
        "x0": left,
        "x1": right,
        "y0": top,
        "y1": top + height,
        "line": {"width": 0},
    }


def _label(text: str, ink: str) -> dict[str, Any]:
    return {"text": text, "font": {"color": ink, "size": FONT_PX}}


_KEPT: Final = {"marker": {"opacity": 1}}
_TEMPLATE: Final[dict[str, Any]] = {
    "data": {
        "bar": [
            {
                "type": "bar",
                "hoverinfo": "text",
                "textposition": "inside",
                "insidetextanchor": "middle",
                "constraintext": "none",
                "textangle": 0,
                "textfont": {"size": FONT_PX},
                "marker": {"line": {"width": 0}, "pattern": {"size": PATTERN_PX}},
                "selected": _KEPT,
                "unselected": _KEPT,
            }
        ]
    },
    "layout": {"xaxis": bare_axis() | {"side": "top", "tickangle": 0}, "yaxis": bare_axis()},
}
"""What all cells and both axes share; said once, it keeps the figure small."""


def _layout(cells: pd.DataFrame, nothing_count: int, colours: HeatColours, words: Words) -> dict[str, Any]:
    names = dict(zip(cells["stage"], cells["stage_label"], strict=True))
    countries = list(dict.fromkeys(cells["country"]))
    heads = [escape(words.text("Europe") if code == EUROPE_WIDE else code, quote=False) for code in countries]
    sides = [_on_two_lines(escape(name, quote=False)) for name in names.values()]
    rows = _rows(len(names), nothing_count)
    return {
        **plain_layout(colours),
        **CLICKABLE,
        "template": _TEMPLATE,
        "barmode": "overlay",
        "margin": {"l": STAGE_LABEL_PX, "r": 2, "t": HEAD_PX, "b": 0},
        "height": heatmap_height(len(names), nothing_count),
        "xaxis": {
            "tickvals": [_middle(countries, country) for country in countries],
            "ticktext": heads,
            "range": [-0.5, _end(countries)],
        },
        "yaxis": {
            "tickvals": [*(at + 0.5 for at in range(len(names))), _legend_row(len(names), 0) + LEGEND_ROW * 0.4],
            "ticktext": [*sides, words.text("Sources")] if sides else [],
            "range": [rows, 0],
        },
    }


def _on_two_lines(label: str, longest: int = 15) -> str:
    """Return a label broken at the space nearest to its middle where it is too long for one line."""
    spaces = [at for at, character in enumerate(label) if character == " "]
    if len(label) <= longest or not spaces:
        return label
    middle = min(spaces, key=lambda at: abs(at - len(label) / 2))
    return f"{label[:middle]}<br>{label[middle + 1 :]}"
