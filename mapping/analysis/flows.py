"""Trials in several countries, as pairs of countries that share trials."""

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from mapping.tables.loading import Tables

SEPARATOR = "-"
"""Between the two codes of a pair in the address: ``DE-FR``, in the order of the alphabet."""


@dataclass(frozen=True)
class Sharing:
    """How many of some trials run in one country, in several, or where is not known."""

    one: int
    several: int
    unknown: int


def sharing(trials: pd.DataFrame) -> Sharing:
    """Return how many trials name one country, several, or none; countries are at least those named."""
    named = trials["countries"].dropna().str.count(r"\|") + 1
    return Sharing(int((named == 1).sum()), int((named > 1).sum()), int(trials["countries"].isna().sum()))


def country_pairs(trials: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of countries that share trials.

    Returns
    -------
    DataFrame
        One row a pair, most trials first: pair (``DE-FR``), one, other (codes in alphabetical order), trials.
    """
    counted: dict[tuple[str, str], int] = {}
    for cell in trials["countries"].dropna():
        for pair in combinations(sorted(set(cell.split("|"))), 2):
            counted[pair] = counted.get(pair, 0) + 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return pd.DataFrame(
        [(SEPARATOR.join(pair), *pair, count) for pair, count in ordered], columns=["pair", "one", "other", "trials"]
    ).astype({"pair": "str", "one": "str", "other": "str", "trials": "int64"})


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


def country_totals(trials: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return how many of the trials in several countries each country of Europe takes part in.

    Returns
    -------
    DataFrame
        One row a country with any, most first: country, lon, lat, trials.
    """
    several = trials["countries"].dropna()
    several = several[several.str.contains("|", regex=False)]
    counted = several.str.split("|").explode().value_counts()
    countries = tables["countries"]
    europe = countries[countries["scope"].isin(["core", "europe"]) & countries["id"].isin(counted.index)]
    totals = pd.DataFrame(
        {
            "country": europe["id"],
            "lon": europe["label_lon"],
            "lat": europe["label_lat"],
            "trials": europe["id"].map(counted).astype("int64"),
        }
    )
    return totals.sort_values(["trials", "country"], ascending=[False, True]).reset_index(drop=True)
