"""The counts of the trials, recounted from the file with the standard library alone."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from mapping.analysis.approvals import products_in_view, tally
from mapping.analysis.pipeline import enrolment, pipeline
from mapping.analysis.pipeline_words import pipeline_headline, status_day
from mapping.analysis.trial_codes import COLUMNS, MAY_LACK, STEPS
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from mapping.words import Words

ROOT = Path(__file__).parents[3]
FILE = list(csv.DictReader((ROOT / "data" / "trials.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def whole(real: Tables) -> Atlas:
    return atlas_of(real)


def test_without_a_filter_every_trial_is_in_view(whole: Atlas) -> None:
    assert list(pipeline(whole, ViewState()).trials["id"]) == [row["id"] for row in FILE]


@pytest.mark.parametrize("key", COLUMNS)
def test_each_option_counts_its_trials_and_together_all_of_them(whole: Atlas, key: str) -> None:
    counts = pipeline(whole, ViewState()).counts(key)
    recounted = Counter(row[COLUMNS[key]] for row in FILE)
    assert {code: count for code, count in counts.items() if count} == recounted
    assert sum(counts.values()) == len(FILE)


def test_a_filter_leaves_its_own_counts_and_changes_the_others(whole: Atlas) -> None:
    found = pipeline(whole, ViewState(phases=("1", "1/2"), classes=("GTMP",)))
    both = [row for row in FILE if row["phase"] in {"1", "1/2"} and row["atmp_class"] == "GTMP"]
    assert len(found.trials) == len(both)
    assert found.counts("phase")["3"] == sum(row["phase"] == "3" and row["atmp_class"] == "GTMP" for row in FILE)
    assert found.counts("area")["haematology"] == sum(row["therapeutic_area"] == "haematology" for row in both)


def test_a_country_finds_the_trials_that_name_it(whole: Atlas) -> None:
    found = pipeline(whole, ViewState(countries=("DE", "FR")))
    named = [row["id"] for row in FILE if {"DE", "FR"} & set(row["countries"].split("|"))]
    assert list(found.trials["id"]) == named
    assert found.counts("country")["ES"] == sum("ES" in row["countries"].split("|") for row in FILE)


def test_years_add_up_to_the_trials_and_the_undated_stand_apart(whole: Atlas) -> None:
    found = pipeline(whole, ViewState())
    years = found.years()
    recounted = Counter(row["start_year"] for row in FILE)
    undated = found.undated()
    assert sum(undated.values()) == recounted[""]
    assert undated["middle"] == sum(not row["start_year"] and row["phase"] == "2" for row in FILE)
    assert int(years["trials"].sum()) == len(FILE) - recounted[""]
    assert {str(y): int(n) for y, n in zip(years["year"], years["trials"], strict=True) if n} == {
        year: count for year, count in recounted.items() if year
    }
    assert (years[list(STEPS)].sum(axis=1) == years["trials"]).all()


def test_a_range_of_years_mutes_no_other_year_of_the_chart(whole: Atlas) -> None:
    chosen = pipeline(whole, ViewState(years=(2018, 2020)))
    assert len(chosen.trials) == sum(row["start_year"] in {"2018", "2019", "2020"} for row in FILE)
    assert chosen.years().equals(pipeline(whole, ViewState()).years())


def test_medians_leave_out_who_enrolled_nobody_and_count_them(whole: Atlas) -> None:
    sizes = enrolment(pipeline(whole, ViewState()), "phase", ["1/2", "3"]).set_index("code")
    for phase in ("1/2", "3"):
        known = [int(row["enrolment"]) for row in FILE if row["phase"] == phase and row["enrolment"]]
        assert sizes.loc[phase, "median"] == median(size for size in known if size)
        assert sizes.loc[phase, "known"] == sum(size > 0 for size in known)
        assert sizes.loc[phase, "nobody"] == known.count(0)
        assert sizes.loc[phase, "unknown"] == sum(row["phase"] == phase and not row["enrolment"] for row in FILE)


def test_open_trials_are_those_that_go_on_or_are_about_to(whole: Atlas) -> None:
    told = pipeline(whole, ViewState(countries=("ES",))).open_count
    named = [row for row in FILE if "ES" in row["countries"].split("|")]
    assert told == sum(row["status"] in {"not_yet", "recruiting", "active"} for row in named)


@pytest.mark.parametrize("column", MAY_LACK)
def test_gaps_are_counted_among_the_trials_in_view(whole: Atlas, column: str) -> None:
    told = pipeline(whole, ViewState(classes=("GTMP",))).lacking(column)
    assert told == sum(row["atmp_class"] == "GTMP" and not row[column] for row in FILE)


def test_a_search_finds_trials_by_their_own_words_and_by_those_of_their_sites(mini_atlas: Atlas) -> None:
    assert set(pipeline(mini_atlas, ViewState(text="lymphoma")).trials["id"]) == {"NCT00000001"}
    assert "NCT00000002" in set(pipeline(mini_atlas, ViewState(text="milan")).trials["id"])


def test_a_search_finds_a_trial_without_a_site(whole: Atlas) -> None:
    with (ROOT / "data" / "trial_sites.csv").open(encoding="utf-8", newline="") as file:
        placed = {row["trial_id"] for row in csv.DictReader(file)}
    alone = next(row["id"] for row in FILE if row["id"] not in placed)
    assert alone in set(pipeline(whole, ViewState(text=alone)).trials["id"])


def test_nothing_in_view_is_no_fault(mini_atlas: Atlas) -> None:
    found = pipeline(mini_atlas, ViewState(modalities=("oncolytic_virus",)))
    assert found.trials.empty
    assert int(found.years()["trials"].sum()) == 0
    assert enrolment(found, "phase", ["1"])["known"].tolist() == [0]


def test_the_headline_of_one_trial_is_not_a_share_of_one(whole: Atlas) -> None:
    for code, said in (("BG", "over, or its state is not known"), ("SK", "running or about to start")):
        view = ViewState(countries=(code,))
        found, products = pipeline(whole, view), tally(products_in_view(whole.tables, view))
        assert found.rows.sum() == 1
        told = pipeline_headline(found, products, whole, view, Words(strict=True))
        assert told.startswith(f"The only trial found is {said}; ")


@pytest.mark.parametrize(
    ("snapshot", "said"),
    [
        ("registry record of 2026-08-22", "22 August 2026"),
        ("registry record of 2022-10", "October 2022"),
        ("registry record of mid-2025, last updated 2025-06-15", "15 June 2025"),
        ("status of 2016", "2016"),
        ("status of October 2016", "status of October 2016"),
        ("", ""),
    ],
)
def test_the_day_of_a_status_is_written_as_the_language_writes_days(snapshot: str, said: str) -> None:
    assert status_day(snapshot, Words(strict=True)) == said
