"""In what order rows and columns of a heatmap stand; an order moves them and never changes a value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mapping.words import Words, mark

Floats = npt.NDArray[np.float64]

ORDER_WORDS: Final = {
    "evidence": mark("Strength of evidence"),
    "value": mark("Value, highest first"),
    "az": mark("A to Z"),
    "similarity": mark("Similarity"),
}
ORDER_SENTENCES: Final = {
    "evidence": mark("Order: most distinct sources first."),
    "value": mark("Order: highest value first (most figures first where the colour counts sources)."),
    "az": mark("Order: A to Z."),
    "similarity": mark("Order: neighbours are alike (hierarchical clustering with optimal leaf order)."),
}


@dataclass(frozen=True)
class Lines:
    """The rows, or the columns, of a matrix: what they can be ordered by, one entry a line."""

    names: Sequence[str]
    """What they are called."""
    sources: npt.NDArray[np.int64]
    """Distinct sources of all their cells."""
    values: Floats
    """Value of the line as a whole, NaN where there is none."""
    profile: Floats
    """One row a line, one column a cell of it: what similarity compares; 0 where there is nothing."""


def order_of(lines: Lines, order: str) -> list[int]:
    """Return the positions of the lines in an order; equal ones stand A to Z.

    Parameters
    ----------
    lines : Lines
        What is ordered.
    order : str
        evidence, value, az or similarity. By similarity, lines without anything stand last.
    """
    az = sorted(range(len(lines.names)), key=lambda at: lines.names[at].casefold())
    if order == "evidence":
        return sorted(az, key=lambda at: -int(lines.sources[at]))
    if order == "value":
        return sorted(az, key=lambda at: (bool(np.isnan(lines.values[at])), -float(np.nan_to_num(lines.values[at]))))
    if order == "similarity":
        filled = [at for at in az if lines.profile[at].any()]
        return [filled[at] for at in seriation(lines.profile[filled])] + [at for at in az if at not in set(filled)]
    return az


def seriation(profile: Floats) -> list[int]:
    """Return the order of rows in which neighbours are as alike as a clustering allows; the fuller end comes first."""
    if len(profile) < 3:
        return list(range(len(profile)))
    from scipy.cluster.hierarchy import leaves_list, linkage  # slow to import, and most visits never ask for it

    leaves = [int(at) for at in leaves_list(linkage(profile, "average", optimal_ordering=True))]
    return leaves if profile[leaves[0]].sum() >= profile[leaves[-1]].sum() else leaves[::-1]


def order_sentence(order: str, words: Words) -> str:
    """Return the order as the caption says it."""
    return words.text(ORDER_SENTENCES[order])
