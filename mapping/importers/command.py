"""`python -m mapping import`: other people's records as rows of ours, in a folder to look at."""

import argparse
import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from mapping.errors import SourceError
from mapping.importers.cell_values import Lexicon
from mapping.importers.column_mapping import mapping_json, read_mapping
from mapping.importers.countries import read_countries
from mapping.importers.cover_sheet import read_cover_sheets
from mapping.importers.cover_sheet_tables import (
    EVIDENCE_COLUMNS,
    PRODUCT_COLUMNS,
    REPORT_COLUMNS,
    SITE_COLUMNS,
    Held,
    cover_sheet_tables,
)
from mapping.importers.limits import LARGEST_FILE, megabytes
from mapping.importers.locating import read_locator
from mapping.importers.reading import read_any
from mapping.importers.registry_import import REGISTRIES, RegistryImport, import_registry
from mapping.importers.registry_tables import KEPT, PLACE_COLUMNS
from mapping.importers.sheets import Sheet
from mapping.importers.table_import import COLUMN_COLUMNS, DUPLICATE_COLUMNS, Known, import_table
from mapping.importers.writing import Written, write_tables
from mapping.tables.csvs import Row
from mapping.tables.loading import Tables, load_tables
from mapping.tables.schemas import SCHEMAS, column_names

Tell = Callable[[str], None]
RULES_TOLD = 12
"""Most rules that the summary counts; all are in decisions.csv."""


def run_import(chosen: argparse.Namespace, tell: Tell) -> list[str]:
    """Run one import and return what to say of it, a line each.

    Parameters
    ----------
    chosen : Namespace
        What :func:`mapping.importers.arguments.add_import` reads.
    tell : callable
        Gets a line of progress while a download runs.

    Raises
    ------
    SourceError
        The source is not what it claims, or cannot be had; the message is one line.
    """
    if not chosen.folder.is_dir():
        raise SourceError(f"{chosen.folder}: there is no such data folder")
    source, is_saved = _source(chosen)
    if chosen.kind in REGISTRIES:
        return _registry(chosen, source, is_saved, tell)
    day = chosen.retrieved or datetime.date.today().isoformat()
    sheets = read_any(Path(source).name, _content(Path(source)))
    tables = load_tables(chosen.folder)
    if chosen.kind == "table":
        return _table(chosen, sheets, tables, day)
    return _cover_sheet(chosen, source, sheets, tables, day)


def _content(path: Path) -> bytes:
    """Return the bytes of a file that is not too large to be read."""
    if not path.is_file():
        raise SourceError(f"{path}: {'a folder; name a file in it' if path.is_dir() else 'there is no such file'}")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SourceError(f"{path}: {megabytes(path.stat().st_size)}, more than {megabytes(LARGEST_FILE)}")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error


def _table(chosen: argparse.Namespace, sheets: Sequence[Sheet], tables: Tables, day: str) -> list[str]:
    """Import rows of one table and say what each heading was taken for."""
    if chosen.table not in SCHEMAS:
        raise SourceError(f"{chosen.table!r} is not one of the tables; there are {', '.join(SCHEMAS)}")
    mapping = read_mapping(chosen.mapping) if chosen.mapping else None
    sheet = next((sheet for sheet in sheets if sheet.name == (chosen.sheet or chosen.table)), None)
    if chosen.sheet and sheet is None:
        raise SourceError(f"there is no sheet {chosen.sheet!r}; there are {', '.join(sheet.name for sheet in sheets)}")
    known = Known(tables, read_locator(chosen.folder), day)
    found = import_table(sheet or sheets[0], chosen.table, known, mapping)
    files: dict[str, Written] = {
        f"{chosen.table}.csv": (column_names(chosen.table), found.rows),
        "columns.csv": (COLUMN_COLUMNS, found.columns),
        "duplicates.csv": (DUPLICATE_COLUMNS, found.duplicates),
    }
    if found.places:
        files["places.csv"] = (PLACE_COLUMNS, found.places)
    write_tables(chosen.out, files, {"mapping.json": mapping_json(found.mapping)})
    unsettled = sum(not row["site_id"] for row in found.places)
    return [
        f"{len(found.rows):,} rows of {chosen.table} ({'; '.join(found.notes) or 'as they stand'})",
        *(f"  {row['column']} {row['heading']!r}: {_taken_for(row)}" for row in found.columns if row["heading"]),
        f"{len(found.duplicates):,} rows may be there already; "
        f"{unsettled:,} of {len(found.places):,} places to be settled",
        f"written to {chosen.out}: {', '.join(files)}, mapping.json (correct it and give it back with --mapping)",
    ]


