"""Which town each raw town name means: the reviewed answers of ``city_places.csv``, the gazetteer's for the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mapping.build.mentions import Mention
from mapping.errors import BuildError
from mapping.places.geocode import AGREE_KM, Gazetteer, Place, distance_km
from mapping.tables.csvs import Row

COLUMNS = ("country", "city", "place_id", "town", "lat", "lon", "is_inferred", "decided_by", "reason")
"""Columns of ``city_places.csv``; lat and lon are set where no place of the gazetteer stands for the town.

`is_inferred` is yes where the source names no town, or a wrong one, and the reviewer took it from the facility.
"""
CORRECTION_COLUMNS = ("table", "country", "city", "raw_lat", "raw_lon", "rows", "lat", "lon", "off_km", "reason")
"""Columns of ``coordinate_corrections.csv``."""

TownKey = tuple[str, str]


@dataclass(frozen=True)
class Town:
    """Where a raw town name lies."""

    name: str
    """The name the Atlas shows."""
    place: Place
    """The gazetteer's place, or one made from reviewed coordinates with an empty id."""
    decided_by: str
    """rule or reviewed."""
    reason: str
    """Which rule, or why the reviewer decided so."""
    is_inferred: bool = False
    """Whether the source's town was missing or wrong, so that the reviewer took it from the facility."""


def settle_towns(
    mentions: Iterable[Mention],
    more: Iterable[TownKey],
    gazetteer: Gazetteer,
    decisions: Sequence[Row],
    names: Mapping[str, str],
) -> dict[TownKey, Town]:
    """Return the town of each (country, city) that the raw rows, or `more`, name.

    Parameters
    ----------
    mentions : iterable of Mention
        The raw rows.
    more : iterable of (country, city)
        Towns that only the register of sites names.
    gazetteer : Gazetteer
        The places.
    decisions : sequence of rows
        ``city_places.csv``; only its reviewed rows count.
    names : mapping
        The names shown, by place id, where they differ from the gazetteer's.

    Raises
    ------
    BuildError
        Names each town that needs a reviewed row.
    """
    reviewed = {(row["country"], row["city"]): row for row in decisions if row["decided_by"] == "reviewed"}
    near: dict[TownKey, tuple[float, float] | None] = dict.fromkeys(more)
    near |= {(mention.country, mention.city): mention.coordinates for mention in mentions if mention.city}
    towns = {key: _town(key, point, gazetteer, reviewed.get(key), names) for key, point in sorted(near.items())}
    open_questions = [f"{city}, {country}: {town}" for (country, city), town in towns.items() if isinstance(town, str)]
    if open_questions:
        raise BuildError("place these in data/decisions/city_places.csv: " + "; ".join(open_questions))
    return {key: town for key, town in towns.items() if isinstance(town, Town)}


def _town(
    key: TownKey,
    near: tuple[float, float] | None,
    gazetteer: Gazetteer,
    decision: Row | None,
    names: Mapping[str, str],
) -> Town | str:
    """Return the town, or in a word why it cannot be told."""
    country, city = key
    if decision:
        own = not decision["place_id"] and Place(
            "", decision["town"], country, float(decision["lat"]), float(decision["lon"]), 0
        )
        place = own or gazetteer.by_id[decision["place_id"]]
        return Town(decision["town"], place, "reviewed", decision["reason"], decision["is_inferred"] == "yes")
    found = gazetteer.locate(city, country, near)
    if found.place is None:
        return found.rule
    return Town(names.get(found.place.id, found.place.name), found.place, "rule", found.rule)


def town_rows(towns: Mapping[TownKey, Town]) -> list[Row]:
    """Return the rows of ``city_places.csv``, reviewed and ruled, sorted."""
    return [
        {
            "country": country,
            "city": city,
            "place_id": town.place.id,
            "town": town.name,
            "lat": "" if town.place.id else str(town.place.lat),
            "lon": "" if town.place.id else str(town.place.lon),
            "is_inferred": "yes" if town.is_inferred else "",
            "decided_by": town.decided_by,
            "reason": town.reason,
        }
        for (country, city), town in sorted(towns.items())
    ]


def correction_rows(mentions: Iterable[Mention], towns: Mapping[TownKey, Town]) -> list[Row]:
    """Return one row for each raw coordinate that lies more than :data:`AGREE_KM` from its town, or is missing."""
    counts: dict[tuple[str, str, str, str, str], int] = {}
    for mention in mentions:
        if not mention.city:
            continue
        place, point = towns[mention.country, mention.city].place, mention.coordinates
        if point is None or distance_km(place, point) > AGREE_KM:
            key = (mention.table, mention.country, mention.city, mention.row["lat"], mention.row["lon"])
            counts[key] = counts.get(key, 0) + 1
    return [_correction(key, rows, towns[key[1], key[2]].place) for key, rows in sorted(counts.items())]


def _correction(key: tuple[str, str, str, str, str], rows: int, place: Place) -> Row:
    table, country, city, lat, lon = key
    off = f"{distance_km(place, (float(lat), float(lon))):.0f}" if lat else ""
    return {
        "table": table,
        "country": country,
        "city": city,
        "raw_lat": lat,
        "raw_lon": lon,
        "rows": str(rows),
        "lat": str(place.lat),
        "lon": str(place.lon),
        "off_km": off,
        "reason": "raw coordinates lie outside the town" if lat else "raw coordinates missing",
    }
