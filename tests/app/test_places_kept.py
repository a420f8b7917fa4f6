"""What stands before the map draws its containers always, so that no filter makes the map another element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from tests.app.conftest import Open

Query = Mapping[str, str | Sequence[str]]
FILTERED: Query = {"country": ["DE"], "confidence": "verified"}
DROPPED: Query = {"country": ["DE", "XX"]}
UNUSED: Query = {"category": "cost", "stakeholder": "payers"}
NOTHING: Query = {"q": "zzzzzz"}
PICTURES = {  # page -> element of the picture it is about
    "atlas.py": "deck_gl_json_chart",
    "trials.py": "plotly_chart",
    "partners.py": "plotly_chart",
    "access.py": "deck_gl_json_chart",
}


def places_of(node: Block | Element, at: tuple[int, ...] = ()) -> dict[str, tuple[int, ...]]:
    """Kind of element -> where on the page the first of its kind stands, as positions in the blocks around it."""
    found: dict[str, tuple[int, ...]] = {} if isinstance(node, Block) else {node.type: at}
    for position, child in getattr(node, "children", {}).items():
        for kind, place in places_of(child, (*at, position)).items():
            found.setdefault(kind, place)
    return found


def place(app: AppTest, kind: str) -> tuple[int, ...]:
    assert not app.exception
    return places_of(app.main)[kind]


@pytest.mark.parametrize("query", [FILTERED, DROPPED, UNUSED, NOTHING], ids=["filters", "dropped", "unused", "nothing"])
@pytest.mark.parametrize("page", PICTURES)
def test_the_picture_keeps_its_place_whatever_is_said_above_it(opened: Open, page: str, query: Query) -> None:
    script = None if page == "atlas.py" else page
    assert place(opened(query, script), PICTURES[page]) == place(opened({}, script), PICTURES[page])
