"""The log of requests to the API: one JSON line each on standard error, with nothing about who asked or for what."""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TextIO

from mapping.api.security import SecurityError
from mapping.api.watching import Answered

SETTING: Final = "ATLAS_LOG"
LEVELS: Final = {
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "off": logging.CRITICAL + 1,
}
"""What the setting takes: every request, those refused and failed, those failed, none."""


def request_log(level: str = "", stream: TextIO | None = None) -> Callable[[Answered], None]:
    """Return what writes a line for an answered request.

    Parameters
    ----------
    level : str
        One of ``LEVELS``; empty for info.
    stream : TextIO, optional
        Where to; by default standard error.

    Raises
    ------
    SecurityError
        The level is none of them.
    """
    chosen = level.strip().lower() or "info"
    if chosen not in LEVELS:
        raise SecurityError(f"{SETTING}: {level!r} is no level; write one of {', '.join(LEVELS)}")
    log = logging.Logger("atlas.api", LEVELS[chosen])  # of its own: no other library's settings reach it
    log.addHandler(logging.StreamHandler(stream or sys.stderr))

    def tell(answered: Answered) -> None:
        severity = severity_of(answered.status)
        if log.isEnabledFor(severity):
            log.log(severity, "%s", line_of(answered, severity, datetime.now(UTC)))

    return tell


def severity_of(status: int) -> int:
    """Return how grave a status is: failed, refused, or all well."""
    if status >= 500:
        return logging.ERROR
    return logging.WARNING if status >= 400 else logging.INFO


def line_of(answered: Answered, severity: int, at: datetime) -> str:
    """Return the line: a JSON object without a line break."""
    return json.dumps(
        {
            "at": at.isoformat(timespec="milliseconds"),
            "level": logging.getLevelName(severity).lower(),
            "event": "api",
            "method": answered.method,
            "route": answered.route,
            "status": answered.status,
            "ms": round(answered.seconds * 1000, 1),
            "bytes": answered.sent,
        }
    )
