"""Where each site stands when all are sorted, worked out once so that a page of the table is sorted in no time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.facets import Ints
from mapping.view.folding import fold
from mapping.view.options import column_list
from mapping.view.presence import Presence, positions


@dataclass(frozen=True, eq=False)
class SiteRanks:
    """Where each site of the table stands when sorted; sites of one spelling share a rank."""

    name: Ints
    """By name, accents and case aside."""
    by_name: Ints
    """Positions of the sites in the order of their names, those of one name in table order."""
    city: Ints
    """By city, accents and case aside."""
    country: Ints
    """By the name of the country."""


def _ranks(texts: list[str]) -> Ints:
    number, spellings = pd.factorize(pd.Series(texts, dtype="str"))
    folded = fold("\n".join(text.replace("\n", " ") for text in spellings)).split("\n")
    trimmed = pd.Series([text.strip() for text in folded[: len(spellings)]], dtype="str")
    return np.asarray(pd.factorize(trimmed, sort=True)[0], dtype=np.int32)[number]


def site_ranks(tables: "Tables", presence: Presence) -> SiteRanks:
    """Return how the sites of the table sort by name, city and country."""
    sites = tables.frames.get("sites")
    if sites is None or sites.empty:
        nothing = np.zeros(0, dtype=np.int32)
        return SiteRanks(nothing, nothing, nothing, nothing)
    name = _ranks(column_list(sites, "name"))
    by_name = np.argsort(name, kind="stable").astype(np.int32)
    country = positions(pd.Series(presence.options["country"], dtype="str"), sites["country"])
    return SiteRanks(name, by_name, _ranks(column_list(sites, "city")), country)
