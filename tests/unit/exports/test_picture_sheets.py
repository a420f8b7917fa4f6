"""The pictures of obstacles and solutions as files, read back: every number, words for all, and a PNG of it."""

from __future__ import annotations

import io
from collections import Counter
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from PIL import Image

from mapping.analysis.chains import chains_in_view, flow
from mapping.analysis.matrices import asked_of, matrix_of
from mapping.analysis.matrix_words import STATE_WORDS, told_matrix
from mapping.analysis.solution_matrix import gap_matrix
from mapping.exports.figure_svg import figure_markup
from mapping.exports.obstacle_sheets import confidence_svg, heatmap_svg
from mapping.exports.sheet_svg import Sheet, sheet_png, sheet_svg
from mapping.exports.solution_sheets import flow_svg, gaps_svg, road_map_svg
from mapping.figures.gap_map import GLYPHS
from mapping.tables.loading import Tables, load_tables
from mapping.view.address import MATRICES
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words()
ADDRESS = "http://example.org/obstacles?a=1&b=2"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(ROOT / "data")


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def whole(drawing: str) -> str:
    return " ".join(texts(drawing))


@pytest.mark.parametrize("measure", ["sources", "months"])
@pytest.mark.parametrize("kind", MATRICES)
def test_a_heatmap_has_finding_filters_source_link_and_every_printed_number(
    real: Tables, kind: str, measure: str
) -> None:
    view = ViewState(matrix=kind, measure=measure, stages=("manufacturing", "clinical_trial"), stakeholders=("sme",))
    matrix = matrix_of(real, asked_of(real, view))
    told = told_matrix(real, matrix, WORDS)
    drawing = heatmap_svg(real, matrix, view, WORDS, ADDRESS)
    said, every = whole(drawing), Counter(texts(drawing))
    drawn = ElementTree.fromstring(drawing).findall(f"{SVG}g")[0]
    assert len([box for box in drawn if box.get("fill") == "url(#hatch)"]) == 1  # one legend entry is hatched
    for part in (ADDRESS, real.version, "Stage: Manufacturing", "Sources:", STATE_WORDS["not_assessed"]):
        assert part in said
    assert not Counter(text for text in told.cells["printed"] if text) - every


@pytest.mark.parametrize("kind", ["sources"])
def test_each_row_of_the_whole_heatmap_is_in_the_file(real: Tables, kind: str) -> None:
    view = ViewState(measure=kind)
    matrix = matrix_of(real, asked_of(real, view))
    drawing = heatmap_svg(real, matrix, view, WORDS, ADDRESS)
    labels = told_matrix(real, matrix, WORDS).row_labels.values()
    said = whole(drawing)
    assert all(label[:36] in said for label in labels)
    assert 'fill="url(#hatch)"' in drawing


def test_the_classes_of_evidence_stand_with_their_counts(real: Tables) -> None:
    matrix = matrix_of(real, asked_of(real, ViewState()))
    said = texts(confidence_svg(real, matrix, ViewState(), WORDS, ADDRESS))
    counts = matrix.cells.loc[matrix.cells["evidence"] != "", ["evidence", "agreement"]].value_counts()
    assert not Counter(str(count) for count in counts) - Counter(said)
    assert {"Limited", "Robust", "High", "Low"} <= set(said)


def test_the_gap_map_prints_every_count_and_names_every_mark(real: Tables) -> None:
    said = texts(gaps_svg(real, ViewState(), WORDS, ADDRESS))
    counts = Counter(str(count) for count in gap_matrix(real, ViewState())["count"] if count)
    assert not counts - Counter(text.split(" ")[0] for text in said if set(text) & set(GLYPHS.values()))
    assert all(any(glyph in text for text in said) for glyph in GLYPHS.values())


def test_the_flow_names_every_node_and_draws_every_link(real: Tables) -> None:
    view = ViewState(stages=("preclinical",))
    drawn = flow(real, chains_in_view(real, view), WORDS)
    drawing = flow_svg(real, view, WORDS, ADDRESS)
    said = " ".join(whole(drawing).split())
    assert all(label.split(" ")[0] in said for label in drawn.nodes["label"])
    assert drawing.count("fill-opacity") == len(drawn.links)


def test_the_road_map_says_whose_a_path_is_and_that_horizons_are_our_reading(real: Tables) -> None:
    said = whole(road_map_svg(real, ViewState(), WORDS, ADDRESS))
    for part in ("Proposed by JOIN4ATMP", "Proposed by others", "our reading", "within about two years"):
        assert part in said


def test_each_picture_can_be_painted_in_the_fonts_we_ship(real: Tables) -> None:
    matrix = matrix_of(real, asked_of(real, ViewState(matrix="category")))
    for drawing in (
        heatmap_svg(real, matrix, ViewState(matrix="category"), WORDS, ADDRESS),
        road_map_svg(real, ViewState(), WORDS, ADDRESS),
    ):
        picture = Image.open(io.BytesIO(sheet_png(drawing))).convert("RGB")
        size = ElementTree.fromstring(drawing).attrib
        assert picture.size == (2 * int(size["width"]), 2 * int(size["height"]))
        assert len(picture.getcolors(1_000_000)) > 20


def test_an_empty_view_is_an_empty_sheet_and_no_fault(real: Tables) -> None:
    view = ViewState(stages=("preclinical",), categories=("clinical",), text="zzzz")
    matrix = matrix_of(real, asked_of(real, view))
    for drawing in (
        heatmap_svg(real, matrix, view, WORDS, ADDRESS),
        flow_svg(real, view, WORDS, ADDRESS),
        road_map_svg(real, view, WORDS, ADDRESS),
        gaps_svg(real, view, WORDS, ADDRESS),
    ):
        assert ADDRESS in whole(drawing)


def test_text_from_data_and_address_is_never_markup() -> None:
    hostile = "<script>&\"'\x00"
    sheet = Sheet(hostile, hostile, (hostile,), hostile, f"http://x/?{urlencode({'q': hostile})}", hostile)
    figure = {
        "data": [
            {"x": [0], "width": [1], "base": [0], "y": [1], "text": ["&lt;b&gt; &amp;"], "marker": {"color": "#fff"}}
        ],
        "layout": {"height": 50, "xaxis": {"range": [-1, 1]}, "yaxis": {"range": [1, 0]}},
    }
    drawing = sheet_svg(sheet, *(figure_markup(figure, 300)[0], 300, 50))
    said = texts(drawing)
    assert "<b> &" in said
    assert "<script>" not in drawing
