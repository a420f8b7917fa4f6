"""The finding of the obstacles page in one plain sentence, for exactly what is in view."""

import numpy as np

from mapping.analysis.comparing import facts_of
from mapping.analysis.matrices import Matrix
from mapping.analysis.obstacle_drawer import column_words, row_words
from mapping.analysis.unit_words import value_words
from mapping.tables.loading import Tables
from mapping.words import Words


def obstacle_headline(tables: Tables, matrix: Matrix, words: Words) -> str:
    """Return the finding, as one sentence without a full stop."""
    if not matrix.rows:
        return words.text("No obstacle matches these filters")
    if matrix.asked.measure is not None:
        return _highest(tables, matrix, words)
    held = {row: at for row in matrix.rows if (at := _figures(matrix, row))}
    if not held:
        return words.plural(
            "The obstacle in view has no published figure",
            "None of the {n} obstacles in view has a published figure",
            len(matrix.rows),
        )
    counts = {row: len(facts_of(tables).sources(at)) for row, at in held.items()}
    best = max(counts, key=lambda row: (counts[row], row))
    said = _reach(matrix, len(held), words)
    if len(matrix.asked.countries) == 1 and matrix.asked.matrix in {"country", "category"}:
        place = words.country(tables, matrix.asked.countries[0])
        said = words.text("{place} and Europe as a whole: {said}", place=place, said=said)
    sources = words.plural("{n} source", "{n} sources", counts[best])
    told = words.text("best evidenced: {row} ({sources})", row=row_words(tables, best, words), sources=sources)
    return f"{said}; {told}"


def _reach(matrix: Matrix, told: int, words: Words) -> str:
    """Return how many of the rows in view have a figure."""
    rows = len(matrix.rows)
    if matrix.asked.matrix == "category":
        if told == rows > 1:
            return words.text("Each of the {n} kinds of obstacle has published figures", n=rows)
        return words.plural(
            "{n} of {all} kinds of obstacle has published figures",
            "{n} of {all} kinds of obstacle have published figures",
            told,
            all=rows,
        )
    if rows == 1:
        return words.text("The one obstacle in view has a published figure")
    return words.plural(
        "{n} of {all} obstacles has a published figure",
        "{n} of {all} obstacles have a published figure",
        told,
        all=rows,
    )


def _figures(matrix: Matrix, row: str) -> list[int]:
    return sorted({at for column in matrix.columns for at in matrix.held.get((row, column), ())})


def _highest(tables: Tables, matrix: Matrix, words: Words) -> str:
    """Return the highest value of the measure chosen, and where it stands."""
    measure = matrix.asked.measure
    cells = matrix.cells
    seen = cells["state"].isin(["found", "zero"]).to_numpy()
    if measure is None or not seen.any():
        return words.text("No figure of this kind for what is in view")
    values = cells["value"].where(seen, -np.inf).to_numpy(dtype=np.float64)
    top = int(values.argmax())
    return words.text(
        "{measure}: the highest value is {value}, for “{row}”, {place} ({scope})",
        measure=words.label(tables, "measure_kind", measure.kind),
        scope=words.label(tables, "scope", measure.scope),
        row=row_words(tables, str(cells["row"].iloc[top]), words),
        place=column_words(tables, matrix.asked.matrix, str(cells["column"].iloc[top]), words),
        value=value_words(tables, words, float(values[top]), measure.unit),
    )
