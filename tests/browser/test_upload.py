"""Check your data in a browser: from a spoilt file to its corrected workbook, and what no file can do."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.reader import MAP, PHONE, Reader
from tests.browser.served import ROOT, Served

FACILITIES = (ROOT / "data" / "facilities.csv").read_text(encoding="utf-8")
SPOILT = FACILITIES.replace(",academic,", ",Academic,", 2)
MINUTES_2 = 120_000


def drop(reader: Reader, name: str, content: bytes) -> None:
    """Give the page a file of this name."""
    box = reader.page.locator('input[type="file"]')
    box.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    reader.settled()


def told(reader: Reader, text: str) -> None:
    """Wait until the page says something."""
    reader.page.get_by_text(text).first.wait_for(timeout=MINUTES_2)
    reader.settled()


def take_away(reader: Reader) -> None:
    reader.page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").or_(
        reader.page.locator('button[data-testid="stFileChipDeleteBtn"]')
    ).click()
    reader.settled()


def test_a_spoilt_file_is_mended_cell_by_cell_and_taken_away_corrected(reader: Reader) -> None:
    reader.open("/data?part=check")
    drop(reader, "facilities.csv", SPOILT.encode())
    told(reader, "2 things to mend")
    first = reader.keyed("finding_0")
    assert "is not a code of" in first.inner_text()
    cell = first.locator("strong").inner_text().partition("!")[2]
    reader.keyed("mend_0").get_by_role("button").click()
    told(reader, "1 thing to mend")
    told(reader, "1 cell mended")
    with reader.page.expect_download() as saved:
        reader.keyed("upload_corrected").get_by_role("button").click()
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    assert book["facilities"][cell].value == "academic"
    assert book["findings"].max_row == 3
    reader.keyed("upload_mend_all").get_by_role("button").click()
    told(reader, "Nothing is wrong with sheet")


def test_the_rows_of_a_file_are_on_the_map(reader: Reader) -> None:
    reader.open("/data?part=check")
    drop(reader, "facilities.csv", SPOILT.encode())
    told(reader, "rows of your file on the map")
    reader.page.locator(MAP).scroll_into_view_if_needed()
    assert reader.painted() > 20


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("bomb.xlsx", _bomb(), "unpack"), ("facilities.csv", pickle.dumps({"example": 1}), "is a pickle")],
)
def test_a_hostile_file_is_refused_and_the_page_goes_on(
    name: str, content: bytes, reason: str, reader: Reader, atlas: Served
) -> None:
    reader.open("/data?part=check")
    drop(reader, name, content)
    told(reader, reason)
    assert reader.page.get_by_test_id("stException").count() == 0
    take_away(reader)
    drop(reader, "facilities.csv", FACILITIES.encode())
    told(reader, "Nothing is wrong with sheet")
    assert atlas.process.poll() is None
    assert "Traceback" not in atlas.log.read_text(errors="replace")


def test_sixty_megabytes_are_refused_before_they_are_sent(reader: Reader, tmp_path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"id,name,kind\n" + b"example,example,example\n" * 2_600_000)
    assert large.stat().st_size > 60_000_000
    reader.open("/data?part=check")
    reader.page.locator('input[type="file"]').set_input_files(large)
    told(reader, "50.0MB or smaller")


def test_a_long_check_shows_its_progress_and_can_be_stopped(reader: Reader) -> None:
    header, first = FACILITIES.split("\n")[:2]
    rest = first.partition(",")[2]
    many = "\n".join([header, *(f"example-{number},{rest}" for number in range(60_000))])
    reader.open("/data?part=check")
    reader.page.locator('input[type="file"]').set_input_files(
        {"name": "facilities.csv", "mimeType": "text/csv", "buffer": many.encode()}
    )
    stop = reader.page.locator("[class*='st-key-upload_stop_']").get_by_role("button").last
    stop.wait_for(timeout=MINUTES_2)
    expect(reader.page.get_by_role("progressbar").first).to_be_visible()
    stop.click()
    told(reader, "Stopped. Nothing was kept.")
    take_away(reader)
    drop(reader, "facilities.csv", FACILITIES.encode())
    told(reader, "Nothing is wrong with sheet")


def test_axe_finds_nothing_with_and_without_a_report_and_a_phone_never_scrolls_sideways(
    reader_of: Callable[..., Reader], atlas: Served
) -> None:
    reader = reader_of(atlas.url, PHONE)
    for part in ("check", "countries"):
        reader.open(f"/data?part={part}")
        assert reader.axe() == []
        assert reader.sideways_px() == 0
    reader.open("/data?part=check")
    drop(reader, "facilities.csv", SPOILT.encode())
    told(reader, "2 things to mend")
    assert reader.axe() == []
    assert reader.sideways_px() == 0
