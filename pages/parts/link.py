"""The address is the one place that holds what the reader has set: read here, written here, nowhere else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from mapping.view.address import JOINT, STORY_KEYS
from mapping.view.atlas import Atlas
from mapping.view.links import query_text
from mapping.view.state import Dropped, ViewState, read_view

ADDRESSES_KEPT: Final = 128
_BEFORE: Final = "page_before"
"""Where a session keeps the page last run and its address."""


def view_of(atlas: Atlas) -> tuple[ViewState, tuple[Dropped, ...]]:
    """Return what the address asks for, and what of it today's data does not have."""
    return read_view(_query(), atlas.known)


def carry(page: str) -> None:
    """Give a page opened from the menu the address of the page before: Streamlit's menu leaves it bare.

    Parameters
    ----------
    page : str
        The address path of the page opened.
    """
    query, before = _query(), st.session_state.get(_BEFORE)
    carried = {key: values for key, values in before[1].items() if key not in STORY_KEYS} if before else {}
    if before and before[0] != page and not query and carried:
        st.query_params.from_dict(carried)
        query = carried
    st.session_state[_BEFORE] = (page, query)


def language() -> str:
    """Return the language asked for, by the address or, where a menu left that bare, by the page before."""
    query = _query() or st.session_state.get(_BEFORE, ("", {}))[1]
    return _read(query).lang


def version_asked() -> str:
    """Return the data version asked for; empty for the newest."""
    return current().version


def current() -> ViewState:
    """Return what the address asks for, whether the data have it or not."""
    return _read(_query())


def _read(query: Mapping[str, Sequence[str]]) -> ViewState:
    return _view(tuple((key, tuple(values)) for key, values in query.items()))


@lru_cache(maxsize=ADDRESSES_KEPT)
def _view(query: tuple[tuple[str, tuple[str, ...]], ...]) -> ViewState:
    """Return what an address asks for; each part of a page looks at the same one."""
    return ViewState.from_query(dict(query))


def citable(version: str, **more: str) -> str:
    """Return the whole link of the view with a data version, and with what else a copy of it carries."""
    whole = replace(current(), shown="")
    query = "&".join([query_text(whole, version), *(f"{key}={value}" for key, value in more.items())])
    address = st.context.url or ""
    return f"{address}/?{query}" if address and not urlsplit(address).path else f"{address}?{query}"


def short_query() -> str:
    """Return the query of the view with its lists joined where it is long; empty where the address bar will do."""
    text = query_text(current())
    return f"?{text}" if JOINT in text else ""


def page_shown() -> str:
    """Return the address path of the page that is shown; empty for the first."""
    return str(st.session_state.get(_BEFORE, ("", {}))[0])


def put(view: ViewState) -> None:
    """Write a view into the address."""
    if view.to_query() != _query():
        st.query_params.from_dict(view.to_query())


def change(update: Callable[[ViewState], ViewState]) -> None:
    """Replace the view in the address by what a function makes of it; for callbacks."""
    put(update(current()))


def set_fields(**fields: Any) -> None:
    """Set fields of the view, keeping the rest; for callbacks."""
    change(lambda view: replace(view, **fields))


def set_key(key: str, *values: str) -> None:
    """Set one key of the address to these values; for callbacks."""
    change(lambda view: view.with_only(key, *values))


def from_widget(key: str) -> None:
    """Take over what the widget of this key now says; for callbacks."""
    value = st.session_state[key]
    if value is None:
        set_key(key)
    elif isinstance(value, str):
        set_key(key, value)
    else:
        set_key(key, *(str(part) for part in value))


def _query() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}
