"""Rows of one of our tables from any table somebody has."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapping.errors import SourceError
from mapping.importers.cell_values import Form, Lexicon, as_ours, form_of, shown_patterns
from mapping.importers.column_mapping import PLACE_COLUMNS, ColumnMapping, Proposal, header_row, propose
from mapping.importers.countries import country_code
from mapping.importers.locating import Locator, judged
from mapping.importers.registry_tables import PLACE_COLUMNS as PLACED_COLUMNS
from mapping.importers.sheets import Sheet, address
from mapping.places.names import fold, slug
from mapping.tables.csvs import Row
from mapping.tables.kinds import Column
from mapping.tables.loading import Tables
from mapping.tables.schemas import SCHEMAS, column_names

LONGEST_ID: Final = 70
DUPLICATE_COLUMNS: Final = ("row", "id", "name", "known_id", "known_name", "reason")
COLUMN_COLUMNS: Final = ("column", "heading", "target", "score", "reason", "decimal", "dates")


@dataclass(frozen=True)
class Known:
    """What a received table is held against."""

    tables: Tables
    locator: Locator
    retrieved: str
    """Day for rows that state none, YYYY-MM-DD."""


@dataclass(frozen=True)
class TableImport:
    """What a received table gives."""

    table: str
    rows: tuple[Row, ...]
    columns: tuple[Row, ...]
    """One row a heading: what it was taken for, and how its cells are written."""
    places: tuple[Row, ...]
    """Where each row was placed and which site it may be; empty for tables without places."""
    duplicates: tuple[Row, ...]
    """Rows that may be there already."""
    mapping: ColumnMapping
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Where the columns of a sheet stand and how they are written."""

    header_row: int
    places: Mapping[str, int]
    """Column of ours, or of the place -> column of the sheet, counted from 1."""
    forms: Mapping[str, Form]
    proposals: tuple[Proposal, ...]


def import_table(sheet: Sheet, table: str, known: Known, mapping: ColumnMapping | None = None) -> TableImport:
    """Return the rows of a sheet under our columns.

    Raises
    ------
    SourceError
        There is no such table, the mapping is another table's or names columns that are not there, or no heading is
        like a column of ours.
    """
    if table not in SCHEMAS:
        raise SourceError(f"{table!r} is not one of the tables; there are {', '.join(SCHEMAS)}")
    lexicon = Lexicon(known.tables)
    layout = _layout(sheet, table, mapping)
    columns = {column.name: column for column in known.tables.columns[table]}
    patterns = shown_patterns(table)
    rows: list[Row] = []
    places: list[Row] = []
    numbers: list[int] = []
    for number in range(layout.header_row + 1, len(sheet.rows) + 1):
        if not any(sheet.rows[number - 1]):
            continue
        cells = {name: sheet.cell(number, place) for name, place in layout.places.items()}
        row = {name: _cell(name, cells, columns, patterns, layout, lexicon) for name in column_names(table)}
        if "site_id" in row and not row["site_id"] and cells.get("city"):
            place = _placed(row, cells, layout.forms, known)
            places.append(place)
            row["site_id"] = place["site_id"]
        rows.append(row)
        numbers.append(number)
    rows = _completed(rows, table, known.retrieved)
    taken = {proposal.heading: proposal.target for proposal in layout.proposals if proposal.heading}
    return TableImport(
        table,
        tuple(rows),
        tuple(_told(layout)),
        tuple(places),
        tuple(_duplicates(rows, numbers, table, known)),
        mapping or ColumnMapping(table, taken),
        sheet.notes,
    )


def targets_of(table: str) -> list[str]:
    """Return the columns a heading may stand for: those of the table, and those that tell where a row lies."""
    own = list(column_names(table))
    return own + [name for name in PLACE_COLUMNS if name not in own] if "site_id" in own else own


def _layout(sheet: Sheet, table: str, mapping: ColumnMapping | None) -> Layout:
    """Return where the columns stand, as remembered or else as proposed."""
    targets = targets_of(table)
    top = header_row(sheet, targets)
    header = sheet.rows[top - 1] if sheet.rows else ()
    proposals = _remembered(header, table, targets, mapping) if mapping else propose(header, targets)
    places = {proposal.target: proposal.column for proposal in proposals if proposal.target}
    if not places:
        raise SourceError(f"sheet {sheet.name!r}: no heading is like a column of {table}; name the table or a mapping")
    forms = {}
    for name, place in places.items():
        found = form_of(row[place - 1] for row in sheet.rows[top:])
        decimal = (mapping.decimal if mapping else "") or found.decimal
        is_day_first = mapping.dates == "day first" if mapping and mapping.dates else found.is_day_first
        forms[name] = Form(decimal, is_day_first)
    return Layout(top, places, forms, tuple(proposals))


