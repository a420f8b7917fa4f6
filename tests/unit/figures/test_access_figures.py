"""Map and charts of the page Access: what they draw is what was counted, and an empty table draws an empty figure."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from plotly.graph_objects import Figure

from mapping.analysis.distance_bands import LIMITS, NO_SITE, cumulative, regions_in_rows, shares_by
from mapping.analysis.inequality import inequality
from mapping.analysis.scenarios import Distances, distances_today, sites_to_add, sites_view, with_scenario
from mapping.figures.access_charts import bars_alt, cumulative_lines, curve_alt, lorenz_alt, lorenz_line, share_bars
from mapping.figures.access_colours import BAND_COLOURS, band_entries, band_label
from mapping.figures.access_map import SCENARIO_KEYS, access_deck, access_rows, access_url, places_drawn
from mapping.figures.extents import Extent
from mapping.figures.palette import MAP_COLOURS
from mapping.figures.region_tiles import region_tiles, step_entries, tiles_alt
from mapping.figures.scales import contrast
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from mapping.words import Words

WORDS = Words(strict=True)
HERE = Extent(10, 50, 3)


@pytest.fixture(scope="module")
def mini_atlas(mini: Tables) -> Atlas:
    return atlas_of(mini)


@pytest.fixture(scope="module")
def found(mini_atlas: Atlas) -> Distances:
    return distances_today(mini_atlas, ViewState(own=True))


@pytest.fixture(scope="module")
def table(found: Distances) -> pd.DataFrame:
    shares = shares_by(found, "country", 200)
    return shares.assign(label=shares["country"], code=shares["country"])


def drawn(figure: Figure) -> dict[str, object]:
    """The figure as the browser gets it, after plotly's own checks."""
    return dict(Figure(figure.to_dict()).to_dict())


def test_each_place_is_one_row_with_its_band(mini: Tables, found: Distances) -> None:
    rows = {row["i"]: row for row in json.loads(access_rows(mini, found, WORDS))}
    assert set(rows) == set(found.homes["id"])
    for place, km in zip(found.homes["id"], found.km, strict=True):
        wanted = NO_SITE if np.isinf(km) else sum(km > end for end in LIMITS)
        assert rows[place]["b"] == wanted
        assert rows[place]["d"] == ("no site in the country" if np.isinf(km) else f"{round(km)} km")


def test_the_area_of_a_place_tells_its_people(mini: Tables, found: Distances) -> None:
    rows = json.loads(access_rows(mini, found, WORDS))
    people = found.homes.set_index("id")["people"]
    squares = [row["r"] ** 2 / people[row["i"]] for row in rows if people[row["i"]] > 1e5]
    assert squares == pytest.approx([squares[0]] * len(squares), rel=0.01)


def test_small_places_lie_on_top_of_large_ones(mini: Tables, found: Distances) -> None:
    sizes = [row["r"] for row in json.loads(access_rows(mini, found, WORDS))]
    assert sizes == sorted(sizes, reverse=True)


def test_the_address_of_the_places_has_what_changes_them_and_nothing_else() -> None:
    view = ViewState(role="trial_sites", km=77, own=True, added=("12",), style="points", focus="DE", speed=50)
    assert access_url(view, "v1") == "api/v1/map/access.json?role=trial_sites&own=1&v=v1"
    asked = access_url(view, "v1", SCENARIO_KEYS)
    assert asked == "api/v1/map/access.json?role=trial_sites&add=12&own=1&v=v1"


def test_a_scenario_sends_the_places_that_it_changes_and_no_other(mini_atlas: Atlas) -> None:
    today = distances_today(mini_atlas, ViewState())
    closed = str(today.sites["id"].iloc[0])
    then = with_scenario(mini_atlas.tables, today, ViewState(closed=(closed,)))
    drawn = places_drawn(today, then)
    near = {place for place, at in zip(today.homes["id"], today.nearest, strict=True) if at == 0}
    assert set(drawn.homes["id"]) == near
    assert places_drawn(today, today) is today


def test_the_deck_holds_addresses_and_the_signs_of_the_scenario(mini_atlas: Atlas) -> None:
    view = ViewState(added=(mini_atlas.tables["places"]["id"].iloc[0],))
    changed = sites_to_add(mini_atlas.tables, view.added).assign(sign="+")
    deck = json.loads(access_deck(view, sites_view(view), changed, HERE, "light", "v1").to_json())
    layers = {layer["id"]: layer for layer in deck["layers"]}
    assert layers["places"]["data"] == "api/v1/map/access.json?v=v1"
    assert f"add={view.added[0]}" in layers["places-changed"]["data"]
    assert layers["sites"]["data"].startswith("api/v1/map/points.json?")
    assert [row["sign"] for row in layers["signs"]["data"]] == ["+"]
    assert len(json.dumps(deck)) < 8_000


