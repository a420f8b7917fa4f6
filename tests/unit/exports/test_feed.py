"""The feed of releases is valid Atom, whatever its makers wrote."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from mapping.exports.feed import release_feed
from mapping.exports.releasing import release
from mapping.tables.releases import releases
from tests.unit.exports.released import NEW, OLD, twice_released

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/atlas"
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def text(element: ET.Element, name: str) -> str:
    found = element.findall(ATOM + name)
    assert len(found) == 1, f"RFC 4287 wants exactly one {name}"
    return found[0].text or ""


def test_the_feed_has_all_that_rfc_4287_asks_for(mini_folder: Path) -> None:
    feed = ET.fromstring(release_feed(releases(twice_released(mini_folder)), BASE))
    assert feed.tag == ATOM + "feed"
    assert text(feed, "title")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    own = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
    assert own == {"self": f"{BASE}/api/v1/changes.atom", "alternate": f"{BASE}/"}
    entries = feed.findall(ATOM + "entry")
    assert [text(entry, "title") for entry in entries] == [f"ATMP Atlas: Data {NEW}", f"ATMP Atlas: Data {OLD}"]
    ids = [text(element, "id") for element in (feed, *entries)]
    assert len(set(ids)) == 3
    assert all(URN.fullmatch(each) for each in ids)
    assert all(MOMENT.fullmatch(text(element, "updated")) for element in (feed, *entries))
    assert text(feed, "updated") == text(entries[0], "updated") == "2026-12-05T00:00:00Z"
    assert "1 added, 1 changed" in text(entries[0], "summary")
    links = [link.get("href") for entry in entries for link in entry.findall(ATOM + "link")]
    assert f"{BASE}/?v={OLD}" in links
    assert f"{BASE}/api/v1/releases/{NEW}.json" in links


def test_ids_of_entries_stay_when_others_follow(mini_folder: Path) -> None:
    release(mini_folder, OLD, "", "2026-11-23")
    first = ET.fromstring(release_feed(releases(mini_folder), BASE))
    [before] = [text(entry, "id") for entry in first.findall(ATOM + "entry")]
    twice = ET.fromstring(release_feed(releases(twice_released_later(mini_folder)), BASE))
    assert before in [text(entry, "id") for entry in twice.findall(ATOM + "entry")]


def twice_released_later(folder: Path) -> Path:
    from tests.unit.exports.released import with_later_rows

    with_later_rows(folder)
    release(folder, NEW, "", "2026-12-05")
    return folder


def test_markup_and_control_characters_of_notes_do_no_harm(mini_folder: Path) -> None:
    release(mini_folder, OLD, "Example <script>alert(1)</script> & \x00\x1f\uffff end", "2026-11-23")
    feed = ET.fromstring(release_feed(releases(mini_folder), BASE))
    content = feed.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert "Example <script>alert(1)</script> &  end" in (content.text or "")


def test_a_feed_without_releases_is_valid_too() -> None:
    assert MOMENT.fullmatch(text(ET.fromstring(release_feed((), BASE)), "updated"))
