"""Files that take a while: made beside the page, their progress shown, stopped when the reader says so."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from mapping.long_work import Bench, Job, Tell
from mapping.words import Words
from pages.parts import lines

LOOK_S: Final = 0.15
"""Seconds between two looks at the work; at each the page can be stopped or changed."""
JOBS: Final = "long_files"
"""Where a session keeps its work, by the key of its button."""
MOST_HELD: Final = 60 * 1024 * 1024
"""Bytes of finished files kept for all readers together."""
USUAL: Final = 1024 * 1024
"""Bytes of a file of this kind, about."""


@dataclass(frozen=True)
class LongFile:
    """A file that a reader can ask for."""

    key: str
    """Of its button, in words."""
    label: str
    help: str
    name: str
    """What the file is called."""
    make: Callable[[Tell], bytes]
    """Makes it, telling its steps."""
    shows: Hashable
    """What it is made of: a file of something else is not offered any more."""


@st.cache_resource(show_spinner=False)
def bench() -> Bench:
    """Return where the files of all readers are made, one after the other."""
    return Bench(MOST_HELD)


@st.fragment
def button(file: LongFile, words: Words) -> None:
    """Draw the button that asks for a file, then its progress with a way to stop it, then the file."""
    jobs: dict[str, tuple[Hashable, Job[bytes]]] = st.session_state.setdefault(JOBS, {})
    shown, job = jobs.get(file.key, (None, None))
    if job is not None and (shown != file.shows or job.is_stopped or not job.is_there):
        job.stop()
        del jobs[file.key]
        job = None
    if job is None:
        st.button(
            file.label, key=file.key, icon=":material/download:", help=file.help, on_click=_begin, args=(jobs, file)
        )
        return
    if not job.is_done_within(LOOK_S):
        _wait(file, job, words)
    content = job.result()
    st.download_button(
        words.text("Save {file}", file=f"{file.label} ({len(content) / 2**20:.1f} MB)"),
        data=content,
        file_name=file.name,
        key=f"{file.key}-save",
        icon=":material/download_done:",
        type="primary",
        on_click="ignore",
    )


def _begin(jobs: dict[str, tuple[Hashable, Job[bytes]]], file: LongFile) -> None:
    jobs[file.key] = (file.shows, bench().started(lambda tell: lines.made(lambda: file.make(tell)), USUAL))


def _wait(file: LongFile, job: Job[Any], words: Words) -> None:
    """Show how far the file is until it is done; each look lets a click on the button in."""
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center", gap="small"):
        bar = st.progress(0.0, _told(job, words))
        st.button(words.text("Stop"), key=f"{file.key}-stop", icon=":material/stop_circle:", on_click=job.stop)
    while not job.is_done_within(LOOK_S):
        bar.progress(min(job.done / max(job.of, 1), 1.0), _told(job, words))
    place.empty()


def _told(job: Job[Any], words: Words) -> str:
    if job.is_waiting:
        return words.text("Waiting for another file to be made…")
    return words.text("Making the file: {step} of {steps}…", step=min(job.done + 1, job.of), steps=job.of)
