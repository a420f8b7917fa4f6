"""The heatmaps as pictures: the cells, numbers, colours and textures that the pages draw."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.matrix_words import STATE_WORDS, ToldMatrix, alt_words
from mapping.figures.charts import NOTHING_WORDS, alt_text, cell_words
from mapping.figures.matrix_scale import COLOURED, NOTHINGS, SIGNS, MatrixScale
from mapping.figures.palette import Colour, Theme
from mapping.figures.pictures import LegendItem, MatrixCell, MatrixPicture, MatrixRow, Texture
from mapping.figures.scales import HEAT, ink_on, step_label, step_of
from mapping.words import Words

TEXTURES: Final[Mapping[str, Texture]] = {"not_assessed": "hatch", "not_applicable": "grid", "zero": "dots"}
"""Kind of nothing -> texture of its cells; those looked at and found empty say 0 on a plain surface."""


def stage_picture(cells: pd.DataFrame, words: Words, theme: Theme, *, title: str, caption: str) -> MatrixPicture:
    """Return the small heatmap beside the map: how many sources give figures, by stage and country.

    Parameters
    ----------
    cells : DataFrame
        From :func:`mapping.analysis.evidence.in_words`.
    words, theme
        The reader's language; light or dark.
    title, caption : str
        What stands over and under it.
    """
    records = _records(cells)
    stages = {row["stage"]: row["stage_label"] for row in records}
    columns = {row["country"]: row["country_label"] for row in records}
    rows = [
        _row(label, [_stage_cell(row, words, theme) for row in records if row["stage"] == stage], records, stage)
        for stage, label in stages.items()
    ]
    held = {row["state"] for row in records}
    steps = [LegendItem(step_label(step), colour) for step, colour in enumerate(HEAT[theme].steps)]
    return MatrixPicture(
        title=title,
        alt=alt_text(cells, words),
        caption=caption,
        row_head=words.text("Stage"),
        heads=tuple(words.text("Europe") if code == EUROPE_WIDE else code for code in columns),
        names=tuple(columns.values()),
        rows=tuple(rows),
        legend_title=words.text("Sources"),
        legend=(*steps, *_nothings([state for state in NOTHING_WORDS if state in held], NOTHING_WORDS, words)),
    )


def _row(label: str, cells: Sequence[MatrixCell], records: Sequence[Mapping[str, Any]], stage: str) -> MatrixRow:
    return MatrixRow(label, tuple(cells), weight=float(sum(row["sources"] for row in records if row["stage"] == stage)))


def _stage_cell(row: Mapping[str, Any], words: Words, theme: Theme) -> MatrixCell:
    colour = HEAT[theme].steps[step_of(max(int(row["sources"]), 1))] if row["state"] == COLOURED else None
    text = str(row["sources"]) if row["figures"] else SIGNS.get(row["state"], "")
    return _cell(text, str(row["state"]), cell_words(dict(row), words), colour, theme)


def _cell(text: str, state: str, told: str, colour: Colour | None, theme: Theme) -> MatrixCell:
    ink = HEAT[theme].text if colour is None else ink_on(colour)
    return MatrixCell(text, state, told, colour, ink, "" if colour else TEXTURES.get(state, ""))


def _nothings(states: Sequence[str], said: Mapping[str, str], words: Words) -> list[LegendItem]:
    return [
        LegendItem(words.text(said[state]), texture=TEXTURES.get(state, ""), sign=SIGNS.get(state, ""))
        for state in states
    ]


def obstacle_picture(
    told: ToldMatrix, scale: MatrixScale, words: Words, theme: Theme, *, title: str, caption: str, row_head: str
) -> MatrixPicture:
    """Return the heatmap of obstacles.

    Parameters
    ----------
    told, scale : ToldMatrix, MatrixScale
        What is drawn and its steps of colour.
    words, theme
        The reader's language; light or dark.
    title, caption, row_head : str
        What stands over it, under it, and over its rows.
    """
    matrix, width = told.matrix, len(told.matrix.columns)
    records = _records(told.cells)
    groups = matrix.groups or ("",) * len(matrix.rows)
    rows = []
    for at, (row, group) in enumerate(zip(matrix.rows, groups, strict=True)):
        held = records[at * width : (at + 1) * width]
        cells = tuple(_told_cell(cell, scale, theme) for cell in held)
        weight = float(sum(cell["sources"] for cell in held))
        rows.append(MatrixRow(told.row_labels[row], cells, told.group_labels.get(group, ""), weight))
    found = {cell["state"] for cell in records}
    steps = [LegendItem(label, colour) for colour, label in zip(scale.colours, scale.labels, strict=True)]
    return MatrixPicture(
        title=title,
        alt=alt_words(told, words),
        caption=caption,
        row_head=row_head,
        heads=tuple(told.heads[column] for column in matrix.columns),
        names=tuple(told.column_labels[column] for column in matrix.columns),
        rows=tuple(rows),
        legend_title=told.measure,
        legend=(*steps, *_nothings([state for state in NOTHINGS if state in found], STATE_WORDS, words)),
    )


def _told_cell(cell: Mapping[str, Any], scale: MatrixScale, theme: Theme) -> MatrixCell:
    state, value = str(cell["state"]), cell["value"]
    colour = None
    if state == COLOURED:
        colour = scale.colours[scale.step(float(cell["sources"]) if value != value else float(value))]
    return _cell(str(cell["printed"]) or SIGNS.get(state, ""), state, str(cell["told"]), colour, theme)


def _records(cells: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(cells.columns, values, strict=True)) for values in cells.itertuples(index=False, name=None)]


def nothing_items(states: Sequence[str], words: Words) -> list[LegendItem]:
    """Return what the states without a colour that there are look like on a map of the same heatmap."""
    held, looks = set(states), {"none_found": "dots", "not_applicable": "grid"}
    textures: dict[str, Texture] = {"dots": "dots", "grid": "grid", "hatch": "hatch"}
    return [
        LegendItem(words.text(STATE_WORDS[state]), texture=textures[looks.get(state, "hatch")])
        for state in NOTHINGS
        if state in held and state != "zero"
    ]
