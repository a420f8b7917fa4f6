"""A file somebody drops: what each of its sheets is taken for, what was chosen and mended, and the check of all."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from mapping.errors import SourceError
from mapping.importers.against import Against
from mapping.importers.cell_values import Lexicon
from mapping.importers.column_mapping import Proposal, header_row, propose
from mapping.importers.countries import read_countries
from mapping.importers.cover_sheet import read_cover_sheets
from mapping.importers.cover_sheet_tables import CoverSheetTables, Held, cover_sheet_tables
from mapping.importers.findings import Finding
from mapping.importers.reading import plain_name, read_any
from mapping.importers.review import Review, review_sheet, table_of
from mapping.importers.sheets import Sheet
from mapping.importers.table_import import Known, import_table, targets_of
from mapping.long_work import Tell
from mapping.tables.csvs import Row
from mapping.tables.schemas import SCHEMAS, column_names

STEPS: Final = 4
"""Steps in which a sheet is checked, as :func:`mapping.importers.review.review_sheet` tells them."""
REGISTRY_SIGNS: Final = re.compile(rb'"(?:(protocolSection)|(ctNumber|authorizedApplication))"')
"""What saved answers of ClinicalTrials.gov and of CTIS hold."""
LOOKED_AT: Final = 200_000
"""Bytes of a file in which a registry's signs are looked for."""


@dataclass(frozen=True)
class Part:
    """One sheet of an upload as it is to be checked."""

    sheet: Sheet
    """As received."""
    table: str
    """Table of ours it is taken for; empty to leave it out."""
    columns: Mapping[int, str] = field(default_factory=dict)
    """Column of the sheet, counted from 1 -> the column of ours that a person chose; empty for none."""
    mended: tuple[Finding, ...] = ()
    """Findings whose suggestion was put in, in that order."""


@dataclass(frozen=True)
class Upload:
    """What a file holds."""

    parts: tuple[Part, ...]
    cover: CoverSheetTables | None = None
    """What it gives where it is the consortium's cover sheet."""


@dataclass(frozen=True)
class Checked:
    """One sheet, checked."""

    part: Part
    base: Sheet
    """The sheet under the headings that were chosen, before anything was mended."""
    review: Review
    """Of the sheet with what was mended put in."""


def read_upload(name: str, content: bytes, held: Callable[[], Held]) -> Upload:
    """Return what a dropped file holds, each sheet with the table it is taken for.

    Parameters
    ----------
    name, content
        The file; its name is shown, and never used as a path.
    held : callable
        Gives what the answers of a cover sheet are held against; called for such a file only.

    Raises
    ------
    SourceError
        The file is refused; one line that says why and what to do.
    """
    if command := registry_command(name, content):
        raise SourceError(f"{plain_name(name)}: these are saved answers of a registry; bring them in with `{command}`")
    sheets = read_any(name, content)
    parts = tuple(Part(sheet, table_of(sheet) if len(sheet.rows) > 1 else "") for sheet in sheets)
    if any(part.table for part in parts):
        return Upload(parts)
    try:
        records = read_cover_sheets(plain_name(name), sheets)
    except SourceError:  # no cover sheet either: a person says what it is
        return Upload(parts)
    cover = cover_sheet_tables(records, held())
    return Upload((Part(_as_sheet("trials", "trials", cover.trials), "trials"),) if cover.trials else (), cover)


def held_for_covers(folder: Path, known: Known) -> Held:
    """Return what the answers of a cover sheet are held against."""
    return Held(Lexicon(known.tables), known.locator, read_countries(folder), known.retrieved)


def registry_command(name: str, content: bytes) -> str:
    """Return the command that brings in saved answers of a registry; empty where the file is something else."""
    sign = REGISTRY_SIGNS.search(content[:LOOKED_AT]) if name.lower().endswith((".json", ".jsonl")) else None
    kind = "" if sign is None else "ctgov" if sign.group(1) else "ctis"
    return f"python -m mapping import {kind} FILE --from-file --out FOLDER" if kind else ""


