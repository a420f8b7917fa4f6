"""An import from a registry, from a saved file or live, to the files in a folder."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from babel import Locale

from mapping.errors import SourceError
from mapping.importers import ctgov_client, ctgov_records, ctis_client, ctis_records
from mapping.importers.asking import Asker, Manners, connect
from mapping.importers.countries import read_countries
from mapping.importers.downloads import Download, downloaded_day
from mapping.importers.json_paths import Record
from mapping.importers.locating import read_locator
from mapping.importers.registry_tables import (
    DECISION_COLUMNS,
    PLACE_COLUMNS,
    SOURCES,
    TRIAL_SITE_COLUMNS,
    Ground,
    RegistryTables,
    registry_tables,
)
from mapping.importers.saved_files import saved_answers
from mapping.importers.studies import Study
from mapping.importers.writing import write_tables
from mapping.tables.csvs import Row, read_rows, split_cell
from mapping.tables.schemas import column_names

Tell = Callable[[str], None]
RESPONSES: Final = "responses"
"""Folder, in the one for the results, that a live import saves the answers to."""


@dataclass(frozen=True)
class Registry:
    """What differs between the registries."""

    name: str
    server: str
    manners: Manners
    records_in: Callable[[Any, str], list[Record]]
    study_from: Callable[[Record, str], Study]


REGISTRIES: Mapping[str, Registry] = MappingProxyType(
    {
        "ctgov": Registry(
            "ClinicalTrials.gov",
            ctgov_client.SERVER,
            ctgov_client.MANNERS,
            ctgov_records.records_in,
            ctgov_records.study_from,
        ),
        "ctis": Registry(
            "CTIS", ctis_client.SERVER, ctis_client.MANNERS, ctis_records.records_in, ctis_records.study_from
        ),
    }
)


@dataclass(frozen=True)
class RegistryImport:
    """What is to be imported from where to where."""

    kind: str
    """ctgov or ctis."""
    source: str
    """A file or folder of saved answers, or what to search for."""
    out: Path
    folder: Path
    """The data folder the records are held against."""
    is_saved: bool = False
    """Whether the source must be a file or folder, never a search."""
    retrieved: str = ""
    """Day on which the records were read; empty for the day of the download, else today."""
    server: str = ""
    """Another address of the registry, such as a mirror's."""
    manners: Manners | None = None
    """How it is asked, where not as usual."""


def import_registry(wanted: RegistryImport, tell: Tell) -> RegistryTables:
    """Import records and write the tables; nothing is written where a record cannot be read."""
    source = Path(wanted.source)
    day = wanted.retrieved or datetime.date.today().isoformat()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise SourceError(f"{day!r} is not a day; write YYYY-MM-DD")
    if not source.exists():
        if wanted.is_saved or _looks_like_a_path(wanted.source):
            raise SourceError(f"{wanted.source}: there is no such file or folder")
        source = _download(wanted, day, tell)
    day = wanted.retrieved or downloaded_day(source) or day
    registry = REGISTRIES[wanted.kind]
    tables = registry_tables(_studies(source, registry), _ground(wanted.folder, day))
    _write(wanted, tables, day)
    return tables


def _studies(source: Path, registry: Registry) -> Iterator[Study]:
    """Yield every record of the saved answers."""
    for name, content in saved_answers(source):
        for record in registry.records_in(content, name):
            yield registry.study_from(record, name)


def _looks_like_a_path(source: str) -> bool:
    """Tell whether a source that is not there was meant as a file: it has an ending or a separator of folders."""
    return bool(re.search(r"[\\/]|\.\w{2,7}$", source))


def _download(wanted: RegistryImport, day: str, tell: Tell) -> Path:
    """Fetch what is searched for, or what is still missing of it, and return the folder it was saved to."""
    registry = REGISTRIES[wanted.kind]
    manners = wanted.manners or registry.manners
    folder = wanted.out / RESPONSES
    with connect(wanted.server or registry.server, manners) as client:
        asker = Asker(client, manners)
        if wanted.kind == "ctgov":
            query = ctgov_client.query_for(wanted.source, _country_names(wanted.folder))
            ctgov_client.download_studies(asker, query, Download.open(folder, query, day), tell)
        else:
            asked = {"wanted": wanted.source}
            ctis_client.download_trials(asker, wanted.source, Download.open(folder, asked, day), tell)
    return folder


def _country_names(folder: Path) -> list[str]:
    """Return the English names of the countries that the Atlas covers."""
    territories = Locale("en").territories
    return sorted(str(territories.get(code, code)) for code in read_countries(folder).european)


def _ground(folder: Path, day: str) -> Ground:
    """Return what the records of an import are held against."""
    known: dict[str, str] = {}
    for row in read_rows(folder / "trials.csv"):
        known |= dict.fromkeys([row["id"], *split_cell(row["other_ids"])], row["id"])
    return Ground(read_countries(folder), read_locator(folder), known, day)


def _write(wanted: RegistryImport, tables: RegistryTables, day: str) -> None:
    """Write the tables of an import."""
    source: Row = {**SOURCES[wanted.kind], "kind": "registry", "confidence": "verified", "retrieved": day}
    write_tables(
        wanted.out,
        {
            "trials.csv": (column_names("trials"), tables.trials),
            "trial_sites.csv": (TRIAL_SITE_COLUMNS, tables.trial_sites),
            "decisions.csv": (DECISION_COLUMNS, tables.decisions),
            "places.csv": (PLACE_COLUMNS, tables.places),
            "sources.csv": (column_names("sources"), [source] if tables.trials else []),
        },
    )
