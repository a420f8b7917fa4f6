"""What every session of a process shares: the atlas of the data folder, opened once."""

import os
import zlib
from pathlib import Path

import streamlit as st

from mapping.view.atlas import Atlas, open_atlas
from mapping.words import Words

DATA = Path(os.environ.get("ATLAS_DATA") or Path(__file__).resolve().parents[2] / "data")
"""Folder of the tables; ``ATLAS_DATA`` in the environment names another."""


@st.cache_resource(show_spinner=False)
def atlas() -> Atlas:
    """Return the atlas, opened and checked on the first call of the process."""
    return open_atlas(DATA)


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
    return dict(sorted(named.items(), key=lambda item: item[1]))


def place_name(atlas: Atlas, place_id: str) -> str:
    """Return what a populated place is called."""
    places = atlas.tables["places"]
    found = places.loc[places["id"] == place_id, "name"]
    return place_id if found.empty else str(found.iloc[0])
