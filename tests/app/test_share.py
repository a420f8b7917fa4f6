"""What the button "Share" offers is the view that is on the screen."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest

from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, share
from tests.app.conftest import Open

BASE = "https://atlas.example.org"
GERMANY = ViewState(countries=("DE",))


@pytest.mark.parametrize(("screen", "page"), [("atlas.py", ""), ("trials.py", "trials")])
def test_the_address_offered_names_page_view_and_data_version(opened: Open, screen: str, page: str) -> None:
    app = opened({"country": "DE"}, page=screen)
    app.session_state["share"] = True
    app.run()
    [address] = [element.value for element in app.code if "/share?" in element.value]
    named = f"page={page}&" if page else ""
    assert address.endswith(f"/share?{named}country=DE&v={cached.newest().tables.version}")


def test_pages_without_a_view_offer_none(opened: Open) -> None:
    app = opened(page="about.py")
    app.session_state["share"] = True
    app.run()
    assert not [element for element in app.code if "/share?" in element.value]


def test_brief_and_pack_are_of_the_page() -> None:
    atlas = cached.newest()
    pdf = pypdf.PdfReader(io.BytesIO(share.brief("trials", atlas, GERMANY, Words(), BASE)))
    archive = zipfile.ZipFile(io.BytesIO(share.packed("trials", atlas, GERMANY, Words(), BASE)))
    assert pdf.metadata is not None
    assert str(pdf.metadata.title) in archive.read("index.html").decode().replace("&amp;", "&")
    assert f"{BASE}/trials?country=DE" in archive.read("index.html").decode()
