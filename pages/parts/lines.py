"""Where work waits its turn: files for pages and API alike, searches, and the pages themselves; for all sessions."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.waiting_line import Line

if TYPE_CHECKING:
    from mapping.words import Words  # with pandas: the server is up before that is read

KEPT_WAITING_S: Final = 0.5
"""Seconds that a page in drawing may keep others waiting; nearly all take less."""


@cache
def files() -> Line:
    """Return the line of files that are drawn, set or packed."""
    return Line(at_once=2, room=8)


@cache
def searches() -> Line:
    """Return the line of searches for the next sites, one a processor."""
    return Line(at_once=2, room=8)


@cache
def reruns() -> Line:
    """Return the line of pages that are drawn, one at a time.

    Python runs one thread at a time. Pages drawn at once each take longer, by the sum of all, and the changing of
    threads costs two fifths of the processor time besides. One that takes long, as an upload may, keeps nobody waiting:
    the next go past it.
    """
    return Line(at_once=1, longest_s=KEPT_WAITING_S)


def made(make: Callable[[], bytes]) -> bytes:
    """Return a file for a download button, made when its turn has come.

    A click waits also where the line is full: a reader has one, and the number of readers has a limit of its own.
    """
    with files().join(patient=True):
        return make()


def note(words: "Words") -> None:
    """Say which place in line a file would have that is asked for now; nothing where it would come at once."""
    line = files()
    if line.working >= line.at_once:
        st.caption(
            words.text("Files are being made for others: yours would be number {n} in line.", n=line.waiting + 1)
        )
