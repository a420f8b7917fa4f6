"""The obstacle heatmap read as its marks, its legend and its drawing."""

from __future__ import annotations

import html
import json

import plotly.graph_objects as go
import pytest
from PIL import ImageFont

from mapping.analysis.agreement import Confidence
from mapping.analysis.matrices import asked_of, matrix_of
from mapping.analysis.matrix_words import STATE_WORDS, told_matrix
from mapping.analysis.measures import measures
from mapping.analysis.obstacle_countries import by_country, country_values
from mapping.figures.confidence_grid import confidence_grid, grid_alt
from mapping.figures.extents import Extent
from mapping.figures.matrix_chart import FONT_PX, LABEL_PX, chart_height, matrix_chart, with_open_cell
from mapping.figures.matrix_scale import NOTHINGS, matrix_legend, scale_of, state_swatch
from mapping.figures.obstacle_map import obstacle_map
from mapping.tables.loading import Tables, load_tables
from mapping.view.address import MATRICES
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words(strict=True)


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(ROOT / "data")


def drawn(tables: Tables, view: ViewState, theme: str = "light"):
    found = matrix_of(tables, asked_of(tables, view))
    told = told_matrix(tables, found, WORDS)
    scale = scale_of(told.cells["value"].tolist(), found.asked.measure, theme, WORDS)
    return told, scale, matrix_chart(told, scale, theme, "example footer")


@pytest.mark.parametrize("measure", ["sources", "months", "eur", "rating.ordinal_1_3"])
@pytest.mark.parametrize("kind", MATRICES)
def test_each_cell_with_figures_is_one_bar_with_its_text_and_address(real: Tables, kind: str, measure: str) -> None:
    told, _, figure = drawn(real, ViewState(matrix=kind, measure=measure))
    go.Figure(figure.to_dict())  # plotly's own checks
    bars = {
        tuple(place): (text, hover)
        for trace in figure.data
        for place, text, hover in zip(trace.customdata or (), trace.text or (), trace.hovertext or (), strict=True)
    }
    clickable = told.cells[told.cells["state"].isin(["found", "zero", "other", "left_out", "none_found"])]
    assert set(bars) == set(zip(clickable["row"], clickable["column"], strict=True))
    for cell in clickable[clickable["state"] == "found"].itertuples():
        assert bars[cell.row, cell.column][0] == cell.printed != ""


def test_the_whole_grid_is_covered_and_no_cell_twice(real: Tables) -> None:
    told, _, figure = drawn(real, ViewState())
    area = sum(
        (width + 0.1) for trace in figure.data for width, high in zip(trace.width, trace.y, strict=True) if high > 0.5
    )
    assert area == pytest.approx(len(told.matrix.rows) * (len(told.matrix.columns) - 1 + 1.8))


def test_the_picture_stays_small_on_the_wire(real: Tables) -> None:
    _, _, figure = drawn(real, ViewState())
    assert len(figure.to_json()) < 120_000


def test_rows_are_about_22_pixels_high(real: Tables) -> None:
    told, _, _ = drawn(real, ViewState())
    assert chart_height(told) / (64 + 6) == pytest.approx(22, abs=1)


def test_the_open_cell_has_a_frame_and_an_unknown_one_none(real: Tables) -> None:
    told, _, figure = drawn(real, ViewState())
    framed = with_open_cell(figure, told, "gmp-facility-access", "GB", "light")
    assert len(framed.layout.shapes) == len(figure.layout.shapes) + 1
    assert with_open_cell(figure, told, "example-gone", "GB", "light") is figure


def test_no_rows_give_an_empty_figure(real: Tables) -> None:
    _, _, figure = drawn(real, ViewState(stages=("preclinical",), categories=("clinical",)))
    assert len(figure.data) == 0


def test_the_legend_has_an_entry_for_each_step_and_each_kind_of_nothing(real: Tables) -> None:
    told, scale, _ = drawn(real, ViewState(measure="months"))
    legend = matrix_legend(told, scale, "light", WORDS)
    for label in scale.labels:
        assert label in legend
    for state in ("not_assessed", "other"):
        assert STATE_WORDS[state] in legend
    assert STATE_WORDS["not_applicable"] not in legend


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_kinds_of_nothing_look_alike(theme: str) -> None:
    assert len({state_swatch(state, theme) for state in NOTHINGS}) == len(NOTHINGS) == len(set(STATE_WORDS.values()))


