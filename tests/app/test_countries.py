"""The page of countries: what it shows, what opens, and that the address alone decides it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from mapping.analysis.country_rows import rows_behind
from mapping.analysis.ranking import ranking
from mapping.exports.listing import Listing, csv_file
from mapping.exports.workbook import table_workbook
from mapping.view.atlas import open_atlas
from tests.app.conftest import ROOT, Open, letters

Query = Mapping[str, str | Sequence[str]]


def page(opened: Open, query: Query | None = None) -> AppTest:
    app = opened(query or {}, page="countries.py")
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


@pytest.fixture(scope="module")
def real_files() -> Mapping[str, bytes]:
    """The comma-separated files that the page offers; their workbooks can be made too."""
    atlas = open_atlas(ROOT / "data")
    frames = {"country-figures": ranking(atlas), "rows-DE": rows_behind(atlas, "trials", "DE").frame}
    listings = {name: Listing(name, frame) for name, frame in frames.items()}
    assert all(table_workbook(listing, {}, atlas.tables) for listing in listings.values())
    return {name: csv_file(listing) for name, listing in listings.items()}


def asked(app: AppTest, key: str) -> str:
    """The one value of a key of the address."""
    value = app.query_params[key]
    return value if isinstance(value, str) else value[0]


def told(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_without_a_country_the_ranking_of_all_is_the_page(opened: Open) -> None:
    app = page(opened)
    assert "of 32 countries have no treatment centre" in letters(app.title[0].value)
    assert [element.value for element in app.subheader] == ["All 32 countries"]
    assert len(app.dataframe[0].value) == 32


def test_one_country_is_told_block_by_block(opened: Open) -> None:
    app = page(opened, {"country": "DE"})
    assert letters(app.title[0].value).startswith("Germany: ")
    for block in ("Who is there", "Where", "Access", "Legal frame", "Obstacles most evidenced", "What is not known"):
        assert f"##### {block}" in told(app)
    assert not app.warning


def test_countries_side_by_side_are_warned_about(opened: Open) -> None:
    app = page(opened, {"country": ["DE", "MT"]})
    assert "Comparing misleads" in app.warning[0].value
    assert "not assessed in Malta" in app.warning[0].value


def test_an_empty_country_says_which_kind_of_nothing(opened: Open) -> None:
    app = page(opened, {"country": "LI"})
    assert "Manufacturing: :gray[not assessed]" in told(app)
    assert "Trial sites: :gray[looked for, none found]" in told(app)


def test_the_map_of_an_empty_country_is_described_by_its_kinds_of_nothing(opened: Open) -> None:
    [chart] = page(opened, {"country": "MT"}).get("deck_gl_json_chart")
    assert chart.proto.alt == (
        "Map of the sites in Malta: Partners not assessed; Manufacturing not assessed; "
        "Trial sites looked for, none found; Treatment centres not assessed."
    )


def test_a_country_whose_sites_are_all_closed_says_so(opened: Open) -> None:
    assert "Manufacturing: :gray[none open" in told(page(opened, {"country": "HR"}))


def test_a_figure_opens_its_rows_by_a_click_and_closes(opened: Open) -> None:
    app = page(opened, {"country": "DE"})
    app.button(key="open-trials-trials-DE").click().run()
    assert asked(app, "figure") == "trials:DE"
    assert "close_figure" in keys(app)
    assert "**103 rows**" in told(app)
    app.button(key="close_figure").click().run()
    assert "figure" not in app.query_params


def test_rows_are_paged_in_the_address_and_another_figure_begins_at_its_first(opened: Open) -> None:
    app = page(opened, {"country": "DE", "figure": "trials:DE", "page": "11"})
    last = app.table[0].value
    assert len(last) == 103 - 10 * 10
    first = page(opened, {"country": "DE", "figure": "trials:DE"}).table[0].value
    assert len(first) == 10
    assert not set(first["Id"]) & set(last["Id"])
    app.button(key="open-who-facilities-DE").click().run()
    assert "page" not in app.query_params


@pytest.mark.parametrize("figure", ["facilities:FR", "wait_days_all_medicines:DE", "within_100_trial_sites:MT"])
def test_a_link_opens_the_rows_of_any_figure(opened: Open, figure: str) -> None:
    app = page(opened, {"figure": figure})
    assert "close_figure" in keys(app)


def test_an_obstacle_opens_its_figures_in_the_country(opened: Open) -> None:
    app = page(opened, {"country": "DE", "figure": "high-list-price:DE"})
    assert any(element.value.replace("\\", "") == "Germany: High one-off price" for element in app.subheader)


def test_group_and_order_are_in_the_address(opened: Open) -> None:
    app = page(opened)
    app.selectbox(key="group").select("per_million").run()
    app.selectbox(key="sort").select("-sites_per_million").run()
    assert asked(app, "group") == "per_million"
    assert asked(app, "sort") == "-sites_per_million"
    first = app.dataframe[0].value.iloc[:, 0]
    known = first[first >= 0]
    assert list(known) == sorted(known, reverse=True)


def test_filters_of_other_pages_are_named_as_playing_no_part(opened: Open) -> None:
    app = page(opened, {"country": "DE", "class": "GTMP"})
    assert any("do not apply here" in element.value for element in app.caption)
    assert letters(app.title[0].value) == letters(page(opened, {"country": "DE"}).title[0].value)


def test_a_fourth_country_is_not_shown_and_the_page_says_so(opened: Open) -> None:
    app = page(opened, {"country": ["AT", "BE", "DE", "FR"]})
    assert any("asks for 4 countries" in element.value for element in app.caption)
    assert "France ·" not in told(app)


def test_the_downloads_hold_every_figure_and_the_open_rows(real_files: Mapping[str, bytes]) -> None:
    cells = list(csv.DictReader(io.StringIO(real_files["country-figures"].decode("utf-8-sig"))))
    assert len({cell["country"] for cell in cells}) == 32
    assert {cell["state"] for cell in cells} == {"found", "zero", "none_found", "not_assessed", "not_applicable"}
    assert all(not cell["value"] for cell in cells if cell["state"] in {"none_found", "not_assessed", "not_applicable"})
    trials = list(csv.DictReader(io.StringIO(real_files["rows-DE"].decode("utf-8-sig"))))
    assert len(trials) == 103
    assert all(row["source_ids"] for row in trials)
