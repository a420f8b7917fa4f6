"""The coded rows: sorted, found by site, and readable as codes and bit masks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of, open_atlas
from mapping.view.facets import facet
from mapping.view.filtering import select
from mapping.view.presence import ROLES
from mapping.view.state import ViewState
from tests.unit.view import naive


def ints(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int32)


@pytest.mark.parametrize("seed", range(6))
def test_there_is_one_row_a_record_at_a_site_in_order(seed: int, random_tables: Callable[[int], Tables]) -> None:
    presence = atlas_of(random_tables(seed)).presence
    rows = list(zip(presence.site.tolist(), presence.role.tolist(), presence.record.tolist(), strict=True))
    assert rows == sorted(set(rows))
    assert len(rows) == len(list(naive.records(random_tables(seed))))


def test_the_rows_of_a_site_are_found_by_its_id(atlas: Atlas) -> None:
    presence = atlas.presence
    rows = presence.rows_at(presence.position("example-giessen"))
    assert [ROLES[role] for role in presence.role[rows]] == ["facilities", "treatment_centres"]
    assert presence.position("example-gone") == -1
    assert len(presence.site[presence.rows_at(-1)]) == 0


def test_codes_and_bit_masks_say_the_same_as_the_table(atlas: Atlas) -> None:
    presence = atlas.presence
    unit = presence.rows_at(presence.position("example-giessen")).start
    assert presence.options["kind"][presence.codes("kind")[unit]] == "academic"
    assert presence.bits("capability")[unit] == 0b101
    assert presence.classes[unit] == 0b1
    assert presence.codes("phase")[unit] == -1


def test_a_mark_is_shared_by_the_rows_of_one_site_and_role(random_tables: Callable[[int], Tables]) -> None:
    presence = atlas_of(random_tables(5)).presence
    pairs = list(zip(presence.site.tolist(), presence.role.tolist(), strict=True))
    order = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    assert presence.mark.tolist() == [order[pair] for pair in pairs]


def test_the_weaker_of_trial_and_site_says_how_sure_we_are(tables_of: Callable[..., Tables]) -> None:
    rows = {
        "sites": [{"id": "example-a", "name": "A", "city": "A", "country": "DE"}],
        "trials": [{"id": "NCT1", "confidence": "unverified"}, {"id": "NCT2", "confidence": "verified"}],
        "trial_sites": [
            {"id": "nct1-example-a", "trial_id": "NCT1", "site_id": "example-a", "confidence": "verified"},
            {"id": "nct2-example-a", "trial_id": "NCT2", "site_id": "example-a", "confidence": "inferred"},
        ],
    }
    assert atlas_of(tables_of(rows)).presence.confidence.tolist() == [2, 1]


def test_a_facet_takes_more_codes_than_a_mask_has_bits() -> None:
    codes = [f"code-{number:03}" for number in range(100)]
    many = facet(codes, ints(0, 1, 1), ints(3, 99, 3), ints(0, 1))
    assert many.rows({"code-099"}, 2).tolist() == [False, True]
    assert many.counts(None)["code-099"] == 1
    assert many.counts(None)["code-003"] == 2
    assert many.bits(2).tolist() == [8, 8]


def test_a_facet_counts_a_site_once_however_many_rows_carry_the_code() -> None:
    one = facet(["a", "b"], ints(0, 1, 2, 2), ints(0, 0, 0, 1), ints(4, 4, 7))
    assert one.counts(None) == {"a": 2, "b": 1}
    assert one.counts(np.array([True, True, False])) == {"a": 1, "b": 0}


def test_a_facet_of_nothing_counts_nothing() -> None:
    assert facet([], ints(), ints(), ints()).counts(None) == {}
    assert facet(["a"], ints(0), ints(-1), ints(0)).counts(None) == {"a": 0}


def test_the_shared_mini_atlas_opens_and_agrees_with_a_plain_loop(mini: Tables) -> None:
    atlas = atlas_of(mini)
    for view in (ViewState(), ViewState(include=("closed", "planned")), ViewState(classes=("GTMP",))):
        expected = {record["site"] for record in naive.in_view(list(naive.records(mini)), view)}
        assert set(select(atlas, view).site_ids) == expected


def test_a_folder_with_a_broken_table_opens_with_the_rest(mini_folder: Path) -> None:
    (mini_folder / "facilities.csv").write_text("not,a,table\n1,2\n", encoding="utf-8")
    atlas = open_atlas(mini_folder)
    assert set(atlas.tables.faults) == {"facilities"}
    assert set(select(atlas, ViewState()).marks["role"]) == {"partners", "trial_sites", "treatment_centres"}


def test_an_empty_folder_opens_empty(tmp_path: Path) -> None:
    atlas = open_atlas(tmp_path)
    assert len(atlas.presence) == 0
    assert select(atlas, ViewState()).marks.empty
    assert atlas.tables.faults
