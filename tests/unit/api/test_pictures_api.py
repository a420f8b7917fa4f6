"""Stills and slides over HTTP."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image
from pptx import Presentation
from starlette.testclient import TestClient


def test_a_picture_is_served_with_a_fingerprint_and_not_sent_twice(api: TestClient) -> None:
    first = api.get("/api/v1/picture.svg?page=obstacles&country=DE")
    assert first.status_code == 200
    assert first.headers["content-type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(first.text).tag.endswith("svg")
    assert "country=DE" in first.text
    again = api.get("/api/v1/picture.svg?page=obstacles&country=DE", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_png_comes_in_the_size_asked_for(api: TestClient) -> None:
    reply = api.get("/api/v1/picture.png?picture=2&size=print")
    assert reply.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(reply.content)).size == (3508, 2480)
    assert "attachment" in reply.headers["content-disposition"]


def test_slides_carry_the_address_they_were_asked_at(api: TestClient) -> None:
    reply = api.get("/api/v1/slides.pptx?page=trials")
    deck = Presentation(io.BytesIO(reply.content))
    links = {one.target_ref for slide in deck.slides for one in slide.part.rels.values() if one.is_external}
    assert links
    assert all(link.startswith("http://testserver/trials?") for link in links)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("picture.gif", 404),
        ("picture.svg?page=nowhere", 400),
        ("picture.svg?picture=99", 400),
        ("picture.svg?picture=x", 400),
        ("picture.svg?size=huge", 400),
        ("picture.svg?country=XX", 400),
        ("slides.pptx?nothing=1", 400),
    ],
)
def test_what_makes_no_sense_is_told_as_json(api: TestClient, address: str, status: int) -> None:
    reply = api.get(f"/api/v1/{address}")
    assert reply.status_code == status
    assert set(reply.json()["error"]) == {"code", "message", "hint"}
