"""A line before work that takes long: a few at a time, some who wait and know their place, the rest sent away."""

import math
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from types import TracebackType
from typing import Final, Self

from mapping.errors import MappingError

GUESS_S: Final = 2.0
"""Seconds a piece of work is taken for until one was measured."""
NEWEST: Final = 0.2
"""Weight of the newest piece of work in the usual length."""


class FullError(MappingError):
    """There is no room left in the line.

    Parameters
    ----------
    before : int
        Pieces of work under way or waiting.
    retry_s : int
        Seconds after which there will be room, by the usual length of the work.
    """

    def __init__(self, before: int, retry_s: int) -> None:
        super().__init__(f"{before} others are before you; ask again in {retry_s} s")
        self.before = before
        self.retry_s = retry_s


@dataclass
class Line:
    """Those who work and those who wait; may be used from any thread."""

    at_once: int = 2
    """Pieces of work under way at most; one a processor is enough."""
    room: int = 8
    """Who may wait at most."""
    longest_s: float | None = None
    """Seconds after which work under way keeps nobody waiting any more; unset, it does until it is done."""
    refused: int = 0
    """Who was sent away so far."""
    _working: "set[Turn]" = field(default_factory=set)
    _waiting: "deque[Turn]" = field(default_factory=deque)
    _usual_s: float = GUESS_S
    _lock: Lock = field(default_factory=Lock)

    def join(self, *, patient: bool = False) -> "Turn":
        """Return a turn, come at once where there is nobody.

        Parameters
        ----------
        patient : bool
            Waits even where there is no room: for those who are bounded by other means.

        Raises
        ------
        FullError
            There is no room to wait.
        """
        with self._lock:
            if len(self._waiting) >= self.room and not patient:
                self.refused += 1
                raise FullError(len(self._waiting) + len(self._working), self._retry_s())
            turn = Turn(self)
            self._waiting.append(turn)
            self._call()
            return turn

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    @property
    def working(self) -> int:
        """Return how many are at work."""
        return len(self._working)

    def place_of(self, turn: "Turn") -> int:
        """Return the place of a turn from 1; 0 where it has come or is over."""
        with self._lock:
            return self._waiting.index(turn) + 1 if turn in self._waiting else 0

    def leave(self, turn: "Turn", seconds: float) -> None:
        """Take a turn out of the line, and call the next; may be done twice."""
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                turn.come.cancel()
            elif turn in self._working:
                self._working.discard(turn)
                self._usual_s += NEWEST * (seconds - self._usual_s)
            self._call()

    def pass_by(self) -> None:
        """Go past the work that takes longer than it may keep others waiting: it goes on, and no longer counts."""
        latest = time.monotonic() - (math.inf if self.longest_s is None else self.longest_s)
        with self._lock:
            self._working = {turn for turn in self._working if turn.begun > latest}
            self._call()

    def _call(self) -> None:
        """Let those come for whom there is room at work."""
        while self._waiting and len(self._working) < self.at_once:
            turn = self._waiting.popleft()
            self._working.add(turn)
            turn.begin()

    def _retry_s(self) -> int:
        """Return the seconds in which one place will be free, one at least."""
        return max(1, math.ceil(self._usual_s / self.at_once))


class Turn:
    """One place in a line, then one piece of work; leave it in any case, by ``with`` for instance."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.begun = math.inf
        """When it came, in seconds of the steady clock; never yet, before."""
        self.come: Future[None] = Future()
        """Done once it is this one's turn; cancelled where it was left before."""

    def __enter__(self) -> Self:
        """Wait until it is this one's turn."""
        while True:
            try:
                self.come.result(self._line.longest_s)
            except TimeoutError:
                self._line.pass_by()
            else:
                return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Let the next one come."""
        self.leave()

    @property
    def place(self) -> int:
        """Return the place in the line from 1; 0 once it is this one's turn."""
        return self._line.place_of(self)

    def begin(self) -> None:
        """Say that it is this one's turn; for the line."""
        self.begun = time.monotonic()
        self.come.set_result(None)

    def leave(self) -> None:
        """Leave the line or the work."""
        self._line.leave(self, time.monotonic() - self.begun)
