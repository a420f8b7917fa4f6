"""Work on an upload: started beside the page, its progress shown, stopped when the reader says so."""

import datetime
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

import streamlit as st

from mapping.importers.against import Against, read_against
from mapping.importers.locating import read_locator
from mapping.importers.table_import import Known
from mapping.long_work import Bench, Job, Tell
from mapping.tables.loading import Tables
from mapping.words import Words
from pages.parts import cached, card_markdown

LOOK_S: Final = 0.15
"""Seconds between two looks at the work; at each the page can be stopped or changed."""
JOBS: Final = "upload_jobs"
"""Where a session keeps its work: the only place an upload is in."""
PARTS: Final = "upload_parts"
Made = TypeVar("Made")


@st.cache_resource(show_spinner=False)
def bench() -> Bench:
    """Return where the uploads of all readers are worked on, one after the other."""
    return Bench()


def against() -> Against:
    """Return what uploads are held against: the newest data."""
    tables = cached.newest().tables
    return _against(tables, tables.version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _against(_tables: Tables, version: str) -> Against:
    return read_against(cached.DATA, _tables)


def known() -> Known:
    """Return what tables of other people's columns are held against."""
    tables = cached.newest().tables
    return _known(tables, tables.version, datetime.date.today().isoformat())


@st.cache_resource(show_spinner=False, max_entries=2)
def _known(_tables: Tables, version: str, day: str) -> Known:
    return Known(_tables, read_locator(cached.DATA), day)


def done(name: str, key: Hashable, size: int, work: Callable[[Tell], Made], words: Words) -> Made | None:
    """Return what a piece of work made, waiting for it with its progress on the page; None where it was stopped.

    Parameters
    ----------
    name : str
        Which piece of work of the session it is.
    key : Hashable
        What it is made of: with another key it is done anew.
    size : int
        Bytes of the file.
    work : callable
        Makes it, telling its steps; raises what is wrong with the upload as a MappingError.
    words : Words
        The reader's language.
    """
    jobs: dict[str, tuple[Hashable, Job[Any]]] = st.session_state.setdefault(JOBS, {})
    before, job = jobs.get(name, (None, None))
    if job is None or before != key or not (job.is_there or job.is_stopped):
        if job is not None:
            job.stop()
        job = bench().started(work, size)
        jobs[name] = (key, job)
    if not job.is_stopped and not job.is_done_within(LOOK_S):
        _wait(name, job, words)
    if job.is_stopped:
        _stopped(name, words)
        return None
    if not job.is_there:  # let go meanwhile to make room
        st.rerun()
    made: Made = job.result()
    return made


def _wait(name: str, job: Job[Any], words: Words) -> None:
    """Show how far the work is until it is done; each look lets a click on the button in."""
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, _told(job, words))
        st.button(words.text("Stop"), key=f"upload_stop_{name}", icon=":material/stop_circle:", on_click=job.stop)
    while not job.is_done_within(LOOK_S):
        bar.progress(min(job.done / max(job.of, 1), 1.0), _told(job, words))
    place.empty()


def _told(job: Job[Any], words: Words) -> str:
    if job.is_waiting:
        return words.text("Waiting for another upload to be checked…")
    if job.step:
        return words.text("Checking sheet “{sheet}”…", sheet=card_markdown.plain(job.step))
    return words.text("Reading the file…")


def _stopped(name: str, words: Words) -> None:
    st.info(words.text("Stopped. Nothing was kept."), icon=":material/stop_circle:")
    st.button(words.text("Start again"), key="upload_again", on_click=_drop, args=(name,))


def _drop(name: str) -> None:
    st.session_state.get(JOBS, {}).pop(name, None)


def forget() -> None:
    """Take the upload out of the session."""
    for _, job in st.session_state.pop(JOBS, {}).values():
        job.stop()
    st.session_state.pop(PARTS, None)
