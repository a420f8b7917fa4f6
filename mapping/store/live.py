"""What a process serves: the tables with released changes in them, made anew soon after each release, no restart.

Nothing of the database is imported before there is a store, so an Atlas that only shows starts no slower for it.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from mapping.errors import StoreError
from mapping.store.settings import StoreSettings
from mapping.tables.loading import Tables, load_tables

if TYPE_CHECKING:
    from mapping.store.opening import Store
    from mapping.store.records import Published

POLL_SECONDS: Final = 1.0
"""Least time between two looks for a release; readers see one at most this much later, and its loading."""
Made = TypeVar("Made")


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
    _store: "Store | None" = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def now(self) -> Made:
        """Return what is made of the tables of now.

        One thread looks for a release and makes all anew; the others are given what there is meanwhile.
        """
        made = self._made
        if made is not None and (self._looked_lately() or not self._lock.acquire(blocking=False)):
            return made
        if made is None:
            self._lock.acquire()
        try:
            return self._look()
        finally:
            self._lock.release()

    def published(self) -> "tuple[Published, ...]":
        """Return the releases of the store, the newest first; none where there is no store, or it cannot be read."""
        self.now()
        if self._store is None or self._release < 1:
            return ()
        from mapping.store.reading import published

        try:
            return published(self._store)
        except StoreError as error:
            logging.getLogger(__name__).warning("releases are not read: %s", error)
            return ()

    def look_again(self) -> None:
        """Let the next reader look at once: for the process that has just released something."""
        self._looked = float("-inf")

    def _looked_lately(self) -> bool:
        """Return whether it is too early to look for a release."""
        return self.clock() - self._looked < POLL_SECONDS

    def _look(self) -> Made:
        """Look for a release, and make anew what it changes."""
        if self._made is not None and self._looked_lately():
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
        from mapping.store.opening import open_store
        from mapping.store.published import data_version, published_tables

        try:
            self._store = self._store or open_store(self.settings, self.data)
            release = data_version(self._store)
            return release, base if release in (0, self._release) else published_tables(self._store, base)
        except StoreError as error:
            logging.getLogger(__name__).warning("released changes are not read: %s", error)
            return max(self._release, 0), base
