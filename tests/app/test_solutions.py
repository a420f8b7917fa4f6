"""The page of solutions without a browser: links open on what they say, and what is printed is what is listed."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from mapping.view.address import TABS
from tests.app.conftest import NAVIGATION, Open, letters

DATA = NAVIGATION.parents[1] / "data"
PAGE = "solutions.py"
SOLUTIONS = pd.read_csv(DATA / "solutions.csv")
PATHS = pd.read_csv(DATA / "pathways.csv")


def texts(app: object) -> str:
    return "\n".join(element.value for element in app.markdown)  # type: ignore[attr-defined]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"country": ["DE", "MT"], "q": "zzzz"},
        {"stage": "manufacturing", "type": "regulatory", "solution_status": ["in_use", "pilot"], "horizon": "short"},
        {
            "solution": "ari-0001-hospital-exemption",
            "path": "j4-parent-child-licence",
            "obstacle": "gmo-approval-delay",
        },
        {"about": ["gmo-approval-delay", "nowhere"], "solution": "<b>", "path": "' OR 1=1"},
    ],
)
def test_each_part_opens_at_any_address(opened: Open, tab: str, query: dict[str, str | list[str]]) -> None:
    app = opened({"tab": tab, **query}, page=PAGE)
    assert not app.exception
    assert app.title[0].value


def test_the_headline_counts_what_the_table_lists(opened: Open) -> None:
    app = opened({"country": "ES"}, page=PAGE)
    told = int(SOLUTIONS["countries"].fillna("").str.split("|").map(lambda codes: "ES" in codes).sum())
    assert letters(app.title[0].value).startswith(f"{told} real-world solutions")
    assert len(app.dataframe[0].value) == told
    assert any(element.value == f"{told} solutions in view" for element in app.subheader)


def test_a_link_opens_the_card_of_a_solution_with_its_source(opened: Open) -> None:
    app = opened({"solution": "ari-0001-hospital-exemption"}, page=PAGE)
    assert any("ARI" in element.value for element in app.subheader)
    assert "500 patients treated" in texts(app)
    assert re.search(r"Verified\S* \[.+\]\(https://", texts(app))


def test_an_open_cell_lists_as_many_as_it_counts(opened: Open) -> None:
    app = opened({"tab": "gaps", "obstacle": "gmo-approval-delay", "type": "regulatory"}, page=PAGE)
    held = SOLUTIONS[SOLUTIONS["obstacle_ids"].str.split("|").map(lambda ids: "gmo-approval-delay" in ids)]
    held = held[held["type"] == "regulatory"]
    assert f"{len(held)} solutions · Rules" in texts(app)
    labels = [expander.label for expander in app.expander]
    assert all(any(title in label.replace("\\", "") for label in labels) for title in held["title"])


def test_a_status_that_is_counted_opens_its_rows(opened: Open) -> None:
    app = opened({}, page=PAGE)
    app.button(key="status-pilot").click().run()
    assert app.query_params["solution_status"] == "pilot"
    assert len(app.dataframe[0].value) == int((SOLUTIONS["status"] == "pilot").sum())


def test_each_path_has_its_section_and_a_link_opens_it(opened: Open) -> None:
    app = opened({"tab": "paths"}, page=PAGE)
    plain = texts(app).replace("\\", "")
    assert all(f"#### {title}" in plain for title in PATHS["title"])
    app.button(key="open-path-j4-parent-child-licence").click().run()
    assert app.query_params["path"] == "j4-parent-child-licence"
    assert "Parent" in app.subheader[0].value
    assert app.button(key="to-solution-mhra-point-of-care-rules")
    assert "our reading" in texts(app)


def test_from_a_path_to_a_solution_to_an_obstacle_in_three_clicks(opened: Open) -> None:
    app = opened({"tab": "paths", "path": "j4-parent-child-licence"}, page=PAGE)
    app.button(key="to-solution-mhra-point-of-care-rules").click().run()
    assert app.query_params["solution"] == "mhra-point-of-care-rules"
    obstacle = SOLUTIONS.set_index("id").loc["mhra-point-of-care-rules", "obstacle_ids"].split("|")[0]
    app.button(key=f"to-obstacle-{obstacle}").click().run()
    assert app.query_params["obstacle"] == obstacle
    assert not app.exception


def test_a_brief_is_composed_from_the_link_alone(opened: Open) -> None:
    app = opened({"tab": "brief", "about": "gmo-approval-delay"}, page=PAGE)
    assert letters(app.title[0].value) == "What others did about: Delay from GMO approval"
    told = texts(app).replace("\\", "")
    held = SOLUTIONS[SOLUTIONS["obstacle_ids"].str.split("|").map(lambda ids: "gmo-approval-delay" in ids)]
    assert all(title in told for title in held["title"])
    assert all(outcome in told for outcome in held["outcome"])


def test_a_brief_says_who_proposed_a_path_and_what_of_it_is_our_reading(opened: Open) -> None:
    told = "\n".join(element.value for element in opened({"tab": "brief", "country": "SE"}, page=PAGE).markdown)
    assert "proposed by EuropaBio, ARM and EFPIA; horizon: Long, lead: European Commission (both our reading)" in (
        told.replace("\\", "")
    )


def test_a_brief_starts_from_an_example(opened: Open) -> None:
    app = opened({"tab": "brief"}, page=PAGE)
    app.button(key="brief-DE").click().run()
    assert app.query_params["country"] == "DE"
    assert letters(app.title[0].value).startswith("Germany")


def test_the_brief_begins_with_the_obstacle_in_view(opened: Open) -> None:
    app = opened({"tab": "catalogue", "obstacle": "gmo-approval-delay"}, page=PAGE)
    app.segmented_control(key="tab").set_value("brief").run()
    assert dict(app.query_params)["about"] == "gmo-approval-delay"
    assert letters(app.title[0].value) == "What others did about: Delay from GMO approval"


def test_reset_keeps_the_part_and_drops_the_filters(opened: Open) -> None:
    app = opened({"tab": "gaps", "stage": "preclinical", "type": "regulatory"}, page=PAGE)
    app.button(key="reset").click().run()
    assert dict(app.query_params) == {"tab": "gaps"}


@pytest.mark.parametrize(
    ("tab", "obstacle", "said"),
    [
        ("catalogue", "cart-undertreatment", "No solution on record matches: Obstacle: Eligible patients not treated"),
        ("paths", "price-negotiation-failure", "No path forward matches: Obstacle: Failed price negotiations"),
    ],
)
def test_filters_that_leave_nothing_are_named_and_can_be_dropped(
    opened: Open, tab: str, obstacle: str, said: str
) -> None:
    app = opened({"tab": tab, "obstacle": obstacle}, page=PAGE)
    assert not app.exception
    assert letters(app.title[0].value) == said
    assert not any("0 solutions state" in element.value for element in app.markdown)
    app.button(key="unblock-obstacle").click().run()
    assert "obstacle" not in app.query_params
    assert not app.title[0].value.startswith("No ")
