"""The tables with released changes in them, as pages and API serve them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from mapping.errors import StoreError
from mapping.store.models import Heads, Releases
from mapping.store.opening import Store, told
from mapping.store.standing import Standing, standing
from mapping.tables.edition import read_package
from mapping.tables.files import GEOMETRY_FILES, TABLE_FILES, combined, content_of, fingerprint
from mapping.tables.loading import NO_VERSION, Tables, frame_of, load_tables, newest_day
from mapping.tables.releases import told_version

PUBLISHED: Final = "-published."
"""Between the version of the data folder and the number of the release laid over it: ``2026.11.0-published.3``."""


@dataclass(frozen=True)
class Edition:
    """Which data folder something was checked with."""

    version: str
    fingerprint: str


def edition_of(folder: Path) -> Edition:
    """Return version and fingerprint of a data folder as it is now."""
    files = (*TABLE_FILES.values(), *GEOMETRY_FILES.values())
    contents = {file: content_of(folder, file) for file in files}
    found = combined({file: fingerprint(content) for file, content in contents.items() if content is not None})
    return Edition(told_version(folder, str(read_package(folder).get("version", NO_VERSION)), found), found)


def published_version(base: str, number: int) -> str:
    """Return the data version of a release laid over a version of the data folder."""
    return f"{base}{PUBLISHED}{number}"


def data_version(store: Store) -> int:
    """Return the number of the newest release; cheap enough to ask every second."""
    try:
        with store.engine.connect() as connection:
            return int(connection.execute(select(Heads.release)).scalar_one())
    except SQLAlchemyError as error:
        raise StoreError(f"the store cannot be read ({told(error)})") from error


def published_tables(store: Store, base: Tables | None = None) -> Tables:
    """Return the tables of the data folder with every released change in them.

    Parameters
    ----------
    store : Store
        Where the changes are.
    base : Tables, optional
        The tables of the data folder, if they are loaded already; they are not written to.

    Returns
    -------
    Tables
        The very base where nothing was released. Where the data folder is another than the newest release was checked
        with, all is checked again, and a table that then has a fault is not shown, as with any table.
    """
    tables = base or load_tables(store.data)
    now = standing(store)
    if now.release == 0:
        return tables
    version = published_version(tables.version, now.release)
    if _checked_with(store, now.release) == edition_of(store.data).fingerprint:
        frames = {**tables.frames, **{name: _frame(now, name, tables) for name in _touched(now, tables)}}
        return Tables(version, newest_day(frames), frames, tables.faults, tables.columns)
    from mapping.tables.checking import check_tables  # with the schemas, which are slow to import

    checked = check_tables(now.folder)
    frames = {name: table.frame for name, table in checked.items() if not table.faults}
    faults = {name: table.faults for name, table in checked.items() if table.faults}
    return Tables(version, newest_day(frames), frames, faults, tables.columns)


def _checked_with(store: Store, release: int) -> str:
    """Return the fingerprint of the data folder that a release was checked with."""
    try:
        with store.engine.connect() as connection:
            return str(connection.execute(select(Releases.base).where(Releases.number == release)).scalar_one())
    except SQLAlchemyError as error:
        raise StoreError(f"the store cannot be read ({told(error)})") from error


def _touched(now: Standing, tables: Tables) -> list[str]:
    """Return the tables that released changes touch and that are shown."""
    return [name for name in now.folder.overlay if name in tables.frames]


def _frame(now: Standing, name: str, tables: Tables) -> pd.DataFrame:
    """Return a table with its released changes, typed as the base is."""
    return frame_of(now.table(name).csv(), {column.name: column.kind for column in tables.columns[name]})
