"""The releases as an Atom feed (RFC 4287), for those who want to be told of new data."""

import re
import uuid
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from mapping.analysis.release_words import summary
from mapping.exports.edition import LICENCE_NAME, LICENCE_URL, MAKERS, TITLE
from mapping.tables.releases import Release
from mapping.words import Words

ATOM: Final = "http://www.w3.org/2005/Atom"
EPOCH: Final = "1970-01-01"
"""Day of a feed without any release."""
FAMILY: Final = uuid.uuid5(uuid.NAMESPACE_URL, "atmp-atlas/releases")
"""What the ids of the feed and its entries are made from; never changes, or readers see everything twice."""
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def release_feed(known: Sequence[Release], base: str) -> bytes:
    """Return the feed of releases, the newest first.

    Parameters
    ----------
    base : str
        Address of the Atlas, without a slash at the end: feed readers keep links away from where they found them.
    """
    words = Words()
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "title", words.text("ATMP Atlas: releases of the data"))
    _add(feed, "id", FAMILY.urn)
    _add(feed, "updated", _moment(known[0].created if known else EPOCH))
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{base}/api/v1/changes.atom")
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=f"{base}/")
    _add(ET.SubElement(feed, "author"), "name", MAKERS)
    _add(feed, "rights", f"{LICENCE_NAME}, {LICENCE_URL}")
    for release in known:
        _entry(feed, release, base, words)
    ET.indent(feed, " ")
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _entry(feed: ET.Element, release: Release, base: str, words: Words) -> None:
    """Add one release to the feed."""
    entry = ET.SubElement(feed, "entry")
    _add(entry, "title", f"{TITLE}: {words.text('Data {version}', version=release.version)}")
    _add(entry, "id", uuid.uuid5(FAMILY, release.version).urn)
    _add(entry, "updated", _moment(release.created))
    _add(entry, "published", _moment(release.created))
    page, rows = f"{base}/?v={release.version}", f"{base}/api/v1/releases/{release.version}.json"
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=page)
    ET.SubElement(entry, "link", rel="related", type="application/json", href=rows)
    _add(entry, "summary", summary(release, words))
    _add(entry, "content", release.text).set("type", "text")


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    """Add an element that holds a text; what XML cannot hold is left out."""
    element = ET.SubElement(parent, name)
    element.text = _NO_XML.sub("", text)
    return element
