"""The address: what is written is read again, whatever is in it opens, and defaults stay out."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.view.address import FIELDS, FILTER_KEYS, KEYS, LIST_FIELDS, OBSTACLE_FILTERS, WORD_FIELDS, YEAR_RANGE
from mapping.view.atlas import Atlas
from mapping.view.state import Dropped, ViewState, read_view

CONTRACT_KEYS = {
    *(
        "layers",
        "country",
        "class",
        "kind",
        "capability",
        "modality",
        "area",
        "phase",
        "status",
        "sponsor",
        "years",
        "q",
    ),
    *("stage", "category", "stakeholder", "obstacle", "site", "focus", "style", "km", "lang", "present", "v"),
    *("confidence", "indicator", "include", "sort", "page"),
    *("matrix", "measure", "order", "evidence", "agreement", "cell"),
    *("tab", "type", "solution_status", "horizon", "solution", "path", "about"),
    *("pair", "partner"),
    *(
        "role",
        "add",
        "close",
        "own",
        "detour",
        "speed",
        "k",
        "among",
        "table",
        "part",
        "row",
        "proposal",
        "group",
        "figure",
        "show",
    ),
    *("story", "step", "notes", "mine"),
}
texts = st.text(max_size=30)
lists = st.lists(texts, max_size=6).map(tuple)
views = st.builds(
    ViewState,
    **dict.fromkeys(LIST_FIELDS.values(), lists),
    **dict.fromkeys(WORD_FIELDS.values(), texts),
    years=st.none() | st.tuples(st.integers(), st.integers()),
    km=st.integers(),
    page=st.integers(),
    present=st.booleans(),
    **dict.fromkeys(("detour", "speed", "k", "step", "proposal"), st.integers()),
    own=st.booleans(),
    notes=st.booleans(),
)
garbage = st.recursive(st.none() | st.integers() | st.floats() | st.text() | st.binary(), st.lists, max_leaves=8)


def test_the_keys_are_those_of_the_contract() -> None:
    assert set(KEYS) == CONTRACT_KEYS == set(FIELDS)
    assert set(FIELDS.values()) == {field.name for field in fields(ViewState)}


@settings(deadline=None)
@given(views)
def test_a_view_survives_the_trip_through_its_link(view: ViewState) -> None:
    assert ViewState.from_query(view.to_query()) == view


@settings(deadline=None)
@given(views)
def test_a_view_survives_a_real_address_bar(view: ViewState) -> None:
    address = urlencode(view.to_query(), doseq=True)
    assert ViewState.from_query(parse_qs(address, keep_blank_values=True)) == view


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(), garbage))
def test_any_query_opens(query: dict[str, object]) -> None:
    view = ViewState.from_query(query)  # type: ignore[arg-type]
    assert ViewState.from_query(view.to_query()) == view


@settings(deadline=None)
@given(garbage)
def test_not_even_a_query_opens(query: object) -> None:
    assert ViewState.from_query(query) == ViewState()  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.text())
def test_any_address_bar_opens(address: str) -> None:
    ViewState.from_query(parse_qs(address, keep_blank_values=True))


def test_the_default_view_has_a_bare_address() -> None:
    assert ViewState().to_query() == {}
    assert ViewState.from_query({}) == ViewState()


def test_a_list_repeats_its_key_and_is_sorted_and_unique() -> None:
    view = ViewState(countries=("FR", "DE", "FR"))
    assert view.countries == ("DE", "FR")
    assert view.to_query() == {"country": ["DE", "FR"]}


def test_a_full_address_is_written_in_the_order_of_the_keys() -> None:
    view = ViewState(page=2, years=(2010, 2020), present=True, text="Charité", km=100, layers=("facilities",))
    assert list(view.to_query().items()) == [
        ("layers", ["facilities"]),
        ("years", ["2010", "2020"]),
        ("q", ["Charité"]),
        ("km", ["100"]),
        ("present", ["1"]),
        ("page", ["2"]),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["2020", "2010"], (2010, 2020)),
        (["1066", "9999"], YEAR_RANGE),
        (["2015"], (2015, 2015)),
        (["2010", "soon"], (2010, 2010)),
        (["soon"], None),
        ([], None),
        (["-5", "2e3"], None),
        (["9" * 5000], None),
        (["2010", "2012", "2014"], (2010, 2012)),
    ],
)
def test_years_are_put_in_order_and_kept_in_bounds(written: list[str], read: tuple[int, int] | None) -> None:
    assert ViewState.from_query({"years": written}).years == read


@pytest.mark.parametrize(("written", "read"), [("0", 1), ("99999", 2000), ("150", 150), ("far", 200), ("1.5", 200)])
def test_kilometres_are_kept_in_bounds(written: str, read: int) -> None:
    assert ViewState.from_query({"km": [written]}).km == read


@pytest.mark.parametrize(
    ("written", "read"), [("1", True), ("TRUE", True), ("0", False), ("maybe", False), ("", False)]
)
def test_present_is_a_switch(written: str, read: bool) -> None:
    assert ViewState.from_query({"present": [written]}).present is read


def test_a_huge_address_is_cut() -> None:
    view = ViewState.from_query({"q": ["x" * 10_000_000], "country": [f"c{n}" for n in range(50_000)]})
    assert len(view.text) == 200
    assert len(view.countries) == 200


def test_no_control_character_or_half_character_is_kept() -> None:
    assert ViewState(text=" a\x00b\ud800\u2028c\n ").text == "a b c"


def test_no_layer_means_all_four() -> None:
    assert ViewState(layers=()) == ViewState()
    assert ViewState(layers=("facilities", "trial_sites", "partners", "treatment_centres")).to_query() == {}


def test_a_view_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ViewState().page = 2  # type: ignore[misc]


def test_the_map_is_drawn_to_suit_its_focus_unless_told() -> None:
    assert ViewState().drawn_style == "cities"
    assert ViewState(focus="DE").drawn_style == "points"
    assert ViewState(focus="DE", style="density").drawn_style == "density"


def test_chips_stand_in_the_order_of_the_filter_bar() -> None:
    view = ViewState(text="CAR T", years=(2015, 2020), countries=("FR", "DE"), layers=("facilities",), site="example")
    assert view.active() == (
        ("layers", "facilities"),
        ("country", "DE"),
        ("country", "FR"),
        ("years", "2015-2020"),
        ("q", "CAR T"),
    )


def test_a_view_without_a_chip_has_the_other_chips() -> None:
    view = ViewState(text="x", years=(2015, 2020), countries=("FR", "DE"), layers=("facilities",), page=3)
    for key, value in view.active():
        left = view.without(key, value)
        assert left.active() == tuple(chip for chip in view.active() if chip != (key, value))
        assert left.page == 1


@settings(deadline=None)
@given(views)
def test_dropping_every_chip_leaves_no_filter(view: ViewState) -> None:
    for key, value in view.active():
        view = view.without(key, value)
    assert view.active() == ()


def test_a_key_is_set_to_just_some_values() -> None:
    view = ViewState(countries=("FR",), page=4, focus="FR")
    assert view.with_only("country", "SE", "DE") == ViewState(countries=("DE", "SE"), focus="FR")
    assert view.with_only("country") == ViewState(focus="FR")
    assert view.with_only("years", "2010", "2012").years == (2010, 2012)
    assert view.with_only("site", "example").page == 4


def test_reset_keeps_language_version_style_and_setting() -> None:
    kept = ViewState(lang="de", version="2026.11.0", present=True, style="points")
    assert replace(kept, countries=("DE",), text="x", focus="DE", km=50, sort="city").reset() == kept


def test_only_what_changes_the_result_changes_its_key() -> None:
    view = ViewState(countries=("DE",), text="Charité")
    for key, value in {"page": "3", "sort": "-city", "site": "x", "lang": "de", "focus": "DE", "stage": "x"}.items():
        assert view.with_only(key, value).filter_key() == view.filter_key()
    for key in set(FILTER_KEYS) - set(OBSTACLE_FILTERS):
        values = ("2001", "2002") if key == "years" else ("facilities",)
        assert view.with_only(key, *values).filter_key() != view.filter_key()
    assert {view.filter_key(): 1}


def test_what_today_does_not_have_is_dropped_and_told(atlas: Atlas) -> None:
    query = {
        "country": ["DE", "XX"],
        "class": ["GTMP"],
        "site": ["example-gone"],
        "style": ["cubist"],
        "years": ["2010", "soon"],
        "colour": ["blue"],
        "v": ["2019.1.0"],
        "sort": ["-password"],
        "km": ["far"],
        "focus": ["MARS"],
    }
    view, notices = read_view(query, atlas.known)
    assert view == ViewState(countries=("DE",), classes=("GTMP",), years=(2010, 2010))
    assert notices == (
        Dropped("country", "XX"),
        Dropped("years", "soon"),
        Dropped("site", "example-gone"),
        Dropped("focus", "MARS"),
        Dropped("style", "cubist"),
        Dropped("km", "far"),
        Dropped("v", "2019.1.0"),
        Dropped("sort", "-password"),
    )


def test_a_second_value_where_one_can_be_held_is_dropped_and_told(atlas: Atlas) -> None:
    view, notices = read_view(
        {"km": ["100", "300", "100"], "q": ["berlin", "milan"], "lang": ["de", "de"]}, atlas.known
    )
    assert (view.km, view.text, view.lang) == (100, "berlin", "de")
    assert [(notice.key, notice.value) for notice in notices] == [("q", "milan"), ("km", "300")]


def test_layers_that_are_all_unknown_leave_all_four_and_a_notice(atlas: Atlas) -> None:
    assert read_view({"layers": ["moons"]}, atlas.known) == (ViewState(), (Dropped("layers", "moons"),))


def test_a_dropped_value_is_shortened(atlas: Atlas) -> None:
    _, (notice,) = read_view({"country": ["<script>" * 20]}, atlas.known)
    assert len(notice.value) == 60
    assert notice.value.endswith("…")


def test_a_view_of_things_that_are_there_is_read_as_it_is(atlas: Atlas) -> None:
    options = atlas.known.options
    view = ViewState(
        **{FIELDS[key]: tuple(codes[:2]) for key, codes in options.items() if key in LIST_FIELDS},
        include=("closed", "planned"),
        years=(2001, 2020),
        text="anything <b>at all</b>",
        obstacle="example-obstacle",
        site="example-charite",
        focus="DE",
        style="countries",
        indicator="population",
        km=75,
        lang="en",
        present=True,
        version="2026.11.0",
        sort="-trials",
        page=3,
    )
    assert read_view(view.to_query(), atlas.known) == (view, ())


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), st.lists(st.text(max_size=9), max_size=4)))
def test_reading_what_was_read_drops_nothing_more(atlas: Atlas, query: dict[str, list[str]]) -> None:
    view, _ = read_view(query, atlas.known)
    assert read_view(view.to_query(), atlas.known) == (view, ())
