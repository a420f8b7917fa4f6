"""A search of :mod:`mapping.analysis.covering_job` that begins by itself when its turn in the line has come."""

import time
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from mapping.analysis.covering import SECONDS, Covering, Solved
from mapping.analysis.covering_job import Job, started
from mapping.waiting_line import Line, Turn

LOOK_S: Final = 0.1
"""Seconds between two looks whether a search is over, so that the next may begin."""


@dataclass(eq=False)
class LinedUp:
    """A search that waits, runs, or is over; made by :func:`lined_up`."""

    turn: Turn
    job: Job | None = None
    """None while it waits."""
    stopped: Event = field(default_factory=Event)
    """Set where it was cancelled."""
    over: Event = field(default_factory=Event)

    @property
    def place(self) -> int:
        """Return the place in the line from 1; 0 once it runs."""
        return self.turn.place

    @property
    def is_running(self) -> bool:
        """Return whether there may still come an answer: it waits or is at work."""
        return not self.over.is_set()

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since it began; 0 while it waits."""
        return self.job.elapsed_s if self.job else 0.0

    def cancel(self) -> None:
        """End it at once, or leave the line."""
        self.stopped.set()
        if self.job is not None:
            self.job.cancel()
        else:
            self.turn.leave()
        self.over.set()

    def result(self) -> Solved | None:
        """Return what it found, None before and where it was cancelled."""
        return self.job.result() if self.job is not None and not self.is_running else None


def lined_up(line: Line, problem: Covering, k: int, seconds: float = SECONDS) -> LinedUp:
    """Line a search for the best ``k`` candidates up; raises a FullError where there is no room."""
    search = LinedUp(line.join())
    Thread(target=_run, args=(search, problem, k, seconds), name="search", daemon=True).start()
    return search


def _run(search: LinedUp, problem: Covering, k: int, seconds: float) -> None:
    """Wait for the turn, search, and let the next one come."""
    try:
        with search.turn:
            search.job = started(problem, k, seconds)
            if search.stopped.is_set():
                search.job.cancel()
            while search.job.is_running:
                time.sleep(LOOK_S)
    except CancelledError:
        return  # it left the line
    finally:
        search.over.set()
