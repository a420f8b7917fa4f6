"""Which site each raw name means: the reviewed answers of ``site_matches.csv``, the matching rule for the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mapping.build.mentions import Mention
from mapping.build.towns import Town, TownKey
from mapping.places.geocode import Gazetteer
from mapping.places.matching import SAME_PLACE_SCORE, Named, best_match, clusters, named
from mapping.places.names import fold, is_undisclosed, slug
from mapping.tables.csvs import Row

COLUMNS = ("country", "city", "raw_name", "site_id", "is_inferred", "decided_by", "score", "reason")
"""Columns of ``site_matches.csv``; `score` is the rule's best score against the other names (0 to 100)."""

NameKey = tuple[str, str, str]
"""Country, town and name as the source spells them."""


@dataclass(frozen=True)
class Match:
    """The site a raw name means."""

    site_id: str
    decided_by: str
    """rule or reviewed."""
    score: float
    """How like the best other name of that site it is, out of 100."""
    reason: str
    is_inferred: bool = False
    """Whether the name alone does not say so: it contradicts its town, or names only a unit."""


def undisclosed_id(town: Town) -> str:
    """Return the id of the one site that stands for all undisclosed trial sites of a town."""
    return f"undisclosed-{slug(town.name)}-{town.place.country.lower()}"


def settle_sites(
    mentions: Iterable[Mention], towns: Mapping[TownKey, Town], gazetteer: Gazetteer, decisions: Sequence[Row]
) -> dict[NameKey, Match]:
    """Return the site of each distinct raw name that lies in a town.

    Reviewed decisions stand. Of the others, an undisclosed name goes to its town's undisclosed site, a name like one of
    a reviewed site goes there, and what is left is grouped by likeness, each group a new site.
    """
    reviewed = {
        (row["country"], row["city"], row["raw_name"]): row for row in decisions if row["decided_by"] == "reviewed"
    }
    spoken = {mention.key: (mention.name, *mention.host) for mention in mentions if mention.city}
    keys = sorted(spoken)
    ready = {key: name_at(spoken[key], towns[key[:2]], gazetteer) for key in keys}
    matches = {key: _reviewed(reviewed[key]) for key in keys if key in reviewed}
    known = [(matches[key].site_id, ready[key]) for key in matches if not is_undisclosed(key[2])]
    left: list[NameKey] = []
    for key in keys:
        if key in matches:
            continue
        if is_undisclosed(key[2]):
            matches[key] = Match(undisclosed_id(towns[key[:2]]), "rule", 0.0, "undisclosed")
            continue
        site_id, value = best_match(ready[key], known)
        if value >= SAME_PLACE_SCORE:
            matches[key] = Match(site_id, "rule", value, "like a reviewed name")
        else:
            left.append(key)
    return matches | _new_sites(left, ready, towns, {match.site_id for match in matches.values()})


def name_at(names: Sequence[str], town: Town, gazetteer: Gazetteer) -> Named:
    """Return the names of one thing in a town, ready to be compared."""
    words = gazetteer.words(town.place) if town.place.id else frozenset(fold(town.name).split())
    return named(names, town.place, words)


def _reviewed(row: Row) -> Match:
    return Match(row["site_id"], "reviewed", float(row["score"] or 0), row["reason"], row["is_inferred"] == "yes")


def _new_sites(
    keys: Sequence[NameKey], ready: Mapping[NameKey, Named], towns: Mapping[TownKey, Town], taken: set[str]
) -> dict[NameKey, Match]:
    """Group names that no reviewer has seen; each group becomes a site named after its first name."""
    groups = clusters([ready[key] for key in keys])
    ids: dict[int, str] = {}
    for position, group in enumerate(groups):
        if group not in ids:
            wanted = new_site_id(keys[position][2], towns[keys[position][:2]])
            ids[group] = next(name for name in _candidates(wanted) if name not in taken and name not in ids.values())
    return {key: Match(ids[group], "rule", 0.0, "not reviewed yet") for key, group in zip(keys, groups, strict=True)}


def new_site_id(name: str, town: Town) -> str:
    """Return a readable id for a site that no reviewer has named."""
    words = slug(name)[:60].strip("-")
    town_words = slug(town.name)
    return words if words.endswith(town_words) else f"{words}-{town_words}"


def _candidates(wanted: str) -> Iterable[str]:
    yield wanted
    number = 2
    while True:
        yield f"{wanted}-{number}"
        number += 1


def match_rows(matches: Mapping[NameKey, Match]) -> list[Row]:
    """Return the rows of ``site_matches.csv``, sorted."""
    return [
        {
            "country": country,
            "city": city,
            "raw_name": name,
            "site_id": match.site_id,
            "is_inferred": "yes" if match.is_inferred else "",
            "decided_by": match.decided_by,
            "score": f"{match.score:.0f}",
            "reason": match.reason,
        }
        for (country, city, name), match in sorted(matches.items())
    ]
