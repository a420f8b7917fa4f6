"""The small obstacle heatmap, read as its marks; a browser is not needed to see what it draws."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from mapping.analysis.evidence import EUROPE_WIDE, in_words, stage_by_country
from mapping.figures.charts import alt_text, heatmap_height, obstacle_heatmap
from mapping.figures.scales import HEAT
from mapping.words import Words, languages

STAGES = (
    "preclinical",
    "manufacturing",
    "clinical_trial",
    "regulatory_approval",
    "hta_reimbursement",
    "delivery_access",
)
COUNTRIES = ("GB", "DE", "FR", "IT", "ES", "SE", "BE", "DK", "IE", "NL", "PT", "BG")
LARGEST_BYTES = 15_000


@pytest.fixture
def english() -> Words:
    return Words("en", strict=True)


def a_cell(stage: str, country: str, sources: int = 0, state: str = "not_assessed") -> dict[str, object]:
    return {
        "stage": stage,
        "country": country,
        "sources": sources,
        "figures": 2 * sources,
        "state": "found" if sources else state,
        "stage_label": stage.replace("_", " ").capitalize(),
        "country_label": f"Example {country}",
    }


@pytest.fixture
def cells() -> pd.DataFrame:
    """Two stages, one country: 12 sources, none looked for; Europe as a whole: 1, none found."""
    return pd.DataFrame(
        [
            a_cell("preclinical", "DE", 12),
            a_cell("preclinical", EUROPE_WIDE, 1),
            a_cell("manufacturing", "DE"),
            a_cell("manufacturing", EUROPE_WIDE, state="none_found"),
        ]
    )


@pytest.fixture
def full() -> pd.DataFrame:
    counts = iter(range(1000))
    return pd.DataFrame([a_cell(s, c, next(counts) % 13) for s in STAGES for c in (*COUNTRIES, EUROPE_WIDE)])


def drawn(figure: go.Figure) -> dict[tuple[str, str], dict[str, object]]:
    """Each cell that can be picked, with what it says and how it looks."""
    found = {}
    for trace in figure.to_dict()["data"]:
        for at, cell in enumerate(trace.get("customdata", ())):
            found[tuple(cell)] = {"text": trace["text"][at], "told": trace["hovertext"][at], "marker": trace["marker"]}
    return found


@pytest.mark.parametrize("theme", HEAT)
def test_plotly_finds_nothing_wrong_with_the_figure(full, english, theme):
    figure = obstacle_heatmap(full, english, theme)
    checked = go.Figure(figure.to_dict())
    assert json.loads(checked.to_json()) == json.loads(figure.to_json())


def test_each_cell_is_one_mark_that_can_be_picked(cells, english):
    figure = obstacle_heatmap(cells, english, "light")
    assert set(drawn(figure)) == set(zip(cells["stage"], cells["country"], strict=True))


def test_a_pick_leaves_the_other_cells_as_they_were(cells, english):
    figure = obstacle_heatmap(cells, english, "light").to_dict()
    [bar] = figure["layout"]["template"]["data"]["bar"]
    assert bar["selected"]["marker"]["opacity"] == bar["unselected"]["marker"]["opacity"] == 1
    picked = [trace for trace in figure["data"] if "customdata" in trace]
    assert all(trace["unselected"]["textfont"] == trace["textfont"] for trace in picked)


def test_the_count_is_printed_in_its_cell(cells, english):
    marks = drawn(obstacle_heatmap(cells, english, "light"))
    assert [marks["preclinical", "DE"]["text"], marks["preclinical", EUROPE_WIDE]["text"]] == ["12", "1"]


def test_a_cell_without_figures_is_textured_and_prints_nothing(cells, english):
    mark = drawn(obstacle_heatmap(cells, english, "light"))["manufacturing", "DE"]
    assert (mark["text"], mark["marker"]["pattern"]["shape"]) == ("", "/")


def test_looked_for_without_finding_prints_a_zero(cells, english):
    assert drawn(obstacle_heatmap(cells, english, "light"))["manufacturing", EUROPE_WIDE]["text"] == "0"


@pytest.mark.parametrize("state", ["zero", "none_found", "not_assessed", "not_applicable"])
def test_each_kind_of_nothing_is_named_in_the_legend_and_on_its_cell(english, state):
    sources = 1 if state == "zero" else 0
    cell = a_cell("preclinical", "DE", sources) | {"state": state}
    figure = obstacle_heatmap(pd.DataFrame([cell]), english, "light").to_dict()
    legend = [shape["label"]["text"] for shape in figure["layout"]["shapes"]]
    told = drawn(go.Figure(figure))["preclinical", "DE"]["told"]
    assert any(told.rstrip(")").endswith(said) for said in legend if not said[0].isdigit())


def test_the_legend_names_no_published_figure_even_where_every_cell_has_one(english):
    figure = obstacle_heatmap(pd.DataFrame([a_cell("preclinical", "DE", 1)]), english, "light")
    assert "No published figure" in [shape.label.text for shape in figure.layout.shapes]


def test_the_legend_has_every_step(full, english):
    labels = [shape.label.text for shape in obstacle_heatmap(full, english, "light").layout.shapes]
    assert labels[:5] == ["1", "2", "3–4", "5–9", "10+"]


def test_legend_and_cells_share_their_colours(full, english):
    figure = obstacle_heatmap(full, english, "light")
    steps = [shape.fillcolor for shape in figure.layout.shapes[:5]]
    cells = {cell["told"].split(": ")[1]: cell["marker"]["color"] for cell in drawn(figure).values()}
    assert [cells[f"{n} sources, {2 * n} figures"] for n in (2, 3, 5, 12)] == steps[1:]


def test_a_figure_without_a_source_is_still_drawn(english):
    cell = a_cell("preclinical", "DE") | {"state": "found", "figures": 1}
    assert drawn(obstacle_heatmap(pd.DataFrame([cell]), english, "light"))["preclinical", "DE"]["text"] == "0"


def test_an_empty_table_draws_an_empty_figure(full, english):
    assert len(obstacle_heatmap(full.iloc[:0], english, "light").data) == 0


@pytest.mark.parametrize("theme", HEAT)
def test_the_figure_is_small(full, english, theme):
    assert len(obstacle_heatmap(full, english, theme).to_json()) < LARGEST_BYTES


def test_the_figure_names_no_other_host(full, english):
    assert "://" not in obstacle_heatmap(full, english, "light").to_json()


def test_no_letter_is_smaller_than_eleven_pixels(full, english):
    figure = json.loads(obstacle_heatmap(full, english, "light").to_json())

    def sizes(node: object) -> list[float]:
        if isinstance(node, dict):
            own = [node[key]["size"] for key in ("font", "textfont") if "size" in node.get(key, {})]
            return own + [size for value in node.values() for size in sizes(value)]
        return [size for value in node for size in sizes(value)] if isinstance(node, list) else []

    assert min(sizes(figure)) >= 11


def test_text_from_the_data_is_never_markup(english):
    cell = a_cell("preclinical", "DE", 1) | {"country_label": "<b>x</b>", "stage_label": "<i>y</i>"}
    figure = obstacle_heatmap(pd.DataFrame([cell]), english, "light").to_json()
    assert "<b>" not in figure.replace("\\u003c", "<")
    assert "<i>" not in figure.replace("\\u003c", "<")


def test_six_stages_stand_beside_a_map(full, english):
    assert obstacle_heatmap(full, english, "light").layout.height == heatmap_height(6)
    assert 270 <= heatmap_height(6) <= 300


def test_the_words_for_it_say_what_it_shows(cells, english):
    assert alt_text(cells, english) == (
        "Heatmap of sources with published figures about obstacles: 2 stages by 1 country and Europe as a whole. "
        "Most sources: Example DE, Preclinical: 12 sources, 24 figures. "
        "2 of 4 cells have no published figure."
    )


def test_the_words_for_an_empty_one_say_so(cells, english):
    assert alt_text(cells.iloc[:0], english).startswith("An empty heatmap")


@pytest.mark.parametrize("lang", languages())
def test_the_real_cells_are_drawn_in_every_language(mini, lang):
    words = Words(lang, strict=True)
    shown = in_words(stage_by_country(mini, ("DE", "FR", "IT")), mini, words)
    assert len(drawn(obstacle_heatmap(shown, words, "dark"))) == len(shown)
