"""Proposing which names are the same place: normalised words compared by rapidfuzz inside one town and its surroundings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from mapping.build.geocode import Place, distance_km
from mapping.build.names import is_university, tell_tale_words

SAME_PLACE_SCORE = 82.0
"""Score out of 100 from which two names are proposed to be one place; chosen on tests/fixtures/site_pairs.csv."""
NEAR_KM = 12.0
"""Names in towns farther apart than this are never compared: suburb to centre of the metropoles met is at most 12 km."""


@dataclass(frozen=True)
class Named:
    """A name somebody gave to a place."""

    name: str
    """As the registry spells it."""
    place: Place
    """Where it is."""
    words: tuple[str, ...]
    """The words that tell it from others, see :func:`tell_tale_words`."""
    university: bool
    """Whether it calls itself a university hospital."""


def named(name: str, place: Place, city_words: frozenset[str]) -> Named:
    """Return a name ready to be compared."""
    return Named(name, place, tell_tale_words(name, city_words), is_university(name))


def score(first: Named, second: Named) -> float:
    """Return 0 to 100: how surely two names are one place; 0 when they are too far apart."""
    if first.place.country != second.place.country:
        return 0.0
    if first.place.id != second.place.id and distance_km(first.place, second.place) > NEAR_KM:
        return 0.0
    if not first.words and not second.words:
        same_town = first.place.id == second.place.id
        return 95.0 if same_town and first.university and second.university else 0.0
    if not first.words or not second.words:
        return 50.0 if first.university and second.university else 0.0
    return _word_score(first.words, second.words)


def _word_score(first: Sequence[str], second: Sequence[str]) -> float:
    """Compare two lists of words: order ignored, a shorter list inside a longer one is nearly as good as equality."""
    left, right = " ".join(sorted(first)), " ".join(sorted(second))
    whole = fuzz.token_sort_ratio(left, right)
    shared = fuzz.token_set_ratio(left, right)
    joined = fuzz.ratio("".join(sorted(first)), "".join(sorted(second)))
    # A contained name counts as equal only when what they share is long enough to be a name.
    common = sum(len(word) for word in set(first) & set(second))
    return max(whole, joined, shared * 0.95 if common >= 5 else 0.0)


def best_match(candidate: Named, known: Iterable[tuple[str, Named]]) -> tuple[str, float]:
    """Return the id of the known place whose name is most like the candidate's, and the score; ("", 0) without any."""
    best, best_score = "", 0.0
    for place_id, other in known:
        value = score(candidate, other)
        if value > best_score:
            best, best_score = place_id, value
    return best, best_score


def clusters(names: Sequence[Named]) -> list[int]:
    """Group names that are proposed to be one place.

    Parameters
    ----------
    names : sequence of Named
        Distinct names, in a fixed order.

    Returns
    -------
    list of int
        One group number a name: the position of the first name of the group.
    """
    parent = list(range(len(names)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for later in range(len(names)):
        for earlier in range(later):
            if score(names[earlier], names[later]) >= SAME_PLACE_SCORE:
                low, high = sorted((root(earlier), root(later)))
                parent[high] = low
    return [root(index) for index in range(len(names))]
