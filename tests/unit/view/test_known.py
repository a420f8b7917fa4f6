"""What today's data has, also while a table is faulty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import select
from mapping.view.known import SORTS
from mapping.view.site_table import site_table
from mapping.view.state import ViewState


@pytest.mark.parametrize(
    ("key", "value", "known"),
    [
        ("layers", "partners", True),
        ("layers", "moons", False),
        ("country", "DE", True),
        ("country", "de", False),
        ("country", "RS", False),
        ("class", "cATMP", True),
        ("kind", "cdmo", True),
        ("kind", "university_hospital", True),
        ("phase", "1/2", True),
        ("stage", "preclinical", True),
        ("stage", "GTMP", False),
        ("indicator", "population", True),
        ("confidence", "unverified", True),
        ("obstacle", "example-obstacle", True),
        ("obstacle", "example-gone", False),
        ("site", "example-charite", True),
        ("site", "example-gone", False),
        ("focus", "EUROPE", True),
        ("focus", "DE", True),
        ("focus", "RS", False),
        ("focus", "2950159", True),
        ("focus", "1", False),
        ("focus", "Berlin", False),
        ("style", "density", True),
        ("include", "planned", True),
        ("include", "normal", False),
        ("lang", "en", True),
        ("lang", "xx", False),
        ("v", "2026.11.0", True),
        ("v", "1999.1.0", False),
        ("sort", "-trials", True),
        ("sort", "--trials", False),
        ("matrix", "stakeholder", True),
        ("matrix", "site", False),
        ("order", "similarity", True),
        ("order", "size", False),
        ("measure", "sources", True),
        ("evidence", "robust", True),
        ("agreement", "robust", False),
        ("cell", "example-obstacle:DE", True),
        ("group", "access", True),
        ("group", "sites_of_old", False),
        ("figure", "trials:DE", True),
        ("figure", "example-obstacle:DE", True),
        ("figure", "trials:RS", False),
        ("figure", "moons:DE", False),
        ("figure", "trials", False),
        ("sort", "-treatment_centres_per_million", True),
        ("cell", "example-obstacle", False),
        ("cell", "example-gone:DE", False),
    ],
)
def test_a_value_is_known_when_today_has_it(atlas: Atlas, key: str, value: str, known: bool) -> None:
    assert atlas.known.knows(key, value) is known


def test_options_stand_in_the_order_of_the_vocabulary(atlas: Atlas) -> None:
    assert atlas.known.options["phase"] == ("1", "1/2", "2", "3")
    assert atlas.known.options["kind"] == ("academic", "cdmo", "public", "university_hospital", "company")


def test_a_country_outside_the_core_is_offered_only_where_a_site_lies(
    hospitals: Mapping[str, Any], tables_of: Callable[..., Tables]
) -> None:
    site = {"id": "example-belgrade", "name": "Example", "city": "Belgrade", "country": "RS"}
    known = atlas_of(tables_of({**hospitals, "sites": [*hospitals["sites"], site]})).known
    assert known.options["country"] == ("AT", "DK", "DE", "PL", "ES", "SE", "RS")
    assert known.core_countries == {"AT", "DK", "DE", "PL", "ES", "SE"}


@pytest.mark.parametrize(
    ("missing", "key", "value"),
    [
        ("codes", "stage", "of-another-day"),
        ("codes", "capability", "of-another-day"),
        ("sites", "site", "example-of-another-day"),
        ("obstacles", "obstacle", "example-of-another-day"),
        ("places", "focus", "123"),
    ],
)
def test_a_value_is_believed_while_the_table_that_could_tell_is_faulty(
    hospitals: Mapping[str, Any], tables_of: Callable[..., Tables], missing: str, key: str, value: str
) -> None:
    assert atlas_of(tables_of(hospitals, without=[missing])).known.knows(key, value)


def test_while_the_codes_are_faulty_the_codes_in_use_are_offered(
    hospitals: Mapping[str, Any], tables_of: Callable[..., Tables]
) -> None:
    options = atlas_of(tables_of(hospitals, without=["codes"])).known.options
    assert options["capability"] == ("car_t", "msc")
    assert options["kind"] == ("academic", "company", "university_hospital")


def test_the_years_are_those_in_which_trials_started(
    atlas: Atlas, tables_of: Callable[..., Tables], random_tables: Callable[[int], Tables]
) -> None:
    assert atlas.known.years == (2020, 2020)
    assert atlas_of(tables_of({})).known.years == (1990, 2035)
    trials = random_tables(3)["trials"]["start_year"].dropna()
    inside = [year for year in trials if year >= 1990]
    assert atlas_of(random_tables(3)).known.years == (min(inside), max(inside))


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{column}" for column in SORTS)])
def test_the_table_can_be_sorted_by_each_column_a_link_may_name(atlas: Atlas, sort: str) -> None:
    view = ViewState(sort=sort)
    table = site_table(atlas, select(atlas, view), view)
    assert sort.removeprefix("-") in table.columns
    assert sorted(table["id"]) == sorted(select(atlas, view).site_ids)
