"""The records behind the sites in view, role by role, with the trials and sources they name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from mapping.exports.listing import LIST_SEPARATOR
from mapping.exports.places import placed
from mapping.view.filtering import Selection, select
from mapping.view.presence import ROLE_TABLES, ROLES
from mapping.view.state import ViewState
from mapping.words import mark

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

SHEETS: Final = {
    "partners": mark("Partners"),
    "facilities": mark("Manufacturing"),
    "trial_sites": mark("Trial sites"),
    "treatment_centres": mark("Treatment centres"),
}
"""Role -> name of its sheet."""
TRIALS: Final = mark("Trials")
SOURCES: Final = mark("Sources")
CODES: Final = mark("Codes")


def records_behind(atlas: "Atlas", view: ViewState, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the records in view at some sites: one frame a role that has any, then trials, sources and codes.

    Parameters
    ----------
    atlas, view
        The data and what is asked of it.
    rows : DataFrame
        The sites, by ``id``; records in view at other sites are left out.
    """
    selection = select(atlas, view)
    chosen = _rows_at(atlas, selection, rows["id"])
    presence, frames = selection.presence, atlas.tables.frames
    behind = {}
    for number, role in enumerate(ROLES):
        records = presence.record[chosen[presence.role[chosen] == number]]
        if len(records):
            frame = frames[ROLE_TABLES[number]].iloc[np.unique(records)]
            behind[SHEETS[role]] = placed(frame, frames["sites"]).reset_index(drop=True)
    trials = np.unique(presence.trial[chosen])
    if (trials >= 0).any():
        behind[TRIALS] = frames["trials"].iloc[trials[trials >= 0]].reset_index(drop=True)
    shown = [rows, *behind.values()]
    return behind | _named(atlas, SOURCES, "sources", "id", shown) | _codes(atlas, shown)


def _rows_at(atlas: "Atlas", selection: Selection, site_ids: "pd.Series[str]") -> Any:
    """Return the numbers of the rows in view at some sites."""
    wanted = atlas.presence.site_ids.isin(site_ids).to_numpy()
    numbers = selection.row_numbers
    return numbers[wanted[selection.presence.site[numbers]]]


def _named(
    atlas: "Atlas", sheet: str, table: str, column: str, frames: Iterable[pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the rows of sources that some frames name."""
    known = atlas.tables.frames.get(table)
    if known is None:
        return {}
    used = _elements(frame["source_ids"] for frame in frames if "source_ids" in frame)
    return {sheet: known[known[column].isin(used)].reset_index(drop=True)}


def _codes(atlas: "Atlas", frames: Iterable[pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the codes that some frames use, with their words; one code may stand in several vocabularies."""
    known = atlas.tables.frames.get("codes")
    if known is None:
        return {}
    texts = (frame[name] for frame in frames for name in frame.columns if name not in {"id", "name", "title", "note"})
    return {CODES: known[known["code"].isin(_elements(texts))].reset_index(drop=True)}


def _elements(columns: "Iterable[pd.Series[Any]]") -> set[str]:
    """Return every element of every cell of text, lists taken apart."""
    cells = {cell for column in columns for cell in column.dropna().unique() if isinstance(cell, str)}
    return {element for cell in cells for element in cell.split(LIST_SEPARATOR)}
