"""Trials in several countries, as pairs of countries that share trials."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapping.analysis.listed import Bools
from mapping.analysis.trial_codes import TrialCodes
from mapping.tables.loading import Tables

SEPARATOR = "-"
"""Between the two codes of a pair in the address: ``DE-FR``, in the order of the alphabet."""


@dataclass(frozen=True)
class Sharing:
    """How many of some trials run in one country, in several, or where is not known."""

    one: int
    several: int
    unknown: int


def sharing(codes: TrialCodes, shown: Bools) -> Sharing:
    """Return how many of the trials shown name one country, several, or none; countries are at least those named."""
    named = codes.countries.each(len(shown))[shown]
    return Sharing(int((named == 1).sum()), int((named > 1).sum()), int((named == 0).sum()))


def country_pairs(codes: TrialCodes, shown: Bools) -> pd.DataFrame:
    """Return the pairs of countries that share trials.

    Returns
    -------
    DataFrame
        One row a pair, most trials first: pair (``DE-FR``), one, other (codes in alphabetical order), trials.
    """
    counted = codes.pairs.counts(shown)
    order = np.argsort(-counted, kind="stable")[: int(np.count_nonzero(counted))]
    pairs = [codes.pairs.names[at] for at in order]
    one, other = [pair[:2] for pair in pairs], [pair[3:] for pair in pairs]
    return pd.DataFrame(
        {
            "pair": pd.array(pairs, dtype="str"),
            "one": pd.array(one, dtype="str"),
            "other": pd.array(other, dtype="str"),
            "trials": counted[order],
        }
    )


def shared_trials(trials: pd.DataFrame, pair: str) -> pd.DataFrame:
    """Return the trials that name both countries of a pair."""
    wanted = set(pair.split(SEPARATOR))
    shared = [wanted <= set(cell.split("|")) for cell in trials["countries"].fillna("")]
    return trials[shared]


def arcs(pairs: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the pairs between countries of Europe with the points to draw them between.

    Returns
    -------
    DataFrame
        The columns of :func:`country_pairs` and lon, lat, to_lon, to_lat in degrees; pairs with a country outside
        Europe are left out, they are in the list.
    """
    countries = tables["countries"]
    europe = countries[countries["scope"].isin(["core", "europe"])].set_index("id")
    inside = pairs[pairs["one"].isin(europe.index) & pairs["other"].isin(europe.index)]
    lon, lat = europe["label_lon"], europe["label_lat"]
    return inside.assign(
        lon=inside["one"].map(lon), lat=inside["one"].map(lat), to_lon=inside["other"].map(lon),
        to_lat=inside["other"].map(lat),
    ).reset_index(drop=True)  # fmt: skip


def country_totals(codes: TrialCodes, shown: Bools, tables: Tables) -> pd.DataFrame:
    """Return how many of the trials in several countries each country of Europe takes part in.

    Returns
    -------
    DataFrame
        One row a country with any, most first: country, lon, lat, trials.
    """
    several = shown & (codes.countries.each(len(shown)) > 1)
    counted = dict(zip(codes.countries.names, codes.countries.counts(several).tolist(), strict=True))
    countries = tables["countries"]
    europe = countries[countries["scope"].isin(["core", "europe"])]
    totals = pd.DataFrame(
        {
            "country": europe["id"],
            "lon": europe["label_lon"],
            "lat": europe["label_lat"],
            "trials": [counted.get(code, 0) for code in europe["id"]],
        }
    )
    held = totals[totals["trials"] > 0]
    return held.sort_values(["trials", "country"], ascending=[False, True]).reset_index(drop=True)
