"""Who knows which stage: a dot for each partner and stage, and a grid of countries and stages with its gaps."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.figures.network_chart import GROUP_STYLES
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.pipeline_charts import COLOURS, shared_layout
from mapping.figures.plain_layout import FONT_PX, bare_axis
from mapping.figures.scales import HEAT, ink_on, step_of
from mapping.words import Words, mark

ROW_PX: Final = 19
CELL_PX: Final = 20
HEAD_PX: Final = 46
SLANTED_PX: Final = 112
GAP: Final = 0.04
NOTHING_WORDS: Final = {
    "none_found": mark("none found for this stage"),
    "not_assessed": mark("not assessed"),
    "not_applicable": mark("not applicable"),
    "zero": mark("none"),
}

Row = Mapping[Any, Any]


def expertise_chart(
    rows: Sequence[Row], stages: Mapping[str, str], chosen: str, words: Words, theme: Theme
) -> go.Figure:
    """Draw which partner is said to know which stage.

    Parameters
    ----------
    rows : sequence of mappings
        One a line: ``head`` (a heading, without dots) or id, label, and known (codes of stages).
    stages : Mapping
        Code -> label, in the order of the columns.
    chosen : str
        Id of the partner that is open.
    words, theme
        The reader's language; light or dark.

    Returns
    -------
    go.Figure
        The ``customdata`` of a dot is the partner's id. Show it with ``theme=None``.
    """
    colour = GROUP_STYLES["consortium"].dark if theme == "dark" else GROUP_STYLES["consortium"].light
    text, grid = hex_colour(HEAT[theme].text), hex_colour(COLOURS[theme].grid)
    dots = [
        (column, place, row, code)
        for place, row in enumerate(rows)
        if "id" in row
        for column, code in enumerate(stages)
    ]
    known = [code in row["known"] for _, _, row, code in dots]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [column for column, *_ in dots],
        "y": [place for _, place, *_ in dots],
        "customdata": [[row["id"]] for _, _, row, _ in dots],
        "hovertext": [_told(row, stages[code], code in row["known"], words) for _, _, row, code in dots],
        "hoverinfo": "text",
        "marker": {
            "opacity": 1,
            "size": [12 if found else 4 for found in known],
            "color": [hex_colour(colour) if found else grid for found in known],
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    names = [_row_name(row, chosen) for row in rows]
    layout = _grid_layout(list(stages.values()), names, theme, slanted=True) | {
        "height": SLANTED_PX + ROW_PX * max(len(rows), 1)
    }
    layout["font"]["color"] = text
    return go.Figure(data=[trace] if dots else [], layout=layout, _validate=False)


def coverage_chart(
    cells: pd.DataFrame,
    countries: Mapping[str, str],
    stages: Mapping[str, str],
    words: Words,
    theme: Theme,
    narrow: bool = False,
) -> go.Figure:
    """Draw how many partners in each country are said to know each stage; where there is nobody, a texture.

    Parameters
    ----------
    cells : DataFrame
        From :func:`mapping.analysis.partner_matrix.stage_coverage`.
    countries, stages : Mapping
        Code -> label.
    words, theme
        The reader's language; light or dark.
    narrow : bool
        On a phone the names of the columns lean, as they have no room side by side.

    Returns
    -------
    go.Figure
        Bars as cells, as a click on a bar selects it; their ``customdata`` is ``[country, stage]``.
    """
    rows, columns = list(dict.fromkeys(cells["country"])), list(stages)
    names = ("country", "stage", "partners", "state")
    placed = [
        {**dict(zip(names, cell, strict=True)), "x": columns.index(cell[1]), "base": rows.index(cell[0]) + GAP}
        for cell in zip(*(cells[name].tolist() for name in names), strict=True)
    ]
    heat, traces = HEAT[theme], []
    for step, colour in enumerate(heat.steps):
        held = [cell for cell in placed if cell["state"] == "found" and step_of(cell["partners"]) == step]
        traces.append(_cells(held, {"color": hex_colour(colour)}, hex_colour(ink_on(colour)), countries, stages, words))
    for state, texture in heat.nothing.items():
        held = [cell for cell in placed if cell["state"] == state]
        lines, surface = hex_colour(texture.lines), hex_colour(texture.surface)
        pattern = {"shape": texture.pattern, "fgcolor": lines, "bgcolor": surface, "size": 6, "solidity": 0.25}
        marker = {"color": surface, "pattern": pattern, "line": {"color": lines, "width": 1}}
        traces.append(_cells(held, marker, hex_colour(heat.text), countries, stages, words))
    labels = [escape(countries[code], quote=False) for code in rows]
    layout = _grid_layout(list(stages.values()), labels, theme, slanted=narrow) | {
        "height": (SLANTED_PX if narrow else HEAD_PX) + CELL_PX * max(len(rows), 1),
        "barmode": "overlay",
    }
    layout["yaxis"] |= {"range": [len(rows), 0], "tickvals": [place + 0.5 for place in range(len(rows))]}
    return go.Figure(data=[trace for trace in traces if trace["x"]], layout=layout, _validate=False)


def coverage_alt(cells: pd.DataFrame, words: Words) -> str:
    """Return what the grid shows for readers who do not see it."""
    found = int((cells["state"] == "found").sum())
    return words.text(
        "Grid of {countries} countries and {stages} stages; cells with a partner: {found}, without: {empty}.",
        countries=cells["country"].nunique(),
        stages=cells["stage"].nunique(),
        found=found,
        empty=len(cells) - found,
    )


def expertise_alt(rows: Sequence[Row], stages: Mapping[str, str], words: Words) -> str:
    """Return what the dots show for readers who do not see them."""
    partners = [row for row in rows if "id" in row]
    told = [f"{label}: {sum(code in row['known'] for row in partners)}" for code, label in stages.items()]
    return words.plural(
        "Dots for {n} partner by stage of expertise. Partners a stage: {told}.",
        "Dots for {n} partners by stage of expertise. Partners a stage: {told}.",
        len(partners),
        told="; ".join(told),
    )


def _told(row: Row, stage: str, known: bool, words: Words) -> str:
    said = words.text("{partner}: {stage}", partner=row["label"], stage=stage)
    return escape(said if known else words.text("{what}, not stated", what=said), quote=False)


def _row_name(row: Row, chosen: str) -> str:
    if "head" in row:
        return f"<b>{escape(str(row['head']), quote=False)}</b>"
    label = escape(str(row["label"]), quote=False)
    return f"<b>▸ {label}</b>" if row["id"] == chosen else label


def _cells(
    held: Sequence[Row],
    marker: dict[str, Any],
    ink: str,
    countries: Mapping[str, str],
    stages: Mapping[str, str],
    words: Words,
) -> dict[str, Any]:
    """Return cells that look the same."""
    kept = {"marker": {"opacity": 1}, "textfont": {"color": ink}}
    return {
        "type": "bar",
        "x": [cell["x"] for cell in held],
        "y": [1 - 2 * GAP] * len(held),
        "base": [cell["base"] for cell in held],
        "width": [1 - 2 * GAP] * len(held),
        "text": [_printed(cell) for cell in held],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": ink, "size": FONT_PX},
        "customdata": [[cell["country"], cell["stage"]] for cell in held],
        "hovertext": [_cell_told(cell, countries, stages, words) for cell in held],
        "hoverinfo": "text",
        "marker": marker,
        "selected": kept,
        "unselected": kept,
    }


def _printed(cell: Row) -> str:
    return str(cell["partners"]) if cell["partners"] else "0" if cell["state"] == "none_found" else ""


def _cell_told(cell: Row, countries: Mapping[str, str], stages: Mapping[str, str], words: Words) -> str:
    place = {"country": countries[cell["country"]], "stage": stages[cell["stage"]]}
    if not cell["partners"]:
        nothing = words.text(NOTHING_WORDS[cell["state"]])
        return escape(words.text("{country}, {stage}: {nothing}", nothing=nothing, **place), quote=False)
    told = words.plural(
        "{country}, {stage}: {n} partner", "{country}, {stage}: {n} partners", cell["partners"], **place
    )
    return escape(told, quote=False)


def _grid_layout(columns: Sequence[str], rows: Sequence[str], theme: Theme, slanted: bool = False) -> dict[str, Any]:
    longest = max((len(name.replace("<b>", "").replace("</b>", "")) for name in rows), default=0)
    heads = [escape(column, quote=False) for column in columns]
    heads = heads if slanted else [_broken(head) for head in heads]
    top, angle = (SLANTED_PX, -55) if slanted else (HEAD_PX, 0)
    heading = {"tickangle": angle, "tickfont": {"size": FONT_PX - 1}, "ticklabeloverflow": "allow"}
    columns_at = {"tickvals": list(range(len(columns))), "ticktext": heads, "range": [-0.5, len(columns) - 0.5]}
    rows_at = {"tickvals": list(range(len(rows))), "ticktext": list(rows), "range": [len(rows) - 0.5, -0.5]}
    return shared_layout(theme) | {
        "margin": {"l": min(16 + round(longest * 6.3), 200), "r": 66 if slanted else 4, "t": top, "b": 2},
        "xaxis": bare_axis() | {"side": "top"} | heading | columns_at,
        "yaxis": bare_axis() | rows_at,
    }


def _broken(label: str) -> str:
    """Return a label with a break after each word of some length, as columns are narrow."""
    return label.replace(" and ", " and<br>").replace(" ", "<br>", 1) if " " in label else label
