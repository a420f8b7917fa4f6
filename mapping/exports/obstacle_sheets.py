"""The pictures of the obstacles page as sheets of any height: the whole heatmap, and how sure its cells are."""

from typing import Final

from mapping.analysis.comparing import facts_of
from mapping.analysis.filter_words import chips
from mapping.analysis.matrices import Matrix
from mapping.analysis.matrix_words import (
    MATRIX_WORDS,
    STATE_WORDS,
    ToldMatrix,
    alt_words,
    caption_notes,
    confidence_counts,
    told_matrix,
)
from mapping.analysis.obstacle_headline import obstacle_headline
from mapping.exports.figure_svg import figure_markup
from mapping.exports.sheet_svg import Sheet, sheet_svg
from mapping.exports.told import PAPER
from mapping.figures.captions import caption
from mapping.figures.confidence_grid import confidence_grid, grid_alt
from mapping.figures.matrix_chart import LABEL_PX, matrix_chart
from mapping.figures.matrix_grid import Grid
from mapping.figures.matrix_picture import TEXTURES
from mapping.figures.matrix_scale import NOTHINGS, SIGNS, STRIPE_WORDS, MatrixScale, scale_of
from mapping.figures.pictures import LegendItem
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words

COLUMN_PX: Final = 30
WIDE_PX: Final = 92
"""Width of a column under a name rather than a code."""
GRID_PX: Final = 520


def heatmap_svg(tables: Tables, matrix: Matrix, view: ViewState, words: Words, address: str) -> str:
    """Return the heatmap, every row of it, as SVG; ``address`` is where it stands on the screen."""
    told = told_matrix(tables, matrix, words)
    scale = scale_of(told.cells["value"].tolist(), matrix.asked.measure, PAPER, words)
    grid = Grid(told)
    width = LABEL_PX + grid.right * (COLUMN_PX if grid.head_rows == 1 else WIDE_PX)
    drawing, height = figure_markup(matrix_chart(told, scale, PAPER).to_dict(), width)
    sheet = Sheet(
        headline=obstacle_headline(tables, matrix, words),
        title=words.text(MATRIX_WORDS[matrix.asked.matrix]),
        filters=(told.measure, *_filters(tables, view, words)),
        caption=caption(tables, _sources(tables, matrix), words, *caption_notes(tables, matrix, words)),
        address=address,
        alt=alt_words(told, words),
        legend=_legend(told, scale, words),
        lang=words.lang,
    )
    return sheet_svg(sheet, drawing, width, height)


def confidence_svg(tables: Tables, matrix: Matrix, view: ViewState, words: Words, address: str) -> str:
    """Return the nine classes of evidence and agreement with their counts as SVG."""
    counts = confidence_counts(matrix)
    figure = confidence_grid(counts, view.evidence, view.agreement, words, PAPER)
    drawing, height = figure_markup(figure.to_dict(), GRID_PX)
    sheet = Sheet(
        headline=obstacle_headline(tables, matrix, words),
        title=words.text("Cells by evidence and agreement"),
        filters=_filters(tables, view, words),
        caption=caption(tables, _sources(tables, matrix), words),
        address=address,
        alt=grid_alt(counts, words),
        lang=words.lang,
    )
    return sheet_svg(sheet, drawing, GRID_PX, height)


def _legend(told: ToldMatrix, scale: MatrixScale, words: Words) -> list[LegendItem]:
    """Return the steps of colour, the mark for sources, and each state without a colour that there is."""
    items = [LegendItem(label, colour) for colour, label in zip(scale.colours, scale.labels, strict=True)]
    if told.matrix.asked.measure is not None and items:
        items.append(LegendItem(words.text(STRIPE_WORDS), sign="▬"))
    held = set(told.cells["state"])
    return items + [
        LegendItem(words.text(STATE_WORDS[state]), texture=TEXTURES.get(state, ""), sign=SIGNS.get(state, ""))
        for state in NOTHINGS
        if state in held
    ]


def _filters(tables: Tables, view: ViewState, words: Words) -> tuple[str, ...]:
    return tuple(chip.text for chip in chips(tables, view, words))


def _sources(tables: Tables, matrix: Matrix) -> list[str]:
    facts = facts_of(tables)
    return sorted({source for held in matrix.held.values() for source in facts.sources(held)})
