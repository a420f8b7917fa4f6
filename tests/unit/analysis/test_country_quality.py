"""How well a country is known is counted from its rows, and what nobody looked for is asked first."""

import pytest

from mapping.analysis.asked_rows import completeness
from mapping.analysis.country_quality import ask_next, country_qualities
from mapping.tables.loading import Tables, load_tables
from mapping.words import Words
from tests.unit.paths import DATA


@pytest.fixture(scope="module")
def real() -> Tables:
    return load_tables(DATA)


def test_every_country_is_there_once_and_the_least_filled_is_first(real: Tables) -> None:
    found = country_qualities(real)
    core = real["countries"].loc[real["countries"]["scope"] == "core", "id"]
    assert sorted(one.country for one in found) == sorted(core)
    shares = [-1.0 if one.filled is None else one.filled for one in found]
    assert shares == sorted(shares)


def test_completeness_counts_each_cell_by_its_weight(real: Tables) -> None:
    units = real["facilities"].head(2).copy()
    units[["operator", "atmp_classes"]] = [["example", None], [None, None]]
    kept = units[["id", "name", "note", "operator", "atmp_classes"]]
    assert completeness(real, {"facilities": kept}) == pytest.approx(1 / (2 * 1 + 2 * 3))


def test_what_nobody_looked_for_is_asked_first(real: Tables) -> None:
    one = next(one for one in country_qualities(real) if one.not_assessed and one.gaps)
    told = ask_next(real, one, str.upper, Words("en", strict=True))
    assert told.startswith("to look for: ")
    assert told.endswith(one.gaps[1].table.upper()) or len(one.gaps) < 2
