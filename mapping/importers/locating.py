"""Where the places of imported rows lie, and which sites of the Atlas they may be.

Nothing is guessed: a town of several meanings is returned with its candidates, and a site is named only where the
spelling was reviewed before or the likeness leaves no doubt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from mapping.places.geocode import AGREE_KM, Gazetteer, Place, distance_km, read_gazetteer
from mapping.places.matching import NEAR_KM, SAME_PLACE_SCORE, Named, named, score
from mapping.places.names import fold, is_undisclosed, slug
from mapping.tables.csvs import Row, read_rows, split_cell

SURE_SCORE: Final = 92.0
"""Likeness out of 100 from which a site is named at once: of 60 such pairs labelled by hand 55 were one place."""
CLEAR_LEAD: Final = 5.0
"""Points by which the best site must lead the next one."""
CANDIDATES_TOLD: Final = 5
SHORTEST_NAME: Final = 8
"""Letters a name must have to be looked for in a free text that says more than this name."""


@dataclass(frozen=True)
class Town:
    """Where a town lies, or why it cannot be told."""

    place: Place | None
    rule: str
    """reviewed, name, coordinates, largest; ambiguous or unknown without a place."""
    candidates: tuple[Place, ...] = ()
    """Towns of this name, the largest first, where it is ambiguous."""


@dataclass(frozen=True)
class SiteMatch:
    """Which site of the Atlas a name may mean."""

    site_id: str
    """The site; empty where it is not sure."""
    candidate_id: str
    """The site it is most like; empty where none is."""
    score: float
    """Likeness out of 100."""
    reason: str
    others: tuple[tuple[str, float], ...] = ()
    """Further sites it is like, with their scores."""


class Locator:
    """The towns and the sites of the Atlas, ready to be asked."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        sites: Iterable[Row] = (),
        reviewed_towns: Iterable[Row] = (),
        reviewed_names: Iterable[Row] = (),
    ) -> None:
        self._gazetteer = gazetteer
        self._towns: dict[tuple[str, str], Place] = {}
        for row in reviewed_towns:
            if row["decided_by"] == "reviewed":
                self._towns[row["country"], row["city"]] = _reviewed_place(row, gazetteer)
        self._names = {(row["country"], row["city"], row["raw_name"]): row["site_id"] for row in reviewed_names}
        self._sites: dict[str, list[tuple[str, Named]]] = {}
        self._site_ids: set[str] = set()
        self._folded: list[tuple[str, str]] = []
        for row in sites:
            self._add(row)

    def _add(self, site: Row) -> None:
        """File a site under its country."""
        self._site_ids.add(site["id"])
        if site.get("disclosure") == "undisclosed":
            return
        own = Place(site["place_id"], site["city"], site["country"], float(site["lat"]), float(site["lon"]), 0)
        place = self._gazetteer.by_id.get(site["place_id"], own)
        names = [site["name"], *split_cell(site["aliases"])]
        self._folded += [(site["id"], fold(name)) for name in names]
        self._sites.setdefault(site["country"], []).append((site["id"], named(names, place, self._words(place))))

    def _words(self, place: Place) -> frozenset[str]:
        """Return the folded words of a town's names."""
        is_known = place.id in self._gazetteer.by_id
        return self._gazetteer.words(place) if is_known else frozenset(fold(place.name).split())

    def town(self, city: str, country: str, near: tuple[float, float] | None = None) -> Town:
        """Return where a town lies; coordinates choose between towns of one name, they never move one."""
        if (country, city) in self._towns:
            return Town(self._towns[country, city], "reviewed")
        found = self._gazetteer.locate(city, country, near)
        candidates = () if found.place else tuple(self._gazetteer.called(city, country)[:CANDIDATES_TOLD])
        return Town(found.place, found.rule, candidates)

    def site(self, name: str, city: str, town: Town, country: str) -> SiteMatch:
        """Return which site of the Atlas a name in a town may mean, with the score and the reasons."""
        reviewed = self._names.get((country, city, name), "")
        if reviewed in self._site_ids:
            return SiteMatch(reviewed, reviewed, 100.0, "this spelling was reviewed before")
        if town.place is None:
            return SiteMatch("", "", 0.0, "the town is not settled")
        if is_undisclosed(name):
            hidden = f"undisclosed-{slug(town.place.name)}-{country.lower()}"
            site_id = hidden if hidden in self._site_ids else ""
            return SiteMatch(site_id, site_id, 0.0, "the registry hides which hospital it is")
        return self._most_like(named([name], town.place, self._words(town.place)), country)

    def site_named(self, text: str) -> SiteMatch:
        """Return which site a free text may mean that says neither town nor country apart; never surely."""
        wanted = fold(text)
        scored = [
            (-float(fuzz.token_set_ratio(wanted, name)), -fuzz.ratio(wanted, name), site_id)
            for site_id, name in self._folded
            if len(name) >= SHORTEST_NAME or name == wanted
        ]
        ranked = [(-less, site_id) for less, _, site_id in sorted(scored)[:CANDIDATES_TOLD]]
        if not ranked or ranked[0][0] < SAME_PLACE_SCORE:
            return SiteMatch("", "", ranked[0][0] if ranked else 0.0, "no site has a name like it")
        others = tuple((site_id, value) for value, site_id in ranked[1:] if site_id != ranked[0][1])
        return SiteMatch("", ranked[0][1], ranked[0][0], "like its name; town and country are not told apart", others)

    def _most_like(self, wanted: Named, country: str) -> SiteMatch:
        """Return the site whose names are most like a name."""
        scored = [(score(wanted, other), site_id) for site_id, other in self._sites.get(country, ())]
        ranked = sorted(((value, site_id) for value, site_id in scored if value), key=lambda pair: (-pair[0], pair[1]))
        if not ranked or ranked[0][0] < SAME_PLACE_SCORE:
            return SiteMatch("", "", ranked[0][0] if ranked else 0.0, "no site near has a name like it")
        (best, site_id), others = ranked[0], tuple((other, value) for value, other in ranked[1:CANDIDATES_TOLD])
        rival = others[0][1] if others else 0.0
        if best >= SURE_SCORE and best - rival >= CLEAR_LEAD:
            return SiteMatch(site_id, site_id, best, f"like its name, within {NEAR_KM:.0f} km", others)
        doubt = "another site is nearly as like" if best - rival < CLEAR_LEAD else "like its name, but not surely it"
        return SiteMatch("", site_id, best, doubt, others)


