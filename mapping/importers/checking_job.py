"""Work on an upload beside the page: one at a time, so that memory stays bounded; told of, and stopped when asked."""

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, Final, Generic, TypeVar

from mapping.errors import MappingError
from mapping.importers.review import Tell

MOST_HELD: Final = 6
"""Finished pieces of work kept for all readers together; a reader whose piece was let go waits for it once more."""
Made = TypeVar("Made")


class StoppedError(MappingError):
    """The reader stopped the work."""


class Job(Generic[Made]):
    """One piece of work, under way or done."""

    def __init__(self, work: Callable[[Tell], Made]) -> None:
        self.step, self.done, self.of = "", 0, 1
        self._work: Callable[[Tell], Made] | None = work
        self._stop = threading.Event()
        self._future: Future[Made] | None = None

    def begin(self, pool: ThreadPoolExecutor) -> None:
        """Line up for the worker."""
        self._future = pool.submit(self._run)

    def stop(self) -> None:
        """Ask it to end at its next step, or not to begin."""
        self._stop.set()
        if self._future is not None:
            self._future.cancel()

    def let_go(self) -> None:
        """Drop the result."""
        self.stop()
        self._future = None

    @property
    def is_there(self) -> bool:
        """Return whether it is lined up, under way or done, and was not let go."""
        return self._future is not None

    @property
    def is_stopped(self) -> bool:
        """Return whether it was asked to end."""
        return self._stop.is_set()

    @property
    def is_waiting(self) -> bool:
        """Return whether another piece of work is before it."""
        return self._future is not None and not self._future.running() and not self._future.done()

    def is_done_within(self, seconds: float) -> bool:
        """Wait for so long at most, and return whether it is done."""
        if self._future is None or self._future.cancelled():
            return True
        try:
            self._future.exception(seconds)
        except FutureTimeout:
            return False
        return True

    def result(self) -> Made:
        """Return what it made; raises what it raised, a StoppedError where it was stopped."""
        if self._future is None or self.is_stopped:
            raise StoppedError("the work was stopped")
        return self._future.result()

    def _run(self) -> Made:
        work, self._work = self._work, None
        if work is None or self.is_stopped:
            raise StoppedError("the work was stopped")
        return work(self._tell)

    def _tell(self, step: str, done: int, of: int) -> None:
        if self.is_stopped:
            raise StoppedError("the work was stopped")
        self.step, self.done, self.of = step, done, of


class Bench:
    """Where the uploads of all readers are worked on, one after the other."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="upload")
        self._held: list[weakref.ref[Job[Any]]] = []
        self._most = most
        self._lock = threading.Lock()

    def started(self, work: Callable[[Tell], Made]) -> Job[Made]:
        """Line a piece of work up and return it; the oldest held by any reader is let go where there are too many."""
        job = Job(work)
        with self._lock:
            alive = [ref for ref in self._held if (held := ref()) is not None and held.is_there]
            for ref in alive[: max(0, len(alive) - self._most + 1)]:
                if (old := ref()) is not None:
                    old.let_go()
            self._held = [*alive, weakref.ref(job)]
        job.begin(self._pool)
        return job
