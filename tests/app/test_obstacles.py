"""The obstacles page without a browser: what the address says is on the screen, and what the reader does is in it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pandas as pd
import pytest

from tests.app.conftest import ROOT, Open, letters

PAGE = "obstacles.py"
SOLUTIONS = pd.read_csv(ROOT / "data" / "solutions.csv")


def text_of(app) -> str:
    return letters("\n".join(element.value for element in (*app.markdown, *app.subheader, *app.caption, *app.title)))


def test_the_page_says_how_many_obstacles_have_figures_and_that_coverage_is_not_burden(opened: Open) -> None:
    app = opened(page=PAGE)
    assert not app.exception
    assert letters(app.title[0].value).startswith("45 of 64 obstacles have a published figure")
    assert "Where figures were published is not where the hurdle is highest." in text_of(app)


def test_order_and_measure_of_a_link_stand_in_the_caption(opened: Open) -> None:
    app = opened({"measure": "months", "order": "similarity"}, page=PAGE)
    told = text_of(app)
    assert "Colour: Months (Higher is worse; about: All ATMPs)." in told
    assert "Order: neighbours are alike" in told
    assert app.selectbox(key="measure").value == "months.months"
    assert app.selectbox(key="reading").value == "months.months.higher_is_worse.atmp"


def address(app) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else list(value) for key, value in app.query_params.items()}


@pytest.mark.parametrize("matrix", ["country", "stage", "stakeholder", "category"])
def test_each_heatmap_opens_from_its_link(opened: Open, matrix: str) -> None:
    app = opened({"matrix": matrix, "measure": "ratio.percent"}, page=PAGE)
    assert not app.exception
    assert app.segmented_control(key="matrix").value == matrix


def test_an_open_cell_lists_as_many_sources_and_figures_as_it_says(opened: Open) -> None:
    app = opened({"cell": "gmp-facility-access:GB"}, page=PAGE)
    head = next(element.value for element in app.markdown if element.value.startswith("**6 sources, 16 figures**"))
    assert "four or more sources, they agree" in head
    blocks = [element.value for element in app.markdown if re.match(r"\*\*\[.*\]\(https?://", element.value)]
    assert len(blocks) == 6
    assert sum(len(re.findall(r"^- ", block, re.MULTILINE)) for block in blocks) == 16


def test_a_link_to_an_obstacle_opens_its_whole_row(opened: Open) -> None:
    app = opened({"obstacle": "gmo-approval-delay"}, page=PAGE)
    assert app.subheader[0].value == "Delay from GMO approval"
    assert "our coding of a legal text; a regime is not a delay" in text_of(app)


def test_a_cell_of_a_measure_opens_with_its_median_and_range_and_says_whose_reading_a_horizon_is(
    opened: Open,
) -> None:
    app = opened({"measure": "months", "cell": "trial-review-time:DE"}, page=PAGE)
    told = text_of(app).replace("\\", "")
    assert "1 source, 2 figures**" in told
    assert "Median 9 months, from 6 months to 12 months" in told
    assert "(our reading)" in told


def test_closing_a_cell_leads_back_to_the_same_heatmap(opened: Open) -> None:
    app = opened({"cell": "gmp-facility-access:GB", "order": "az", "stage": "manufacturing"}, page=PAGE)
    app.button(key="close_cell").click().run()
    assert address(app) == {"order": ["az"], "stage": ["manufacturing"]}


def test_choosing_a_measure_writes_the_address_and_closes_the_cell(opened: Open) -> None:
    app = opened({"cell": "gmp-facility-access:GB"}, page=PAGE)
    app.selectbox(key="measure").set_value("eur.eur").run()
    assert address(app) == {"measure": ["eur.eur"]}
    assert not app.exception


def test_filtering_by_evidence_keeps_the_counts_of_the_nine_cells(opened: Open) -> None:
    app = opened({"evidence": "robust", "agreement": "high"}, page=PAGE)
    assert not app.exception
    assert app.get("pills")[-1].key == "agreement"
    assert app.button(key="reset").disabled is False
    app.button(key="reset").click().run()
    assert address(app) == {}


def test_the_context_of_countries_names_year_and_source(opened: Open) -> None:
    app = opened({"country": "AT"}, page=PAGE)
    table = next(element.value for element in app.markdown if element.value.startswith("| Country"))
    assert "[Contained use only \\(2020\\)](https://" in table
    assert "not assessed" in table


def test_filters_that_leave_nothing_say_so(opened: Open) -> None:
    app = opened({"stage": "preclinical", "category": "clinical"}, page=PAGE)
    assert not app.exception
    assert letters(app.title[0].value) == "No obstacle matches these filters"


def test_the_page_speaks_german_without_failing(opened: Open) -> None:
    assert not opened(
        {"lang": "de", "cell": "gmo-approval-delay:DE", "measure": "rating.ordinal_1_3"}, page=PAGE
    ).exception


def test_every_filter_is_a_chip_that_takes_it_away(opened: Open) -> None:
    query = {
        "evidence": "robust",
        "agreement": "high",
        "stage": "manufacturing",
        "country": "GB",
        "obstacle": "gmp-facility-access",
    }
    app = opened(query, page=PAGE)
    assert [letters(app.button(key=f"chip-{key}-{value}").label) for key, value in query.items()] == [
        "Evidence: Robust", "Agreement: High", "Stage: Manufacturing", "Country: United Kingdom",
        "Obstacle: Limited access to GMP facilities",
    ]  # fmt: skip
    for key, value in query.items():
        app.button(key=f"chip-{key}-{value}").click().run()
    assert address(app) == {}


def test_a_filter_that_means_nothing_here_is_named(opened: Open) -> None:
    told = text_of(opened({"phase": "2", "stage": "manufacturing"}, page=PAGE))
    assert "Not used on this page: Phase." in told


def test_an_obstacle_leads_to_a_solution_and_to_a_path_and_back_to_the_same_place(opened: Open) -> None:
    app = opened({"cell": "gmp-facility-access:GB", "order": "az", "country": "GB"}, page=PAGE)
    links = {link.label.replace("\\", ""): link for link in app.get("page_link")}
    solutions = [row for row in SOLUTIONS.itertuples() if "gmp-facility-access" in row.obstacle_ids.split("|")]
    assert {row.title for row in solutions} <= set(links)
    assert f"**{len(solutions)} solutions answer it**" in text_of(app)
    first = links[next(row.title for row in solutions if row.id == "certera-consortium")]
    assert "solution=certera-consortium" in first.proto.query_string
    app.switch_page("solutions.py")
    for key, value in parse_qs(first.proto.query_string).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    back = next(link for link in app.get("page_link") if link.label.startswith("Back to the figures"))
    assert parse_qs(back.proto.query_string) == {"cell": ["gmp-facility-access:GB"], "order": ["az"], "country": ["GB"]}
    paths = [button for button in app.button if str(button.key).startswith("to-path-")]
    paths[0].click().run()
    assert app.query_params["tab"] == "paths"
    assert "Proposed by" in text_of(app)
    assert re.search(r"\[.+\]\(https?://", text_of(app))
