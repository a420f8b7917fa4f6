"""What stands behind a cell of a heatmap: figures, sources, what answers the obstacle and what builds on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.analysis.agreement import Confidence, confidence_words
from mapping.analysis.card import Source
from mapping.analysis.cells import Row, evidence, many, names_of, rows_at, text, whole
from mapping.analysis.comparing import facts_of
from mapping.analysis.evidence import EUROPE_WIDE, evidence_index
from mapping.analysis.matrices import Matrix
from mapping.analysis.measures import GMO_RANK, Measure, measure_words
from mapping.analysis.unit_words import value_words
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.words import Words


@dataclass(frozen=True)
class Figure:
    """One published figure, in words."""

    id: str
    obstacle: str
    measure: str
    value: str
    """The value with its unit."""
    n: int | None
    year: int | None
    where: str
    """Page or table in the source."""
    place: str
    direction: str
    scope: str
    ours: bool
    """Whether the value is our coding of a text."""
    restates: tuple[str, ...]
    """What it says the same as."""
    confidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Answer:
    """A solution that answers the obstacle, or a path that would lower it."""

    id: str
    title: str
    told: str
    """Status and place of a solution; horizon and proposer of a path."""
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Drawer:
    """Everything behind one cell, or behind one row where no column is given."""

    row: str
    column: str
    title: str
    """Row and column in words."""
    description: str
    figures: tuple[Figure, ...]
    """Those of the measure chosen, newest first; as many as the cell's figures."""
    sources: tuple[Source, ...]
    """Distinct, most figures first; as many as the cell's sources."""
    confidence: str
    """How much evidence and how far it agrees, in plain words; empty without figures."""
    measure: str
    middle: str
    """Median and range of the figures, where the heatmap is of one measure and there are several; else empty."""
    solutions: tuple[Answer, ...]
    pathways: tuple[Answer, ...]
    """Those that name the obstacle, and those that build on one of the solutions."""


def drawer_of(tables: Tables, matrix: Matrix, row: str, column: str, words: Words) -> Drawer:
    """Return what is behind a cell of a heatmap.

    Parameters
    ----------
    tables, words
        The data, and the reader's language.
    matrix : Matrix
        The heatmap; its measure and filters decide which figures count.
    row, column : str
        The cell. An empty column stands for the whole row.
    """
    lines = [(row, column)] if column else [(row, other) for other in matrix.columns]
    held = sorted({at for place in lines for at in matrix.held.get(place, ())})
    figures = tuple(_figure(tables, words, found) for found in _newest(_rows(tables, held)))
    obstacles = _obstacles(tables, matrix, row)
    sure = facts_of(tables).confidence(held) if held else None
    answers = _answering(tables, "solutions", obstacles)
    return Drawer(
        row,
        column,
        title_of(tables, matrix, row, column, words),
        _description(tables, row),
        figures,
        _sources(figures),
        _told(sure, words),
        measure_words(tables, matrix.asked.measure, words),
        _middle(tables, matrix.asked.measure, held, words),
        tuple(_solution(tables, words, found) for found in answers),
        tuple(_pathway(tables, words, found, answers) for found in _ways(tables, obstacles, answers)),
    )


def title_of(tables: Tables, matrix: Matrix, row: str, column: str, words: Words) -> str:
    """Return a cell in words: "Delay from GMO approval, Germany"."""
    said = row_words(tables, row, words)
    if not column:
        return said
    return words.text("{row}, {column}", row=said, column=column_words(tables, matrix.asked.matrix, column, words))


def row_words(tables: Tables, row: str, words: Words) -> str:
    """Return a row in words: an obstacle's title, or a category."""
    if row in labels(tables, "category"):
        return words.label(tables, "category", row)
    return names_of(tables, "obstacles", "title", [row])[0]


def column_words(tables: Tables, matrix: str, column: str, words: Words) -> str:
    """Return a column in words."""
    if column == EUROPE_WIDE:
        return words.text("Europe as a whole")
    return words.label(tables, matrix, column) if matrix in {"stage", "stakeholder"} else words.country(tables, column)


def _told(sure: Confidence | None, words: Words) -> str:
    return confidence_words(sure, words) if sure else ""


def _middle(tables: Tables, measure: Measure | None, held: Sequence[int], words: Words) -> str:
    """Return the median of comparable figures and their range; a lone figure says all of it itself."""
    if measure is None or len(held) < 2:
        return ""
    facts = facts_of(tables)
    values = [facts.value[at] for at in held]
    middle, low, high = (
        value_words(tables, words, value, measure.unit) for value in (facts.median(held), min(values), max(values))
    )
    return words.text("Median {value}, from {low} to {high}", value=middle, low=low, high=high)


def _rows(tables: Tables, positions: Sequence[int]) -> list[Row]:
    """Return figures by their place in the evidence index, as rows of their table."""
    if not positions:
        return []
    table = tables.kept(("figure positions",), lambda: _positions(tables))
    ids = evidence_index(tables).figures["id"].iloc[list(positions)]
    return rows_at(tables, "obstacle_evidence", [table[figure] for figure in ids])


