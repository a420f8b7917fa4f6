"""What is wrong with an upload, cell by cell, with a fix that works where one is known, and what it would change.

Pure functions over what :func:`mapping.importers.reading.read_any` gives; nothing is stored. The rules are those of our
own tables: an upload without a finding is ready for them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mapping.importers.against import Against, faults_of
from mapping.importers.cell_values import HARMLESS
from mapping.importers.changes import RowChange, current_texts, key_columns, row_changes
from mapping.importers.column_mapping import LIKE_ENOUGH, header_row, propose
from mapping.importers.findings import Finding
from mapping.importers.sheets import Sheet, letters
from mapping.importers.suggestions import findings_of
from mapping.long_work import Tell
from mapping.tables import reading
from mapping.tables.schemas import SCHEMAS, column_names

FEWEST_COLUMNS: Final = 3
"""Headings of a table that a sheet of another name must have to be taken for it."""
BESIDE_TABLES: Final = frozenset({"country", "city", "lat", "lon", "site_name", "place", "region"})
"""Columns that our own downloads add from the site; they are read over where the table does not have them."""


@dataclass(frozen=True)
class Review:
    """What is wrong with one sheet and what it would change."""

    sheet: Sheet
    table: str
    header_row: int
    places: Mapping[str, int]
    """Column of ours -> column of the sheet, counted from 1."""
    findings: tuple[Finding, ...]
    """By row, then by column of ours."""
    changes: tuple[RowChange, ...]
    """One a row, in the order of the sheet."""
    not_in_upload: int
    """Rows of the current release that the sheet does not have; an upload removes none."""

    def count(self, kind: str) -> int:
        """Return how many rows are added, changed or unchanged."""
        return sum(change.kind == kind for change in self.changes)


def review_upload(sheets: Sequence[Sheet], against: Against, tell: Tell = lambda *_: None) -> tuple[Review, ...]:
    """Return the review of each sheet that is a table of ours; others, such as a README, are left out."""
    known = [(sheet, table) for sheet in sheets if (table := table_of(sheet))]
    reviews = []
    for number, (sheet, table) in enumerate(known):
        tell(sheet.name, number, len(known))
        reviews.append(review_sheet(sheet, table, against))
    tell("", len(known), len(known))
    return tuple(reviews)


def table_of(sheet: Sheet) -> str:
    """Return the table a sheet holds, by its name or else its headings; empty where it is none of ours."""
    if sheet.name in SCHEMAS:
        return sheet.name
    scored = []
    for table in SCHEMAS:
        names = column_names(table)
        top = header_row(sheet, names)
        same = len({cell.strip().lower() for cell in sheet.rows[top - 1]} & set(names)) if sheet.rows else 0
        scored.append((same >= FEWEST_COLUMNS, same / len(names), table))
    is_enough, share, table = max(scored)
    return table if is_enough and share >= 0.5 else ""


def review_sheet(sheet: Sheet, table: str, against: Against, tell: Tell = lambda *_: None) -> Review:
    """Return what is wrong with a sheet as one of our tables, and what it would change; tells its four steps."""
    tell(sheet.name, 0, 4)
    names = column_names(table)
    top = header_row(sheet, names)
    header = sheet.rows[top - 1]
    places, findings = _headings(sheet.name, top, header, table)
    current = current_texts(against.tables, table)
    lines, rows = _rows(sheet, top, places, names, current, key_columns(table))
    tell(sheet.name, 1, 4)
    faults = faults_of(reading.Sheet(names, rows, lines, ()), table, against)
    tell(sheet.name, 2, 4)
    found = [*findings, *findings_of(sheet.name, faults, lines, rows, places, table, against)]
    order = {name: place for place, name in enumerate(names)}
    found.sort(key=lambda one: (one.row, order.get(one.heading, -1)))
    faulty = {one.row for one in found if one.row > top}
    tell(sheet.name, 3, 4)
    changes, missing = row_changes(table, lines, rows, names, current, faulty, frozenset(places))
    return Review(sheet, table, top, places, tuple(found), changes, missing)


def _headings(sheet: str, top: int, header: Sequence[str], table: str) -> tuple[dict[str, int], list[Finding]]:
    """Return where our columns stand in a sheet, and what is wrong with its headings."""
    names = column_names(table)
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for column, heading in enumerate(header, start=1):
        if heading in names and heading not in places:
            places[heading] = column
        elif heading in names:
            findings.append(
                Finding(sheet, top, column, heading, heading, "is there more than once", "remove one of them")
            )
    left = [(column, heading) for column, heading in enumerate(header, start=1) if heading and heading not in names]
    missing = [name for name in names if name not in places]
    proposals = propose([heading for _, heading in left], missing)
    for (column, heading), proposal in zip(left, proposals, strict=True):
        if heading in BESIDE_TABLES:
            continue
        if proposal.target and proposal.score >= LIKE_ENOUGH:
            places[proposal.target] = column
            meant, remedy = proposal.target, f"write {proposal.target}"
            findings.append(Finding(sheet, top, column, meant, heading, "is not a column of this table", remedy, meant))
        else:
            remedy = "remove it, or look for a misspelt name"
            findings.append(Finding(sheet, top, column, "", heading, "is not a column of this table", remedy))
    for name in names:
        if name not in places:
            remedy = "add it; an empty cell says that nothing is known"
            findings.append(Finding(sheet, top, 0, name, "", f"the column {name} is missing", remedy))
    return places, findings


def _rows(
    sheet: Sheet,
    top: int,
    places: Mapping[str, int],
    names: Sequence[str],
    current: Mapping[tuple[str, ...], tuple[str, ...]],
    keys: Sequence[str],
) -> tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]:
    """Return the filled rows under our columns with their numbers; a missing column is filled from the release."""
    lines, rows = [], []
    order = [places.get(name, 0) - 1 for name in names]
    key_order = [places.get(name, 0) - 1 for name in keys]
    is_whole = all(place >= 0 for place in order)
    for number, texts in enumerate(sheet.rows[top:], start=top + 1):
        if not any(texts):
            continue
        if is_whole:
            row = tuple([texts[place] for place in order])
        else:
            key = tuple(texts[place] if place >= 0 else "" for place in key_order)
            known = current.get(key, ("",) * len(names))
            row = tuple(texts[place] if place >= 0 else known[at] for at, place in enumerate(order))
        lines.append(number)
        rows.append(tuple([HARMLESS.sub("", text) if text[:1] == "'" else text for text in row]))
    return tuple(lines), tuple(rows)


def corrected(review: Review, chosen: Callable[[Finding], bool] = lambda _: True) -> Sheet:
    """Return the sheet with the chosen suggestions put in."""
    fixes = {
        (one.row, one.column): one.suggestion
        for one in review.findings
        if one.suggestion is not None and one.column and chosen(one)
    }
    rows = list(review.sheet.rows)
    for row, column in fixes:
        texts = list(rows[row - 1])
        texts[column - 1] = fixes[row, column] or ""
        rows[row - 1] = tuple(texts)
    return replace(review.sheet, rows=tuple(rows))


def positions(review: Review, against: Against) -> pd.DataFrame:
    """Return where the rows of a sheet lie: columns row, id, lat, lon and kind; rows without a position left out."""
    names = column_names(review.table)
    sites = against.tables.frames.get("sites")
    at = (
        {row[0]: (row[1], row[2]) for row in sites[["id", "lat", "lon"]].itertuples(index=False)}
        if sites is not None
        else {}
    )
    found = []
    for change in review.changes:
        cells = dict(zip(names, change.after, strict=True))
        own = pd.to_numeric(pd.Series([cells.get("lat", ""), cells.get("lon", "")]), errors="coerce")
        point = tuple(own) if own.notna().all() else at.get(cells.get("site_id", ""))
        if point:
            found.append((change.row, change.key, *point, change.kind))
    return pd.DataFrame(found, columns=["row", "id", "lat", "lon", "kind"])


def column_letters(review: Review, name: str) -> str:
    """Return the letters of the column of a sheet that holds a column of ours; empty where it has none."""
    return letters(review.places.get(name, 0))
