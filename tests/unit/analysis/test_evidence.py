"""Counts of obstacle figures, against a recount that knows only the rows."""

import random
from collections.abc import Iterator

import pandas as pd
import pytest

from mapping.analysis.evidence import EUROPE_WIDE, cell_figures, in_words, order_countries, stage_by_country
from mapping.tables.loading import Tables
from mapping.words import Words

FILTERS = {
    "stages": ("preclinical", "manufacturing", "hta_reimbursement", "regulatory_approval", "example"),
    "categories": ("financial", "regulatory", "technical", "example"),
    "stakeholders": ("payer", "sme", "academic", "hospital", "example"),
}


def split(cell: object) -> set[str]:
    return set(cell.split("|")) if isinstance(cell, str) else set()


def matching(tables: Tables, *, stages=(), categories=(), stakeholders=()) -> Iterator[tuple[str, str, dict]]:
    """Stage, column and row of each figure that matches, one row after the other."""
    obstacles = {row["id"]: row for row in tables["obstacles"].to_dict("records")}
    for row in tables["obstacle_evidence"].to_dict("records"):
        about = obstacles[row["obstacle_id"]]
        column = row["country"] if row["area"] == "country" else EUROPE_WIDE
        if stages and about["stage"] not in stages:
            continue
        if categories and about["category"] not in categories:
            continue
        if stakeholders and not split(row["stakeholders"]) & set(stakeholders):
            continue
        yield about["stage"], column, row


def recount(tables: Tables, **filters) -> dict[tuple[str, str], tuple[int, int]]:
    """Sources and figures of each cell that has any."""
    sources: dict[tuple[str, str], set[str]] = {}
    figures: dict[tuple[str, str], int] = {}
    for stage, column, row in matching(tables, **filters):
        sources.setdefault((stage, column), set()).update(split(row["source_ids"]))
        figures[stage, column] = figures.get((stage, column), 0) + 1
    return {cell: (len(sources[cell]), figures[cell]) for cell in figures}


