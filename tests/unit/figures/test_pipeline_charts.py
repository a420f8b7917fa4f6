"""What the charts of the trials draw, read without a browser; plotly's own checks run here and not on each rerun."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from mapping.analysis.approvals import lives, products_in_view
from mapping.analysis.flows import arcs, country_pairs, country_totals
from mapping.analysis.pipeline import pipeline
from mapping.analysis.trial_codes import STEPS, trial_codes
from mapping.figures.approvals_timeline import timeline, timeline_alt, timeline_height
from mapping.figures.flow_map import ARCS_DRAWN, flow_alt, flow_layers
from mapping.figures.palette import Theme
from mapping.figures.pipeline_charts import COLOURS, Bar, bars_alt, facet_bars
from mapping.figures.scales import HEAT, contrast
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.words import Words

ROOT = Path(__file__).parents[3]
WORDS = Words(strict=True)
BARS = [Bar("1", "Phase <1>", 3, "3", "Phase 1: 3 trials", True), Bar("2", "Phase 2", 0, "0", "Phase 2: 0", False)]
NO_LIVES = pd.DataFrame(columns=["id", "name", "status", "ma_date", "status_date", "begin", "end", "ended"])


@pytest.fixture(scope="module")
def whole() -> Atlas:
    return open_atlas(ROOT / "data")


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return request.param


def test_plotly_finds_no_fault_in_any_chart(whole: Atlas, theme: Theme) -> None:
    shown = lives(products_in_view(whole.tables, ViewState()), whole.tables.released)
    years = pipeline(whole, ViewState()).years()
    for figure in (timeline(years, 3, shown, (2015, 2020), WORDS, theme), facet_bars(BARS, theme)):
        go.Figure(figure.to_dict())


def test_the_bars_of_a_year_stack_to_its_trials(whole: Atlas) -> None:
    years = pipeline(whole, ViewState()).years()
    figure = timeline(years, 3, NO_LIVES, None, WORDS, "light").to_dict()
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [sum(counts) for counts in zip(*(trace["y"] for trace in bars), strict=True)] == list(years["trials"])
    assert [point[0] for point in bars[0]["customdata"]] == list(years["year"])


def test_trials_without_a_year_are_told_and_stand_on_no_year(whole: Atlas) -> None:
    years = pipeline(whole, ViewState()).years()
    some, none = (timeline(years, count, NO_LIVES, None, WORDS, "light").to_dict() for count in (412, 0))
    assert some["data"] == none["data"]
    said = [note["text"] for note in some["layout"]["annotations"] if note not in none["layout"]["annotations"]]
    assert said == ["412 trials have no known start year: in no bar"]
    assert "412 without a start year" in timeline_alt(years, 412, NO_LIVES, WORDS)


def test_each_product_has_a_line_and_each_that_ended_an_end(whole: Atlas) -> None:
    shown = lives(products_in_view(whole.tables, ViewState()), whole.tables.released)
    figure = timeline(pipeline(whole, ViewState()).years(), 0, shown, None, WORDS, "light").to_dict()
    begin, end = figure["data"][-2:]
    assert [text.strip() for text in begin["text"]] == list(shown["name"])
    assert len(end["x"]) == int(shown["ended"].sum())
    assert figure["layout"]["height"] == timeline_height(len(shown))


@pytest.mark.parametrize("products", [1, 4, None])
def test_words_of_the_timeline_stand_clear_of_bars_and_names_at_any_width(whole: Atlas, products: int | None) -> None:
    shown = lives(products_in_view(whole.tables, ViewState()), whole.tables.released).head(products or 1000)
    layout = timeline(pipeline(whole, ViewState()).years(), 83, shown, None, WORDS, "light").to_dict()["layout"]
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    tops = [note["y"] * plot + note["yshift"] for note in layout["annotations"]]
    letters = max(note["font"]["size"] for note in layout["annotations"]) * 1.3
    bars, names = (layout[axis]["domain"] for axis in ("yaxis", "yaxis2"))
    for top in tops:
        assert top - letters >= bars[1] * plot or bars[0] * plot > top > top - letters >= names[1] * plot
    assert len(tops) == 6


def test_years_left_out_are_muted(whole: Atlas) -> None:
    figure = timeline(pipeline(whole, ViewState()).years(), 0, NO_LIVES, (2019, 2020), WORDS, "light").to_dict()
    opacity = dict(
        zip((p[0] for p in figure["data"][0]["customdata"]), figure["data"][0]["marker"]["opacity"], strict=True)
    )
    assert {year for year, value in opacity.items() if value == 1} == {2019, 2020}


def test_an_empty_table_draws_an_empty_figure(mini_like_empty: pd.DataFrame) -> None:
    assert timeline_alt(mini_like_empty, 0, NO_LIVES, WORDS).startswith("An empty chart")
    assert timeline(mini_like_empty, 0, NO_LIVES, None, WORDS, "light").layout.height == timeline_height(0)
    assert len(facet_bars([], "light").data) == 0


@pytest.fixture
def mini_like_empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in ("year", *STEPS, "trials")})


def test_a_bar_carries_its_code_and_its_label_is_no_markup() -> None:
    [trace] = facet_bars(BARS, "light").to_dict()["data"]
    assert [point[0] for point in trace["customdata"]] == ["1", "2"]
    assert facet_bars(BARS, "light").layout.yaxis.ticktext[0] == "Phase &lt;1&gt;"
    assert trace["marker"]["color"][0] != trace["marker"]["color"][1]


def test_what_bars_say_is_said_in_words_too() -> None:
    assert bars_alt("Phase", BARS, WORDS) == "Phase: Phase 1: 3 trials; Phase 2: 0."


def test_lines_and_bars_stand_out_from_the_page(theme: Theme) -> None:
    colours, page = COLOURS[theme], HEAT[theme].surface
    assert min(contrast(colour, page) for colour in (colours.bar, colours.life, colours.ended)) >= 3


def test_arcs_carry_their_pair_and_the_widest_lies_on_top(whole: Atlas) -> None:
    codes, every = trial_codes(whole.tables), np.ones(len(whole.tables["trials"]), dtype=np.bool_)
    pairs, totals = arcs(country_pairs(codes, every), whole.tables), country_totals(codes, every, whole.tables)
    names = {code: f"<{code}>" for code in {*pairs["one"], *pairs["other"]}}
    arc, discs, counts = flow_layers(pairs, totals, "", WORDS, "light", names)
    assert [row["pair"] for row in arc.data] == list(pairs["pair"].head(ARCS_DRAWN))[::-1]
    assert [row["w"] for row in arc.data] == sorted(row["w"] for row in arc.data)
    assert all("<" in row["tip"] for row in [*arc.data, *discs.data])  # as it is: Streamlit escapes it
    assert [row["label"] for row in counts.data] == [str(n) for n in totals["trials"]]


def test_a_map_without_arcs_says_so(whole: Atlas) -> None:
    codes, none = trial_codes(whole.tables), np.zeros(len(whole.tables["trials"]), dtype=np.bool_)
    pairs = arcs(country_pairs(codes, none), whole.tables)
    arc, *_ = flow_layers(pairs, country_totals(codes, none, whole.tables), "", WORDS, "light", {})
    assert arc.data == []
    assert flow_alt(pairs, WORDS, {}).startswith("A map without arcs")
