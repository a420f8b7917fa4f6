from __future__ import annotations

import gzip
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from mapping.api.responses import Body, Shelf, accepts_gzip, body, fingerprint
from tests.unit.api.conftest import Serve

SITES = "/api/v1/sites.json"
ADDRESSES = [
    "/api/v1/health",
    "/api/v1/tables",
    SITES,
    "/api/v1/sites.xlsx",
    "/api/v1/geo/countries.geojson",
    "/api/v1/access.json",
    "/api/v1/openapi.json",
    "/api/v1/atlas.csv",
    "/api/v1/map/points.json",
    "/api/v1/scripts/copy-link.js",
    "/api/v1/map/sheets/marks.png",
    "/api/v1/map/sheets/mark-cells.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_a_tag_and_is_not_sent_twice(api: TestClient, address: str) -> None:
    first = api.get(address)
    assert first.headers["etag"].startswith('W/"2026.11.0-')
    again = api.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_anyone_may_read_from_anywhere(api: TestClient, address: str) -> None:
    assert api.get(address, headers={"Origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_says_what_get_would_and_sends_nothing(api: TestClient, address: str) -> None:
    got, asked = api.get(address), api.head(address)
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers == got.headers


def test_the_tag_changes_with_the_content(api: TestClient) -> None:
    assert api.get(SITES).headers["etag"] != api.get(SITES + "?country=DE").headers["etag"]


@pytest.mark.parametrize("sent", ["*", 'W/"other", {tag}', "{strong}"])
def test_any_way_to_name_the_tag_counts(api: TestClient, sent: str) -> None:
    tag = api.get(SITES).headers["etag"]
    value = sent.format(tag=tag, strong=tag.removeprefix("W/"))
    assert api.get(SITES, headers={"If-None-Match": value}).status_code == 304


def test_the_current_version_is_kept_for_ever_and_others_for_minutes(api: TestClient) -> None:
    assert api.get(SITES + "?v=2026.11.0").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "immutable" in api.get(SITES + "?v=2026.11.0-b1").headers["cache-control"]
    assert api.get(SITES).headers["cache-control"] == "public, max-age=300"
    for version in ("2026.11.01", "2020.1.0"):
        refused = api.get(f"{SITES}?v={version}")
        assert (refused.status_code, refused.headers["cache-control"]) == (404, "no-store")
    assert api.get(SITES).headers["cache-control"] == "public, max-age=300"


def test_health_is_asked_for_each_time(api: TestClient) -> None:
    assert api.get("/api/v1/health?v=2026.11.0").headers["cache-control"] == "no-cache"


def test_gzip_carries_the_same_content(api: TestClient) -> None:
    plain = api.get(SITES, headers={"Accept-Encoding": "identity"})
    packed = api.get(SITES, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.content == plain.content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("offer", "taken"),
    [
        ("gzip", True),
        ("*", True),
        ("GZIP;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("br", False),
        ("", False),
        ("identity;q=1, *;q=0", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_taken(offer: str, taken: bool) -> None:
    assert accepts_gzip(Headers({"Accept-Encoding": offer})) is taken


def test_a_workbook_made_anew_keeps_its_tag(mini_folder: Path, api_of: Serve) -> None:
    tags = [api_of(mini_folder).get("/api/v1/sites.xlsx").headers["etag"] for _ in range(2)]
    assert tags[0] == tags[1]


def test_a_fingerprint_follows_every_byte_of_a_text() -> None:
    assert fingerprint(b"[1]") != fingerprint(b"[2]")
    assert fingerprint(b"[1]") == fingerprint(b"[1]")


def test_a_body_packs_itself_once() -> None:
    made = body(b"a" * 5000, "text/plain")
    assert gzip.decompress(made.zipped) == made.content
    assert body(b"short", "text/plain").zipped == b""
    assert body(random.Random(1).randbytes(5000), "image/png").zipped == b""


def test_the_shelf_forgets_the_longest_unused_first() -> None:
    def make() -> Body:
        return Body(b"x" * 20, "text/plain", b"", "")

    shelf, owner, made = Shelf(room=80), object(), []
    for key in ["a", "b", "c", "d", "a", "e", "a", "b"]:
        shelf.get(owner, key, lambda key=key: (made.append(key), make())[1])  # type: ignore[misc]
    assert made == ["a", "b", "c", "d", "e", "b"]


def test_new_data_empty_the_shelf() -> None:
    shelf, made = Shelf(), []
    for owner in ("old", "old", "new", "new"):
        shelf.get(owner, "key", lambda owner=owner: (made.append(owner), body(b"", "text/plain"))[1])  # type: ignore[misc]
    assert made == ["old", "new"]


def test_a_body_is_made_once_however_many_ask_at_the_same_time() -> None:
    shelf, made = Shelf(), []

    def make() -> Body:
        made.append(1)
        time.sleep(0.05)
        return body(b"[]", "application/json")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: shelf.get("data", "key", make).content, range(8)))
    assert found == [b"[]"] * 8
    assert len(made) == 1


def test_what_could_not_be_made_is_not_kept() -> None:
    shelf = Shelf()

    def fail() -> Body:
        raise KeyError("no")

    with pytest.raises(KeyError):
        shelf.get("data", "key", fail)
    assert shelf.get("data", "key", lambda: body(b"ok", "text/plain")).content == b"ok"


def test_a_body_too_large_for_the_shelf_is_served_and_not_kept() -> None:
    shelf, made = Shelf(room=100), []
    for _ in range(2):
        shelf.get("data", "key", lambda: (made.append(1), Body(b"x" * 99, "text/plain", b"", ""))[1])  # type: ignore[misc]
    assert len(made) == 2