def counted(cells: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    rows = cells[cells["figures"] > 0].itertuples()
    return {(row.stage, row.country): (row.sources, row.figures) for row in rows}


def random_filters(seed: int) -> dict[str, tuple[str, ...]]:
    chance = random.Random(seed)
    return {key: tuple(chance.sample(codes, chance.choice([0, 0, 1, 2]))) for key, codes in FILTERS.items()}


@pytest.mark.parametrize("seed", range(30))
def test_each_cell_counts_what_a_recount_finds(tables, seed):
    filters = random_filters(seed)
    countries = tuple(tables["countries"]["id"])
    assert counted(stage_by_country(tables, countries, **filters)) == recount(tables, **filters)


@pytest.mark.parametrize("seed", range(10))
def test_the_figures_behind_a_cell_are_as_many_as_it_says(tables, seed):
    filters = random_filters(seed)
    cells = stage_by_country(tables, tuple(tables["countries"]["id"]), **filters)
    del filters["stages"]
    for cell in cells[cells["figures"] > 0].itertuples():
        shown = cell_figures(tables, cell.stage, cell.country, **filters)
        assert len(shown) == cell.figures
        assert len(set().union(*shown["source_ids"].map(split))) == cell.sources


def test_every_figure_of_the_tables_is_in_one_cell(tables):
    cells = stage_by_country(tables, tuple(tables["countries"]["id"]))
    assert cells["figures"].sum() == len(tables["obstacle_evidence"])


def test_figures_about_europe_stand_in_their_own_column_only(tables):
    cells = stage_by_country(tables, tuple(tables["countries"]["id"]))
    wide = tables["obstacle_evidence"]["area"].isin(["eu", "europe"]).sum()
    assert cells.loc[cells["country"] == EUROPE_WIDE, "figures"].sum() == wide


def test_the_grid_has_every_stage_and_country_asked_for_in_order(mini):
    cells = stage_by_country(mini, ("FR", "DE"), stages=("regulatory_approval", "hta_reimbursement"))
    wanted = [(s, c) for s in ("regulatory_approval", "hta_reimbursement") for c in ("FR", "DE", EUROPE_WIDE)]
    assert list(zip(cells["stage"], cells["country"], strict=True)) == wanted


def test_stages_stand_in_the_order_of_a_therapys_life(mini):
    codes = mini["codes"]
    wanted = codes[codes["vocabulary"] == "stage"].sort_values("position")["code"]
    assert list(stage_by_country(mini, ("DE",))["stage"].unique()) == list(wanted)


def state(tables: Tables, stage: str, country: str) -> str:
    cells = stage_by_country(tables, (country,), stages=(stage,))
    return cells.loc[cells["country"] == country, "state"].item()


def test_a_cell_with_a_figure_is_found(mini):
    assert state(mini, "hta_reimbursement", "FR") == "found"


def test_a_cell_whose_figures_all_measure_zero_says_so(mini):
    assert state(mini, "regulatory_approval", "DE") == "zero"


def test_a_cell_without_figures_is_not_assessed_even_where_the_country_has_others(mini):
    assert state(mini, "preclinical", "DE") == "not_assessed"


def test_a_cell_of_a_country_nobody_looked_at_is_not_assessed(mini):
    assert state(mini, "preclinical", "IT") == "not_assessed"


@pytest.mark.parametrize("kind", ["none_found", "not_applicable"])
def test_a_cell_without_figures_says_which_kind_of_nothing_its_country_is(mini, kind):
    coverage = mini["coverage"].copy()
    coverage.loc[(coverage["country"] == "IT") & (coverage["subject"] == "obstacle_evidence"), "state"] = kind
    tables = Tables(mini.version, mini.released, {**mini.frames, "coverage": coverage}, {})
    assert state(tables, "preclinical", "IT") == kind


def test_a_cell_emptied_by_a_filter_does_not_turn_into_a_zero(mini):
    cells = stage_by_country(mini, ("FR",), stakeholders=("sme",), stages=("hta_reimbursement",))
    assert list(cells["state"]) == ["not_assessed", "not_assessed"]


def test_a_source_with_two_figures_in_a_cell_counts_once(mini):
    evidence = mini["obstacle_evidence"].copy()
    evidence.loc[evidence["id"] == "example-cost-fr-all", "source_ids"] = "example-article"
    tables = Tables(mini.version, mini.released, {**mini.frames, "obstacle_evidence": evidence}, {})
    cells = stage_by_country(tables, ("FR",), stages=("hta_reimbursement",))
    assert cells.loc[0, ["sources", "figures"]].tolist() == [1, 2]


def test_a_country_named_twice_has_one_column(mini):
    assert list(stage_by_country(mini, ("FR", "FR"), stages=("preclinical",))["country"]) == ["FR", EUROPE_WIDE]


def test_an_unknown_stage_leaves_no_cells(mini):
    assert stage_by_country(mini, ("FR",), stages=("example",)).empty


@pytest.mark.parametrize("seed", range(10))
def test_countries_are_ordered_by_their_distinct_sources(tables, seed):
    filters = random_filters(seed)
    sources: dict[str, set[str]] = {country: set() for country in tables["countries"]["id"]}
    for _, column, row in matching(tables, **filters):
        sources.get(column, set()).update(split(row["source_ids"]))
    wanted = sorted(sources, key=lambda country: (-len(sources[country]), country))
    assert order_countries(tables, tuple(sources), **filters) == wanted


def test_the_caller_chooses_how_many_countries_to_show(mini):
    assert order_countries(mini, ("IT", "FR", "DE", "RO"), top=2) == ["FR", "DE"]


def test_cells_are_named_in_the_readers_language(mini):
    cells = in_words(stage_by_country(mini, ("DE",), stages=("preclinical",)), mini, Words("en"))
    assert list(cells["country_label"]) == ["Germany", "Europe as a whole"]
    assert list(cells["stage_label"].unique()) == [Words("en").label(mini, "stage", "preclinical")]


def test_newer_figures_stand_before_older_ones_and_undated_ones_last(mini):
    assert list(cell_figures(mini, "hta_reimbursement", "FR")["id"]) == ["example-cost-fr-all", "example-cost-fr"]
