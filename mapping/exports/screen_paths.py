"""The paths forward as data: each under the actor who would lead, in the column of its horizon."""

from typing import Any, Final

from mapping.analysis.road_map import horizon_heads, road_map
from mapping.exports.told import PAPER, Asked
from mapping.figures.captions import caption
from mapping.figures.pictures import LegendItem, MatrixCell, MatrixPicture, MatrixRow
from mapping.figures.road_map_chart import alt_text
from mapping.figures.scales import HEAT, ink_on
from mapping.view.answers import paths_in_view

OWN_STEP, OTHER_STEP = 3, 0
"""Steps of colour of the project's own paths and of others."""
_WEIGHT: Final = {True: 2.0, False: 1.0}
"""A page without room for all shows the project's own first."""


def road_map_picture(asked: Asked) -> MatrixPicture:
    """Return the road map of the paths in view: a row a path, grouped by actor, marked at its horizon."""
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    paths = paths_in_view(tables, view)
    placed, heads = road_map(tables, paths, words), horizon_heads(tables, view.horizons, words)
    colours = HEAT[PAPER].steps
    rows = tuple(
        MatrixRow(
            row["title"],
            tuple(_cell(asked, row, horizon) for horizon in heads),
            row["actor_label"],
            _WEIGHT[bool(row["is_own"])],
        )
        for row in placed.to_dict("records")
    )
    note = words.text("Horizon, and lead actor in about half of the paths, are our reading.")
    sources = [source for cell in paths["source_ids"].dropna() for source in cell.split("|")]
    return MatrixPicture(
        title=words.text("Paths forward by horizon and lead actor"),
        alt=alt_text(placed, words),
        caption=caption(tables, sources, words, note),
        row_head=words.text("Path forward"),
        heads=tuple(heads.values()),
        names=tuple(heads.values()),
        rows=rows,
        legend_title=words.text("Paths forward"),
        legend=(
            LegendItem(words.text("Proposed by JOIN4ATMP"), colours[OWN_STEP]),
            LegendItem(words.text("Proposed by others"), colours[OTHER_STEP]),
        ),
    )


def _cell(asked: Asked, row: dict[Any, Any], horizon: str) -> MatrixCell:
    if row["horizon"] != horizon:
        return MatrixCell("", "not_applicable", "")
    colour = HEAT[PAPER].steps[OWN_STEP if row["is_own"] else OTHER_STEP]
    told = asked.words.text(
        "{path}: {horizon}; proposed by {who}", path=row["title"], horizon=row["horizon_label"], who=row["proposed_by"]
    )
    return MatrixCell("●" if row["is_own"] else "○", "found", told, colour, ink_on(colour))
