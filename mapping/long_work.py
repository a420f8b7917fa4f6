"""Work beside the page that takes long: one at a time, so that memory stays bounded; told of, stopped when asked."""

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, Final, Generic, TypeVar

from mapping.errors import MappingError

MOST_HELD: Final = 120 * 1024 * 1024
"""Bytes of finished work kept for all readers together: the largest upload twice, or hundreds of usual ones.

A reader whose work was let go waits for it once more.
"""
Tell = Callable[[str, int, int], None]
"""Takes the name of a step, how much is done, and of how much; may raise to end the work."""
Made = TypeVar("Made")


class StoppedError(MappingError):
    """The reader stopped the work."""


class Job(Generic[Made]):
    """One piece of work, under way or done."""

    def __init__(self, work: Callable[[Tell], Made], size: int = 0) -> None:
        self.size = size
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
        """Drop the result of finished work."""
        if self._future is not None and self._future.done():
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
    """Where the work of all readers is done, one piece after the other."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="long work")
        self._held: list[weakref.ref[Job[Any]]] = []
        self._most = most
        self._lock = threading.Lock()

    def started(self, work: Callable[[Tell], Made], size: int = 0) -> Job[Made]:
        """Line a piece of work up that holds so many bytes; the oldest finished ones make room for it."""
        job = Job(work, size)
        with self._lock:
            held = [old for ref in self._held if (old := ref()) is not None and old.is_there]
            for old in list(held):
                if size + sum(each.size for each in held) > self._most:
                    old.let_go()
                    held.remove(old)
            self._held = [weakref.ref(each) for each in (*held, job)]
        job.begin(self._pool)
        return job
