"""A heatmap of obstacles in words: what each cell prints and says, what the caption says, and the same as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapping.analysis.agreement import Confidence, confidence_words
from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.filter_words import CLASS_WORDS
from mapping.analysis.matrices import Matrix
from mapping.analysis.measures import GMO_RANK, Measure, measure_words, printed
from mapping.analysis.obstacle_drawer import column_words, row_words
from mapping.analysis.ordering import order_sentence
from mapping.analysis.unit_words import value_words
from mapping.tables.loading import Tables
from mapping.view.address import AGREEMENT, EVIDENCE
from mapping.words import Words, mark

STATE_WORDS: Final = {
    "not_assessed": mark("No published figure"),
    "none_found": mark("Looked for, none found"),
    "not_applicable": mark("Not applicable"),
    "zero": mark("Measured: zero"),
    "other": mark("Only figures of another kind"),
    "left_out": mark("Left out by evidence or agreement"),
}
"""State of a cell without a colour -> what legend, table and pointer say."""
MATRIX_WORDS: Final = {
    "country": mark("Obstacle by country"),
    "stage": mark("Obstacle by stage"),
    "stakeholder": mark("Obstacle by stakeholder"),
    "category": mark("Category by country"),
}
_NOT_BURDEN: Final = mark("Where figures were published is not where the hurdle is highest.")
_GMO: Final = mark("The GMO regimes are our coding (1 to 3) of a table of laws; a regime is not a delay.")
_MEDIAN: Final = mark("A cell with several figures shows their median; kind, unit, direction and scope never mix.")
_NEUTRAL: Final = mark("A high value here is neither good nor bad, so all values have one colour.")
_BOTH: Final = mark("Figures about countries and about Europe as a whole are counted together here.")


@dataclass(frozen=True)
class ToldMatrix:
    """A heatmap with its words."""

    matrix: Matrix
    cells: pd.DataFrame
    """The cells with ``printed`` (what stands in it) and ``told`` (what it means, one sentence)."""
    row_labels: Mapping[str, str]
    column_labels: Mapping[str, str]
    heads: Mapping[str, str]
    """Column -> what stands above it: a country's code, or a name."""
    group_labels: Mapping[str, str]
    measure: str


def told_matrix(tables: Tables, matrix: Matrix, words: Words) -> ToldMatrix:
    """Return a heatmap with its words."""
    asked = matrix.asked
    rows = {row: row_words(tables, row, words) for row in matrix.rows}
    columns = {column: column_words(tables, asked.matrix, column, words) for column in matrix.columns}
    short = asked.matrix in {"country", "category"}
    heads = {column: column if short else label for column, label in columns.items()}
    heads |= {EUROPE_WIDE: words.text("Europe")} if short else {}
    records = records_of(matrix.cells)
    cells = matrix.cells.assign(
        printed=[_printed(cell, matrix, words) for cell in records],
        told=[_told(tables, cell, matrix, rows, columns, words) for cell in records],
    )
    groups = {stage: words.label(tables, "stage", stage) for stage in dict.fromkeys(matrix.groups)}
    return ToldMatrix(matrix, cells, rows, columns, heads, groups, measure_words(tables, asked.measure, words))


def caption_notes(tables: Tables, matrix: Matrix, words: Words) -> list[str]:
    """Return what the line under a heatmap says of it, as sentences: measure, order, limits."""
    asked = matrix.asked
    notes = [words.text("Colour: {measure}.", measure=measure_words(tables, asked.measure, words))]
    notes.append(order_sentence(asked.order, words))
    if asked.measure is not None:
        notes.append(words.text(_MEDIAN))
    if asked.measure is not None and asked.measure.is_neutral:
        notes.append(words.text(_NEUTRAL))
    if asked.matrix in {"stage", "stakeholder"} and not asked.countries:
        notes.append(words.text(_BOTH))
    if asked.measure is not None and asked.measure.unit == GMO_RANK:
        notes.append(words.text(_GMO))
    return [*notes, words.text(_NOT_BURDEN)]


def table_of(told: ToldMatrix, words: Words) -> pd.DataFrame:
    """Return a heatmap as a table: rows and columns in the order drawn, in each cell what it prints or why nothing."""
    states = {state: words.text(said) for state, said in STATE_WORDS.items()}
    width = len(told.matrix.columns)
    cells = [_tabled(cell, told.matrix.asked.measure, words) or states.get(cell["state"], "") for cell in
             records_of(told.cells)]  # fmt: skip
    lines = [cells[at * width : (at + 1) * width] for at in range(len(told.matrix.rows))]
    frame = pd.DataFrame(lines, columns=[told.column_labels[column] for column in told.matrix.columns])
    names = [told.row_labels[row] for row in told.matrix.rows]
    if told.matrix.groups:
        frame.insert(0, words.text("Stage"), [told.group_labels[stage] for stage in told.matrix.groups])
    first = words.text("Category") if told.matrix.asked.matrix == "category" else words.text("Obstacle")
    return frame.set_axis(pd.Index(names, name=first))


