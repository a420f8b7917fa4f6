"""The small bars of a country: what they hold, and that plotly accepts them."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from mapping.figures.country_charts import (
    CLASS_COLOURS,
    NearBar,
    class_legend,
    near_alt,
    near_chart,
    trials_alt,
    trials_chart,
)
from mapping.figures.scales import HEAT, contrast
from mapping.words import Words

ENGLISH = Words("en", strict=True)
PHASES = {"1": "Phase 1", "2": "Phase <2>", "3": "Phase 3"}
CLASSES = {"GTMP": "Gene", "sCTMP": "Cell", "TEP": "Tissue", "cATMP": "Combined"}
CELLS = pd.DataFrame([("1", "GTMP", 4), ("1", "TEP", 1), ("2", "sCTMP", 2)], columns=["phase", "atmp_class", "trials"])
BARS = [NearBar("100 km", "treatment_centres", 40.0, "40 %"), NearBar("200 km", "treatment_centres", 0.0, "0 %")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_accepts_the_figures(theme):
    for figure in (trials_chart(CELLS, PHASES, CLASSES, theme), near_chart(BARS, theme)):
        assert go.Figure(figure.to_dict())


def test_bars_hold_the_trials_of_their_phase_and_class():
    figure = trials_chart(CELLS, PHASES, CLASSES, "light").to_dict()
    assert {trace["name"]: list(trace["x"]) for trace in figure["data"]} == {
        "Gene": [4, 0],
        "Cell": [0, 2],
        "Tissue": [1, 0],
    }


def test_phases_without_a_trial_are_left_out_and_names_are_escaped():
    figure = trials_chart(CELLS, PHASES, CLASSES, "light").to_dict()
    assert list(figure["layout"]["yaxis"]["ticktext"]) == ["Phase 1", "Phase &lt;2&gt;"]


def test_shares_are_drawn_up_to_a_hundred():
    figure = near_chart(BARS, "light").to_dict()
    assert list(figure["data"][0]["x"]) == [40.0, 0.0]
    assert list(figure["layout"]["xaxis"]["range"]) == [0, 100]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_classes_stand_out_from_the_page(theme):
    surface = HEAT[theme].surface
    assert all(contrast(colour, surface) >= 1.9 for colour in CLASS_COLOURS[theme].values())
    assert len(set(CLASS_COLOURS[theme].values())) == len(CLASSES)


def test_the_legend_names_only_classes_with_trials():
    legend = class_legend(CELLS, CLASSES, "light", "ATMP class")
    assert "Tissue" in legend
    assert "Combined" not in legend


def test_the_descriptions_give_the_numbers():
    assert trials_alt("Utopia", 7, CELLS, PHASES, ENGLISH) == (
        "Bars of 7 trials with a site in Utopia by phase, stacked by class: Phase 1 5 and Phase <2> 2."
    )
    assert trials_alt("Utopia", 0, CELLS.iloc[:0], PHASES, ENGLISH).startswith("An empty chart")
    assert near_alt("Utopia", BARS, ENGLISH) == "Estimated share of the people of Utopia: 100 km 40 % and 200 km 0 %."
