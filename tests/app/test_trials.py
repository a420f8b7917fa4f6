"""The page of the trials without a browser: it says what the data say, and its filters are its address."""

from __future__ import annotations

import csv

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import ROOT, Open, letters

FILE = list(csv.DictReader((ROOT / "data" / "trials.csv").read_text(encoding="utf-8").splitlines()))
PRODUCTS = list(csv.DictReader((ROOT / "data" / "products.csv").read_text(encoding="utf-8").splitlines()))
PAGE = "trials.py"


def said(app: AppTest) -> str:
    return letters("\n".join(element.value for element in [*app.markdown, *app.caption, *app.subheader]))


def test_the_headline_is_recounted(opened: Open) -> None:
    app = opened(page=PAGE)
    going = sum(row["status"] in {"not_yet", "recruiting", "active"} for row in FILE)
    still = sum(row["status"] == "authorised" for row in PRODUCTS)
    assert not app.exception
    assert letters(app.title[0].value) == (
        f"Many in development, few approved: {going} of {len(FILE)} trials found are running or about to start; "
        f"{still} of {len(PRODUCTS)} products ever authorised in the EU still are"
    )


def test_a_link_opens_on_its_filters(opened: Open) -> None:
    app = opened({"country": "DE", "phase": "1/2", "years": ["2015", "2020"]}, page=PAGE)
    match = [
        row
        for row in FILE
        if "DE" in row["countries"].split("|") and row["phase"] == "1/2" and "2015" <= row["start_year"] <= "2020"
    ]
    assert app.multiselect(key="country").value == ["DE"]
    assert f"{len(match)} trials in view" in [heading.value for heading in app.subheader]


def test_the_page_states_what_it_is_a_sample_of(opened: Open) -> None:
    told = said(opened(page=PAGE)).replace("\\", "").replace("\xa0", " ")
    assert f"A sample: {len(FILE)} trials, {round(len(FILE) / 10)} % of the nearly 1,000" in told
    assert f"Start year not known: {sum(not row['start_year'] for row in FILE)}." in told
    assert "no end dates" in told
    assert f"{sum(not row['snapshot'] for row in FILE)} of {len(FILE)} trials in view name no day" in told
    assert f"Participants not known: {sum(not row['enrolment'] for row in FILE)}." in told
    assert f"Countries not known: {sum(not row['countries'] for row in FILE)}." in told


def test_who_is_left_out_of_a_median_is_counted_in_words(opened: Open) -> None:
    nobody = sum(row["enrolment"] == "0" for row in FILE)
    unknown = sum(not row["enrolment"] for row in FILE)
    told = said(opened(page=PAGE))
    assert f"Left out: {nobody} trials that enrolled nobody; {unknown} trials without a figure." in told
    one = next(row for row in FILE if row["enrolment"] == "0")
    told = said(opened({"q": one["id"]}, page=PAGE))
    assert "Left out: 1 trial that enrolled nobody." in told
    known = next(row for row in FILE if row["enrolment"] not in {"", "0"} and row["id"].startswith("NCT"))
    assert "Left out" not in said(opened({"q": known["id"]}, page=PAGE))


def test_where_no_trial_is_in_view_nothing_is_counted_of_none(opened: Open) -> None:
    app = opened({"country": "MT"}, page=PAGE)
    told = said(app)
    assert not any("MT" in row["countries"].split("|") for row in FILE)
    assert letters(app.title[0].value) == "No trial matches: Country: Malta"
    assert "0 of 0" not in told
    assert "not known: 0" not in told
    assert "Left out" not in told
    alts = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert "Median number of participants, by phase: nothing to show." in alts


def test_a_pair_in_the_link_lists_its_trials(opened: Open) -> None:
    shared = [row["id"] for row in FILE if {"DE", "FR"} <= set(row["countries"].split("|"))]
    lists = [element.value for element in opened({"pair": "DE-FR"}, page=PAGE).markdown]
    assert max(value.count("\n- ") + value.startswith("- ") for value in lists if "NCT" in value) == len(shared)


def test_filters_that_mean_nothing_to_a_trial_are_named(opened: Open) -> None:
    assert "Not used on this page: Stage." in said(opened({"stage": "manufacturing"}, page=PAGE))


@pytest.mark.parametrize(
    "query", [{"modality": "oncolytic_virus", "country": "IS"}, {"q": "zzzzzz"}, {"style": "countries"}]
)
def test_a_view_with_little_or_nothing_opens(opened: Open, query: dict[str, str]) -> None:
    assert not opened(query, page=PAGE).exception
