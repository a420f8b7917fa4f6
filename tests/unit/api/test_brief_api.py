"""Briefs, packs and the workbook of all tables over HTTP."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pypdf
import pytest
from starlette.testclient import TestClient

from mapping.exports.screens import PAGE_WORDS
from mapping.tables.files import TABLE_FILES

V1 = "/api/v1"


def links(content: bytes) -> set[str]:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    return {str(note["/A"]["/URI"]) for note in notes if note["/Subtype"] == "/Link"}


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_every_page_comes_as_a_brief_that_links_back_to_it(api: TestClient, page: str) -> None:
    response = api.get(f"{V1}/brief.pdf?country=DE&page={page}")
    assert response.headers["content-type"] == "application/pdf"
    name = "-".join(filter(None, ["atmp-atlas", page, "2026.11.0.pdf"]))
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert f"http://testserver/{page}?country=DE&v=2026.11.0" in links(response.content)


def test_the_brief_of_one_host_is_not_that_of_another(api: TestClient) -> None:
    for host in ("one.example.org", "two.example.org"):
        told = links(api.get(f"{V1}/brief.pdf", headers={"host": host}).content)
        assert f"http://{host}/?v=2026.11.0" in told


@pytest.mark.parametrize(
    ("query", "code", "hint"),
    [
        ("page=obstacle", "bad_value", "obstacles"),
        ("country=ZZ", "bad_value", ""),
        ("colour=red", "unknown_column", ""),
    ],
)
@pytest.mark.parametrize("file", ["brief.pdf", "pack.zip"])
def test_what_makes_no_sense_is_an_error(api: TestClient, file: str, query: str, code: str, hint: str) -> None:
    response = api.get(f"{V1}/{file}?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == code
    assert hint in response.json()["error"]["hint"]


def test_a_pack_is_a_zip_with_a_page(api: TestClient) -> None:
    response = api.get(f"{V1}/pack.zip?country=DE&page=obstacles")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert response.headers["content-type"] == "application/zip"
    assert "http://testserver/obstacles?country=DE" in archive.read("index.html").decode()


def test_all_tables_come_as_one_workbook(api: TestClient) -> None:
    response = api.get(f"{V1}/tables.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames[2:] == list(TABLE_FILES)
    assert response.headers["content-disposition"] == 'attachment; filename="atmp-atlas-2026.11.0.xlsx"'


def test_sites_come_as_geopackage(api: TestClient) -> None:
    response = api.get(f"{V1}/atlas.gpkg?country=DE")
    assert response.headers["content-type"] == "application/geopackage+sqlite3"
    assert response.headers["x-total-count"] == "2"
    assert response.content.startswith(b"SQLite format 3\x00")