def test_without_a_scenario_there_are_no_signs() -> None:
    none = pd.DataFrame({"lat": [], "lon": [], "sign": []})
    deck = json.loads(access_deck(ViewState(), ViewState(), none, HERE, "dark", "v1").to_json())
    assert {"signs", "places-changed"}.isdisjoint(layer["id"] for layer in deck["layers"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_neighbouring_bands_and_the_land_are_told_apart(theme: str) -> None:
    colours = BAND_COLOURS[theme]  # type: ignore[index]
    assert len(set(colours)) == NO_SITE + 1
    for one, other in zip(colours[:-2], colours[1:-1], strict=True):
        assert contrast(one, other) > 1.2 or abs(one[2] - other[2]) > 60
    assert all(colour != MAP_COLOURS[theme].land for colour in colours)  # type: ignore[index]


def test_the_legend_names_having_no_site_only_where_that_can_be() -> None:
    assert len(band_entries(True, WORDS, "light")) == len(band_entries(False, WORDS, "light")) + 1
    assert [band_label(band, WORDS) for band in range(NO_SITE + 1)] == [
        "Up to 50 km",
        "50–100 km",
        "100–200 km",
        "200–300 km",
        "Over 300 km",
        "No site in the country",
    ]


def test_the_bars_of_a_country_add_up_and_are_those_of_the_table(table: pd.DataFrame) -> None:
    data = drawn(share_bars(table, 0.5, 200, WORDS, "light"))["data"]
    bars = [trace for trace in data if trace["type"] == "bar"]  # type: ignore[union-attr, index, call-overload]
    assert np.sum([trace["x"] for trace in bars], axis=0) == pytest.approx(np.ones(len(table)))
    assert list(bars[0]["y"]) == list(table["label"])
    assert list(bars[0]["x"]) == pytest.approx(list(table["band_0"]))


def test_the_line_of_europe_stands_at_its_share(table: pd.DataFrame) -> None:
    [line] = drawn(share_bars(table, 0.42, 200, WORDS, "light"))["layout"]["shapes"]  # type: ignore[index]
    assert (line["x0"], line["x1"]) == (0.42, 0.42)


def test_the_curve_of_the_map_is_the_first_line(found: Distances) -> None:
    curve = cumulative(found)
    data = drawn(cumulative_lines({"Now": curve, "Then": curve}, 200, WORDS, "dark"))["data"]
    assert [trace["name"] for trace in data] == ["Now", "Then"]  # type: ignore[union-attr, index, call-overload]
    assert list(data[0]["y"]) == pytest.approx(list(curve["share"]))  # type: ignore[index]


def test_an_empty_table_draws_an_empty_figure(table: pd.DataFrame) -> None:
    assert drawn(share_bars(table.head(0), 0.0, 200, WORDS, "light"))
    assert bars_alt(table.head(0), 0.0, 200, WORDS) == "An empty chart: nobody to show."
    assert drawn(cumulative_lines({}, 200, WORDS, "light"))


def test_what_cannot_be_seen_is_said(found: Distances, table: pd.DataFrame) -> None:
    shared = inequality(found.km, found.homes["people"].to_numpy(dtype=float))
    assert drawn(lorenz_line(shared.curve, WORDS, "light"))
    assert WORDS.number(shared.gini, 2) in lorenz_alt(shared.curve, shared.gini, WORDS)
    assert "within 50 km" in curve_alt(cumulative(found), WORDS)
    assert str(table["label"].iloc[0]) in bars_alt(table, 0.5, 200, WORDS)


def test_a_region_is_a_tile_as_wide_as_its_people_and_says_its_share(found: Distances) -> None:
    table = regions_in_rows(found, 200, sorted(set(found.homes["country"])))
    table = table.assign(label="<" + table["region"] + ">")
    data = drawn(region_tiles(table, {"DE": "Germany"}, 200, WORDS, "dark"))["data"]
    tiles = [
        (country, part, told)
        for trace in data  # type: ignore[attr-defined]
        for country, part, told in zip(trace["customdata"], trace["x"], trace["hovertext"], strict=True)
    ]
    assert sorted(country for country, _, _ in tiles) == sorted(table["country"])
    assert sum(part for _, part, _ in tiles) == pytest.approx(table["country"].nunique())
    row = next(row for row in table.to_dict("records") if row["country"] == "DE")
    said = f"&lt;{row['region']}&gt; (Germany): {WORDS.percent(row['within'])} within 200 km"
    assert said in [told for _, _, told in tiles]


def test_a_region_that_is_its_whole_country_bears_only_the_name_of_the_country(found: Distances) -> None:
    table = regions_in_rows(found, 200, ["DE"]).head(1).assign(part=1.0, label="Example region")
    data = drawn(region_tiles(table, {"DE": "Germany"}, 200, WORDS, "light"))["data"]
    (told,) = data[0]["hovertext"]  # type: ignore[index]
    assert told.startswith("Germany: ")


def test_tiles_of_nobody_are_an_empty_picture(found: Distances) -> None:
    none = regions_in_rows(found, 200, ()).assign(label="")
    assert drawn(region_tiles(none, {}, 200, WORDS, "light"))["data"] == []
    assert tiles_alt(none, {}, 200, WORDS) == "An empty chart: nobody to show."
    assert len(step_entries(WORDS, "light")) == 5
