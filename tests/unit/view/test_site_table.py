"""The sites in view as a table: one row a site, counts under the filters, sorted and paged."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import select
from mapping.view.site_order import page_of, site_order
from mapping.view.site_table import COLUMNS, listed_sites, site_table
from mapping.view.state import ViewState
from tests.unit.view import naive


def names(atlas: Atlas, sort: str) -> list[str]:
    view = ViewState(sort=sort)
    return site_table(atlas, select(atlas, view), view)["name"].tolist()


@pytest.mark.parametrize("seed", range(12))
def test_each_row_says_what_a_plain_loop_finds(seed: int, random_tables: Callable[[int], Tables]) -> None:
    atlas = atlas_of(random_tables(seed))
    chance = random.Random(seed)
    everything = list(naive.records(atlas.tables))
    view = ViewState(
        countries=tuple(chance.sample(["DE", "AT", "SE"], chance.randint(0, 2))),
        confidences=tuple(chance.sample(["verified", "inferred"], chance.randint(0, 2))),
        include=tuple(chance.sample(["closed", "planned"], chance.randint(0, 2))),
    )
    table = site_table(atlas, select(atlas, view), view)
    expected = {}
    for record in naive.in_view(everything, view):
        expected.setdefault(record["site"], []).append(record)
    assert table["id"].is_unique
    assert set(table["id"]) == set(expected)
    for row in table.itertuples(index=False):
        here = expected[row.id]
        roles = [record["role"] for record in here]
        assert row.roles == "|".join(role for role in naive.TABLES if role in roles)
        counts = (row.partners, row.facilities, row.trials, row.treatment_centres)
        assert counts == tuple(roles.count(role) for role in naive.TABLES)
        sure = min((next(iter(record["confidence"])) for record in here), key=naive.SURER.__getitem__)
        assert row.confidence == sure
        assert set(row.source_ids.split("|")) - {""} == set().union(*(record["sources"] for record in here))


def test_the_columns_are_those_of_the_contract(atlas: Atlas) -> None:
    table = site_table(atlas, select(atlas, ViewState()), ViewState())
    assert list(table.columns) == list(COLUMNS)
    assert list(COLUMNS) == [
        *("id", "name", "city", "country", "lat", "lon", "coord_precision", "disclosure", "roles"),
        *("partners", "facilities", "trials", "treatment_centres", "confidence", "source_ids"),
    ]


def test_an_empty_view_has_an_empty_table_with_the_same_columns(atlas: Atlas) -> None:
    view = ViewState(text="no such thing anywhere")
    table = site_table(atlas, select(atlas, view), view)
    assert (len(table), list(table.columns)) == (0, list(COLUMNS))


def test_a_faulty_table_of_sites_leaves_an_empty_table(tables_of: Callable[..., Tables], hospitals: Any) -> None:
    atlas = atlas_of(tables_of(hospitals, without=["sites"]))
    assert list(site_table(atlas, select(atlas, ViewState()), ViewState()).columns) == list(COLUMNS)


def test_sites_stand_by_name_whatever_the_case_and_accents(tables_of: Callable[..., Tables]) -> None:
    spelt = ["Zürich", "Ålborg", "aachen", "Österreich", "Oslo", "Łódź", "lund"]
    sites = [{"id": f"example-{n}", "name": name, "city": "Example", "country": "DE"} for n, name in enumerate(spelt)]
    centres = [{"id": f"c{n}", "site_id": f"example-{n}", "status": "designated"} for n in range(len(spelt))]
    atlas = atlas_of(tables_of({"sites": sites, "treatment_centres": centres}))
    assert names(atlas, "") == ["aachen", "Ålborg", "Łódź", "lund", "Oslo", "Österreich", "Zürich"]
    assert names(atlas, "name") == names(atlas, "")
    assert names(atlas, "-name") == names(atlas, "")[::-1]


def test_sites_stand_by_the_name_of_their_country_not_its_code(atlas: Atlas) -> None:
    view = ViewState(sort="country")
    table = site_table(atlas, select(atlas, view), view)
    assert table["country"].tolist() == ["AT", "DK", "DE", "DE", "DE", "PL", "ES", "ES", "SE"]


def test_where_the_column_is_equal_the_name_decides_in_both_directions(atlas: Atlas) -> None:
    up, down = names(atlas, "facilities"), names(atlas, "-facilities")
    rest = [name for name in names(atlas, "name") if name != "Klinikum Gießen"]
    assert up == [*rest, "Klinikum Gießen"]
    assert down == ["Klinikum Gießen", *rest]


def test_a_site_whose_own_name_was_typed_stands_before_those_found_by_a_record(
    tables_of: Callable[..., Tables], hospitals: Mapping[str, Any]
) -> None:
    trials = [{**hospitals["trials"][0], "sponsor": "Tübingen University"}]
    atlas = atlas_of(tables_of({**hospitals, "trials": trials}))

    def listed(sort: str) -> list[str]:
        view = ViewState(text="Tübingen", sort=sort)
        return site_table(atlas, select(atlas, view), view)["id"].tolist()

    assert listed("") == ["example-tuebingen", "example-lodz"]
    assert listed("name") == ["example-lodz", "example-tuebingen"]


def test_a_sort_by_nothing_known_is_by_name(atlas: Atlas) -> None:
    assert names(atlas, "password") == names(atlas, "name")


def test_pages_together_are_the_whole_order_once(atlas: Atlas) -> None:
    order = np.arange(53)
    pages = [page_of(order, number) for number in (1, 2, 3)]
    assert [len(page.sites) for page in pages] == [25, 25, 3]
    assert np.concatenate([page.sites for page in pages]).tolist() == order.tolist()
    assert {(page.pages, page.total) for page in pages} == {(3, 53)}


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-4, 1), (4, 3), (10**6, 3)])
def test_a_page_that_is_not_there_gives_the_nearest(asked: int, given: int) -> None:
    assert page_of(np.arange(53), asked).number == given


def test_no_sites_are_one_empty_page() -> None:
    page = page_of(np.arange(0), 3)
    assert (page.number, page.pages, page.total, len(page.sites)) == (1, 1, 0, 0)


def test_one_page_of_the_table_is_a_piece_of_the_whole(atlas: Atlas) -> None:
    view = ViewState(sort="-city")
    selection = select(atlas, view)
    whole = site_table(atlas, selection, view)
    page = page_of(site_order(atlas, selection, view), 2, size=4)
    piece = site_table(atlas, selection, view, page.sites)
    assert piece.equals(whole.iloc[4:8].reset_index(drop=True))


@pytest.mark.parametrize("text", ["", "no such thing anywhere"])
def test_what_a_page_lists_are_the_rows_of_the_table_without_their_sources(atlas: Atlas, text: str) -> None:
    view = ViewState(text=text, sort="country")
    selection = select(atlas, view)
    listed = listed_sites(atlas, selection, site_order(atlas, selection, view))
    whole = site_table(atlas, selection, view).drop(columns="source_ids").astype(object)
    assert listed.column_names == list(whole.columns)
    assert listed.to_pylist() == whole.where(whole.notna(), None).to_dict("records")


def test_a_faulty_table_of_sites_lists_nothing(tables_of: Callable[..., Tables], hospitals: Any) -> None:
    atlas = atlas_of(tables_of(hospitals, without=["sites"]))
    listed = listed_sites(atlas, select(atlas, ViewState()), np.zeros(0, dtype=np.int32))
    assert (listed.num_rows, listed.column_names) == (0, list(COLUMNS[:-1]))


def test_text_that_looks_like_a_formula_or_markup_is_kept_as_it_is(
    tables_of: Callable[..., Tables], hospitals: Mapping[str, Any]
) -> None:
    site = {**hospitals["sites"][0], "name": "=cmd|'/C calc'!A0 <script>alert(1)</script>"}
    atlas = atlas_of(tables_of({**hospitals, "sites": [site]}))
    assert names(atlas, "") == [site["name"]]
