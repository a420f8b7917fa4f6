"""The small heatmap beside the map: what is picked there holds on the obstacles page, and back."""

from __future__ import annotations

from urllib.parse import parse_qs

from tests.app.conftest import Open, letters


def chips(app) -> set[str]:
    return {letters(button.label) for button in app.button if str(button.key).startswith("chip-")}


def link_of(app, page: str):
    return next(link for link in app.get("page_link") if link.proto.page_script_hash and page in link.proto.page)


def test_a_stage_chosen_beside_the_map_narrows_the_heatmap_and_goes_along(opened: Open) -> None:
    app = opened({"country": "DE"})
    app.multiselect(key="stage").set_value(["manufacturing"]).run()
    assert not app.exception
    assert chips(app) == {"Country: Germany", "Stage: Manufacturing"}
    onward = next(link for link in app.get("page_link") if link.label == "Each obstacle, its figures and sources")
    assert parse_qs(onward.proto.query_string) == {"country": ["DE"], "stage": ["manufacturing"]}


def test_the_table_says_which_kind_of_nothing_a_cell_is(opened: Open) -> None:
    app = opened({"country": "MT"})
    app.session_state["obstacle_table"] = True
    app.run()
    cells = {str(cell) for cell in app.table[0].value.to_numpy().ravel()}
    assert "No published figure" in cells
    assert "–" not in cells


def test_filters_of_obstacles_that_the_atlas_does_not_use_are_named(opened: Open) -> None:
    app = opened({"evidence": "robust", "obstacle": "gmo-approval-delay", "stage": "manufacturing"})
    assert any(said.value == "Not used on this page: Obstacle and Evidence." for said in app.caption)
