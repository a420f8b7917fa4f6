"""Values with their units: one is one, several are several, and every unit of the data has words."""

import re

import pytest

from mapping.analysis.unit_words import UNITS, value_words
from mapping.tables.loading import Tables, load_tables
from mapping.tables.vocabulary import labels
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words()


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(ROOT / "data")


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1, "facilities", "1 facility"),
        (29, "facilities", "29 facilities"),
        (0, "products", "0 products"),
        (1, "products", "1 product"),
        (1, "applications", "1 application"),
        (1.5, "months", "1.5 months"),
        (1, "months", "1 month"),
        (-1, "percentage_points", "-1 percentage point"),
        (11124, "eur", "11,124 euros"),
        (1, "persons", "1 person"),
        (93, "percent", "93 %"),
        (1, "ordinal_1_3", "rank 1 of 3, our coding"),
        (2.52, "score_1_5", "score 2.52 of 5"),
    ],
)
def test_a_value_is_told_in_the_number_it_has(real: Tables, value: float, unit: str, told: str) -> None:
    assert value_words(real, WORDS, value, unit) == told


def test_every_unit_that_is_counted_has_words_for_one_and_for_several(real: Tables) -> None:
    uncounted = {"percent", "ordinal_1_3", "category", "yes_no"}
    assert set(UNITS) == set(labels(real, "evidence_unit")) - uncounted
    assert all(one != several for unit, (one, several) in UNITS.items() if unit not in {"percent_growth", "score_1_5"})


def test_no_single_value_of_the_data_stands_before_a_plural(real: Tables) -> None:
    for table in ("obstacle_evidence", "country_indicators"):
        frame = real[table].dropna(subset=["value"])
        for value, unit in zip(frame["value"], frame["unit"], strict=True):
            told = value_words(real, WORDS, value, unit)
            assert not re.fullmatch(r"1 .*[^s]s", told), told
