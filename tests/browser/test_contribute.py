"""From a file dropped to the name on the site card, its table and the interface, and back again, in a browser."""

from __future__ import annotations

import csv
import json
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.reader import LAPTOP, PHONE, Reader
from tests.browser.served import ROOT, Served, serve
from tests.browser.test_upload import drop, told

NEW_NAME = "Example Hospital Renamed By Upload"


@pytest.fixture(scope="module")
def own_atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An Atlas in local mode with a store of its own."""
    folder = tmp_path_factory.mktemp("contribute")
    environment = {"ATLAS_STORE": str(folder / "store"), "ATLAS_LOCAL_EDIT": "1"}
    with serve(folder / "server.log", environment=environment) as served:
        yield served


def first_site() -> tuple[list[str], dict[str, str]]:
    """Columns and first row of the table of sites."""
    with (ROOT / "data" / "sites.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return list(rows.fieldnames or ()), next(rows)


def named_by_api(home: str, site: str) -> str:
    with urllib.request.urlopen(f"{home}/api/v1/sites.json?id={site}", timeout=60) as answer:
        found = json.loads(answer.read())
    rows = found if isinstance(found, list) else next(value for value in found.values() if isinstance(value, list))
    return str(rows[0]["name"])


def press(reader: Reader, key: str) -> None:
    reader.keyed(key).get_by_role("button").first.click()
    reader.settled()


def write(reader: Reader, label: str, text: str) -> None:
    box = reader.page.get_by_role("textbox", name=label, exact=True)
    box.fill(text)
    box.press("Tab")
    reader.settled()


def test_an_upload_is_proposed_reviewed_released_served_everywhere_and_rolled_back(
    reader_of: Callable[..., Reader], own_atlas: Served
) -> None:
    columns, site = first_site()
    file = "\n".join([",".join(columns), ",".join(f'"{cell}"' for cell in {**site, "name": NEW_NAME}.values())])
    reader = reader_of(own_atlas.url, LAPTOP)
    other = reader_of(own_atlas.url, LAPTOP)  # somebody who had the card open all the while
    other.open(f"/?site={site['id']}")
    expect(other.keyed("site_panel")).to_contain_text(site["name"])
    reader.open("/data?part=check")
    drop(reader, "sites.csv", file.encode())
    told(reader, "1 row without a fault is new or changed")
    write(reader, "Why: what these changes rest on", "the hospital says so")
    press(reader, "upload_propose_now")
    told(reader, "Proposed as number 1")
    assert reader.query()["proposal"] == ["1"]
    expect(reader.keyed("change_1")).to_contain_text(NEW_NAME)
    press(reader, "accept_1")
    told(reader, "Accepted. It is public once it is released.")
    assert named_by_api(own_atlas.url, site["id"]) == site["name"]
    reader.open("/data?part=release")
    press(reader, "release_check")
    told(reader, "All tables are sound with these rows in them")
    write(reader, "What is new", "A hospital has its new name")
    reader.page.get_by_text("I have looked at this row").click()
    reader.settled()
    press(reader, "release_now")
    told(reader, "Pages and interface serve it now")
    assert named_by_api(own_atlas.url, site["id"]) == NEW_NAME
    reader.open(f"/?site={site['id']}")
    expect(reader.keyed("site_panel")).to_contain_text(NEW_NAME)
    other.open(f"/?site={site['id']}")
    expect(other.keyed("site_panel")).to_contain_text(NEW_NAME)
    reader.open("/data?part=release")
    reader.keyed("roll_back_1").locator("summary").click()
    reader.settled()
    write(reader, "Why; everybody reads it", "it was a mistake")
    press(reader, "roll_back_now_1")
    told(reader, "Rolled back; the data are now")
    assert named_by_api(own_atlas.url, site["id"]) == site["name"]
    other.open(f"/?site={site['id']}")
    expect(other.keyed("site_panel")).to_contain_text(site["name"])


def test_the_card_of_a_site_leads_to_the_form_of_its_row_by_keyboard(
    reader_of: Callable[..., Reader], own_atlas: Served
) -> None:
    _, site = first_site()
    reader = reader_of(own_atlas.url, LAPTOP)
    reader.open(f"/?site={site['id']}")
    link = reader.page.get_by_role("link", name="Suggest a correction")
    link.focus()
    link.press("Enter")
    reader.page.wait_for_url("**/data?**")
    reader.settled()
    expect(reader.page.get_by_role("textbox", name="Name *", exact=True)).to_have_value(site["name"])
    query = reader.query()
    assert (query["part"], query["row"], query["site"]) == (["correct"], [site["id"]], [site["id"]])


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_and_no_screen_scrolls_sideways(
    reader_of: Callable[..., Reader], own_atlas: Served, size: tuple[int, int]
) -> None:
    _, site = first_site()
    reader = reader_of(own_atlas.url, size)
    for query in (f"correct&table=sites&row={site['id']}", "proposals", "proposals&proposal=1", "release"):
        reader.open(f"/data?part={query}")
        assert reader.axe() == []
        assert reader.sideways_px() == 0