def test_every_value_falls_into_the_step_whose_label_holds_it(real: Tables) -> None:
    told, scale, _ = drawn(real, ViewState(measure="months"))
    values = told.cells["value"].dropna()
    for value in values:
        low, _, high = scale.labels[scale.step(value)].partition("–")
        assert float(low) - 0.5 <= value <= float(high or low) + 0.5


def test_the_nine_cells_carry_their_counts_and_can_be_picked() -> None:
    counts = {Confidence("medium", "low"): 3, Confidence("robust", "high"): 2}
    figure = confidence_grid(counts, ("medium",), (), WORDS, "light")
    go.Figure(figure.to_dict())
    found = {tuple(trace.customdata[0]): trace.text[0] for trace in figure.data}
    assert len(found) == 9
    assert found["medium", "low"] == "3"
    assert sum(int(text) for text in found.values()) == 5
    assert "two or three sources, they disagree: 3 cells" in grid_alt(counts, WORDS)


def test_a_country_without_a_figure_is_textured_and_never_coloured(real: Tables) -> None:
    values = country_values(by_country(real, asked_of(real, ViewState())), real)
    scale = scale_of([], None, "light", WORDS)
    told = dict.fromkeys(values["country"], ("1", "<b>"))
    deck = obstacle_map(values, real["countries"], told, scale, Extent(10, 50, 3), "light", "1")
    layers = {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}
    untold = set(values.loc[values["figures"] == 0, "country"])
    assert {row["id"] for row in layers["country-values"]["data"]} == set(values["country"]) - untold
    for country in untold:
        assert f"'{country}'" in layers["nothing"]["getFillColor"]
        assert f"'{country}'" not in layers["choropleth"]["getFillColor"]
    assert all(row["tip"] == "<b>" for row in layers["country-values"]["data"])  # Streamlit escapes it


def test_what_is_neither_good_nor_bad_has_one_colour(real: Tables) -> None:
    _, scale, figure = drawn(real, ViewState(measure="ratio.percent.neutral.atmp"))
    assert len(scale.colours) == len(scale.labels) == 1
    assert {scale.step(value) for value in (0.0, 50.0, 1e9)} == {0}
    assert len({trace.marker.color for trace in figure.data if trace.text and "–" not in trace.text}) == 1


def test_few_values_have_a_colour_each(real: Tables) -> None:
    _, scale, _ = drawn(real, ViewState(measure="rating.ordinal_1_3"))
    assert scale.labels == ("1", "2", "3")
    assert [scale.step(value) for value in (1, 2, 3)] == [0, 1, 2]


def test_no_step_is_left_without_a_colour_for_any_measure(real: Tables) -> None:
    for measure in measures(real):
        told, scale, _ = drawn(real, ViewState(measure=measure.code))
        values = told.cells["value"].dropna()
        assert all(0 <= scale.step(value) < len(scale.colours) for value in values)


def test_every_name_has_room_beside_its_row(real: Tables) -> None:
    font = ImageFont.truetype(ROOT / "mapping/exports/fonts/SourceSans3-Regular.ttf", 10 * FONT_PX)
    shown = drawn(real, ViewState())[2].to_dict()["layout"]["yaxis"]["ticktext"]
    names = [name for name in shown if not name.startswith("<b>")]
    assert len(names) == len(real["obstacles"])
    assert max(font.getlength(html.unescape(name)) / 10 for name in names) < LABEL_PX - 4


def test_a_name_too_long_for_its_place_is_cut_after_a_whole_word(real: Tables) -> None:
    titles = [title.split() for title in real["obstacles"]["title"]]
    shown = drawn(real, ViewState())[2].to_dict()["layout"]["yaxis"]["ticktext"]
    cut = [html.unescape(name)[:-1].split() for name in shown if name.endswith("…")]
    assert cut
    assert all(any(title[: len(name)] == name for title in titles) for name in cut)