def _remembered(header: Sequence[str], table: str, targets: Sequence[str], mapping: ColumnMapping) -> list[Proposal]:
    """Return the columns of a sheet as a mapping says."""
    if mapping.table != table:
        raise SourceError(f"the mapping is for {mapping.table!r}, not for {table!r}")
    strange = sorted({target for target in mapping.columns.values() if target and target not in targets})
    twice = sorted(target for target, times in Counter(mapping.columns.values()).items() if target and times > 1)
    missing = [heading for heading, target in mapping.columns.items() if target and heading not in header]
    for names, what in (
        (strange, f"columns that {table} does not have"),
        (twice, "one column for several headings"),
        (missing, "headings that the sheet does not have"),
    ):
        if names:
            raise SourceError(f"the mapping names {what}: {', '.join(names)}")
    return [
        Proposal(place, heading, mapping.columns.get(heading, ""), 100.0, "as the mapping says")
        for place, heading in enumerate(header, start=1)
    ]


def _cell(
    name: str,
    cells: Mapping[str, str],
    columns: Mapping[str, Column],
    patterns: Mapping[str, str],
    layout: Layout,
    lexicon: Lexicon,
) -> str:
    """Return one cell as our tables write it."""
    if not cells.get(name):
        return ""
    return as_ours(cells[name], columns[name], patterns.get(name, ""), layout.forms[name], lexicon)


def _placed(row: Row, cells: Mapping[str, str], forms: Mapping[str, Form], known: Known) -> Row:
    """Return where a row lies and which site it may be; the reviewer decides what is not sure."""
    country = country_code(cells.get("country", ""))
    town = known.locator.town(cells["city"], country, _stated(cells, forms))
    match = known.locator.site(row.get("name", ""), cells["city"], town, country)
    told = {
        "country": country,
        "city": cells["city"],
        "facility": row.get("name", ""),
        "lat": str(town.place.lat) if town.place else "",
        "lon": str(town.place.lon) if town.place else "",
        **judged(town, match),
    }
    return {name: told[name] for name in PLACED_COLUMNS}


def _stated(cells: Mapping[str, str], forms: Mapping[str, Form]) -> tuple[float, float] | None:
    """Return the position a row states, if it is one."""
    found = []
    for name, most in (("lat", 90.0), ("lon", 180.0)):
        text = cells.get(name, "").replace(",", ".") if forms.get(name, Form()).decimal == "," else cells.get(name, "")
        if not re.fullmatch(r"-?\d{1,3}(?:\.\d{1,15})?", text) or abs(float(text)) > most:
            return None
        found.append(float(text))
    return found[0], found[1]


def _completed(rows: Sequence[Row], table: str, retrieved: str) -> list[Row]:
    """Return rows with an id, a confidence and a day where they lack them; without a source a row is unverified."""
    names = column_names(table)
    taken = {row["id"] for row in rows if row.get("id")}
    found = []
    for row in rows:
        added: Row = {}
        if "id" in names and not row["id"]:
            added["id"] = _free(row, taken)
            taken.add(added["id"])
        if "confidence" in names and (not row["confidence"] or not row["source_ids"]):
            added["confidence"] = "unverified" if not row["source_ids"] else "inferred"
        if "retrieved" in names and not row["retrieved"]:
            added["retrieved"] = retrieved
        found.append({**row, **added})
    return found


def _free(row: Row, taken: set[str]) -> str:
    """Return a readable id that no other row has."""
    words = slug(row.get("name") or row.get("title") or "row")[:LONGEST_ID].strip("-") or "row"
    wanted, number = words, 2
    while wanted in taken:
        wanted, number = f"{words}-{number}", number + 1
    return wanted


def _told(layout: Layout) -> Iterator[Row]:
    """Yield what each heading was taken for."""
    for proposal in layout.proposals:
        form = layout.forms.get(proposal.target)
        yield {
            "column": address(layout.header_row, proposal.column),
            "heading": proposal.heading,
            "target": proposal.target,
            "score": f"{proposal.score:.0f}",
            "reason": proposal.reason,
            "decimal": ("comma" if form.decimal == "," else "point") if form else "",
            "dates": ("day first" if form.is_day_first else "month first") if form else "",
        }


def _duplicates(rows: Sequence[Row], numbers: Sequence[int], table: str, known: Known) -> Iterator[Row]:
    """Yield rows that have the id of a row of ours, or its name at its site; and those repeated among themselves."""
    frame = known.tables.frames.get(table)
    label = "name" if "name" in column_names(table) else "title" if "title" in column_names(table) else "id"
    ours = frame[[name for name in ("id", label, "site_id") if name in frame]].fillna("") if frame is not None else None
    there = ours.to_dict("records") if ours is not None else []
    by_id = {str(one["id"]): str(one[label]) for one in there if "id" in one}
    by_name = {(fold(str(one[label])), str(one.get("site_id", ""))): str(one.get("id", "")) for one in there}
    earlier: dict[tuple[str, str], str] = {}
    for row, number in zip(rows, numbers, strict=True):
        key = (fold(row.get(label, "")), row.get("site_id", ""))
        told = {"row": str(number), "id": row.get("id", ""), "name": row.get(label, "")}
        if row.get("id") in by_id:
            yield {**told, "known_id": row["id"], "known_name": by_id[row["id"]], "reason": "the id of a row of ours"}
        elif key[0] and key in by_name:
            yield {**told, "known_id": by_name[key], "known_name": row[label], "reason": "the name of a row of ours"}
        if key[0] and key in earlier:
            yield {**told, "known_id": "", "known_name": "", "reason": f"the same as row {earlier[key]} of this file"}
        earlier.setdefault(key, str(number))
