"""Completeness that does not flatter, recounted from the files with the csv module."""

import csv
import statistics

import pytest

from mapping.analysis.table_quality import (
    PROVENANCE,
    column_quality,
    overview,
    rows_found,
    source_use,
    whole_percent,
)
from mapping.tables.files import TABLE_FILES
from mapping.tables.loading import Tables, load_tables
from tests.unit.paths import DATA


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(DATA)


def read(name: str) -> list[dict[str, str]]:
    with (DATA / TABLE_FILES[name]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [name for name in TABLE_FILES if name != "places"])
def test_an_empty_cell_counts_as_empty(tables, name):
    rows = read(name)
    cells = [row[column] for row in rows for column in row if column not in ("id", *PROVENANCE)]
    found = next(table for table in overview(tables) if table.name == name)
    assert found.rows == len(rows)
    assert found.filled == pytest.approx(sum(bool(cell) for cell in cells) / len(cells))


def test_a_weighted_share_counts_a_cell_by_what_rests_on_it_and_never_what_cannot_be_empty(tables):
    found = next(table for table in overview(tables) if table.name == "facilities")
    rows = read("facilities")
    told = column_quality(tables, "facilities").set_index("column")["weight"]
    cells = [(told[column], bool(row[column])) for row in rows for column in row]
    assert found.weighted == pytest.approx(sum(w * is_there for w, is_there in cells) / sum(w for w, _ in cells))
    assert told["capabilities"] > told["website" if "website" in told else "operator"] >= told["id"] == 0


def test_the_age_of_the_evidence_is_told(tables):
    rows = read("obstacle_evidence")
    years = {row["id"]: int(row["year"]) for row in read("sources") if row["year"]}
    known = [[years[one] for one in row["source_ids"].split("|") if one in years] for row in rows]
    found = next(table for table in overview(tables) if table.name == "obstacle_evidence")
    assert (found.oldest, found.newest) == (min(r["retrieved"] for r in rows), max(r["retrieved"] for r in rows))
    assert found.published == int(statistics.median(max(one) for one in known if one))


def test_the_mix_of_confidence_adds_up_to_the_rows(tables):
    for table in overview(tables):
        if table.confidence:
            assert sum(table.confidence.values()) == table.rows


def test_each_column_of_the_file_is_described_in_order(tables):
    rows = read("facilities")
    told = column_quality(tables, "facilities")
    assert list(told["column"]) == list(rows[0])
    filled = dict(zip(told["column"], told["filled"], strict=True))
    for column in rows[0]:
        assert filled[column] == pytest.approx(sum(bool(row[column]) for row in rows) / len(rows))


def test_rows_of_sources_are_counted_once_a_row(tables):
    rows = read("trials")
    used = source_use(tables, "trials")
    assert used["rows"].sum() == sum(len(row["source_ids"].split("|")) for row in rows if row["source_ids"])
    assert used["rows"].is_monotonic_decreasing


def test_a_table_without_sources_of_its_own_has_none(tables):
    assert source_use(tables, "codes").empty


def test_rows_are_found_by_any_of_their_words_whatever_the_accents(tables):
    found = rows_found(tables, "sites", "charite berlin")
    assert "charite" in set(found["id"])
    assert len(rows_found(tables, "sites", "")) == len(tables["sites"])
    assert rows_found(tables, "sites", "no such words anywhere").empty


@pytest.mark.parametrize(("share", "shown"), [(0.9999, 0.99), (1.0, 1.0), (0.29, 0.29), (0.0, 0.0), (None, None)])
def test_a_share_is_never_shown_as_more_than_it_is(share, shown):
    assert whole_percent(share) == shown