def _taken_for(row: Row) -> str:
    """Return what a heading was taken for, in words."""
    if not row["target"]:
        return "not used"
    written = f", decimals with a {row['decimal']}, dates {row['dates']}" if row["decimal"] == "comma" else ""
    return f"{row['target']} ({row['reason']}, {row['score']}){written}"


def _cover_sheet(
    chosen: argparse.Namespace, source: str, sheets: Sequence[Sheet], tables: Tables, day: str
) -> list[str]:
    """Import cover sheets and say which of their cells went into no table."""
    records = read_cover_sheets(Path(source).name, sheets)
    held = Held(Lexicon(tables), read_locator(chosen.folder), read_countries(chosen.folder), day)
    found = cover_sheet_tables(records, held)
    write_tables(
        chosen.out,
        {
            "trials.csv": (column_names("trials"), found.trials),
            "products.csv": (PRODUCT_COLUMNS, found.products),
            "sites.csv": (SITE_COLUMNS, found.sites),
            "obstacle_evidence.csv": (EVIDENCE_COLUMNS, found.evidence),
            "report.csv": (REPORT_COLUMNS, found.report),
        },
    )
    outcomes = Counter(row["outcome"] for row in found.report)
    unknown = [f"  {row['cell']}: unknown title {row['title']!r}; {row['detail']}" for row in found.report
               if row["outcome"] == "unknown title"]  # fmt: skip
    return [
        f"{len(records.records):,} records: {len(found.trials):,} trials, {len(found.products):,} products, "
        f"{len(found.sites):,} sites, {len(found.evidence):,} answers about hurdles and delays to be reviewed",
        *unknown,
        f"personal data removed in {outcomes['personal data removed']:,} cells",
        f"written to {chosen.out}: trials.csv, products.csv, sites.csv, obstacle_evidence.csv, report.csv",
    ]


def _source(chosen: argparse.Namespace) -> tuple[str, bool]:
    """Return the source, and whether it must be a file."""
    named = chosen.from_file if isinstance(chosen.from_file, str) else ""
    if named and chosen.source and named != chosen.source:
        raise SourceError(f"two sources are named, {chosen.source} and {named}; name one")
    source = named or chosen.source
    if not source and (chosen.kind not in REGISTRIES or chosen.from_file):
        raise SourceError("no file is named; write it after the kind of import")
    return source or "atmp", bool(chosen.from_file)


def _registry(chosen: argparse.Namespace, source: str, is_saved: bool, tell: Tell) -> list[str]:
    """Import from a registry and say what was kept and left out."""
    wanted = RegistryImport(chosen.kind, source, chosen.out, chosen.folder, is_saved, chosen.retrieved, chosen.server)
    tables = import_registry(wanted, tell)
    kept = sum(row["decision"] == KEPT for row in tables.decisions)
    matched = sum(bool(row["site_id"]) for row in tables.places)
    unsettled = sum(not row["place_id"] and row["town_rule"] != "reviewed" for row in tables.places)
    left_out = Counter(row["rule"] for row in tables.decisions if row["decision"] != KEPT)
    return [
        f"{len(tables.decisions):,} records: {kept:,} trials kept, {len(tables.decisions) - kept:,} left out",
        *(f"  left out by {rule}: {count:,}" for rule, count in left_out.most_common(RULES_TOLD)),
        f"{len(tables.trial_sites):,} rows of sites; {len(tables.places):,} places, {matched:,} of them known sites, "
        f"{unsettled:,} in a town to be settled",
        f"written to {chosen.out}: trials.csv, trial_sites.csv, decisions.csv, places.csv, sources.csv",
    ]
