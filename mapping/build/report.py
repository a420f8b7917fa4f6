"""How many raw names became how many sites, and how often the rule alone would have been right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from mapping.build.mentions import TABLES, Mention
from mapping.build.placed import settle_ground
from mapping.build.resolving import Match, NameKey, name_at
from mapping.build.sources import source_id
from mapping.build.towns import Town, TownKey
from mapping.places.geocode import Gazetteer, distance_km, read_gazetteer
from mapping.places.matching import NEAR_KM, SAME_PLACE_SCORE, Named, score

UNDISCLOSED = "undisclosed-"
"""Start of the ids of sites that stand for undisclosed trial sites."""


@dataclass(frozen=True)
class Agreement:
    """How a rule that calls pairs of names the same place compares with the decisions."""

    pairs: int
    """Pairs of distinct names of one country in towns near enough to be compared."""
    right: int
    """Pairs both call the same place."""
    proposed: int
    """Pairs the rule calls the same place."""
    decided: int
    """Pairs the decisions call the same place."""

    @property
    def precision(self) -> float:
        """Share of the proposed pairs that are right."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of the decided pairs that were proposed."""
        return self.right / self.decided if self.decided else 1.0


def matching_report(data: Path) -> list[str]:
    """Return the report on matching, one line a statement."""
    ground = settle_ground(data, source_id)
    placed = [mention for mention in ground.mentions if mention.city]
    tables = [_counts(table, [m for m in placed if m.table == table], ground.matches) for table in TABLES]
    kinds: dict[str, int] = {}
    for match in ground.matches.values():
        kinds[match.decided_by] = kinds.get(match.decided_by, 0) + 1
    agreement = rule_agreement(placed, ground.matches, ground.towns, read_gazetteer(data / "raw" / "geo"))
    return [
        _counts("all tables", placed, ground.matches),
        *tables,
        f"decided by: {kinds.get('reviewed', 0):,} names by the reviewer, {kinds.get('rule', 0):,} by rule",
        f"the rule alone, over {agreement.pairs:,} pairs of names near each other: "
        f"precision {agreement.precision:.2f}, recall {agreement.recall:.2f} against the decisions",
    ]


def _counts(title: str, mentions: Sequence[Mention], matches: Mapping[NameKey, Match]) -> str:
    """Say how many rows hold how many names that became how many sites."""
    names = {mention.key for mention in mentions}
    sites = {matches[name].site_id for name in names}
    hidden = sum(site.startswith(UNDISCLOSED) for site in sites)
    return (
        f"{title}: {len(mentions):,} rows with a town, {len(names):,} names, "
        f"{len(sites) - hidden:,} named sites, {hidden:,} undisclosed"
    )


def rule_agreement(
    mentions: Iterable[Mention], matches: Mapping[NameKey, Match], towns: Mapping[TownKey, Town], gazetteer: Gazetteer
) -> Agreement:
    """Compare the rule with the decisions over all pairs of names whose places were disclosed."""
    spoken = {mention.key: (mention.name, *mention.host) for mention in mentions}
    told = sorted(key for key in spoken if not matches[key].site_id.startswith(UNDISCLOSED))
    ready = {key: name_at(spoken[key], towns[key[:2]], gazetteer) for key in told}
    pairs = right = proposed = decided = 0
    for first, second in _near_pairs(told, ready):
        is_proposed = score(ready[first], ready[second]) >= SAME_PLACE_SCORE
        is_decided = matches[first].site_id == matches[second].site_id
        pairs, proposed, decided = pairs + 1, proposed + is_proposed, decided + is_decided
        right += is_proposed and is_decided
    return Agreement(pairs, right, proposed, decided)


def _near_pairs(keys: Sequence[NameKey], ready: Mapping[NameKey, Named]) -> Iterable[tuple[NameKey, NameKey]]:
    """Give the pairs of names of one country in towns near enough to be compared."""
    for first, second in combinations(keys, 2):
        if first[0] == second[0] and distance_km(ready[first].place, ready[second].place) <= NEAR_KM:
            yield first, second
