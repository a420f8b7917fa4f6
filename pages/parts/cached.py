"""What every session of a process shares: the atlas of the data folder, opened once."""

import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping.exports.channels import Channel
from mapping.exports.channels import channels as channels_in
from mapping.store.live import Live
from mapping.store.settings import settings_from
from mapping.tables.differences import TableDifference, differences
from mapping.tables.releases import Release
from mapping.tables.releases import releases as releases_in
from mapping.view.atlas import Atlas, atlas_of, open_release
from mapping.words import Words, by_name
from pages.parts import link

if TYPE_CHECKING:
    from mapping.store.records import Published

DATA = Path(os.environ.get("ATLAS_DATA") or Path(__file__).resolve().parents[2] / "data")
"""Folder of the tables; ``ATLAS_DATA`` in the environment names another."""
OLD_RELEASES_KEPT: Final = 2
"""Older releases kept open beside the newest data; each takes some 30 MB."""


def atlas() -> Atlas:
    """Return the atlas of the release that the address asks for; without one, or with one unknown, the newest."""
    asked, now = link.version_asked(), newest()
    return now if asked == now.tables.version or asked not in releases() else released(asked)


def newest() -> Atlas:
    """Return the atlas of the newest data: those of the data folder with all released changes in them."""
    return live().now()


@st.cache_resource(show_spinner=False)
def live() -> Live[Atlas]:
    """Return what keeps the newest atlas, opened and checked on first use and made anew soon after a release."""
    return Live(settings_from(os.environ), DATA, atlas_of)


def published_here() -> "tuple[Published, ...]":
    """Return the releases of the store, the newest first; none, and no database imported, where there is no store."""
    return live().published()


@st.cache_resource(show_spinner=False, max_entries=OLD_RELEASES_KEPT)
def released(version: str) -> Atlas:
    """Return the atlas of one release; raises a ReleaseError where there is none of that version."""
    return open_release(DATA, version)


@st.cache_resource(show_spinner=False)
def releases() -> Mapping[str, Release]:
    """Return the releases of the data folder by version, the newest first."""
    return {release.version: release for release in releases_in(DATA)}


@st.cache_resource(show_spinner=False)
def channels() -> tuple[Channel, ...]:
    """Return where the project itself tells its news."""
    return channels_in(DATA)


def news(before: Atlas) -> tuple[TableDifference, ...]:
    """Return what became of the rows between an older release and the newest data."""
    now = newest()
    return _news(before, now, before.tables.version, now.tables.version)


@st.cache_resource(show_spinner=False, max_entries=8)
def _news(_before: Atlas, _now: Atlas, old: str, new: str) -> tuple[TableDifference, ...]:
    return differences(_before.tables, _now.tables)


@st.cache_resource(show_spinner=False)
def build() -> str:
    """Return a fingerprint of the code that makes the map's rows, so that browsers keep none of an older build."""
    files = sorted((Path(__file__).resolve().parents[2] / "mapping").rglob("*.p[yn]*"))
    return f"{zlib.crc32(b''.join(file.read_bytes() for file in files)):08x}"


def map_version(atlas: Atlas) -> str:
    """Return what the map's addresses carry: the data version and the build, for both of which they stay the same."""
    return f"{atlas.tables.version}-{build()}"


@st.cache_resource(show_spinner=False, max_entries=32)
def words(lang: str) -> Words:
    """Return what the Atlas says in a language."""
    return Words(lang)


def country_names(atlas: Atlas, words: Words) -> dict[str, str]:
    """Return code and name of each country the Atlas covers, in the order of the names."""
    named = {code: words.country(atlas.tables, code) for code in atlas.known.core_countries}
    return {code: named[code] for code in by_name(named)}


def place_name(atlas: Atlas, place_id: str) -> str:
    """Return what a populated place is called."""
    places = atlas.tables["places"]
    found = places.loc[places["id"] == place_id, "name"]
    return place_id if found.empty else str(found.iloc[0])
