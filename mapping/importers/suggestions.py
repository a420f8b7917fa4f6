"""Fixes for faulty cells: proposed by the kind of the column, kept only where the rules then hold."""

from collections.abc import Mapping, Sequence
from typing import Final

from mapping.errors import Fault, ascii_controls
from mapping.importers.against import Against, faults_of
from mapping.importers.cell_values import Form, Lexicon, form_of, shown_patterns, suggestion
from mapping.importers.findings import Finding
from mapping.tables import reading
from mapping.tables.kinds import Column
from mapping.tables.schemas import column_names

SWAPPED_WORDS: Final = "look swapped"
"""What the message of the rule on swapped positions says."""


def findings_of(
    sheet: str,
    faults: Sequence[Fault],
    lines: Sequence[int],
    rows: Sequence[tuple[str, ...]],
    places: Mapping[str, int],
    table: str,
    against: Against,
) -> list[Finding]:
    """Return findings for faults of rows; a suggestion stays only if its row then keeps the rule."""
    names = column_names(table)
    at = {line: number for number, line in enumerate(lines)}
    ideas = _ideas([fault for fault in faults if fault.line in at], at, rows, table, against)
    kept = _working(ideas, at, rows, table, against)
    found = [
        Finding(
            sheet,
            fault.line,
            places.get(fault.column, 0),
            fault.column,
            fault.value,
            fault.rule,
            fault.remedy,
            kept.get((fault.line, fault.column)),
        )
        for fault in faults
    ]
    told = {(one.row, one.heading) for one in found}
    for line, name in kept:
        if (line, name) not in told:  # the other half of a swapped position
            value, problem = rows[at[line]][names.index(name)], "belongs with the cell beside it"
            place = places.get(name, 0)
            found.append(Finding(sheet, line, place, name, value, problem, "swap lat and lon", kept[line, name]))
    return found


def _ideas(
    faults: Sequence[Fault], at: Mapping[int, int], rows: Sequence[tuple[str, ...]], table: str, against: Against
) -> dict[tuple[int, str], str]:
    """Return row and column -> what may have to stand there."""
    names, patterns = column_names(table), shown_patterns(table)
    columns = {column.name: column for column in against.tables.columns[table]}
    forms: dict[str, Form] = {}
    ideas: dict[tuple[int, str], str] = {}
    for fault in faults:
        if fault.column not in columns:
            continue
        row, place = rows[at[fault.line]], names.index(fault.column)
        if SWAPPED_WORDS in fault.rule:
            ideas[fault.line, "lat"], ideas[fault.line, "lon"] = row[names.index("lon")], row[names.index("lat")]
            continue
        if fault.column not in forms:
            forms[fault.column] = form_of(one[place] for one in rows)
        idea = _idea(row[place], columns[fault.column], patterns, forms[fault.column], against.lexicon)
        if idea is not None:
            ideas[fault.line, fault.column] = idea
    return ideas


def _idea(text: str, column: Column, patterns: Mapping[str, str], form: Form, lexicon: Lexicon) -> str | None:
    """Return what a faulty cell may have to be, or nothing."""
    better = suggestion(text, column, patterns.get(column.name, ""), form, lexicon)
    plain = " ".join(ascii_controls(text)[1:-1].split()) if not text.isprintable() else text.strip()
    if better:
        return better
    return plain if plain != text else None


def _working(
    ideas: Mapping[tuple[int, str], str],
    at: Mapping[int, int],
    rows: Sequence[tuple[str, ...]],
    table: str,
    against: Against,
) -> dict[tuple[int, str], str]:
    """Return the suggestions whose cell has no fault once all of its row are applied."""
    names = column_names(table)
    lines = sorted({line for line, _ in ideas})
    mended = []
    for line in lines:
        row = list(rows[at[line]])
        for place, name in enumerate(names):
            row[place] = ideas.get((line, name), row[place])
        mended.append(tuple(row))
    if not mended:
        return {}
    still = {
        (fault.line, fault.column)
        for fault in faults_of(reading.Sheet(names, tuple(mended), tuple(lines), ()), table, against)
    }
    return {cell: idea for cell, idea in ideas.items() if cell not in still}
