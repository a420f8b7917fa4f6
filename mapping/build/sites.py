"""The table of sites: one row a physical place, drawn from the register, the towns and the rows that rest on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mapping.build.mentions import Mention
from mapping.build.resolving import Match, NameKey, undisclosed_id
from mapping.build.towns import Town, TownKey
from mapping.places.geocode import Regions, distance_km
from mapping.places.names import ascii_lower, has_department, is_undisclosed
from mapping.tables.csvs import Row, join_cell

COLUMNS = (
    "id",
    "name",
    "aliases",
    "city",
    "country",
    "lat",
    "lon",
    "coord_precision",
    "place_id",
    "region",
    "website",
    "ror",
    "disclosure",
    "note",
    "source_ids",
    "confidence",
    "retrieved",
)
REGISTER_COLUMNS = ("site_id", "name", "country", "city", "note")
"""Columns of ``site_register.csv``: the reviewed sites; `city` is a town name that ``city_places.csv`` knows."""
ALIAS_COLUMNS = ("site_id", "alias")
"""Columns of ``site_aliases.csv``: acronyms and other names readers search for, added by the reviewer."""
ALIAS_CHARACTERS = 90
"""Spellings longer than this are addresses or sentences, not names to search for."""

HIDDEN_NOTE = "The sources hide which hospital this is; several may stand behind the one mark."
MOVED_KM = 15.0
"""A row whose town lies farther than this from its site's was given to another town; suburbs lie nearer."""

SourceId = Callable[[str], str]


@dataclass(frozen=True)
class Ground:
    """Everything the sites are made from."""

    mentions: Sequence[Mention]
    towns: Mapping[TownKey, Town]
    matches: Mapping[NameKey, Match]
    register: Mapping[str, Row]
    aliases: Mapping[str, Sequence[str]]
    regions: Regions
    source_id: SourceId


def site_rows(ground: Ground) -> list[Row]:
    """Return one row for each site that at least one raw row means, sorted by id."""
    resting: dict[str, list[Mention]] = {}
    for mention in ground.mentions:
        if mention.city:
            resting.setdefault(ground.matches[mention.key].site_id, []).append(mention)
    return [_site(site_id, resting[site_id], ground) for site_id in sorted(resting)]


def _site(site_id: str, resting: Sequence[Mention], ground: Ground) -> Row:
    """Return the row of one site from the raw rows that rest on it."""
    town = site_town(site_id, resting, ground)
    registered = ground.register.get(site_id)
    undisclosed = site_id == undisclosed_id(town)
    hidden_name = f"Undisclosed trial site, {town.name}"
    name = registered["name"] if registered else hidden_name if undisclosed else resting[0].name
    aliases = [] if undisclosed else _aliases(site_id, name, resting, ground)
    urls = {mention.row["source_url"] for mention in resting if mention.row["source_url"]}
    return {
        "id": site_id,
        "name": name,
        "aliases": join_cell(aliases),
        "city": town.name,
        "country": town.place.country,
        "lat": f"{town.place.lat}",
        "lon": f"{town.place.lon}",
        "coord_precision": "city",
        "place_id": town.place.id,
        "region": ground.regions.at(town.place.lat, town.place.lon, town.place.country),
        "website": _website(resting),
        "ror": "",
        "disclosure": "undisclosed" if undisclosed else "named",
        "note": registered["note"] if registered else HIDDEN_NOTE if undisclosed else "",
        "source_ids": join_cell(sorted(ground.source_id(url) for url in urls)),
        "confidence": _confidence(resting, town, ground),
        "retrieved": max(mention.row["retrieved"] for mention in resting),
    }


def site_town(site_id: str, resting: Sequence[Mention], ground: Ground) -> Town:
    """Return the town of a site: the register's, else that of the first row resting on it."""
    registered = ground.register.get(site_id)
    if registered:
        return ground.towns[registered["country"], registered["city"]]
    return ground.towns[resting[0].country, resting[0].city]


def is_corrected(mention: Mention, town: Town, ground: Ground) -> bool:
    """Tell whether a row names no town, a wrong one, another than its site's, or only a unit of the site."""
    stated = ground.towns[mention.country, mention.city]
    is_far = distance_km(stated.place, town.place) > MOVED_KM
    return is_far or stated.is_inferred or ground.matches[mention.key].is_inferred


def _confidence(resting: Iterable[Mention], town: Town, ground: Ground) -> str:
    """Return verified when a verified row names the place in its town, else the best there is."""
    found = {mention_confidence(mention, town, ground) for mention in resting}
    return next(word for word in ("verified", "inferred", "unverified") if word in found)


def mention_confidence(mention: Mention, town: Town, ground: Ground) -> str:
    """Return how sure a row's place is: a registry states facility and town, so only a changed town lowers it."""
    stated = mention.row.get("confidence", "verified")
    return "inferred" if stated == "verified" and is_corrected(mention, town, ground) else stated


def _website(resting: Iterable[Mention]) -> str:
    """Return the website of the organisation at the site: the hospital's first, then the shorter."""
    found = [m.row for m in resting if m.table == "organisations" and m.row["website"]]
    found.sort(key=lambda row: (row["kind"] != "university_hospital", len(row["website"]), row["website"]))
    return found[0]["website"] if found else ""


def _aliases(site_id: str, name: str, resting: Iterable[Mention], ground: Ground) -> list[str]:
    """Return the reviewer's aliases, then the raw spellings of the site itself that differ in more than accents."""
    spellings = sorted({m.name for m in resting if m.table in ("trial_sites", "treatment_centres", "organisations")})
    wanted = [text for text in spellings if len(text) <= ALIAS_CHARACTERS and _is_worth_searching(text)]
    kept: dict[str, str] = {ascii_lower(name): name}
    for alias in [*ground.aliases.get(site_id, ()), *wanted]:
        kept.setdefault(ascii_lower(alias), alias.replace("|", "/"))
    return [alias for alias in kept.values() if alias != name]


def _is_worth_searching(spelling: str) -> bool:
    """Tell whether a spelling names the whole place and is not broken text ("UniversitÃ¤tsklinikum")."""
    return not (has_department(spelling) or is_undisclosed(spelling) or "Ã" in spelling)
