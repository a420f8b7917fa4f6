"""The sites in view as a table: what the page lists, the API answers and the downloads hold."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from mapping.view.address import ROLES
from mapping.view.atlas import SITE_COLUMNS, Atlas
from mapping.view.facets import Ints
from mapping.view.filtering import Selection
from mapping.view.options import CONFIDENCES
from mapping.view.presence import ROLE_TABLES
from mapping.view.site_order import COUNT_COLUMNS, site_order
from mapping.view.state import ViewState

COLUMNS: Final = (*SITE_COLUMNS, "roles", *COUNT_COLUMNS.values(), "confidence", "source_ids")
_COUNTS: Final = frozenset(COUNT_COLUMNS.values())
_ROLE_LISTS: Final = tuple(
    "|".join(role for bit, role in enumerate(ROLES) if mask >> bit & 1) for mask in range(1 << len(ROLES))
)
"""Bit mask of roles -> list cell."""


def site_table(atlas: Atlas, selection: Selection, view: ViewState, sites: Ints | None = None) -> pd.DataFrame:
    """Return one row a site in view.

    Parameters
    ----------
    atlas, selection, view
        The data, what is in view of it, and the view itself, whose ``sort`` orders the rows.
    sites : array, optional
        Positions of the sites wanted, all in view, in the order wanted (one page of them); all by default.

    Returns
    -------
    DataFrame
        The columns of COLUMNS. Counts are of records in view, so are roles and confidence (the surest of
        them); ``source_ids`` are the sources of the site and of those records. Lists are joined with ``|``.
    """
    wanted = site_order(atlas, selection, view) if sites is None else sites
    table = _unsourced(atlas, selection, wanted)
    if "sites" not in atlas.tables.frames:
        return table.assign(source_ids=pd.Series(dtype="object"))
    return table.assign(source_ids=_text(_sources(atlas, selection, wanted)))


def listed_sites(atlas: Atlas, selection: Selection, wanted: Ints) -> pa.Table:
    """Return what a page lists of the sites at some positions: the rows of :func:`site_table` without their sources.

    They are Arrow's, which a browser gets as they are: a page of the table is made at every change of a filter.
    """
    cells, seen = atlas.site_cells.take(wanted), _seen(selection, wanted)
    for column in COLUMNS[len(SITE_COLUMNS) : -1]:
        cells = cells.append_column(column, pa.array(seen[column], pa.int64() if column in _COUNTS else pa.string()))
    return cells


def _unsourced(atlas: Atlas, selection: Selection, wanted: Ints) -> pd.DataFrame:
    """Return the rows of :func:`site_table` for positions of sites, without their sources."""
    table = atlas.tables.frames.get("sites")
    if table is None:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS[:-1]})
    columns: dict[str, Any] = {column: table[column].array.take(wanted) for column in SITE_COLUMNS}
    for column, values in _seen(selection, wanted).items():
        columns[column] = pd.Series(values, dtype="int64" if column in _COUNTS else "str")
    return pd.DataFrame(columns)


def _seen(selection: Selection, wanted: Ints) -> dict[str, Any]:
    """Return what is in view at positions of sites, by column: roles, the records of each, and the surest of them."""
    at = np.searchsorted(selection.sites, wanted)
    counts = selection.counts[at]
    masks = ((counts > 0) << np.arange(len(ROLES))).sum(axis=1)
    return {
        "roles": [_ROLE_LISTS[mask] for mask in masks],
        **{COUNT_COLUMNS[role]: counts[:, number] for number, role in enumerate(ROLES)},
        "confidence": [CONFIDENCES[rank] for rank in selection.best[at]],
    }


def _text(values: Iterable[str]) -> "pd.Series[Any]":
    return pd.Series(list(values), dtype="str")


def _cells(atlas: Atlas, table: str, rows: Ints) -> list[str]:
    """Return the list cells of sources at positions of a table, empty where nothing stands."""
    return atlas.tables.frames[table]["source_ids"].iloc[rows].fillna("").tolist()


def _sources(atlas: Atlas, selection: Selection, sites: Ints) -> Iterable[str]:
    """Return a list cell a site: its own sources first, then those of its records in view, each once."""
    presence, rows = selection.presence, selection.row_numbers
    slot = np.full(len(presence.site_ids), -1, dtype=np.int32)
    slot[sites] = np.arange(len(sites), dtype=np.int32)
    rows = rows[slot[presence.site[rows]] >= 0]
    found: list[dict[str, None]] = [dict.fromkeys(cell.split("|")) for cell in _cells(atlas, "sites", sites)]
    for role, table in enumerate(ROLE_TABLES):
        ours = rows[presence.role[rows] == role]
        if not len(ours):
            continue
        cells = [_cells(atlas, table, presence.record[ours])]
        if table == "trial_sites":
            cells.append(_cells(atlas, "trials", presence.trial[ours]))
        for said in cells:
            for site, cell in zip(slot[presence.site[ours]], said, strict=True):
                found[site].update(dict.fromkeys(cell.split("|")))
    return ["|".join(source for source in cell if source) for cell in found]
