"""The obstacles as data: the heatmap the view asks for, and the countries by the same measure."""

from typing import Final

from mapping.analysis.comparing import facts_of
from mapping.analysis.matrices import Matrix, asked_of, matrix_of
from mapping.analysis.matrix_words import MATRIX_WORDS, ToldMatrix, caption_notes, told_matrix
from mapping.analysis.measures import printed
from mapping.analysis.obstacle_countries import by_country, country_sources, country_values, europe_wide
from mapping.analysis.obstacle_drawer import row_words
from mapping.analysis.obstacle_headline import obstacle_headline
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.captions import caption, map_caption
from mapping.figures.country_layers import CountryFill
from mapping.figures.extents import extent_of
from mapping.figures.map_picture import disc, ground, picture
from mapping.figures.matrix_picture import nothing_items, obstacle_picture
from mapping.figures.matrix_scale import MatrixScale, scale_of
from mapping.figures.obstacle_map import TEXTURES
from mapping.figures.pictures import LegendItem, MapPicture, MatrixPicture
from mapping.figures.scales import ink_on
from mapping.view.address import EUROPE
from mapping.words import mark

METHOD: Final = mark(
    "Each published figure about an obstacle is one row with its source. A cell counts distinct sources, or shows the "
    "median of figures of one kind, unit, direction and scope, which are never mixed. Figures about Europe as a whole "
    "have a column of their own and stand on no country. Where figures were published is not where the hurdle is "
    "highest: an empty cell means that no figure was published or found."
)
DISC: Final = 30.0
"""Width of a country's disc in units of the picture."""


def told(asked: Asked) -> Told:
    """Return what the page of obstacles shows."""
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    matrix = matrix_of(tables, asked_of(tables, view))
    said = told_matrix(tables, matrix, words)
    scale = scale_of(said.cells["value"].tolist(), matrix.asked.measure, PAPER, words)
    facts = facts_of(tables)
    sources = sorted({source for held in matrix.held.values() for source in facts.sources(held)})
    return Told(
        headline=obstacle_headline(tables, matrix, words),
        pictures=(_matrix(asked, matrix, said, scale, sources), _map(asked, matrix, said)),
        facts=_facts(asked, matrix, len(sources)),
        method=words.text(METHOD),
        source_ids=tuple(source for held in matrix.held.values() for source in facts.sources(held)),
    )


def _matrix(asked: Asked, matrix: Matrix, said: ToldMatrix, scale: MatrixScale, sources: list[str]) -> MatrixPicture:
    tables, words = asked.atlas.tables, asked.words
    return obstacle_picture(
        said,
        scale,
        words,
        PAPER,
        title=words.text(MATRIX_WORDS[matrix.asked.matrix]),
        caption=caption(tables, sources, words, *caption_notes(tables, matrix, words)),
        row_head=words.text("Category") if matrix.asked.matrix == "category" else words.text("Obstacle"),
    )


def _map(asked: Asked, matrix: Matrix, said: ToldMatrix) -> MapPicture:
    """Return the countries by the chosen measure, of the open row or of all rows in view."""
    tables, words = asked.atlas.tables, asked.words
    countries = by_country(tables, asked_of(tables, asked.view))
    row = _open_row(asked, matrix)
    values = country_values(countries, tables, row)
    scale = scale_of(values["value"].tolist(), countries.asked.measure, PAPER, words)
    on = ground(asked.atlas, words, asked.geo, extent_of(EUROPE, tables, asked.geo))
    middles = on.middles()
    fills, marks, told = [], [], []
    for line in values.to_dict("records"):
        if line["state"] not in {"found", "zero"}:
            fills.append(CountryFill(line["country"], None, TEXTURES.get(line["state"], "hatch")))
            continue
        colour = scale.colours[scale.step(float(line["value"]))]
        fills.append(CountryFill(line["country"], colour))
        label, name = printed(countries.asked.measure, line["value"], words), words.country(tables, line["country"])
        told.append(words.text("{filter}: {value}", filter=name, value=label))
        marks.append(disc(on, middles[line["country"]], DISC, colour, ink_on(colour), label, told[-1]))
    title = row_words(tables, row, words) if row else words.text("All obstacles in view")
    steps = [LegendItem(label, colour) for colour, label in zip(scale.colours, scale.labels, strict=True)]
    return picture(
        on,
        marks,
        [*steps, *nothing_items(list(values["state"]), words), on.outside],
        title=f"{words.text('By country')}: {title}",
        alt="; ".join(told) or words.text("No country has a figure."),
        caption=map_caption(tables, country_sources(countries, tables, row), words),
        legend_title=said.measure,
        fills=fills,
    )


def _open_row(asked: Asked, matrix: Matrix) -> str:
    row = asked.view.cell.partition(":")[0] or asked.view.obstacle
    return row if row in matrix.rows else ""


def _facts(asked: Asked, matrix: Matrix, sources: int) -> tuple[tuple[str, str], ...]:
    tables, words = asked.atlas.tables, asked.words
    figures = len({at for held in matrix.held.values() for at in held})
    seen = int((matrix.cells["figures"] > 0).sum())
    whole = europe_wide(by_country(tables, matrix.asked), tables)
    return (
        (words.text("Rows"), words.number(len(matrix.rows))),
        (words.text("Published figures"), words.number(figures)),
        (words.text("Distinct sources"), words.number(sources)),
        (words.text("Cells with a figure"), words.text("{n} of {all}", n=seen, all=len(matrix.cells))),
        (words.text("Figures about Europe as a whole"), words.number(whole.figures)),
    )
