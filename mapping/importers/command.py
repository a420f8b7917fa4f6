"""`python -m mapping import`: other people's records as rows of ours, in a folder to look at."""

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from mapping.errors import SourceError
from mapping.importers.registry_import import REGISTRIES, RegistryImport, import_registry
from mapping.importers.registry_tables import KEPT

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
    path = Path(source)
    if not path.is_file():
        raise SourceError(f"{source}: there is no such file")
    return []


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
