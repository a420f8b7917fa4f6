"""The map: it paints, answers a click, stays where the reader put it, and asks for its data once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Route

from tests.bench import synthetic
from tests.browser.reader import MAP, Reader
from tests.browser.screen import (
    FACILITIES,
    PARTNERS,
    by_api,
    centre,
    choose,
    click_map,
    headline,
    hover_map,
    marks_of,
    sites_by_api,
    sites_in_table,
)
from tests.browser.served import Served, serve

CROWD = 40
CROWD_VIEW = "style=points&layers=facilities&include=closed&include=planned"
BLANK = 60  # colours; an empty canvas with its rounded corners has fewer


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An Atlas over a data folder whose forty manufacturing sites stand on one coordinate."""
    folder = synthetic.write(CROWD, tmp_path_factory.mktemp("crowd") / "data", on_one_spot=True)
    with serve(folder.parent / "server.log", environment={"ATLAS_DATA": str(folder)}) as served:
        yield served


@pytest.fixture
def before_the_crowd(reader_of: Callable[..., Reader], crowd: Served) -> Reader:
    reader = reader_of(crowd.url)
    reader.open(f"/?{CROWD_VIEW}")
    return reader


def changed(one: Image.Image, other: Image.Image) -> float:
    """Share of the pixels that differ plainly."""
    return float((np.abs(np.asarray(one, int) - np.asarray(other, int)).max(axis=2) > 30).mean())


def ground(picture: Image.Image) -> Image.Image:
    """The sea alone: what moves with the map and no filter changes, but where marks cover it."""
    sea = np.asarray(picture)[5, 5]
    return Image.fromarray((np.abs(np.asarray(picture, int) - sea).max(axis=2) < 8).astype(np.uint8) * 255).convert(
        "RGB"
    )


def move_map(reader: Reader) -> None:
    """Zoom in and drag, as a reader does."""
    box = reader.page.locator(MAP).first.bounding_box()
    assert box
    reader.page.mouse.move(box["x"] + 400, box["y"] + 350)
    reader.page.mouse.wheel(0, -500)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + 250, box["y"] + 250, steps=5)
    reader.page.mouse.up()


@pytest.mark.parametrize("style", ["cities", "points", "density", "countries"])
def test_every_style_paints(reader: Reader, style: str) -> None:
    reader.open(f"/?style={style}")
    assert reader.painted() > BLANK
    assert reader.keyed("legend").inner_text().strip()


def test_a_click_on_a_mark_opens_its_card(reader: Reader) -> None:
    reader.open("/?country=IS&style=points")
    click_map(reader, centre(marks_of(reader.still(), PARTNERS)))
    assert reader.query()["site"] == ["ima-reykjavik"]
    assert "Icelandic Medicines Agency" in reader.keyed("site_panel").inner_text()


def test_a_click_on_a_city_looks_at_the_city_and_lists_its_sites(reader: Reader) -> None:
    reader.open("/?country=IS")
    click_map(reader, centre(marks_of(reader.still(), PARTNERS)))
    assert "focus" in reader.query()
    assert "Icelandic Medicines Agency" in reader.keyed("site_panel").inner_text()


def test_forty_sites_on_one_coordinate_can_each_be_clicked(before_the_crowd: Reader, crowd: Served) -> None:
    marks = by_api(crowd.url, f"map/points.json?{CROWD_VIEW}")
    right, down = [mark["dx"] for mark in marks], [mark["dy"] for mark in marks]
    middle = centre(marks_of(before_the_crowd.still(), FACILITIES))
    coordinate = middle[0] - (min(right) + max(right)) / 2, middle[1] - (min(down) + max(down)) / 2
    opened = []
    for mark in marks:
        click_map(before_the_crowd, (coordinate[0] + mark["dx"], coordinate[1] + mark["dy"]))
        opened += before_the_crowd.query().get("site", [])
    assert opened == [mark["id"] for mark in marks]
    assert len(opened) == CROWD


def test_forty_sites_on_one_coordinate_can_each_be_reached_by_keyboard(before_the_crowd: Reader, crowd: Served) -> None:
    listed = sites_in_table(before_the_crowd)
    before_the_crowd.keyed("page").get_by_role("button", name="Next page").focus()
    before_the_crowd.page.keyboard.press("Enter")
    before_the_crowd.settled()
    listed += sites_in_table(before_the_crowd)
    assert sorted(listed) == sorted(site["name"] for site in sites_by_api(crowd.url, CROWD_VIEW))


def test_what_stands_under_the_pointer_is_text_and_never_markup(reader: Reader) -> None:
    name = "<i>Example</i> & <script>hospital</script>"

    def renamed(route: Route) -> None:
        rows = [{**row, "head": name} for row in route.fetch().json()]
        route.fulfill(json=rows)

    reader.page.route("**/map/points.json?*", renamed)
    reader.open("/?country=IS&style=points")
    hover_map(reader, centre(marks_of(reader.still(), PARTNERS)))
    told = reader.page.locator(".deck-tooltip")
    told.filter(has_text="Reykjav").wait_for()
    assert told.inner_text().splitlines()[0] == name


@pytest.mark.parametrize(
    "address",
    ["/?style=points", "/?style=points&country=DE", "/?style=points&class=GTMP"],
    ids=["first filter", "second filter", "one that leaves nothing"],
)
def test_the_map_stays_where_the_reader_put_it(reader: Reader, address: str) -> None:
    reader.open(address)
    start = reader.still()
    move_map(reader)
    moved = reader.still()
    choose(reader, "country", "Iceland")  # nearly every mark goes; the ground stays
    assert changed(start, moved) > 0.25
    assert changed(ground(moved), ground(reader.still())) < changed(ground(start), ground(moved)) / 5


def test_a_filter_of_marks_asks_for_no_data_again(reader: Reader) -> None:
    reader.open("/?style=points")
    before, asked = reader.still(), len(reader.requests)
    choose(reader, "country", "Germany")
    assert changed(before, reader.still()) > 0.01
    assert [url for url in reader.requests[asked:] if "/map/points.json" in url or "/geo/" in url] == []


def test_a_filter_of_marks_sends_little_for_the_map(reader: Reader) -> None:
    reader.open("/?style=points")
    sent = len(reader.received)
    choose(reader, "country", "Germany")
    assert sum(reader.received[sent:]) < 60_000


def test_what_is_drawn_is_what_is_told(reader: Reader, atlas: Served) -> None:
    query = "country=MT&country=CY&country=IS&country=EE&style=points"
    reader.open(f"/?{query}")
    told = len(sites_by_api(atlas.url, query))
    assert headline(reader).split("sites")[0].strip().split(" ")[-1].endswith(str(told))


def test_a_name_that_would_be_markup_is_shown_as_text(reader: Reader) -> None:
    reader.open("/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert reader.page.locator("img[src='x']").count() == 0
