"""A link is short enough to travel, or the page says that it is not."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.tables.loading import Tables, load_tables
from mapping.view.address import EMBEDDED, FIELDS, FILTER_KEYS, JOINT, KEYS, LIST_FIELDS, WORD_FIELDS
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.links import HOST_CHARACTERS, LONGEST_LINK, is_too_long, query_text
from mapping.view.state import ViewState
from tests.unit.paths import DATA

HOST = "https://atlas.example.org/access?"
texts = st.text(max_size=40)
views = st.builds(
    ViewState,
    **dict.fromkeys(LIST_FIELDS.values(), st.lists(texts, max_size=30).map(tuple)),
    **dict.fromkeys(WORD_FIELDS.values(), texts),
)


@pytest.fixture(scope="module")
def real() -> Atlas:
    return atlas_of(load_tables(DATA))


@settings(deadline=None)
@given(views)
def test_a_long_link_reads_as_the_view_it_was_made_of(view: ViewState) -> None:
    assert ViewState.from_query(parse_qs(query_text(view), keep_blank_values=True)) == view


@settings(deadline=None)
@given(views)
def test_a_link_is_joined_only_where_it_must_be(view: ViewState) -> None:
    query, text = view.to_query(), query_text(view)
    repeated = sum(len(values) for values in query.values())
    if len(text) <= LONGEST_LINK - HOST_CHARACTERS and JOINT not in text:
        assert len(text.split("&")) == (repeated or 1)


def test_a_short_link_repeats_its_key() -> None:
    view = ViewState(countries=("DE", "FR"))
    assert query_text(view, "2026.11.0") == "country=DE&country=FR&v=2026.11.0"


def everything(real: Atlas) -> dict[str, list[str]]:
    """Every option of every filter but one, so that each is narrower than all; and every other key set."""
    query = {key: list(options[:-1]) for key, options in real.known.options.items() if key in FILTER_KEYS}
    tables: Tables = real.tables
    return query | {
        "years": ["1995", "2031"],
        "q": ["autologous chimeric antigen receptor"],
        "include": ["closed"],
        "site": [max(tables["sites"]["id"], key=len)],
        "obstacle": [max(tables["obstacles"]["id"], key=len)],
        "indicator": [max(real.known.options["indicator"], key=len)],
        "focus": ["DE"],
        "style": ["countries"],
        "km": ["333"],
        "lang": ["de"],
        "present": ["1"],
        "v": [tables.version],
        "sort": ["-treatment_centres"],
        "page": ["12"],
        "matrix": ["stakeholder"],
        "order": ["similarity"],
        "show": [max(EMBEDDED, key=len)],
    }


def test_the_largest_view_of_the_atlas_makes_a_link_under_2000_characters(real: Atlas) -> None:
    view = ViewState.from_query(everything(real))
    assert len(view.to_query()) >= 30
    link = HOST + query_text(view)
    assert len(link) < LONGEST_LINK
    assert ViewState.from_query(parse_qs(query_text(view))) == view


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_whatever_filters_are_chosen_the_link_stays_under_2000_characters(real: Atlas, data: st.DataObject) -> None:
    chosen = {
        key: data.draw(st.lists(st.sampled_from(options), unique=True), label=key)
        for key, options in real.known.options.items()
        if key in LIST_FIELDS
    }
    view = ViewState.from_query({**everything(real), **chosen})
    assert not is_too_long(HOST + query_text(view))


def test_hundreds_of_places_are_too_many_and_the_page_is_told(real: Atlas) -> None:
    view = ViewState(closed=tuple(real.tables["sites"]["id"][:150]))
    assert is_too_long(HOST + query_text(view))


def test_no_code_and_no_id_has_the_mark_that_joins(real: Atlas) -> None:
    for options in real.known.options.values():
        assert not any(JOINT in option for option in options)
    for frame in real.tables.frames.values():
        if "id" in frame:
            assert not frame["id"].astype(str).str.contains(JOINT, regex=False).any()


def test_every_key_has_a_field() -> None:
    assert set(KEYS) == set(FIELDS)
