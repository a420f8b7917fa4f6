"""In what order the rows and columns of a heatmap of obstacles stand: stages as life goes, inside them as asked."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mapping.analysis.comparing import Facts, Place
from mapping.analysis.measures import Measure
from mapping.analysis.ordering import Floats, Lines, order_of

Held = Mapping[Place, Sequence[int]]


def profile_of(cells: pd.DataFrame, measure: Measure | None) -> Floats:
    """Return what similarity compares, one number a cell.

    Sources stand on a scale that does not let the largest decide; values are scaled to 0.2 to 1.2, nothing is 0.
    """
    if measure is None:
        return np.asarray(np.log1p(cells["sources"].to_numpy(dtype=np.float64)))
    values = cells["value"].to_numpy(dtype=np.float64)
    if np.isnan(values).all():
        return np.zeros(len(values))
    low, high = np.nanmin(values), np.nanmax(values)
    return np.where(np.isnan(values), 0.0, 0.2 + (values - low) / ((high - low) or 1.0))


def ordered_lines(
    codes: Sequence[str],
    names: Mapping[str, str],
    places: Mapping[str, Sequence[Place]],
    profile: Mapping[str, Any],
    held: Held,
    facts: Facts,
    measure: Measure | None,
    order: str,
) -> list[str]:
    """Return rows, or columns, in an order.

    Parameters
    ----------
    codes : sequence of str
        The lines to order.
    names, places, profile : Mapping
        Line -> what it is called, its cells, what similarity compares.
    held, facts : Mapping, Facts
        The figures behind each cell; each counts once a line.
    measure : Measure, optional
        What the colour means; a line's value is the median of its figures, or their number.
    order : str
        evidence, value, az or similarity.
    """
    found = [sorted({at for place in places[code] for at in held.get(place, ())}) for code in codes]
    sources = np.array([len(facts.sources(at)) for at in found], dtype=np.int64)
    values = np.array([np.nan if not at else float(len(at)) if measure is None else facts.median(at) for at in found])
    lines = Lines([names[code] for code in codes], sources, values, np.array([profile[code] for code in codes]))
    return [codes[at] for at in order_of(lines, order)]
