"""Order and page of a table, both in the address."""

from collections.abc import Mapping

import streamlit as st

from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import link


def order(orders: Mapping[str, str], view: ViewState, words: Words, width: int = 260) -> None:
    """Let the reader choose the order of a table's rows.

    Parameters
    ----------
    orders : Mapping of str to str
        Value of ``sort`` in the address -> name of the order; the empty value is the table's own order.
    view, words
        What the reader looks at; the reader's language.
    width : int
        Pixels that the longest name takes.
    """
    st.session_state["sort"] = view.sort if view.sort in orders else ""
    st.selectbox(
        words.text("Order"),
        list(orders),
        format_func=orders.__getitem__,
        key="sort",
        on_change=link.from_widget,
        args=("sort",),
        width=width,
    )


def page(number: int, pages: int) -> None:
    """Let the reader turn the pages of a table that has more than one."""
    if pages > 1:
        st.session_state["page"] = number
        st.pagination(pages, key="page", on_change=_turned)


def _turned() -> None:
    link.set_fields(page=st.session_state["page"])