def _reviewed_place(row: Mapping[str, str], gazetteer: Gazetteer) -> Place:
    """Return the town a reviewer chose."""
    if row["place_id"] in gazetteer.by_id:
        return gazetteer.by_id[row["place_id"]]
    return Place("", row["town"], row["country"], float(row["lat"]), float(row["lon"]), 0)


def read_locator(folder: Path) -> Locator:
    """Return the locator of a data folder; without `raw/geo` its towns are those of `geo/places.csv`."""
    decisions = folder / "decisions"
    return Locator(
        _gazetteer(folder),
        read_rows(folder / "sites.csv"),
        read_rows(decisions / "city_places.csv"),
        read_rows(decisions / "site_matches.csv"),
    )


def _gazetteer(folder: Path) -> Gazetteer:
    """Return the populated places of a data folder with as many of their names as it has."""
    if (folder / "raw" / "geo" / "place_aliases.csv").exists():
        return read_gazetteer(folder / "raw" / "geo")
    rows = read_rows(folder / "geo" / "places.csv")
    places = [
        Place(row["id"], row["name"], row["country"], float(row["lat"]), float(row["lon"]), int(row["population"]))
        for row in rows
    ]
    return Gazetteer(places, ())


def position(town: Town, stated: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return where a row lies: as received where that agrees with the town, else the town's own position."""
    if town.place is None:
        return stated
    if stated is not None and distance_km(town.place, stated) <= AGREE_KM:
        return stated
    return town.place.lat, town.place.lon


def candidates_in_words(places: Sequence[Place]) -> str:
    """Return the towns a name may mean, for a person to choose from."""
    return "; ".join(
        f"{place.name} ({place.id}, {place.lat}, {place.lon}, {place.population} people)" for place in places
    )


def judged(town: Town, match: SiteMatch) -> dict[str, str]:
    """Return which town and site a row was found to be, and why, as the reviewer's file tells it."""
    return {
        "place_id": town.place.id if town.place else "",
        "town": town.place.name if town.place else "",
        "town_rule": town.rule,
        "town_candidates": candidates_in_words(town.candidates),
        "site_id": match.site_id,
        "candidate_id": match.candidate_id,
        "score": f"{match.score:.0f}",
        "reason": match.reason,
        "other_candidates": "; ".join(f"{site_id} ({value:.0f})" for site_id, value in match.others),
    }
