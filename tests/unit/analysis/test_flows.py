"""Pairs of countries that share trials, recounted from the file; and what the sample says of itself."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np

from mapping.analysis.flows import arcs, country_pairs, country_totals, shared_trials, sharing
from mapping.analysis.listed import Bools
from mapping.analysis.trial_codes import trial_codes
from mapping.analysis.trial_sample import reported_total, sampled_sources, snapshots, with_eu_number
from mapping.tables.loading import Tables

ROOT = Path(__file__).parents[3]
FILE = list(csv.DictReader((ROOT / "data" / "trials.csv").read_text(encoding="utf-8").splitlines()))
NAMED = [sorted(set(row["countries"].split("|"))) for row in FILE if row["countries"]]
PAIRS = Counter(pair for codes in NAMED for pair in combinations(codes, 2))


def everything(tables: Tables) -> Bools:
    return np.ones(len(tables["trials"]), dtype=np.bool_)


def test_each_pair_counts_the_trials_that_name_both(real: Tables) -> None:
    told = country_pairs(trial_codes(real), everything(real))
    assert dict(zip(zip(told["one"], told["other"], strict=True), told["trials"], strict=True)) == PAIRS
    assert told["trials"].is_monotonic_decreasing


def test_a_pair_opens_as_many_trials_as_it_counts(real: Tables) -> None:
    for row in country_pairs(trial_codes(real), everything(real)).head(20).itertuples(index=False):
        assert len(shared_trials(real["trials"], row.pair)) == row.trials


def test_trials_in_one_several_and_unknown_countries_are_all_trials(real: Tables) -> None:
    told = sharing(trial_codes(real), everything(real))
    assert told.several == sum(len(codes) > 1 for codes in NAMED)
    assert told.one + told.several + told.unknown == len(FILE)


def test_arcs_are_the_pairs_within_europe_with_both_ends_placed(real: Tables) -> None:
    europe = set(real["countries"]["id"][real["countries"]["scope"] != "context"])
    drawn = arcs(country_pairs(trial_codes(real), everything(real)), real)
    assert len(drawn) == sum(set(pair) <= europe for pair in PAIRS)
    assert drawn[["lon", "lat", "to_lon", "to_lat"]].notna().all().all()


def test_a_country_counts_its_trials_in_several_countries(real: Tables) -> None:
    told = country_totals(trial_codes(real), everything(real), real).set_index("country")["trials"]
    assert told["ES"] == sum("ES" in codes and len(codes) > 1 for codes in NAMED)


def test_no_trial_makes_no_pair(mini: Tables) -> None:
    codes, none = trial_codes(mini), ~everything(mini)
    assert country_pairs(codes, none).empty
    assert arcs(country_pairs(codes, none), mini).empty
    assert country_totals(codes, none, mini).empty


def test_some_trials_make_the_pairs_they_name(real: Tables) -> None:
    shown = everything(real)
    shown[100:] = False
    told = country_pairs(trial_codes(real), shown)
    named = [sorted(set(row["countries"].split("|"))) for row in FILE[:100] if row["countries"]]
    recounted = Counter("-".join(pair) for codes in named for pair in combinations(codes, 2))
    assert dict(zip(told["pair"], told["trials"], strict=True)) == recounted


def test_snapshots_add_up_to_the_trials(real: Tables) -> None:
    told = snapshots(real["trials"])
    assert int(told["trials"].sum()) == len(FILE)
    named = told[told["snapshot"] == "2026-08-22"]
    assert int(named["trials"].sum()) == sum("2026-08-22" in row["snapshot"] for row in FILE)


def test_the_known_total_is_the_projects_own_figure_with_its_source(real: Tables) -> None:
    told = reported_total(real)
    assert told is not None
    with (ROOT / "data" / "obstacle_evidence.csv").open(encoding="utf-8", newline="") as file:
        [row] = [row for row in csv.DictReader(file) if row["id"] == told.evidence_id]
    assert float(row["value"]) == told.studies
    assert tuple(row["source_ids"].split("|")) == told.source_ids
    assert "JOIN4ATMP" in row["measure"]


def test_no_figure_is_made_up_where_the_data_hold_none(mini: Tables) -> None:
    assert reported_total(mini) is None


def test_eu_numbers_are_counted_among_a_trials_own_and_other_numbers(real: Tables) -> None:
    number = re.compile(r"^20\d\d-5?\d{5,6}-\d\d(-\d\d)?$")
    told = sum(any(map(number.match, [row["id"], *row["other_ids"].split("|")])) for row in FILE)
    assert with_eu_number(real) == told


def test_sources_are_those_of_the_rows(real: Tables) -> None:
    named = {source for row in FILE for source in row["source_ids"].split("|") if source}
    assert set(sampled_sources(real["trials"])) == named
    assert trial_codes(real).sources.found(everything(real)) == tuple(sorted(named))
