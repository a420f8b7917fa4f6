"""The pictures of solutions and paths, read as their marks."""

from __future__ import annotations

import json
from pathlib import Path

import plotly.graph_objects as go
import pytest

from mapping.analysis.chains import chains_in_view, flow
from mapping.analysis.road_map import road_map
from mapping.analysis.solution_matrix import gap_matrix, in_words
from mapping.figures import chain_flow, gap_map, road_map_chart
from mapping.figures.extents import Extent
from mapping.figures.palette import Theme
from mapping.figures.scales import contrast, ink_on
from mapping.figures.solution_map import solution_map
from mapping.tables.loading import Tables, load_tables
from mapping.view.answers import paths_in_view
from mapping.view.state import ViewState
from mapping.words import Words

DATA = Path(__file__).parents[3] / "data"
WORDS = Words(strict=True)
HORIZONS = {"short": "Short", "medium": "Medium", "long": "Long"}


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(DATA)


def picked(figure: go.Figure) -> list[tuple[str, ...]]:
    """What a click on each mark gives."""
    return [tuple(data) for trace in figure.to_dict()["data"] for data in trace.get("customdata", ())]


def figures(real: Tables, theme: Theme) -> dict[str, go.Figure]:
    rows = chains_in_view(real, ViewState(stages=("preclinical",)))
    return {
        "gaps": gap_map.gap_map(in_words(gap_matrix(real, ViewState()), real, WORDS), WORDS, theme),
        "groups": chain_flow.chain_flow(flow(real, chains_in_view(real, ViewState()), WORDS), WORDS, theme),
        "chains": chain_flow.chain_flow(flow(real, rows, WORDS), WORDS, theme),
        "paths": road_map_chart.road_map_chart(
            road_map(real, paths_in_view(real, ViewState()), WORDS), HORIZONS, WORDS, theme
        ),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_finds_nothing_wrong_with_the_figures(real: Tables, theme: Theme) -> None:
    for figure in figures(real, theme).values():
        checked = go.Figure(figure.to_dict())
        assert json.loads(checked.to_json()) == json.loads(figure.to_json())


def test_each_cell_is_one_mark_that_prints_its_count(real: Tables) -> None:
    cells = in_words(gap_matrix(real, ViewState()), real, WORDS)
    figure = gap_map.gap_map(cells, WORDS, "light").to_dict()
    printed = {
        tuple(data): text
        for trace in figure["data"]
        for data, text in zip(trace["customdata"], trace["text"], strict=True)
    }
    assert len(printed) == len(cells)
    for cell in cells.itertuples():
        text = printed[cell.obstacle_id, cell.type]
        assert text.split(" ")[0] == (str(cell.count) if cell.count else "")
        assert len(text.partition(" ")[2]) == cell.count


def test_the_picked_cell_has_a_frame_and_changes_nothing_else(real: Tables) -> None:
    cells = in_words(gap_matrix(real, ViewState()), real, WORDS)
    bare = gap_map.gap_map(cells, WORDS, "light").to_dict()
    framed = gap_map.gap_map(cells, WORDS, "light", ("gmo-approval-delay", "regulatory")).to_dict()
    assert len(framed["layout"]["shapes"]) == 1
    assert "shapes" not in bare["layout"]
    assert framed["data"] == bare["data"]


def test_each_node_can_be_picked_and_says_what_it_sets(real: Tables) -> None:
    drawn = flow(real, chains_in_view(real, ViewState(stages=("preclinical",))), WORDS)
    figure = chain_flow.chain_flow(drawn, WORDS, "light")
    assert sorted(picked(figure)) == sorted(drawn.nodes[["key", "id"]].itertuples(index=False, name=None))
    assert len(figure.to_dict()["layout"]["shapes"]) == len(drawn.links)


def test_each_path_is_a_box_and_the_projects_own_are_filled(real: Tables) -> None:
    placed = road_map(real, paths_in_view(real, ViewState()), WORDS)
    figure = road_map_chart.road_map_chart(placed, HORIZONS, WORDS, "light")
    assert sorted(picked(figure)) == sorted((path,) for path in placed["id"])
    fills = {data[0]: trace["marker"]["color"] for trace in figure.to_dict()["data"] for data in trace["customdata"]}
    own = {fills[row.id] for row in placed.itertuples() if row.is_own}
    others = {fills[row.id] for row in placed.itertuples() if not row.is_own}
    assert len(own) == len(others) == 1
    assert own != others


def test_nothing_to_show_is_an_empty_figure(real: Tables) -> None:
    cells = in_words(gap_matrix(real, ViewState()), real, WORDS).head(0)
    rows = chains_in_view(real, ViewState()).head(0)
    paths = road_map(real, paths_in_view(real, ViewState()), WORDS).head(0)
    assert picked(gap_map.gap_map(cells, WORDS, "light")) == []
    assert picked(chain_flow.chain_flow(flow(real, rows, WORDS), WORDS, "dark")) == []
    assert picked(road_map_chart.road_map_chart(paths, HORIZONS, WORDS, "light")) == []
    assert gap_map.alt_text(cells, WORDS)
    assert chain_flow.alt_text(flow(real, rows, WORDS), WORDS)
    assert road_map_chart.alt_text(paths, WORDS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_on_boxes_can_be_read(theme: Theme) -> None:
    for fill in chain_flow.FILLS[theme].values():
        assert contrast(fill, ink_on(fill)) >= 4.5


def test_text_from_data_is_shown_as_text(real: Tables) -> None:
    rows = chains_in_view(real, ViewState(stages=("preclinical",)))
    drawn = flow(real, rows, WORDS)
    hostile = drawn.nodes.assign(label="<a href='x'>&b</a>")
    figure = chain_flow.chain_flow(type(drawn)(hostile, drawn.links, is_grouped=False), WORDS, "light").to_json()
    assert "<a " not in json.loads(figure)["data"][0]["text"][0]


def test_a_country_with_solutions_is_one_disc_and_one_without_is_none(real: Tables) -> None:
    extent = Extent(10, 50, 3)
    told = {"ES": "Spain: 7 <b>", "DE": "Germany: 5"}
    deck = solution_map({"ES": 7, "DE": 5, "MT": 0}, real["countries"], told, ("DE",), extent, "light", "v")
    layers = {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}
    discs = {row["id"]: row for row in layers["solution-countries"]["data"]}
    assert set(discs) == {"ES", "DE"}
    assert discs["ES"]["n"] == "7"
    assert discs["ES"]["r"] > discs["DE"]["r"]
    assert discs["ES"]["tip"] == "Spain: 7 <b>"  # Streamlit escapes it
