"""Which site plays which role by which record, as coded arrays that filters and counts run over.

One row is one record at one site: an organisation, a facility, a treatment centre, or one trial at a site. A site
without records is in none of the rows, nor is an organisation without a known seat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapping.view.address import ROLES
from mapping.view.facets import Bools, Facet, Ints

__all__ = ["CLOSED", "NORMAL", "PLANNED", "ROLES", "ROLE_TABLES", "Bools", "Ints", "Presence"]

ROLE_TABLES: Final = ("organisations", "facilities", "trial_sites", "treatment_centres")
"""The table that a role's records are rows of, in the order of the roles."""
NORMAL, CLOSED, PLANNED = 0, 1, 2
"""Values of ``state``; the last two are out of view unless included."""


@dataclass(frozen=True, eq=False)
class Presence:
    """The rows, sorted by site, role and record, each once; -1 where a record does not carry an attribute."""

    site: Ints
    """Position of the site in the table of sites."""
    role: Ints
    """Position of the role in ROLES."""
    record: Ints
    """Position of the record in the role's table."""
    trial: Ints
    """Position in the table of trials, for trial sites."""
    country: Ints
    """Position in ``options["country"]``."""
    start_year: Ints
    """Year the trial started."""
    confidence: Ints
    """Rank of how sure we are, 0 verified; for a trial at a site the weaker of trial and site."""
    state: Ints
    """NORMAL, CLOSED or PLANNED."""
    facets: Mapping[str, Facet]
    """Key of the address -> which row carries which code."""
    options: Mapping[str, tuple[str, ...]]
    """Key of the address -> codes, in the order that the facets count by."""
    site_ids: pd.Series
    """Ids of all sites in table order, those without records too."""
    seatless: Ints
    """Positions of organisations that have no site: to be listed, not drawn."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.site)

    def codes(self, key: str) -> Ints:
        """Return the position of each row's code in ``options[key]``, for keys of which a record has one."""
        return self.facets[key].single(len(self))

    def bits(self, key: str) -> npt.NDArray[np.uint64]:
        """Return each row's codes as a bit mask, bit n set for the n-th of ``options[key]``."""
        return self.facets[key].bits(len(self))

    @cached_property
    def classes(self) -> npt.NDArray[np.uint64]:
        """Return each row's ATMP classes as a bit mask, bit n for the n-th class."""
        return self.bits("class")

    @cached_property
    def mark(self) -> Ints:
        """Return the number of each row's mark: rows of one site and role share one, numbered from 0 in row order."""
        if not len(self):
            return np.zeros(0, dtype=np.int32)
        fresh = (np.diff(self.site) != 0) | (np.diff(self.role) != 0)
        return np.concatenate([[0], np.cumsum(fresh)]).astype(np.int32)

    def rows_at(self, site: int) -> slice:
        """Return the rows of the site at a position of the table of sites, empty for a site without records."""
        return slice(int(np.searchsorted(self.site, site)), int(np.searchsorted(self.site, site, side="right")))

    def position(self, site_id: str) -> int:
        """Return the position of a site in its table, -1 for an unknown one."""
        found = np.flatnonzero((self.site_ids == site_id).to_numpy())
        return int(found[0]) if len(found) else -1


def positions(ids: "pd.Series[Any]", wanted: "pd.Series[Any]") -> Ints:
    """Return where each wanted id stands among the ids, -1 where it does not."""
    found = pc.index_in(pa.array(wanted, pa.string()), value_set=pa.array(ids, pa.string()), skip_nulls=True)
    return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int32)
