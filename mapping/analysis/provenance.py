"""Which sources what is in view rests on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.presence import ROLE_TABLES


def sources_in_view(atlas: Atlas, selection: Selection) -> tuple[str, ...]:
    """Return the ids of the sources of all records in view, each once; of a trial at a site, those of both."""
    presence, rows = selection.presence, selection.row_numbers
    role, found = presence.role[rows], set()
    for at, table in enumerate(ROLE_TABLES):
        held = rows[role == at]
        if len(held):
            found |= _sources_of(atlas.tables, table, presence.record[held])
        if table == "trial_sites":
            found |= _sources_of(atlas.tables, "trials", np.unique(presence.trial[held]))
    return tuple(sorted(found))


@dataclass(frozen=True)
class _Pairs:
    row: npt.NDArray[np.int64]
    source: npt.NDArray[np.int64]
    ids: tuple[str, ...]


def _sources_of(tables: Tables, table: str, positions: npt.NDArray[np.int32]) -> set[str]:
    if table not in tables.frames or not len(positions):
        return set()
    pairs = tables.kept(("source pairs", table), lambda: _paired(tables, table))
    wanted = np.zeros(len(tables[table]), dtype=np.bool_)
    wanted[positions] = True
    return {pairs.ids[at] for at in np.unique(pairs.source[wanted[pairs.row]])}


def _paired(tables: Tables, table: str) -> _Pairs:
    pairs = tables.pairs(table, "source_ids")
    row = pd.Index(tables[table]["id"]).get_indexer(pd.Index(pairs["id"]))
    source, ids = pd.factorize(pairs["value"])
    return _Pairs(np.asarray(row, dtype=np.int64), np.asarray(source, dtype=np.int64), tuple(ids))
