"""The table under the map: the same sites, by keyboard, and to take away."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.browser.reader import Reader
from tests.browser.screen import CANVAS, sites_by_api, sites_in_table
from tests.browser.served import Served

VIEW = "country=AT&layers=facilities"


def download(reader: Reader, kind: str) -> tuple[str, bytes]:
    with reader.page.expect_download() as waiting:
        reader.keyed(f"download-{kind}").get_by_role("button").first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_row_is_picked_by_keyboard_and_opens_its_card(reader: Reader, atlas: Served) -> None:
    reader.open(f"/?{VIEW}")
    names = sites_in_table(reader)
    reader.page.locator(CANVAS).focus()
    for key in ("ArrowDown", "ArrowDown", "Shift+Space"):
        reader.page.keyboard.press(key)
    reader.page.wait_for_url("**site=**")
    reader.settled()
    [site] = reader.query()["site"]
    names_by_id = {row["id"]: row["name"] for row in sites_by_api(atlas.url, VIEW)}
    assert names_by_id[site] in names
    assert names_by_id[site] in reader.keyed("site_panel").inner_text()


def test_the_table_holds_the_sites_of_the_interface(reader: Reader, atlas: Served) -> None:
    reader.open(f"/?{VIEW}")
    assert sorted(sites_in_table(reader)) == sorted(row["name"] for row in sites_by_api(atlas.url, VIEW))


def test_a_card_opens_from_its_link_and_closes(reader: Reader) -> None:
    reader.open("/?site=charite")
    assert "Charité" in reader.keyed("site_panel").inner_text()
    reader.keyed("close_card").get_by_role("button").first.click()
    reader.settled()
    assert "site" not in reader.query()


def test_another_order_is_in_the_address(reader: Reader) -> None:
    reader.open("/?sort=-trials")
    first = sites_in_table(reader)
    reader.open("/")
    assert sites_in_table(reader) != first


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_a_download_holds_the_sites_in_view(reader: Reader, atlas: Served, kind: str) -> None:
    reader.open(f"/?{VIEW}")
    name, content = download(reader, kind)
    expected = sorted(row["id"] for row in sites_by_api(atlas.url, VIEW))
    assert name.startswith("atmp-atlas-")
    assert sorted(ids_in(kind, content)) == expected


def ids_in(kind: str, content: bytes) -> list[str]:
    if kind == "geojson":
        return [feature["properties"]["id"] for feature in json.loads(content)["features"]]
    if kind == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            [table] = [name for name in files.namelist() if name.endswith(".csv")]
            return [row["id"] for row in csv.DictReader(io.StringIO(files.read(table).decode("utf-8-sig")))]
    sheets = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = list(sheets["Sites"].iter_rows(values_only=True))
    column = rows[0].index("id")
    return [row[column] for row in rows[1:]]
