"""The paths forward as a road map: when (horizon) and who leads (actor), both our reading.

A path is placed once, under the actor its lead names first. Actors are gathered into groups by the words below, which
is again our reading: the tables keep the lead as the page has it.
"""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.answers import is_own
from mapping.words import Words, mark

ACTORS: Final = {
    "eu": mark("EU institutions"),
    "regulators": mark("Medicines agencies"),
    "countries": mark("Countries and their health systems"),
    "payers": mark("Assessment bodies and payers"),
    "developers": mark("Developers and sponsors"),
    "care": mark("Hospitals and professionals"),
    "consortium": mark("JOIN4ATMP and partners"),
    "infrastructures": mark("Research infrastructures and funders"),
    "unstated": mark("Not stated"),
}
"""Group of actors -> what it is called, in the order of the rows."""
_FIRST_WORDS: Final = (
    ("not stated", "unstated"),
    ("join4atmp", "consortium"),
    ("european commission", "eu"),
    ("european parliament", "eu"),
    ("european union", "eu"),
    ("council", "eu"),
    ("ema", "regulators"),
    ("regulators", "regulators"),
    ("national authorities", "regulators"),
    ("hta", "payers"),
    ("payers", "payers"),
    ("ministries of finance", "payers"),
    ("ministries", "countries"),
    ("member states", "countries"),
    ("national health systems", "countries"),
    ("academic", "developers"),
    ("developers", "developers"),
    ("technology transfer", "developers"),
    ("eahp", "care"),
    ("hospitals", "care"),
    ("public funders", "infrastructures"),
    ("eu research infrastructures", "infrastructures"),
)
"""Beginning of the first actor named -> group."""


def actor_group(lead_actor: str) -> str:
    """Return the group of the actor named first; ``unstated`` where the words are not ours."""
    first = lead_actor.split(" / ")[0].strip().lower()
    return next((group for start, group in _FIRST_WORDS if first.startswith(start)), "unstated")


_MEANINGS: Final = {
    "short": mark("within about two years"),
    "medium": mark("two to five years"),
    "long": mark("more than five years"),
}
"""Horizon -> what it means."""


def horizon_heads(tables: Tables, chosen: Sequence[str], words: Words) -> dict[str, str]:
    """Return each horizon chosen, or all, the nearest first -> its heading."""
    return {
        code: words.text("{horizon}: {meaning}", horizon=words.label(tables, "horizon", code), meaning=words.text(said))
        for code, said in _MEANINGS.items()
        if not chosen or code in chosen
    }


def road_map(tables: Tables, paths: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the paths with their place on the road map.

    Returns
    -------
    pd.DataFrame
        One row a path, by actor, horizon and, within, the project's own first: id, title, horizon, horizon_label,
        actor, actor_label, is_own, proposed_by, lead_actor, line (from 0 within the actor's row of the map).
    """
    horizons = list(labels(tables, "horizon"))
    placed = paths.assign(
        actor=[actor_group(lead) for lead in paths["lead_actor"].fillna("")],
        is_own=is_own(paths),
        horizon_label=paths["horizon"].map({code: words.label(tables, "horizon", code) for code in horizons}),
    )
    placed = placed.assign(actor_label=placed["actor"].map({code: words.text(said) for code, said in ACTORS.items()}))
    order = pd.DataFrame(
        {
            "actor": placed["actor"].map(list(ACTORS).index),
            "horizon": placed["horizon"].map(horizons.index),
            "own": ~placed["is_own"],
            "title": placed["title"],
        }
    )
    placed = placed.loc[order.sort_values(["actor", "horizon", "own", "title"]).index]
    placed = placed.assign(line=placed.groupby(["actor", "horizon"]).cumcount())
    columns = ["id", "title", "horizon", "horizon_label", "actor", "actor_label", "is_own", "proposed_by", "lead_actor"]
    return placed[[*columns, "line"]].reset_index(drop=True)
