"""The sentence over the obstacles, and what is said of Europe as a whole, recounted from the rows of the files."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from mapping.analysis.brief import brief
from mapping.analysis.matrices import asked_of, matrix_of
from mapping.analysis.obstacle_countries import by_country, europe_wide
from mapping.analysis.obstacle_headline import obstacle_headline
from mapping.analysis.outcome_figures import has_figure
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words(strict=True)


def read(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / "data" / f"{table}.csv").read_text(encoding="utf-8").splitlines()))


OBSTACLES, FIGURES = {row["id"]: row for row in read("obstacles")}, read("obstacle_evidence")


def sources_of(figures: list[dict[str, str]]) -> set[str]:
    return {source for figure in figures for source in figure["source_ids"].split("|") if source}


def by_obstacle(figures: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    held = defaultdict(list)
    for figure in figures:
        held[figure["obstacle_id"]].append(figure)
    return held


def told(tables: Tables, view: ViewState) -> str:
    return obstacle_headline(tables, matrix_of(tables, asked_of(tables, view)), WORDS)


@pytest.mark.parametrize("stage", ["", "manufacturing", "hta_reimbursement"])
@pytest.mark.parametrize("country", ["", "DE", "RO"])
def test_the_headline_counts_the_obstacles_with_figures_and_names_the_best_evidenced(
    real: Tables, stage: str, country: str
) -> None:
    view = ViewState(stages=(stage,) if stage else (), countries=(country,) if country else ())
    rows = [code for code, row in OBSTACLES.items() if not stage or row["stage"] == stage]
    held = by_obstacle(
        [
            figure
            for figure in FIGURES
            if figure["obstacle_id"] in rows
            and (not country or figure["area"] != "country" or figure["country"] == country)
        ]
    )
    most = max(len(sources_of(figures)) for figures in held.values())
    best = {OBSTACLES[code]["title"] for code, figures in held.items() if len(sources_of(figures)) == most}
    said = told(real, view)
    assert f"{len(held)} of {len(rows)} obstacles have a published figure" in said
    plural = "source" if most == 1 else "sources"
    assert any(said.endswith(f"best evidenced: {title} ({most} {plural})") for title in best)


def test_the_headline_of_a_measure_is_its_highest_cell(real: Tables) -> None:
    months = [
        (float(row["value"]), row)
        for row in FIGURES
        if (row["measure_kind"], row["unit"], row["direction"], row["scope"])
        == ("months", "months", "higher_is_worse", "atmp")
    ]
    cells = defaultdict(list)
    for value, row in months:
        cells[row["obstacle_id"], row["country"] if row["area"] == "country" else "EUROPE"].append(value)
    middles = {place: sorted(values)[len(values) // 2] for place, values in cells.items() if len(values) % 2}
    (obstacle, column), value = max(middles.items(), key=lambda item: item[1])
    assert column == "EUROPE"
    said = told(real, ViewState(measure="months"))
    title = OBSTACLES[obstacle]["title"]
    assert said == (f"Duration: the highest value is {value:g} months, for “{title}”, Europe as a whole (All ATMPs)")


def test_europe_as_a_whole_lists_each_obstacle_with_its_sources(real: Tables) -> None:
    wide = [figure for figure in FIGURES if figure["area"] != "country"]
    found = europe_wide(by_country(real, asked_of(real, ViewState(matrix="stage"))), real)
    assert found.figures == len(wide)
    assert found.sources == len(sources_of(wide))
    assert dict(found.rows) == {code: len(sources_of(figures)) for code, figures in by_obstacle(wide).items()}
    assert [count for _, count in found.rows] == sorted((count for _, count in found.rows), reverse=True)


def test_the_summary_of_a_brief_is_recounted(real: Tables) -> None:
    about = ("gmp-facility-access", "cart-undertreatment", "unequal-reimbursement")
    about = tuple(code for code in about if code in OBSTACLES)
    solutions = [row for row in read("solutions") if set(about) & set(row["obstacle_ids"].split("|"))]
    paths = [row for row in read("pathways") if set(about) & set(row["obstacle_ids"].split("|"))]
    working = sum(row["status"] == "in_use" for row in solutions)
    figures = sum(has_figure(row["outcome"]) for row in solutions)
    own = sum(row["proposed_by"].startswith("JOIN4ATMP") for row in paths)
    found = brief(real, ViewState(about=about), WORDS)
    assert found is not None
    assert found.summary.startswith(
        f"{len(solutions)} real-world solutions are on record for {len(about)} obstacles; {working} in use, "
        f"{figures} with a figure of their outcome. {len(paths)} paths forward are proposed, {own} by JOIN4ATMP."
    )


def test_where_every_kind_of_obstacle_has_figures_the_headline_says_each(real: Tables) -> None:
    kinds = {row["category"] for row in OBSTACLES.values()}
    assert kinds == {OBSTACLES[figure["obstacle_id"]]["category"] for figure in FIGURES}
    said = told(real, ViewState(matrix="category"))
    assert said.startswith(f"Each of the {len(kinds)} kinds of obstacle has published figures; best evidenced: ")
