"""What a page shows as data: the same words and numbers as the page, counted here once more another way."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from mapping.analysis.distance_bands import people_beyond
from mapping.analysis.evidence import EUROPE_WIDE
from mapping.analysis.matrices import asked_of, matrix_of
from mapping.analysis.matrix_words import told_matrix
from mapping.analysis.measures import printed
from mapping.analysis.obstacle_countries import by_country, country_values
from mapping.analysis.pipeline import pipeline
from mapping.analysis.scenarios import distances_today
from mapping.errors import ViewError
from mapping.exports.screens import PAGE_WORDS, Screen, screen_of
from mapping.figures.marks import map_rows
from mapping.figures.pictures import ChartPicture, MapPicture, MatrixPicture
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words(strict=True)
VIEWS = (
    ViewState(),
    ViewState(countries=("DE", "FR"), classes=("GTMP",)),
    ViewState(countries=("ES",), focus="ES"),
    ViewState(style="countries"),
    ViewState(text="example of a search that finds nothing"),
)


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(ROOT / "data")


def shown(real: Atlas, page: str, view: ViewState) -> Screen:
    return screen_of(real, page, view, WORDS)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", PAGE_WORDS)
def test_every_page_is_told_for_every_view(real: Atlas, page: str, view: ViewState) -> None:
    screen = shown(real, page, view)
    assert screen.headline
    assert screen.method
    assert screen.pictures
    assert screen.filtered_by
    assert screen.version in screen.dateline
    for picture in screen.pictures:
        assert picture.title
        assert picture.alt
        assert screen.version in picture.caption


@pytest.mark.parametrize("view", VIEWS[:4])
def test_the_legend_counts_the_sites_in_view(real: Atlas, view: ViewState) -> None:
    view = replace(view, style="cities")
    marks = select(real, view).marks
    picture = shown(real, "", view).pictures[0]
    assert isinstance(picture, MapPicture)
    counted = [item.text.rsplit(" ", 1)[1] for item in picture.legend[: len(view.layers)]]
    assert counted == [WORDS.number(int((marks["role"] == role).sum())) for role in real.known.options["layers"]]


def test_every_mark_of_the_screen_stands_on_the_map_or_is_counted_as_outside(real: Atlas) -> None:
    view = ViewState(style="points", focus="EUROPE")
    picture = shown(real, "", view).pictures[0]
    assert isinstance(picture, MapPicture)
    away = len(map_rows(real, view, "points")) - len(picture.marks)
    assert 0 < away < 40
    assert picture.caption.startswith(f"{away} marks lie outside this frame.")
    assert picture.caption.endswith(picture.live_caption)


@pytest.mark.parametrize(
    ("page", "view", "only_still"),
    [
        ("access", ViewState(), "Drawn: the 2,500 places with most people"),
        ("", ViewState(style="density"), "Density is drawn as cities here."),
        ("", ViewState(style="points", focus="EUROPE"), "outside this frame"),
    ],
)
def test_what_only_a_still_leaves_out_is_not_said_of_the_live_map(
    real: Atlas, page: str, view: ViewState, only_still: str
) -> None:
    picture = shown(real, page, view).pictures[0]
    assert isinstance(picture, MapPicture)
    assert only_still in picture.caption
    assert only_still not in picture.live_caption
    assert "Natural Earth" in picture.live_caption


def test_the_land_is_drawn_in_few_corners_and_inside_the_frame(real: Atlas) -> None:
    picture = shown(real, "", ViewState()).pictures[0]
    assert isinstance(picture, MapPicture)
    points = [point for land in picture.lands for ring in land.rings for point in ring]
    assert 2000 < len(points) < 9000
    assert all(-10 < x < picture.width + 10 and -10 < y < picture.height + 10 for x, y in points)
    assert {"DE", "MT", "LU", "CY"} <= {land.country for land in picture.lands}


def test_the_cells_of_obstacles_are_those_of_the_page(real: Atlas) -> None:
    view = ViewState(countries=("DE", "IT"), measure="months")
    matrix = matrix_of(real.tables, asked_of(real.tables, view))
    told = told_matrix(real.tables, matrix, WORDS)
    picture = shown(real, "obstacles", view).pictures[0]
    assert isinstance(picture, MatrixPicture)
    assert picture.heads[-1] == "Europe"
    assert EUROPE_WIDE in matrix.columns
    drawn = [(cell.state, cell.told) for row in picture.rows for cell in row.cells]
    assert drawn == list(zip(told.cells["state"], told.cells["told"], strict=True))
    printed = [cell.text for row in picture.rows for cell in row.cells if cell.state == "found"]
    assert printed == told.cells.loc[told.cells["state"] == "found", "printed"].tolist()


def test_the_shares_of_access_are_those_of_the_people(real: Atlas) -> None:
    view = ViewState(km=100)
    found = distances_today(real, view)
    bars = shown(real, "access", view).pictures[1]
    assert isinstance(bars, ChartPicture)
    at = bars.categories.index("Germany")
    german = found.homes["country"].eq("DE").to_numpy()
    within = float(found.homes["people"][german & (found.km <= 100)].sum() / found.homes["people"][german].sum())
    assert bars.ends[at] == WORDS.percent(within)
    assert sum(one.values[at] for one in bars.series) == pytest.approx(1)
    share = 1 - people_beyond(found, 100) / float(found.homes["people"].sum())
    assert bars.marker is not None
    assert bars.marker[0] == pytest.approx(share)


def test_what_nobody_looked_for_is_never_told_as_none(real: Atlas) -> None:
    screen = shown(real, "countries", ViewState(countries=("MT",)))
    told = dict(screen.facts)
    assert told["Malta: Partners"] == told["Malta: Solutions in place"] == "not assessed"
    assert told["Malta: Trial sites"] == told["Malta: Trials with a site here"] == "looked for, none found"
    where = screen.pictures[0]
    assert isinstance(where, MapPicture)
    assert [item.text for item in where.legend[:3]] == [
        "Partners not assessed",
        "Manufacturing not assessed",
        "Trial sites looked for, none found",
    ]
    german = dict(shown(real, "countries", ViewState(countries=("DE",))).facts)
    assert german["Germany: Treatment centres"].isdigit()


def test_the_paths_are_told_by_their_road_map(real: Atlas) -> None:
    picture = shown(real, "solutions", ViewState(tab="paths")).pictures[0]
    assert isinstance(picture, MatrixPicture)
    paths = real.tables["pathways"].set_index("title")
    assert {row.label for row in picture.rows} == set(paths.index)
    assert len(picture.rows) == len(paths)
    horizons = [head.split(":")[0].lower() for head in picture.heads]
    assert horizons == ["short", "medium", "long"]
    for row in picture.rows:
        [at] = [at for at, cell in enumerate(row.cells) if cell.state == "found"]
        assert horizons[at] == paths.loc[row.label, "horizon"]
        own = str(paths.loc[row.label, "proposed_by"]).startswith("JOIN4ATMP")
        assert row.cells[at].text == ("●" if own else "○")


def test_the_line_of_europe_in_a_file_does_not_move_with_the_country(real: Atlas) -> None:
    found = distances_today(real, ViewState())
    share = 1 - people_beyond(found, 200) / float(found.homes["people"].sum())
    bars = shown(real, "access", ViewState(countries=("RO",))).pictures[1]
    assert isinstance(bars, ChartPicture)
    assert bars.categories == ("Romania",)
    assert bars.marker == (pytest.approx(share), f"Europe {WORDS.percent(share)}")


def test_the_bars_of_trials_count_each_trial_once(real: Atlas) -> None:
    view = ViewState(classes=("GTMP",))
    trials = pipeline(real, view).trials
    bars = next(one for one in shown(real, "trials", view).pictures if one.title == "Trials by phase")
    assert isinstance(bars, ChartPicture)
    assert sum(bars.series[0].values) == len(trials)
    years = shown(real, "trials", view).pictures[0]
    assert isinstance(years, ChartPicture)
    assert sum(sum(one.values) for one in years.series) == int(trials["start_year"].notna().sum())


def test_a_link_names_the_page_the_filters_and_the_version(real: Atlas) -> None:
    screen = shown(real, "obstacles", ViewState(countries=("DE",)))
    assert screen.address("https://atlas.example.org/") == (
        f"https://atlas.example.org/obstacles?country=DE&v={screen.version}"
    )
    assert screen.filters == ("Country: Germany",)
    assert "Country: Germany" in screen.filtered_by


def test_a_page_that_is_not_there_is_named(real: Atlas) -> None:
    with pytest.raises(ViewError, match="no page 'nowhere'"):
        shown(real, "nowhere", ViewState())


def test_the_lorenz_curve_and_its_index_are_those_of_the_people(real: Atlas) -> None:
    view = ViewState(km=100)
    found = distances_today(real, view)
    people = found.homes["people"].to_numpy(dtype=float)
    order = np.argsort(found.km)
    nearest_half = people[order].cumsum() <= people.sum() / 2
    burden = float((people * found.km)[order][nearest_half].sum() / (people * found.km).sum())
    curve = next(one for one in shown(real, "access", view).pictures if "Gini" in one.title)
    assert isinstance(curve, ChartPicture)
    assert curve.series[0].values[curve.xs.index(0.5)] == pytest.approx(burden, abs=0.01)
    assert curve.series[1].values == curve.xs


def test_each_country_is_all_of_its_regions(real: Atlas) -> None:
    bars = next(one for one in shown(real, "access", ViewState()).pictures if one.title.endswith("by region"))
    assert isinstance(bars, ChartPicture)
    for at, country in enumerate(bars.categories):
        assert sum(one.values[at] for one in bars.series) == pytest.approx(1), country
    at = bars.categories.index("Malta")
    assert [one.values[at] for one in bars.series] == [1, 0, 0, 0, 0]  # no centre within 200 km of Malta


def test_the_lines_between_countries_are_the_trials_they_share(real: Atlas) -> None:
    picture = next(one for one in shown(real, "trials", ViewState()).pictures if "several countries" in one.title)
    assert isinstance(picture, MapPicture)
    cells = real.tables["trials"]["countries"].fillna("")
    both = sum({"FR", "ES"} <= set(cell.split("|")) for cell in cells)
    told = [one for one in picture.lines if f": {both} shared trials" in one.name and "France" in one.name]
    assert any("Spain" in one.name for one in told)
    widths = [one.width for one in picture.lines]
    assert widths == sorted(widths)


def test_the_median_number_of_participants_counts_trials_with_some(real: Atlas) -> None:
    bars = next(one for one in shown(real, "trials", ViewState()).pictures if one.title.startswith("Median"))
    assert isinstance(bars, ChartPicture)
    trials = pipeline(real, ViewState()).trials
    held = trials[(trials["phase"] == "3") & (trials["enrolment"].fillna(0) > 0)]
    at = bars.categories.index("Phase 3")
    assert bars.series[0].values[at] == pytest.approx(float(held["enrolment"].median()))
    assert f"n = {len(held)}" in bars.series[0].printed[at]


@pytest.mark.parametrize("matrix", ["country", "stage", "stakeholder", "category"])
@pytest.mark.parametrize("measure", ["months.months", "ratio.percent", "count.products", "eur.eur"])
def test_the_legend_of_the_map_of_obstacles_spans_the_values_the_map_prints(
    real: Atlas, matrix: str, measure: str
) -> None:
    view = ViewState(matrix=matrix, measure=measure)
    asked = asked_of(real.tables, view)
    values = country_values(by_country(real.tables, asked), real.tables)["value"].dropna()
    [drawn] = [picture for picture in shown(real, "obstacles", view).pictures if isinstance(picture, MapPicture)]
    steps = [item.text for item in drawn.legend if item.colour is not None and re.match(r"[\d.,k]+(–|$)", item.text)]
    assert steps[0].split("–")[0] == printed(asked.measure, values.min(), WORDS)
    assert steps[-1].split("–")[-1] == printed(asked.measure, values.max(), WORDS)
