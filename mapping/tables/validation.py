"""One table against its schema: pandera finds what is wrong, this says it in words, one fault a cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa

from mapping.errors import Fault
from mapping.tables.columns import ADDRESS, DATE, DAY, SLUG
from mapping.tables.row_rules import SWAPPED
from mapping.tables.rules import ADDRESS_SHAPES, OWN, SHAPES, Rule, Words, day_rule, list_rule, text_rule
from mapping.tables.schemas import SCHEMAS

LINES_TOLD = 5
"""Most lines a message about repeated values lists."""
PATTERN_WORDS: Mapping[str, Words] = {
    SLUG: ("is not an id of ours", "write lower-case letters, digits and single hyphens, such as charite-berlin"),
    DAY: ("is not a day", "write YYYY-MM-DD"),
    DATE: ("is not a date", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    ADDRESS: ("is not a web address", "write it in full, from https:// on, without spaces"),
}
BOUND_WORDS = {
    "greater_than_or_equal_to": "is too small, at least {} is possible",
    "less_than_or_equal_to": "is too large, at most {} is possible",
}


def own_rules(table: str) -> dict[str, list[Rule]]:
    """Return the rules that follow from the kind of each column: plain text, sound lists, days of the calendar."""
    rules: dict[str, list[Rule]] = {}
    for name, column in SCHEMAS[table].to_schema().columns.items():
        if str(column.dtype) in ("float64", "Int64"):
            continue
        patterns = {_pattern_of(check) for check in column.checks}
        rules[name] = [text_rule(ADDRESS_SHAPES if ADDRESS in patterns else SHAPES)]
        if (column.metadata or {}).get("many"):
            rules[name].append(list_rule())
        if patterns & {DAY, DATE}:
            rules[name].append(day_rule())
    return rules


def validate(
    frame: pd.DataFrame, texts: pd.DataFrame, schema: pa.DataFrameSchema, rules: Mapping[str, Sequence[Rule]]
) -> list[Fault]:
    """Return the faults of a typed table against a schema with more rules added, the gravest of each cell only.

    Parameters
    ----------
    frame : DataFrame
        One row per line of the file, indexed by line.
    texts : DataFrame
        The same cells as they stand in the file.
    schema : DataFrameSchema
        Columns, types, ranges and patterns.
    rules : mapping of column to rules
        What the columns keep besides.
    """
    checks = {
        name: {"checks": [*schema.columns[name].checks, *(rule.check() for rule in added)]}
        for name, added in rules.items()
    }
    try:
        schema.update_columns(checks).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        told = {(name, rule.name): rule for name, added in rules.items() for rule in added}
        return _one_a_cell(_ranked(error.failure_cases, texts, schema, told))
    return []


def _ranked(
    cases: pd.DataFrame, texts: pd.DataFrame, schema: pa.DataFrameSchema, told: Mapping[tuple[str, str], Rule]
) -> Iterable[tuple[int, str, Fault]]:
    """Yield rank, rule and fault of each failure pandera reports."""
    for column, check, line in zip(cases["column"], cases["check"], cases["index"], strict=True):
        cell = texts.at[line, column]
        value = cell if isinstance(cell, str) else ""
        rule = told.get((column, check))
        if rule:
            problem, remedy = rule.tell(value)
            yield rule.rank, rule.name, Fault(int(line), column, value, problem, remedy)
        else:
            problem, remedy = _words(check, value, texts[column], schema.columns[column])
            yield OWN, check, Fault(int(line), column, value, problem, remedy)


def _one_a_cell(ranked: Iterable[tuple[int, str, Fault]]) -> list[Fault]:
    """Return the gravest fault of each cell; a swapped position is one fault, not one for each of its two cells."""
    ordered = sorted(ranked, key=lambda found: (found[2].line, found[0]))
    swapped = {fault.line for _, name, fault in ordered if name == SWAPPED}
    first: dict[tuple[int, str], Fault] = {}
    for _, _, fault in ordered:
        if fault.column == "lon" and fault.line in swapped:
            continue
        first.setdefault((fault.line, fault.column), fault)
    return list(first.values())


def _words(check: str, value: str, column: pd.Series, schema: Any) -> Words:
    """Return the words for what pandera's own checks find."""
    if check == "not_nullable":
        return "is empty", f"fill it: {schema.description[0].lower()}{schema.description[1:]}"
    if check == "field_uniqueness":
        lines = [str(line) for line in column.index[column == value]]
        more = " …" if len(lines) > LINES_TOLD else ""
        return f"stands in several rows (lines {', '.join(lines[:LINES_TOLD])}{more})", "give each row an id of its own"
    bound = re.fullmatch(r"(\w+)\((.*)\)", check)
    if bound and bound[1] in BOUND_WORDS:
        unit = (schema.metadata or {}).get("unit")
        return BOUND_WORDS[bound[1]].format(
            bound[2]
        ), f"write it in {unit}" if unit and unit != "year" else "look for a slip"
    for pattern in map(_pattern_of, schema.checks):
        if pattern:
            return PATTERN_WORDS.get(
                pattern, ("has not the form it should", f"look at other rows; the form is {pattern}")
            )
    return f"breaks {check}", "look at other rows"


def _pattern_of(check: pa.Check) -> str | None:
    """Return the pattern of a check on the form of text."""
    pattern = check.statistics.get("pattern") if check.statistics else None
    return getattr(pattern, "pattern", pattern)
