"""The store as screens use it: opened once a process, for people with a role only; what was done told where it was."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.errors import Conflict, MappingError, RefusedChange
from mapping.store.settings import StoreSettings
from mapping.words import Words
from pages.parts import cached, card_markdown
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.opening import Store

_TOLD: Final = "contribute_told"
FAULTS_TOLD: Final = 20


@dataclass(frozen=True)
class Told:
    """What came of something a person did, to be said in the place where they did it."""

    done: str = ""
    """Words of success; empty where it failed."""
    error: MappingError | None = None


def opened(here: Here) -> "Store":
    """Return the store; the first person with a role makes it."""
    return _opened(hash((here.settings, cached.DATA)), here.settings, cached.DATA)


def _close(store: "Store") -> None:
    store.engine.dispose()


@st.cache_resource(show_spinner=False, max_entries=4, on_release=_close)
def _opened(key: int, _settings: StoreSettings, _data: Path) -> "Store":
    from mapping.store.opening import open_store  # the database is imported when it is needed

    return open_store(_settings, _data)


def close() -> None:
    """Let go of the store."""
    _opened.clear()


def attempt(place: str, act: Callable[[], str]) -> bool:
    """Do something, and keep what came of it for its place on the page; for callbacks.

    Parameters
    ----------
    place : str
        Where on the page it is told.
    act : callable
        Does it and returns what to say of it; raises a MappingError where nothing was written.
    """
    told: dict[str, Told] = st.session_state.setdefault(_TOLD, {})
    try:
        told[place] = Told(act())
    except MappingError as error:
        told[place] = Told(error=error)
        return False
    return True


def told_at(place: str) -> Told | None:
    """Return what is kept for a place."""
    found: Told | None = st.session_state.get(_TOLD, {}).get(place)
    return found


def dismiss(place: str) -> None:
    """Forget what is kept for a place; for callbacks."""
    st.session_state.get(_TOLD, {}).pop(place, None)


def forget() -> None:
    """Forget everything that was told: the reader went elsewhere."""
    st.session_state.pop(_TOLD, None)


def tell(place: str, words: Words) -> Conflict | None:
    """Say what came of an act, once where it went well; return the conflict where it met one."""
    told = told_at(place)
    if told is None:
        return None
    if told.error is None:
        st.success(told.done, icon=":material/check_circle:")
        dismiss(place)
        return None
    if isinstance(told.error, Conflict):
        return told.error
    if isinstance(told.error, RefusedChange):
        st.error(words.text("Nothing was written; these cells have to be mended first:"), icon=":material/block:")
        lines = [f"- {card_markdown.plain(str(fault))}" for fault in told.error.faults[:FAULTS_TOLD]]
        st.markdown("\n".join(lines))
        return None
    st.error(card_markdown.plain(str(told.error)), icon=":material/block:")
    return None