def headings(part: Part) -> list[Proposal]:
    """Return what each heading of a sheet is taken for, a person's choice first."""
    targets = targets_of(part.table)
    top = header_row(part.sheet, targets)
    proposals = propose(part.sheet.rows[top - 1], targets)
    taken = {target for target in part.columns.values() if target}
    return [
        replace(one, target=part.columns[one.column], reason="chosen")
        if one.column in part.columns
        else replace(one, target="")
        if one.target in taken
        else one
        for one in proposals
        if one.heading
    ]


def is_foreign(part: Part) -> bool:
    """Tell whether a sheet is not in our columns: it has no ids, and has to be turned into rows of ours first."""
    return "id" in column_names(part.table) and all(one.target != "id" for one in headings(part))


def checked(part: Part, against: Against, known: Known, tell: Tell = lambda *_: None) -> Checked:
    """Return the review of a sheet with its choices and what was mended put in.

    Raises
    ------
    SourceError
        No heading is like a column of the table.
    """
    base = renamed(part)
    if is_foreign(part):
        base = translated(base, part.table, known)
    now = with_fixes(base, part.mended)
    return Checked(part, base, review_sheet(now, part.table, against, tell))


def check_parts(
    parts: Sequence[Part], against: Against, known: Known, tell: Tell = lambda *_: None
) -> tuple[Checked, ...]:
    """Return the review of each sheet that is taken for a table, telling the steps."""
    wanted = [part for part in parts if part.table in SCHEMAS]
    total = len(wanted) * STEPS
    found = []
    for number, part in enumerate(wanted):

        def told(name: str, done: int, _of: int, before: int = number * STEPS) -> None:
            tell(name, before + done, total)

        found.append(checked(part, against, known, told))
    return tuple(found)


def renamed(part: Part) -> Sheet:
    """Return a sheet under the headings that a person chose; those not used are left empty."""
    if not part.columns:
        return part.sheet
    top = header_row(part.sheet, targets_of(part.table))
    taken = set(part.columns.values())
    cells = [
        part.columns.get(column, "" if text in taken else text)
        for column, text in enumerate(part.sheet.rows[top - 1], start=1)
    ]
    return replace(part.sheet, rows=(*part.sheet.rows[: top - 1], tuple(cells), *part.sheet.rows[top:]))


def translated(sheet: Sheet, table: str, known: Known) -> Sheet:
    """Return a sheet of somebody else's columns as rows of ours, each in the row where it stood."""
    found = import_table(sheet, table, known)
    top = header_row(sheet, targets_of(table))
    names = column_names(table)
    rows = [("",) * len(names)] * (top - 1) + [names]
    made = iter(found.rows)
    rows += [_cells(next(made), names) if any(texts) else ("",) * len(names) for texts in sheet.rows[top:]]
    return Sheet(sheet.name, tuple(rows), sheet.notes)


def with_fixes(sheet: Sheet, mended: Sequence[Finding]) -> Sheet:
    """Return a sheet with suggestions put in, the later over the earlier."""
    rows = list(sheet.rows)
    for one in mended:
        if one.suggestion is not None and one.column and one.row <= len(rows):
            texts = list(rows[one.row - 1])
            texts[one.column - 1] = one.suggestion
            rows[one.row - 1] = tuple(texts)
    return replace(sheet, rows=tuple(rows))


def fixable(review: Review) -> tuple[Finding, ...]:
    """Return the findings whose suggestion can be put in."""
    return tuple(one for one in review.findings if one.suggestion is not None and one.column)


def marked(found: Checked) -> Review:
    """Return the review for the corrected workbook: what was mended and what is still wrong, over the sheet before."""
    return replace(found.review, sheet=found.base, findings=(*found.part.mended, *found.review.findings))


def _as_sheet(name: str, table: str, rows: Sequence[Row]) -> Sheet:
    names = column_names(table)
    return Sheet(name, (names, *(_cells(row, names) for row in rows)))


def _cells(row: Row, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)