def _positions(tables: Tables) -> Mapping[str, int]:
    return {figure: at for at, figure in enumerate(tables["obstacle_evidence"]["id"])}


def _newest(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-(row["year"] or 0), row["id"]))


def _figure(tables: Tables, words: Words, row: Row) -> Figure:
    found = evidence(tables, words, row)
    area = text(row["area"])
    place = words.country(tables, row["country"]) if area == "country" else words.label(tables, "area", area)
    return Figure(
        id=row["id"],
        obstacle=names_of(tables, "obstacles", "title", [row["obstacle_id"]])[0],
        measure=text(row["measure"]),
        value=value_words(tables, words, row["value"], row["unit"]),
        n=whole(row["n"]),
        year=whole(row["year"]),
        where=text(row["page_or_table"]),
        place=place,
        direction=words.label(tables, "direction", row["direction"]),
        scope=words.label(tables, "scope", row["scope"]),
        ours=row["unit"] == GMO_RANK,
        restates=tuple(_restated(tables, words, said) for said in text(row["restates"]).split()),
        confidence=found.confidence_label,
        sources=found.sources,
    )


def _restated(tables: Tables, words: Words, said: str) -> str:
    """Return what a figure repeats, in words: the obstacle or indicator, and the place."""
    table, _, row_id = said.partition("/")
    known = tables.kept(("restated", table), lambda: {row: at for at, row in enumerate(tables[table]["id"])})
    if row_id not in known:
        return row_id
    row = rows_at(tables, table, [known[row_id]])[0]
    name = (
        words.label(tables, "indicator", row["indicator"])
        if table == "country_indicators"
        else names_of(tables, "obstacles", "title", [row["obstacle_id"]])[0]
    )
    area = text(row["area"])
    place = words.country(tables, row["country"]) if area == "country" else words.label(tables, "area", area)
    return words.text("{what}, {place}", what=name, place=place)


def _sources(figures: Sequence[Figure]) -> tuple[Source, ...]:
    """Return the distinct sources of figures, those of most figures first."""
    found: dict[str, Source] = {}
    counts: dict[str, int] = {}
    for figure in figures:
        for source in figure.sources:
            found[source.id] = source
            counts[source.id] = counts.get(source.id, 0) + 1
    return tuple(found[source] for source in sorted(found, key=lambda source: (-counts[source], source)))


def _obstacles(tables: Tables, matrix: Matrix, row: str) -> set[str]:
    """Return the obstacles a row stands for."""
    if matrix.asked.matrix != "category":
        return {row}
    obstacles = tables["obstacles"]
    return set(obstacles.loc[obstacles["category"] == row, "id"])


def _description(tables: Tables, row: str) -> str:
    said = names_of(tables, "obstacles", "description", [row])[0]
    return "" if said == row else said


def _answering(tables: Tables, table: str, obstacles: set[str]) -> list[Row]:
    """Return the solutions, or the paths, that name one of some obstacles, by title."""
    return _named_by(tables, table, {"obstacle_ids": obstacles})


def _ways(tables: Tables, obstacles: set[str], solutions: Sequence[Row]) -> list[Row]:
    """Return the paths that name one of some obstacles or build on one of some solutions, by title."""
    return _named_by(tables, "pathways", {"obstacle_ids": obstacles, "solution_ids": {row["id"] for row in solutions}})


def _named_by(tables: Tables, table: str, wanted: Mapping[str, set[str]]) -> list[Row]:
    if table not in tables.frames:
        return []
    ids: set[str] = set()
    for column, values in wanted.items():
        pairs = tables.pairs(table, column)
        ids |= set(pairs.loc[pairs["value"].isin(values), "id"])
    at = [position for position, row in enumerate(tables[table]["id"]) if row in ids]
    return sorted(rows_at(tables, table, at), key=lambda row: text(row["title"]).casefold()) if at else []


def _solution(tables: Tables, words: Words, row: Row) -> Answer:
    countries = [words.country(tables, code) for code in many(row["countries"])]
    place = words.list(countries) or words.label(tables, "area", text(row["area"]))
    told = [words.label(tables, "solution_status", row["status"]), place, text(row["organisation"])]
    return Answer(row["id"], row["title"], ", ".join(filter(None, told)), evidence(tables, words, row).sources)


def _pathway(tables: Tables, words: Words, row: Row, solutions: Sequence[Row]) -> Answer:
    told = words.text(
        "Proposed by {who}; horizon: {horizon} (our reading)",
        horizon=words.label(tables, "horizon", row["horizon"]),
        who=text(row["proposed_by"]),
    )
    used = set(many(row["solution_ids"]))
    if titles := [text(answer["title"]) for answer in solutions if answer["id"] in used]:
        told = words.text("{told}; builds on {solutions}", told=told, solutions=words.list(titles))
    return Answer(row["id"], row["title"], told, evidence(tables, words, row).sources)
