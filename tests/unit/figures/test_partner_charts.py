"""What the pictures of the partners draw, read without a browser."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from mapping.analysis.partner_matrix import partners, stage_coverage
from mapping.analysis.partner_network import partner_network
from mapping.analysis.partner_words import matrix_rows, named_nodes
from mapping.figures.network_chart import GROUP_STYLES, fitted_names, network_alt, network_chart
from mapping.figures.palette import Theme
from mapping.figures.partner_charts import coverage_alt, coverage_chart, expertise_alt, expertise_chart
from mapping.figures.scales import HEAT, contrast
from mapping.view.atlas import Atlas, open_atlas
from mapping.words import Words

ROOT = Path(__file__).parents[3]
WORDS = Words(strict=True)
STAGES = {"preclinical": "Preclinical", "clinical_trial": "Clinical trials"}


@pytest.fixture(scope="module")
def whole() -> Atlas:
    return open_atlas(ROOT / "data")


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return request.param


def test_plotly_finds_no_fault(whole: Atlas, theme: Theme) -> None:
    everybody = partners(whole.tables)
    nodes, links = named_nodes(whole, WORDS), partner_network(whole.tables).drawn
    cells = stage_coverage(whole.tables, everybody, STAGES)
    countries = {code: code for code in cells["country"]}
    for figure in (
        network_chart(nodes, links, set(everybody["id"]), "charite", theme),
        expertise_chart(matrix_rows(everybody, whole, WORDS), STAGES, "charite", WORDS, theme),
        coverage_chart(cells, countries, STAGES, WORDS, theme),
    ):
        go.Figure(figure.to_dict())


def test_every_node_is_one_mark_at_its_place(whole: Atlas) -> None:
    nodes, links = named_nodes(whole, WORDS), partner_network(whole.tables).drawn
    data = network_chart(nodes, links, set(nodes["id"]), "", "light").to_dict()["data"]
    marks = [trace for trace in data if "customdata" in trace]
    told = {
        point[0]: (x, y)
        for trace in marks
        for point, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }
    assert told == {row.id: (row.x, row.y) for row in nodes.itertuples(index=False)}


def test_a_filter_mutes_and_never_moves(whole: Atlas) -> None:
    nodes, links = named_nodes(whole, WORDS), partner_network(whole.tables).drawn
    some, all_of_them = ({"charite"}, set(nodes["id"]))
    one, two = (network_chart(nodes, links, ids, "", "light").to_dict()["data"] for ids in (some, all_of_them))
    assert [trace["x"] for trace in one] == [trace["x"] for trace in two]
    assert one[3]["marker"]["opacity"] != two[3]["marker"]["opacity"]


def test_a_chosen_partner_draws_only_its_own_links(whole: Atlas) -> None:
    nodes, network = named_nodes(whole, WORDS), partner_network(whole.tables)
    lines = network_chart(nodes, network.drawn, set(nodes["id"]), "charite", "light").to_dict()["data"][:3]
    ours = network.drawn[(network.drawn["one"] == "charite") | (network.drawn["other"] == "charite")]
    assert sum(len(trace["x"]) // 3 for trace in lines) == len(ours)


def test_no_name_covers_another_or_a_mark() -> None:
    rows = [
        {"id": str(n), "x": n / 50, "y": 0.0 if n % 2 else 0.02, "label": f"Example {n}", "group": "other"}
        for n in range(50)
    ]
    names = fitted_names(rows, rows, 660)
    assert 0 < len(names) < len(rows)


def test_an_empty_network_draws_an_empty_figure() -> None:
    nodes = pd.DataFrame(columns=["id", "group", "x", "y", "label", "told", "named"])
    links = pd.DataFrame(columns=["one", "other", "tie", "count", "shared"])
    assert len(network_chart(nodes, links, set(), "", "light").data) == 0
    assert "0 partners" in network_alt(nodes, links, WORDS)


def test_shapes_tell_groups_apart_without_colour() -> None:
    assert len({style.symbol for style in GROUP_STYLES.values()}) == len(GROUP_STYLES)


def test_marks_stand_out_from_the_page(theme: Theme) -> None:
    colours = [style.dark if theme == "dark" else style.light for style in GROUP_STYLES.values()]
    assert min(contrast(colour, HEAT[theme].surface) for colour in colours) >= 3


def test_a_dot_stands_only_where_expertise_is_stated() -> None:
    rows = [{"head": "Coordinator"}, {"id": "a", "label": "A <b>", "known": {"preclinical"}}]
    [trace] = expertise_chart(rows, STAGES, "", WORDS, "light").to_dict()["data"]
    assert trace["marker"]["size"] == [12, 4]
    assert trace["hovertext"] == ["A &lt;b&gt;: Preclinical", "A &lt;b&gt;: Clinical trials, not stated"]
    assert expertise_alt(rows, STAGES, WORDS).endswith("Preclinical: 1; Clinical trials: 0.")
    assert len(expertise_chart([], STAGES, "", WORDS, "light").data) == 0


def test_a_cell_without_anybody_is_told_apart_from_one_not_assessed() -> None:
    cells = pd.DataFrame(
        [("DE", "preclinical", 2, "found"), ("DE", "clinical_trial", 0, "none_found")]
        + [("MT", stage, 0, "not_assessed") for stage in STAGES],
        columns=["country", "stage", "partners", "state"],
    )
    data = coverage_chart(cells, {"DE": "Germany", "MT": "Malta"}, STAGES, WORDS, "light").to_dict()["data"]
    printed = {tuple(p): text for trace in data for p, text in zip(trace["customdata"], trace["text"], strict=True)}
    assert printed == {
        ("DE", "preclinical"): "2",
        ("DE", "clinical_trial"): "0",
        ("MT", "preclinical"): "",
        ("MT", "clinical_trial"): "",
    }
    assert len(data) == 3
    assert "with a partner: 1, without: 3" in coverage_alt(cells, WORDS)
