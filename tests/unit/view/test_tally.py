"""Counts for headlines, and the organisations that are listed but not drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.view.tally import seatless_organisations, tally
from tests.unit.view import naive


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("view", [ViewState(), ViewState(classes=("GTMP",), include=("closed",))])
def test_a_tally_is_what_a_plain_loop_counts(
    seed: int, view: ViewState, random_tables: Callable[[int], Tables]
) -> None:
    atlas = atlas_of(random_tables(seed))
    records, counted = naive.in_view(list(naive.records(atlas.tables)), view), tally(select(atlas, view))
    assert counted.records == len(records)
    assert counted.sites == len({record["site"] for record in records})
    assert counted.countries == len(set().union(*(record["country"] for record in records)))
    assert counted.trials == len({record["trial"] for record in records if "trial" in record})
    by_role = {role: {r["site"] for r in records if r["role"] == role} for role in naive.TABLES}
    assert counted.sites_by_role == {role: len(sites) for role, sites in by_role.items()}
    sure = [next(iter(record["confidence"])) for record in records]
    assert counted.records_by_confidence == {code: sure.count(code) for code in naive.SURER}
    assert counted.verified_share == (sure.count("verified") / len(sure) if sure else None)


def test_nothing_in_view_has_no_share(atlas: Atlas) -> None:
    assert tally(select(atlas, ViewState(text="no such thing"))).verified_share is None


@pytest.mark.parametrize(
    ("view", "listed"),
    [
        (ViewState(), True),
        (ViewState(countries=("DE",)), True),
        (ViewState(countries=("FR",)), False),
        (ViewState(kinds=("company",)), True),
        (ViewState(kinds=("cdmo",)), False),
        (ViewState(confidences=("verified",)), False),
        (ViewState(text="network seat"), True),
        (ViewState(text="charite"), False),
        (ViewState(layers=("facilities",)), False),
        (ViewState(phases=("1",)), False),
        (ViewState(years=(2000, 2020)), False),
        (ViewState(include=("closed",), stages=("preclinical",), site="example-charite"), True),
    ],
)
def test_organisations_without_a_seat_are_listed_under_the_filters_they_can_match(
    atlas: Atlas, view: ViewState, listed: bool
) -> None:
    assert seatless_organisations(atlas, view)["id"].tolist() == (["example-network"] if listed else [])


def test_without_the_table_of_organisations_none_is_listed(tables_of: Callable[..., Tables]) -> None:
    assert seatless_organisations(atlas_of(tables_of({}, without=["organisations"])), ViewState()).empty
