"""How much is in view, for headlines and captions."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from mapping.view.address import FILTER_KEYS, ROLES
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.options import CONFIDENCES
from mapping.view.state import ViewState

_SEATLESS_KEYS = frozenset({"layers", "country", "kind", "confidence", "q", "stage", "category", "stakeholder"}) | {
    "obstacle",
    "include",
}
"""Filters an organisation without a seat can match."""


@dataclass(frozen=True)
class Tally:
    """Counts of what is in view."""

    sites: int
    """Distinct sites."""
    countries: int
    """Distinct countries of those sites."""
    records: int
    """Organisations, facilities, treatment centres, and trials at sites."""
    trials: int
    """Distinct trials."""
    sites_by_role: Mapping[str, int]
    """Role -> distinct sites that play it, each role named."""
    records_by_confidence: Mapping[str, int]
    """Confidence -> records, each confidence named."""

    @property
    def verified_share(self) -> float | None:
        """Return which share of the records, 0 to 1, a page states; None where nothing is in view."""
        return self.records_by_confidence[CONFIDENCES[0]] / self.records if self.records else None


def tally(selection: Selection) -> Tally:
    """Return the counts of a selection."""
    presence, rows = selection.presence, selection.row_numbers
    trials = presence.trial[rows]
    by_confidence = np.bincount(presence.confidence[rows], minlength=len(CONFIDENCES)).tolist()
    by_role = np.count_nonzero(selection.counts, axis=0).tolist()
    return Tally(
        sites=len(selection.sites),
        countries=len(np.unique(presence.country[rows])),
        records=len(rows),
        trials=len(np.unique(trials[trials >= 0])),
        sites_by_role=MappingProxyType(dict(zip(ROLES, by_role, strict=True))),
        records_by_confidence=MappingProxyType(dict(zip(CONFIDENCES, by_confidence, strict=True))),
    )


def seatless_organisations(atlas: Atlas, view: ViewState) -> pd.DataFrame:
    """Return the organisations in view that have no known seat, as rows of their table: listed, not drawn.

    A filter on what only sites, facilities or trials carry leaves none of them.
    """
    frame = atlas.tables.frames.get("organisations")
    if frame is None:
        return pd.DataFrame()
    seatless = frame.iloc[atlas.presence.seatless]
    active = {key for key, _ in view.active()}
    if "partners" not in view.layers or active & (set(FILTER_KEYS) - _SEATLESS_KEYS):
        return seatless.iloc[:0]
    kept = np.ones(len(seatless), dtype=np.bool_)
    for column, chosen in (("country", view.countries), ("kind", view.kinds), ("confidence", view.confidences)):
        if chosen:
            kept &= seatless[column].isin(chosen).to_numpy()
    found = atlas.search.records("organisations", view.text)
    return seatless[kept if found is None else kept & found[atlas.presence.seatless]]
