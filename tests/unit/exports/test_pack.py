"""The offline pack, unpacked: each file by its own reader, and a page that fetches nothing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pptx
import pypdf
import pytest

from mapping.exports.command import Look, export
from mapping.exports.download import sites_in_view
from mapping.exports.pack import pack
from mapping.exports.screens import PAGE_WORDS, Screen, screen_of
from mapping.tables.loading import load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from mapping.words import Words

BASE = "https://atlas.example.org"
GERMANY = ViewState(countries=("DE",), focus="DE")
FETCHING = ("src", "srcset", "data", "poster", "background")


class Elements(HTMLParser):
    """Elements of a page with their attributes, and the cells of its table of sites."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self._sites = self._cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.elements.append((tag, told))
        if tag == "table":
            self._sites = told.get("class") == "sortable"
        self._cell = tag in {"td", "th"}
        if self._sites and tag == "tr":
            self.rows.append([])
        if self._sites and self._cell:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self._sites and self._cell:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = False
        if tag == "table":
            self._sites = False


def screen(atlas: Atlas, folder: Path, page: str = "", view: ViewState = GERMANY) -> Screen:
    return screen_of(atlas, page, view, Words(view.lang), folder / "geo")


def opened(atlas: Atlas, shown: Screen) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(pack(atlas, shown, Words(shown.view.lang), BASE)))


def test_each_file_opens_in_its_own_reader_and_is_of_the_view(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    archive, wanted = opened(atlas, shown), list(sites_in_view(atlas, GERMANY)["id"])
    pdf = pypdf.PdfReader(io.BytesIO(archive.read("brief.pdf")))
    assert pdf.metadata is not None
    assert pdf.metadata.title == shown.headline
    assert len(pptx.Presentation(io.BytesIO(archive.read("slides.pptx"))).slides) >= 1
    rows = list(csv.DictReader(io.StringIO(archive.read("data/sites.csv").decode())))
    assert [row["id"] for row in rows] == wanted
    features = json.loads(archive.read("data/sites.geojson"))["features"]
    assert [feature["id"] for feature in features] == wanted
    assert "2026.11.0" in archive.read("data/CITATION.cff").decode()
    assert "Country: Germany" in archive.read("data/README.txt").decode()
    figures = list(csv.reader(io.StringIO(archive.read("data/figures.csv").decode())))
    assert [tuple(row) for row in figures[1:]] == list(shown.facts)


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_its_page_fetches_nothing(atlas: Atlas, mini_folder: Path, page: str) -> None:
    html = opened(atlas, screen(atlas, mini_folder, page)).read("index.html").decode()
    found = Elements(html).elements
    assert not [told for _, told in found if any(key in told for key in FETCHING)]
    assert not [told for tag, told in found if tag in {"link", "iframe", "object", "embed"}]
    assert "url(http" not in html
    assert "@import" not in html
    policy = next(told["content"] for _, told in found if told.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'; ")


def test_its_page_lists_the_sites_of_the_view(atlas: Atlas, mini_folder: Path) -> None:
    html = opened(atlas, screen(atlas, mini_folder)).read("index.html").decode()
    wanted = sites_in_view(atlas, GERMANY)
    _, *rows = Elements(html).rows
    assert [row[0] for row in rows] == list(wanted["name"])
    assert [row[1] for row in rows] == list(wanted["city"])
    assert [int(row[7] or 0) for row in rows] == list(wanted["trials"])


def test_every_other_file_is_named_and_there(atlas: Atlas, mini_folder: Path) -> None:
    archive = opened(atlas, screen(atlas, mini_folder))
    links = {told.get("href") for tag, told in Elements(archive.read("index.html").decode()).elements if tag == "a"}
    others = set(archive.namelist()) - {"index.html"}
    assert others <= links
    assert {link for link in links if link and "://" not in link} == others


def test_a_name_from_the_data_stays_text(mini_folder: Path) -> None:
    tables = load_tables(mini_folder)
    sites = tables.frames["sites"].copy()
    sites["name"] = "example <script>alert(1)</script>"
    tables.frames["sites"] = sites  # type: ignore[index]
    atlas = atlas_of(tables)
    html = opened(atlas, screen(atlas, mini_folder)).read("index.html").decode()
    assert [tag for tag, _ in Elements(html).elements].count("script") == 1
    assert "example &lt;script&gt;" in html


def test_the_command_line_writes_it(mini_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack.zip"
    export("pack", "country=DE", out, mini_folder, Look(page="trials", base=BASE))
    assert f'href="{BASE}/trials?country=DE&amp;v=2026.11.0"' in zipfile.ZipFile(out).read("index.html").decode()
