"""Classes of a choropleth: every country in one, and no figure never looks like a low one."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapping.figures.country_fills import class_limits, country_fills
from mapping.words import Words

WORDS = Words("en", strict=True)


def figures(values: dict[str, float | str]) -> pd.DataFrame:
    rows = [
        (code, value, "found") if not isinstance(value, str) else (code, float("nan"), value)
        for code, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["country", "value", "state"])


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=32))
def test_every_country_with_a_figure_gets_a_colour_and_order_is_kept(values):
    table = figures({f"C{number}": value for number, value in enumerate(values)})
    fills = country_fills(table, "Example", 1, "light", WORDS)
    colours = {fill.country: fill.colour for fill in fills.fills}
    assert set(colours) == set(table["country"])
    darkness = [sum(colours[code]) for code in table.sort_values("value")["country"]]
    assert darkness == sorted(darkness, reverse=True)


def test_each_kind_of_nothing_has_its_own_texture_and_words():
    fills = country_fills(
        figures({"DE": 1.0, "FR": "not_assessed", "ES": "none_found", "IT": "not_applicable"}),
        "Example",
        1,
        "dark",
        WORDS,
    )
    textures = {fill.country: fill.texture for fill in fills.fills if fill.colour is None}
    assert set(textures) == {"FR", "ES", "IT"}
    assert len(set(textures.values())) == 3
    assert {"Not assessed", "Looked for, none found", "Not applicable"} <= {words for _, words in fills.legend}


def test_the_classes_in_the_legend_hold_every_value_once():
    values = pd.Series([0.1, 0.2, 0.2, 0.5, 0.9, 1.4, 2.0])
    limits = class_limits(values, 1)
    assert limits == sorted(set(limits))
    assert limits[-1] == 2.0


def test_no_figures_at_all_make_an_empty_map_with_a_legend_that_says_so():
    fills = country_fills(figures({"DE": "not_assessed"}), "Example", 1, "light", WORDS)
    assert [words for _, words in fills.legend] == ["Not assessed"]
