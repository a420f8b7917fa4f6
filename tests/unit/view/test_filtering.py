"""Filters and counts against the same said a second time in plain Python."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mapping.tables.loading import Tables
from mapping.view.address import FIELDS, LIST_FIELDS
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import FACET_KEYS, facet_counts, select
from mapping.view.presence import ROLE_TABLES, ROLES
from mapping.view.state import ViewState
from tests.unit.view import naive

SEEDS = range(40)


def random_view(chance: random.Random, atlas: Atlas) -> ViewState:
    view = ViewState()
    for key in chance.sample(FACET_KEYS, chance.choice([0, 1, 1, 2, 3])):
        codes = atlas.known.options[key]
        view = view.with_only(key, *chance.sample(codes, chance.randint(0, min(3, len(codes)))))
    years = chance.choice([None, None, None, (2010, 2020), (1990, 2015)])
    text = chance.choice(["", "", "", "alpha", "omega trial", "NORTH", "delta", "nothing at all"])
    return replace(
        view, years=years, text=text, include=tuple(chance.sample(["closed", "planned"], chance.randint(0, 2)))
    )


@pytest.fixture(params=SEEDS, scope="module")
def case(request: pytest.FixtureRequest, random_tables: Callable[[int], Tables]) -> tuple[Atlas, list[ViewState]]:
    atlas = atlas_of(random_tables(request.param))
    chance = random.Random(request.param)
    return atlas, [random_view(chance, atlas) for _ in range(6)]


def test_the_records_in_view_are_those_a_plain_loop_finds(case: tuple[Atlas, list[ViewState]]) -> None:
    atlas, views = case
    everything = list(naive.records(atlas.tables))
    for view in views:
        selection = select(atlas, view)
        rows = np.flatnonzero(selection.rows)
        found = [
            atlas.tables[ROLE_TABLES[atlas.presence.role[row]]]["id"].iloc[atlas.presence.record[row]] for row in rows
        ]
        assert sorted(found) == sorted(record["id"] for record in naive.in_view(everything, view))


def test_sites_and_marks_are_those_a_plain_loop_finds(case: tuple[Atlas, list[ViewState]]) -> None:
    atlas, views = case
    everything = list(naive.records(atlas.tables))
    for view in views:
        selection, records = select(atlas, view), naive.in_view(everything, view)
        there = {record["site"] for record in records}
        assert selection.site_ids.tolist() == [id_ for id_ in atlas.tables["sites"]["id"] if id_ in there]
        expected = {}
        for record in records:
            expected.setdefault((record["site"], record["role"]), []).append(record)
        marks = {(row.site_id, row.role): row for row in selection.marks.itertuples(index=False)}
        assert marks.keys() == expected.keys()
        for key, mark in marks.items():
            sure = min((next(iter(r["confidence"])) for r in expected[key]), key=naive.SURER.__getitem__)
            classes = set().union(*(r["class"] for r in expected[key]))
            bits = sum(1 << n for n, code in enumerate(atlas.known.options["class"]) if code in classes)
            assert (mark.records, mark.confidence, mark.classes) == (len(expected[key]), sure, bits)


def test_the_counts_beside_the_options_are_those_a_plain_loop_finds(case: tuple[Atlas, list[ViewState]]) -> None:
    atlas, views = case
    everything = list(naive.records(atlas.tables))
    for view in views[:3]:
        counts = facet_counts(atlas, view)
        assert set(counts) == {*FACET_KEYS, "include"}
        for key, options in counts.items():
            expected = {option: naive.sites_by_option(everything, view, key, option) for option in options}
            assert dict(options) == expected


def test_counts_from_a_selection_at_hand_are_the_same(case: tuple[Atlas, list[ViewState]]) -> None:
    atlas, (view, *_) = case
    assert facet_counts(atlas, view, select(atlas, view)) == facet_counts(atlas, view)


def test_every_option_is_counted_in_the_order_of_the_screens(atlas: Atlas) -> None:
    counts = facet_counts(atlas, ViewState(text="no such thing"))
    assert {key: list(options) for key, options in counts.items() if key != "include"} == {
        key: list(atlas.known.options[key]) for key in FACET_KEYS
    }
    assert {count for options in counts.values() for count in options.values()} == {0}
    assert list(counts["country"]) == ["AT", "DK", "DE", "PL", "ES", "SE"]


def test_choosing_an_option_leaves_as_many_sites_as_stood_beside_it(atlas: Atlas) -> None:
    view = ViewState(layers=("treatment_centres",))
    for country, count in facet_counts(atlas, view)["country"].items():
        assert len(select(atlas, replace(view, countries=(country,))).sites) == count


def test_the_order_of_rows_changes_no_count(random_tables: Callable[[int], Tables]) -> None:
    tables = random_tables(7)
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in tables.frames.items()}
    mirrored = Tables(tables.version, tables.released, turned, {})
    view = ViewState(classes=("GTMP", "TEP"), include=("closed",))
    assert facet_counts(atlas_of(tables), view) == facet_counts(atlas_of(mirrored), view)


@pytest.mark.parametrize("key", [key for key in LIST_FIELDS if key in FACET_KEYS])
def test_a_value_that_no_record_has_leaves_nothing(atlas: Atlas, key: str) -> None:
    assert not select(atlas, replace(ViewState(), **{FIELDS[key]: ("no-such-code",)})).rows.any()


def test_a_view_narrows_with_each_filter_added(case: tuple[Atlas, list[ViewState]]) -> None:
    atlas, views = case
    for view in views:
        wider = select(atlas, view).rows
        narrower = select(atlas, replace(view, countries=("DE",), classes=view.classes or ("GTMP",))).rows
        if not view.countries or "DE" in view.countries:
            assert not (narrower & ~wider).any()


@pytest.mark.parametrize("missing", [*ROLE_TABLES, "trials", "sites", "codes", "countries", "products"])
def test_one_faulty_table_leaves_the_others_working(
    missing: str, hospitals: dict, tables_of: Callable[..., Tables]
) -> None:
    whole, part = atlas_of(tables_of(hospitals)), atlas_of(tables_of(hospitals, without=[missing]))
    gone = {"sites": set(ROLES), "trials": {"trial_sites"}}.get(missing, set())
    gone = gone or {role for role, table in zip(ROLES, ROLE_TABLES, strict=True) if table == missing}
    shown, usual = select(part, ViewState()).marks, select(whole, ViewState()).marks
    assert set(shown["role"]) == set(usual["role"]) - gone
    assert facet_counts(part, ViewState())["layers"].keys() == set(ROLES)
    expected = (
        0 if missing == "sites" else int((usual["role"] == "facilities").sum()) if "facilities" not in gone else 0
    )
    assert int((select(part, ViewState(text="GMP unit")).marks["role"] == "facilities").sum()) == expected


def test_a_site_without_records_is_not_in_view(tables_of: Callable[..., Tables]) -> None:
    lonely = {"sites": [{"id": "example-lonely", "name": "Lonely", "city": "Nowhere", "country": "DE"}]}
    assert select(atlas_of(tables_of(lonely)), ViewState()).site_ids.tolist() == []
