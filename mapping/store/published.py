"""Released changes in the tables that pages and API serve, in every process, without a restart."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

import pandas as pd
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from mapping.errors import StoreError
from mapping.store.models import Heads, Releases
from mapping.store.opening import Store, open_store, told
from mapping.store.settings import StoreSettings
from mapping.store.standing import Standing, standing
from mapping.tables.files import GEOMETRY_FILES, TABLE_FILES, combined, content_of, fingerprint
from mapping.tables.loading import NO_VERSION, Tables, frame_of, load_tables, newest_day, read_package
from mapping.tables.releases import told_version

PUBLISHED: Final = "-published."
"""Between the version of the data folder and the number of the release laid over it: ``2026.11.0-published.3``."""
POLL_SECONDS: Final = 1.0
"""Least time between two looks for a release; readers see one at most this much later, and its loading."""
Made = TypeVar("Made")


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


@dataclass(eq=False)
class Live(Generic[Made]):
    """What a process makes of the tables, made anew when a release came; one for the whole process.

    While the store cannot be reached it keeps giving what it has: the tables of the version they say they are.
    """

    settings: StoreSettings
    data: Path
    make: Callable[[Tables], Made]
    """Makes what is wanted of the tables, such as the Atlas."""
    clock: Callable[[], float] = time.monotonic
    _base: Tables | None = field(default=None, init=False)
    _made: Made | None = field(default=None, init=False)
    _release: int = field(default=-1, init=False)
    _looked: float = field(default=float("-inf"), init=False)
    _store: Store | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def now(self) -> Made:
        """Return what is made of the tables of now.

        One thread looks for a release and makes all anew; the others are given what there is meanwhile.
        """
        made = self._made
        if made is not None and (self.clock() - self._looked < POLL_SECONDS or not self._lock.acquire(blocking=False)):
            return made
        if made is None:
            self._lock.acquire()
        try:
            return self._look()
        finally:
            self._lock.release()

    def _look(self) -> Made:
        """Look for a release, and make anew what it changes."""
        if self._made is not None and self.clock() - self._looked < POLL_SECONDS:
            return self._made  # another thread was faster
        self._base = self._base or load_tables(self.data)
        release, tables = self._read(self._base)
        if self._made is None or release != self._release:
            self._made, self._release = self.make(tables), release
        self._looked = self.clock()
        return self._made

    def _read(self, base: Tables) -> tuple[int, Tables]:
        """Return the newest release with the tables, or what is shown already where the store cannot be reached."""
        if self._store is None and not self.settings.is_there:
            return 0, base
        try:
            self._store = self._store or open_store(self.settings, self.data)
            release = data_version(self._store)
            return release, base if release in (0, self._release) else published_tables(self._store, base)
        except StoreError as error:
            logging.getLogger(__name__).warning("released changes are not read: %s", error)
            return max(self._release, 0), base
