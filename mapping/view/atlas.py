"""Everything one process holds of one data version: the tables, and what is made from them once."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from mapping.tables.loading import Tables, load_tables
from mapping.tables.releases import released_folder
from mapping.view.known import Known
from mapping.view.presence import Presence
from mapping.view.ranks import SiteRanks, site_ranks
from mapping.view.records import presence_of
from mapping.view.search import SearchIndex
from mapping.words import languages

SITE_COLUMNS: Final = ("id", "name", "city", "country", "lat", "lon", "coord_precision", "disclosure")
"""Columns of the table of sites that a list of sites takes over."""


@dataclass(frozen=True, eq=False)
class Atlas:
    """The data and what is made from it; made by :func:`atlas_of` or :func:`open_atlas`, and never changed."""

    tables: Tables
    """The data as they are."""
    presence: Presence
    """Which site plays which role by which record."""
    search: SearchIndex
    """Free-text search, which reads its texts on the first search."""
    known: Known
    """Which values of an address can be shown."""

    @cached_property
    def ranks(self) -> SiteRanks:
        """Return how the sites sort by name, city and country; made on the first table of sites."""
        return site_ranks(self.tables, self.presence)

    @cached_property
    def site_cells(self) -> pa.Table:
        """Return the columns of the sites that a list of them shows; without rows where that table is faulty."""
        sites = self.tables.frames.get("sites")
        if sites is None:
            return pa.table({column: pa.array([], pa.string()) for column in SITE_COLUMNS})
        return pa.table({column: _arrow(sites[column]) for column in SITE_COLUMNS})


def _arrow(column: pd.Series) -> pa.Array:
    """Return a column as Arrow's, texts with the short offsets that a browser reads."""
    cells = pa.array(column)
    return cells.cast(pa.string()) if pa.types.is_large_string(cells.type) else cells


def atlas_of(tables: Tables) -> Atlas:
    """Return the Atlas of loaded tables; what a faulty table would have added is left out."""
    known = Known(tables, languages=languages())
    presence = presence_of(tables, known.options)
    return Atlas(tables, presence, SearchIndex(tables, presence), known)


def open_atlas(folder: Path) -> Atlas:
    """Return the Atlas of a folder of tables; ``atlas.tables.faults`` says what is wrong with it, if anything."""
    return atlas_of(load_tables(folder))


def open_release(folder: Path, version: str) -> Atlas:
    """Return the Atlas of one release of a data folder; raises a ReleaseError where there is none of that version."""
    return atlas_of(load_tables(released_folder(folder, version)))
