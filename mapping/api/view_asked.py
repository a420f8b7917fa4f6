"""Which view of which page an address outside the pages asks for: ``page=obstacles`` and the keys of that page."""

from typing import Final

from starlette.datastructures import QueryParams

from mapping.api.atlas_api import strict_view
from mapping.api.problems import bad_value, suggestion
from mapping.exports.screens import PAGE_WORDS
from mapping.view.address import KEYS, Dropped, dropped
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState, read_view

PAGE: Final = "page"
"""Key of the page; with a number it is the page of a table, as in the address of the Atlas."""


def lenient_view(atlas: Atlas, params: QueryParams) -> tuple[str, ViewState, tuple[Dropped, ...]]:
    """Return page and view, and what of the address the data do not have; as on the pages, nothing is an error."""
    page, others = _page(params)
    wrong = [value for value in others if not value.isdigit()]
    query = {key: params.getlist(key) for key in params if key != PAGE}
    query[PAGE] = [value for value in others if value.isdigit()]
    view, gone = read_view(query, atlas.known)
    return page, view, (*(dropped(PAGE, value) for value in wrong), *gone)


def strict_page_view(atlas: Atlas, params: QueryParams) -> tuple[str, ViewState]:
    """Return page and view; what makes no sense is an error, as everywhere in the API."""
    page, others = _page(params)
    wrong = [value for value in others if not value.isdigit()]
    if wrong:
        names = [name for name in PAGE_WORDS if name]
        raise bad_value(PAGE, wrong[0], "is no page", suggestion(wrong[0], names, "Pages: " + ", ".join(names) + "."))
    pairs = [pair for pair in params.multi_items() if pair[0] != PAGE]
    rest = QueryParams([*pairs, *((PAGE, value) for value in others)])
    return page, strict_view(atlas, rest, KEYS)


def _page(params: QueryParams) -> tuple[str, list[str]]:
    """Return the page named, the Atlas where none is, and the other values of the key."""
    values = [value for value in params.getlist(PAGE) if value]
    named = [value for value in values if value in PAGE_WORDS]
    return (named[0] if named else ""), [value for value in values if value not in named[:1]]
