"""Asking a registry politely: few calls a second, patience with its faults, and an end to both.

A call that fails for a passing reason (no answer, cut short, too many calls, a fault of the server) is tried again
after a wait that doubles each time, with a random part so that many clients do not return together; a server that says
when to come back is obeyed. Any other refusal ends the import with one line.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from mapping.errors import SourceError
from mapping.importers.saved_files import parsed

AGENT: Final = "ATMP-Atlas-importer/1 (research; https://cordis.europa.eu/project/id/101137206)"
LARGEST_ANSWER: Final = 128 * 1024 * 1024
"""Bytes of one answer; a page of 1,000 full records is about 40 MB."""
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Codes after which the same call may succeed."""


@dataclass(frozen=True)
class Manners:
    """How often and how long a registry is asked."""

    pause_s: float = 1.2
    """Between two calls; ClinicalTrials.gov is said to allow about 50 a minute."""
    tries: int = 6
    backoff_s: float = 1.0
    """Wait after the first failure; doubles each time."""
    longest_wait_s: float = 120.0
    """No wait is longer, whatever the server asks for."""
    timeout_s: float = 60.0
    """For one call to begin to answer, and between two pieces of an answer."""
    longest_call_s: float = 600.0
    """For one answer to arrive whole, however slowly it drips."""


@dataclass
class Asker:
    """Asks one registry; keeps count of when it asked last."""

    client: httpx.Client
    manners: Manners = field(default_factory=Manners)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    _last: float | None = None

    def json(
        self, method: str, path: str, name: str, params: Mapping[str, str] | None = None, body: Any = None
    ) -> tuple[Any, bytes]:
        """Return the JSON of an answer, and its bytes.

        Parameters
        ----------
        method, path : str
            GET or POST, and the path below the registry's address.
        name : str
            What is asked for, in the words of messages.
        params, body
            Query, and JSON to send.

        Raises
        ------
        SourceError
            The registry refuses, or still fails after the last try.
        """
        trouble = ""
        for attempt in range(self.manners.tries):
            self._pause()
            answered: httpx.Response | None = None
            try:
                answered, content = self._ask(method, path, params, body)
                if answered.status_code == httpx.codes.OK:
                    return parsed(content, name), content
                trouble = f"it answers {answered.status_code} {answered.reason_phrase}".rstrip()
                if answered.status_code not in PASSING:
                    raise RefusedError(f"{name}: the registry refuses ({trouble})", answered.status_code)
            except httpx.HTTPError as error:
                trouble = f"{type(error).__name__}: {error}".splitlines()[0][:120]
            except RefusedError:
                raise
            except SourceError as error:  # cut short without a word, or a page of HTML in place of an answer
                trouble = str(error)
            if attempt + 1 < self.manners.tries:
                self.sleep(self._wait(attempt, answered))
        raise SourceError(f"{name}: no answer after {self.manners.tries} tries ({trouble})")

    def _ask(self, method: str, path: str, params: Mapping[str, str] | None, body: Any) -> tuple[httpx.Response, bytes]:
        """Return one response and its bytes, no more than allowed and not slower."""
        begun = self.clock()
        with self.client.stream(method, path, params=params, json=body) as response:
            pieces, size = [], 0
            for piece in response.iter_bytes():
                size += len(piece)
                if size > LARGEST_ANSWER:
                    raise RefusedError(f"{path}: the answer is larger than {LARGEST_ANSWER // 1024**2} MB", 0)
                if self.clock() - begun > self.manners.longest_call_s:
                    raise httpx.ReadTimeout(f"the answer took more than {self.manners.longest_call_s:.0f} s")
                pieces.append(piece)
        return response, b"".join(pieces)

    def _pause(self) -> None:
        """Wait until the registry may be asked again."""
        now = self.clock()
        if self._last is not None and now - self._last < self.manners.pause_s:
            self.sleep(self.manners.pause_s - (now - self._last))
        self._last = self.clock()

    def _wait(self, attempt: int, answered: httpx.Response | None) -> float:
        """Return the seconds to wait before the next try."""
        told = _told_wait(answered) if answered is not None else None
        grown = self.manners.backoff_s * 2.0**attempt * (1 + self.chance() / 2)
        return float(min(max(told or 0.0, grown), self.manners.longest_wait_s))


class RefusedError(SourceError):
    """A registry refuses a call for good."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


def _told_wait(answered: httpx.Response) -> float | None:
    """Return the seconds of a Retry-After header, given as a number or as a time."""
    told = answered.headers.get("Retry-After", "").strip()
    if told.isdigit():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time()) if told else None
    except ValueError:
        return None


def connect(server: str, manners: Manners) -> httpx.Client:
    """Return a client for one registry; it follows no redirect to another place and sends no cookie."""
    headers = {"User-Agent": AGENT, "Accept": "application/json"}
    return httpx.Client(base_url=server, headers=headers, timeout=httpx.Timeout(manners.timeout_s))
