"""The cells of one row as widgets that know what may stand in them; what is typed is kept through anything."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from mapping.analysis.table_titles import column_title
from mapping.errors import RowFault
from mapping.store.form import Asked, asked, joined, listed
from mapping.store.overlay import Cells
from mapping.tables.kinds import Column
from mapping.tables.vocabulary import labels
from mapping.view.atlas import Atlas
from mapping.words import Words
from pages.parts import card_markdown

_TYPED: Final = "contribute_typed"
_SEEN: Final = "contribute_seen"
MOST_OPTIONS: Final = 1_500
"""Rows of a table that can be chosen from a list; of a larger one the id is typed."""
SHOWN_CHARACTERS: Final = 300
COLUMNS: Final = 2


def typed(form: str) -> dict[str, str]:
    """Return what was typed into a form, by column; the session keeps it until it is cleared."""
    forms: dict[str, dict[str, str]] = st.session_state.setdefault(_TYPED, {})
    return forms.setdefault(form, {})


def clear(form: str) -> None:
    """Forget what was typed into a form, and the row it was typed over."""
    st.session_state.get(_TYPED, {}).pop(form, None)
    st.session_state.get(_SEEN, {}).pop(form, None)


def form_of(table: str, row_id: str) -> str:
    """Return under which name what is typed about a row is kept."""
    return f"row-{table}-{row_id}"


def seen(form: str) -> dict[str, str] | None:
    """Return the row as it was when somebody began to type over it; None for a new row, or before."""
    found: dict[str, str] | None = st.session_state.get(_SEEN, {}).get(form)
    return found


def see(form: str, there: dict[str, str] | None) -> None:
    """Take a row as seen as it stands, so that what was typed goes on top of it."""
    st.session_state.setdefault(_SEEN, {})[form] = there


def text(form: str, name: str, label: str, *, lines: bool = False, help_text: str | None = None) -> str:
    """Draw a text of a form that is no cell, such as the reason, and return what stands in it."""
    key = f"{form}-{name}"
    st.session_state[key] = typed(form).get(name, "")
    box = st.text_area if lines else st.text_input
    box(label, key=key, help=help_text, max_chars=5_000, on_change=_take, args=(form, name, key, "line"))
    return typed(form).get(name, "")


def show(
    form: str,
    columns: Sequence[Column],
    values: Cells,
    before: Cells | None,
    faults: Mapping[str, tuple[RowFault, ...]],
    atlas: Atlas,
    words: Words,
) -> None:
    """Draw a widget a column.

    Parameters
    ----------
    form : str
        Names the form; what is typed is kept under it.
    columns : sequence of Column
        The columns asked for.
    values : mapping
        What stands in each cell now.
    before : mapping or None
        What stood there; said below a cell that differs. None for a new row.
    faults : mapping
        Column -> what is wrong with it.
    atlas : Atlas
        Gives codes and rows to choose from.
    words : Words
        The reader's language.
    """
    places = st.columns(COLUMNS)
    for number, column in enumerate(columns):
        with places[number % COLUMNS], st.container(gap=None, key=f"{form}-cell-{column.name}"):
            _cell(form, column, values.get(column.name, ""), atlas, words)
            if before is not None and values.get(column.name, "") != before.get(column.name, ""):
                was = before.get(column.name, "")[:SHOWN_CHARACTERS]
                st.caption(words.text("Before: {value}", value=card_markdown.plain(was) or words.text("empty")))
            for fault in faults.get(column.name, ()):
                st.markdown(f":red[:material/error: {card_markdown.plain(f'{fault.problem}; {fault.remedy}')}]")


def title(column: Column, words: Words) -> str:
    """Return the heading of a column with its unit, as text."""
    heading = column_title(column, words)
    return f"{heading} ({column.unit})" if column.unit else heading


def _cell(form: str, column: Column, value: str, atlas: Atlas, words: Words) -> None:
    """Draw the widget of one cell."""
    key, kind = f"{form}-{column.name}", asked(column, value)
    label = title(column, words) + (" *" if column.required else "")
    shared: dict[str, Any] = {
        "key": key,
        "help": f"{card_markdown.plain(column.description)} (`{column.name}`)",
        "on_change": _take,
        "args": (form, column.name, key, kind),
    }
    options = _options(column, atlas, words) if kind in ("one", "many") else {}
    named: Callable[[str], str] = lambda code: options.get(code, code) or words.text("empty")  # noqa: E731
    if kind == "many":
        st.session_state[key] = listed(value)
        known = list(dict.fromkeys([*listed(value), *options]))
        st.multiselect(label, known, format_func=named, accept_new_options=not options, **shared)
    elif kind == "one" and options:
        st.session_state[key] = value
        known = list(dict.fromkeys(["", *([value] if value else []), *options]))
        st.selectbox(label, known, format_func=named, **shared)
    else:
        st.session_state[key] = value
        (st.text_area if kind == "lines" else st.text_input)(label, **shared)


def _take(form: str, name: str, key: str, kind: Asked) -> None:
    """Keep what a widget now says."""
    value = st.session_state.get(key)
    typed(form)[name] = joined(value) if kind == "many" else (value or "").strip()


def _options(column: Column, atlas: Atlas, words: Words) -> dict[str, str]:
    """Return code or id -> what is shown of it; nothing where there are too many to choose from."""
    tables, found = atlas.tables, {}
    if column.references and column.references in tables.frames:
        frame = tables.frames[column.references]
        if len(frame) > MOST_OPTIONS:
            return {}
        names = next((frame[name] for name in ("name", "title", "inn") if name in frame), frame["id"])
        shown = names.fillna("").astype(str)
        found |= {row: f"{name[:80]} · {row}" for row, name in zip(frame["id"], shown, strict=True)}
    if column.vocabulary and "codes" in tables.frames:
        found |= {code: words.label(tables, column.vocabulary, code) for code in labels(tables, column.vocabulary)}
    return found
