"""The page of the partners without a browser: it says what the data say, and its filters are its address."""

from __future__ import annotations

import csv

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import ROOT, Open, letters

FILE = list(csv.DictReader((ROOT / "data" / "organisations.csv").read_text(encoding="utf-8").splitlines()))
PAGE = "partners.py"


def said(app: AppTest) -> str:
    return letters("\n".join(element.value for element in [*app.markdown, *app.caption, *app.subheader]))


def test_the_headline_counts_who_takes_part(opened: Open) -> None:
    app = opened(page=PAGE)
    ours = sum(bool(row["consortium_role"]) for row in FILE)
    assert not app.exception
    assert letters(app.title[0].value).startswith(f"{ours} of {len(FILE)} organisations take part in JOIN4ATMP; nobody")


def test_the_consortium_is_listed_first_and_those_without_a_seat_too(opened: Open) -> None:
    app = opened(page=PAGE)
    titles = [box.label for box in app.expander]
    lists = [title for title in titles if " · " in title]
    away = sum(not row["site_id"] for row in FILE)
    assert lists[0] == f"◆ Taking part in JOIN4ATMP · {sum(bool(row['consortium_role']) for row in FILE)}"
    assert f"{away} organisations without a known seat, not drawn on any map" in titles
    assert sum(int(title.split(" · ")[1]) for title in lists) == len(FILE)


def test_unknown_leads_are_said_to_be_not_stated(opened: Open) -> None:
    told = next(element.value for element in opened(page=PAGE).markdown if "WP1" in element.value)
    assert told.count("Lead: not stated") == 3
    assert "WP3" in told


def test_a_link_opens_on_its_filters(opened: Open) -> None:
    app = opened({"country": "DE", "stage": "manufacturing"}, page=PAGE)
    match = [row for row in FILE if row["country"] == "DE" and "manufacturing" in row["expertise"].split("|")]
    assert app.multiselect(key="country").value == ["DE"]
    assert f"{len(match)} organisations in view" in said(app)


def test_a_partner_in_the_link_shows_its_links(opened: Open) -> None:
    app = opened({"partner": "charite"}, page=PAGE)
    assert app.selectbox(key="partner").value == "charite"
    assert "shared trial" in said(app)


@pytest.mark.parametrize(
    "query", [{"country": "MT"}, {"q": "zzzzzz"}, {"partner": "network:eunethta_21"}, {"partner": "eurice"}]
)
def test_a_view_with_little_or_nothing_opens(opened: Open, query: dict[str, str]) -> None:
    assert not opened(query, page=PAGE).exception
