"""What became of the authorised products, recounted from the file."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from mapping.analysis.approvals import by_year, lives, products_in_view, tally, undated, year_of
from mapping.tables.loading import Tables
from mapping.view.state import ViewState

ROOT = Path(__file__).parents[3]
FILE = list(csv.DictReader((ROOT / "data" / "products.csv").read_text(encoding="utf-8").splitlines()))


def test_the_tally_is_that_of_the_file(real: Tables) -> None:
    told, status = tally(products_in_view(real, ViewState())), Counter(row["status"] for row in FILE)
    assert (told.ever, told.authorised) == (len(FILE), status["authorised"])
    assert (told.withdrawn, told.not_renewed) == (status["withdrawn"], status["not_renewed"])


def test_products_follow_class_and_area_and_no_filter_they_cannot_match(real: Tables) -> None:
    view = ViewState(classes=("GTMP",), areas=("haematology",), phases=("1",), countries=("DE",))
    wanted = [row["id"] for row in FILE if row["atmp_class"] == "GTMP" and row["therapeutic_area"] == "haematology"]
    assert list(products_in_view(real, view)["id"]) == wanted


def test_every_dated_product_has_one_life_that_ends_after_it_begins(real: Tables) -> None:
    products = products_in_view(real, ViewState())
    shown = lives(products, real.released)
    assert sorted(shown["id"]) == sorted(row["id"] for row in FILE if row["ma_date"])
    assert len(shown) + undated(products) == len(FILE)
    assert (shown["end"] >= shown["begin"]).all()
    assert shown["begin"].is_monotonic_increasing


def test_a_life_ends_only_where_the_authorisation_did(real: Tables) -> None:
    shown = lives(products_in_view(real, ViewState()), real.released)
    gone = {row["id"] for row in FILE if row["status"] in {"withdrawn", "not_renewed"} and row["status_date"]}
    assert set(shown["id"][shown["ended"]]) == gone


def test_events_of_a_year_are_those_of_the_file(real: Tables) -> None:
    told = by_year(products_in_view(real, ViewState())).set_index("year")
    begun = Counter(int(row["ma_date"][:4]) for row in FILE if row["ma_date"])
    assert told["authorised"][told["authorised"] > 0].to_dict() == dict(sorted(begun.items()))
    ended = Counter(int(row["status_date"][:4]) for row in FILE if row["status"] == "withdrawn" and row["status_date"])
    assert told["withdrawn"][told["withdrawn"] > 0].to_dict() == dict(sorted(ended.items()))


@pytest.mark.parametrize(("date", "year"), [("2020", 2020.5), ("2020-01-01", 2020.0), ("2020-07-01", 2020.5)])
def test_a_date_is_a_year_with_a_fraction(date: str, year: float) -> None:
    assert year_of(date) == pytest.approx(year, abs=0.01)


def test_a_month_stands_at_its_middle() -> None:
    assert year_of("2020-01") == pytest.approx(2020 + 14 / 365, abs=0.01)
