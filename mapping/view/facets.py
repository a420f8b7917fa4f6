"""Which rows carry which code of one filter: choosing rows by codes, and counting sites by code."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

_MASK_BITS: Final = 64


@dataclass(frozen=True, eq=False)
class Facet:
    """Pairs of a row and a code it carries, for one filter; made by :func:`facet`."""

    codes: tuple[str, ...]
    """What the filter offers, in its order."""
    row: Ints
    """Row of each pair, in any order."""
    code: Ints
    """Position in ``codes`` of each pair."""
    pair: Ints
    """Number of each pair's site and code: pairs of rows at one site that carry one code share a number."""
    pair_code: Ints
    """Code of each such number."""

    def rows(self, chosen: Collection[str], length: int) -> Bools:
        """Return which of the rows carry any of the chosen codes."""
        wanted = np.fromiter((code in chosen for code in self.codes), dtype=np.bool_, count=len(self.codes))
        mask = np.zeros(length, dtype=np.bool_)
        mask[self.row[wanted[self.code]]] = True
        return mask

    def counts(self, mask: Bools | None) -> dict[str, int]:
        """Return for each code, in order, at how many sites a row of the mask carries it; None takes all rows."""
        seen = np.zeros(len(self.pair_code), dtype=np.bool_)
        seen[self.pair if mask is None else self.pair[mask[self.row]]] = True
        totals = np.bincount(self.pair_code[seen], minlength=len(self.codes))
        return dict(zip(self.codes, totals.tolist(), strict=True))

    def single(self, length: int) -> Ints:
        """Return the code of each row, -1 for none; of several the last."""
        codes = np.full(length, -1, dtype=np.int32)
        codes[self.row] = self.code
        return codes

    def bits(self, length: int) -> npt.NDArray[np.uint64]:
        """Return the codes of each row as a bit mask; codes beyond the 64th have no bit."""
        masks = np.zeros(length, dtype=np.uint64)
        for code in range(min(len(self.codes), _MASK_BITS)):
            masks[self.row[self.code == code]] |= np.uint64(1 << code)
        return masks


def facet(codes: Sequence[str], row: Ints, code: Ints, site: Ints) -> Facet:
    """Return the facet of pairs of rows and codes; pairs without a code (-1) carry nothing.

    Parameters
    ----------
    codes : sequence of str
        What the filter offers, in its order.
    row, code : arrays
        One pair a position: a row, and the position of a code it carries.
    site : array
        The site of each row.
    """
    carried = code >= 0
    row, code = row[carried], code[carried]
    sites = int(site.max()) + 1 if len(site) else 0
    key = site[row].astype(np.int64) * len(codes) + code
    used = np.zeros(sites * len(codes), dtype=np.bool_)
    used[key] = True
    number = np.cumsum(used, dtype=np.int32) - 1
    pair_code = (np.flatnonzero(used) % max(len(codes), 1)).astype(np.int32)
    return Facet(tuple(codes), row, code, number[key].astype(np.int32), pair_code)