def _tabled(cell: Mapping[str, Any], measure: Measure | None, words: Words) -> str:
    """Return what a cell prints, and of several figures of a measure their range and number too."""
    if measure is None or cell["figures"] < 2 or not cell["printed"]:
        return str(cell["printed"])
    return words.text(
        "{value} ({low} to {high}, {figures})",
        value=cell["printed"],
        low=printed(measure, cell["low"], words),
        high=printed(measure, cell["high"], words),
        figures=words.plural("{n} figure", "{n} figures", int(cell["figures"])),
    )


def alt_words(told: ToldMatrix, words: Words) -> str:
    """Return what a heatmap shows for readers who do not see it."""
    cells = told.cells
    if cells.empty:
        return words.text("An empty heatmap: nothing matches the filters.")
    seen = cells[cells["figures"] > 0]
    said = words.text(
        "Heatmap of {measure}: {rows} by {columns}. {seen} of {all} cells have a figure.",
        measure=told.measure,
        rows=words.plural("{n} row", "{n} rows", len(told.matrix.rows)),
        columns=words.plural("{n} column", "{n} columns", len(told.matrix.columns)),
        seen=len(seen),
        all=len(cells),
    )
    return said if seen.empty else f"{said} {words.text('Most sources: {cell}.', cell=_most(seen))}"


def _most(seen: pd.DataFrame) -> str:
    at = int(seen["sources"].to_numpy().argmax())
    return str(seen["told"].iloc[at])


def records_of(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as mappings; by whole columns, as going through the texts one by one is slow."""
    columns = [cells[name].to_numpy(dtype=object).tolist() for name in cells.columns]
    return [dict(zip(cells.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _printed(cell: Mapping[str, Any], matrix: Matrix, words: Words) -> str:
    """Return what stands in a cell; a cell without a figure that counts stays empty, one that was looked at says 0."""
    if cell["state"] in {"found", "zero"}:
        measure = matrix.asked.measure
        return str(cell["sources"]) if measure is None else printed(measure, cell["value"], words)
    return "0" if cell["state"] == "none_found" else ""


def _told(
    tables: Tables,
    cell: Mapping[str, Any],
    matrix: Matrix,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    words: Words,
) -> str:
    place = f"{rows[cell['row']]}, {columns[cell['column']]}"
    if not cell["figures"]:
        return words.text("{place}: {nothing}", place=place, nothing=words.text(STATE_WORDS[cell["state"]]))
    sources = words.plural("{n} source", "{n} sources", int(cell["sources"]))
    figures = words.plural("{n} figure", "{n} figures", int(cell["figures"]))
    sure = confidence_words(Confidence(cell["evidence"], cell["agreement"]), words)
    if matrix.asked.measure is None:
        return words.text(
            "{place}: {sources}, {figures}; {sure}", place=place, sources=sources, figures=figures, sure=sure
        )
    unit = matrix.asked.measure.unit
    value, low, high = (value_words(tables, words, cell[key], unit) for key in ("value", "low", "high"))
    if cell["figures"] == 1:
        return words.text("{place}: {value} (one figure); {sure}", place=place, value=value, sure=sure)
    return words.text(
        "{place}: median {value} of {figures}, from {low} to {high}, {sources}; {sure}",
        place=place, value=value, figures=figures, low=low, high=high, sources=sources, sure=sure,
    )  # fmt: skip


def confidence_counts(matrix: Matrix) -> dict[Confidence, int]:
    """Return how many cells with figures are of each class, those that the filter by class leaves out included."""
    counts: dict[Confidence, int] = {}
    for evidence, agreement in zip(matrix.cells["evidence"], matrix.cells["agreement"], strict=True):
        if evidence:
            counts[Confidence(evidence, agreement)] = counts.get(Confidence(evidence, agreement), 0) + 1
    return counts


def confidence_table(counts: Mapping[Confidence, int], words: Words) -> pd.DataFrame:
    """Return the nine classes as a table: evidence, agreement, what they mean, number of cells."""
    classes = [Confidence(some, far) for some in EVIDENCE for far in AGREEMENT]
    return pd.DataFrame(
        {
            words.text("Evidence"): [words.text(CLASS_WORDS["evidence"][cell.evidence]) for cell in classes],
            words.text("Agreement"): [words.text(CLASS_WORDS["agreement"][cell.agreement]) for cell in classes],
            words.text("Meaning"): [confidence_words(cell, words) for cell in classes],
            words.text("Cells"): [counts.get(cell, 0) for cell in classes],
        }
    ).set_index(words.text("Evidence"))
