"""Finding the town or site that a scenario adds or closes."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mapping.analysis.access import kept_people
from mapping.analysis.scenarios import Distances, place_or_site
from mapping.tables.loading import Tables
from mapping.view.folding import fold

LISTED = 8
"""Results of a search that are shown."""


@dataclass(frozen=True)
class Found:
    """A town or site that was found."""

    id: str
    name: str
    country: str
    people: float
    """People of a town; of a site in use, those for whom it is the nearest; of any other 0."""


def towns_named(tables: Tables, text: str, limit: int = LISTED) -> list[Found]:
    """Return the populated places whose name begins with the text, the largest first."""
    wanted = fold(text).strip()
    if not wanted:
        return []
    homes = kept_people(tables)
    names = tables.kept(("access", "folded places"), lambda: homes["name"].map(fold))
    hits = homes[names.str.startswith(wanted)].nlargest(limit, "people", keep="first")
    return [_found(row) for row in hits.to_dict("records")]


def sites_named(tables: Tables, text: str, limit: int = LISTED) -> list[Found]:
    """Return the sites of core countries with every word of the text in name, aliases or city, in order of names."""
    wanted = fold(text).split()
    if not wanted:
        return []
    sites = tables["sites"]
    texts = tables.kept(("access", "folded sites"), lambda: _folded_sites(sites))
    hits = pd.Series(True, index=sites.index)
    for word in wanted:
        hits &= texts.str.contains(word, regex=False)
    core = set(kept_people(tables)["country"])
    rows = sites[hits & sites["country"].isin(core) & (sites["disclosure"] != "undisclosed")].sort_values("name")
    return [_found(row) for row in rows.head(limit).assign(people=0.0).to_dict("records")]


def sites_relied_on(found: Distances, text: str = "", limit: int = LISTED) -> list[Found]:
    """Return the sites that are nearest for most people, of those whose name or city has every word of the text."""
    reached = found.nearest >= 0
    people = found.homes["people"].to_numpy(dtype=float)[reached]
    served = np.bincount(found.nearest[reached], weights=people, minlength=len(found.sites))
    texts = (found.sites["name"] + " " + found.sites["city"].fillna("")).map(fold)
    hits = pd.Series(True, index=found.sites.index)
    for word in fold(text).split():
        hits &= texts.str.contains(word, regex=False)
    rows = found.sites.assign(people=served)[hits].sort_values("people", ascending=False, kind="stable")
    return [_found(row) for row in rows.head(limit).to_dict("records")]


def scenario_names(tables: Tables, ids: tuple[str, ...]) -> dict[str, str]:
    """Return what places and sites are called, by id; an id that is neither is left out."""
    found = {each: place_or_site(tables, each) for each in ids}
    return {each: f"{row['name']}, {row['country']}" for each, row in found.items() if row}


def _found(row: dict[Hashable, Any]) -> Found:
    return Found(str(row["id"]), str(row["name"]), str(row["country"]), float(row["people"]))


def _folded_sites(sites: pd.DataFrame) -> "pd.Series[str]":
    return (sites["name"] + " " + sites["aliases"].fillna("") + " " + sites["city"].fillna("")).map(fold)
