"""Which sources what is in view rests on."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.listed import lists_of
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


def addresses(tables: Tables) -> Mapping[str, str]:
    """Return the web address of each source by its id, made once."""
    return tables.kept(("source addresses",), lambda: _addresses(tables["sources"].dropna(subset=["url"])))


def _addresses(sources: pd.DataFrame) -> Mapping[str, str]:
    return dict(zip(sources["id"], sources["url"], strict=True))


def _sources_of(tables: Tables, table: str, positions: npt.NDArray[np.int32]) -> set[str]:
    if table not in tables.frames or not len(positions):
        return set()
    wanted = np.zeros(len(tables[table]), dtype=np.bool_)
    wanted[positions] = True
    return set(lists_of(tables, table, "source_ids").found(wanted))
