"""Proposing which names are the same place: normalised words compared by rapidfuzz inside a town and its suburbs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from mapping.places.geocode import Place, distance_km
from mapping.places.name_words import CHILDREN, DEPARTMENT_WORDS, WEAK
from mapping.places.names import all_words, is_city_word, is_university, tell_tale_words

SAME_PLACE_SCORE = 82.0
"""Score out of 100 from which two names are proposed to be one place."""
NEAR_KM = 12.0
"""Names in towns farther apart than this are never compared; the suburbs met lie nearer to their metropole."""
ONE_UNIVERSITY_HOSPITAL = 700_000
"""In a town of fewer people all that calls itself the university hospital is proposed to be one hospital."""
SAME_WORD_LIKENESS = 85.0
"""Likeness out of 100 from which two words are one, misspelt ("Argostino")."""
RECOGNISABLE_LETTERS = 4
"""A name inside a longer one is recognised when they share at least this many letters of words that are not weak."""
SURE_LETTERS = 7
"""Two names that share this many letters of words that are not weak are proposed to be one place."""
SURE_SCORE = 85.0


@dataclass(frozen=True)
class Reading:
    """One way to read a name: its own words, or those of who operates the place."""

    words: tuple[str, ...]
    """The words that tell it from others, see :func:`tell_tale_words`."""
    plain: str
    """What is left without town and department when no word tells it apart: "hospital clinic"."""
    university: bool
    """Whether it calls itself a university hospital."""
    children: bool
    """Whether it is a children's hospital."""


@dataclass(frozen=True)
class Named:
    """A name somebody gave to a place, ready to be compared."""

    place: Place
    city_words: frozenset[str]
    readings: tuple[Reading, ...]


def named(names: Iterable[str], place: Place, city_words: frozenset[str]) -> Named:
    """Return the names of one thing (its own, and its operator's where that is the place) ready to be compared."""
    return Named(place, city_words, tuple(_reading(name, city_words) for name in names))


def _reading(name: str, city_words: frozenset[str]) -> Reading:
    words = all_words(name)
    plain = [word for word in words if word not in DEPARTMENT_WORDS and not is_city_word(word, city_words)]
    children = not CHILDREN.isdisjoint(words)
    return Reading(tell_tale_words(name, city_words), " ".join(plain), is_university(name), children)


def score(first: Named, second: Named) -> float:
    """Return 0 to 100: how surely two names are one place; 0 when they are too far apart."""
    if first.place.country != second.place.country:
        return 0.0
    same_town = first.place == second.place
    if not same_town and distance_km(first.place, second.place) > NEAR_KM:
        return 0.0
    towns = first.city_words | second.city_words
    pairs = product(first.readings, second.readings)
    return max(_reading_score(one, other, towns, first.place if same_town else None) for one, other in pairs)


def _reading_score(first: Reading, second: Reading, towns: frozenset[str], town: Place | None) -> float:
    left = [word for word in first.words if word not in towns]
    right = [word for word in second.words if word not in towns]
    if left and right:
        value = _word_score(left, right)
    elif town is None:
        value = 0.0
    elif first.university and second.university:
        is_only_one = not (left or right) or town.population < ONE_UNIVERSITY_HOSPITAL
        value = 90.0 if is_only_one else 50.0
    else:
        value = 0.0 if left or right else fuzz.token_sort_ratio(first.plain, second.plain)
    return min(value, 75.0) if first.children != second.children else value


def _word_score(first: Sequence[str], second: Sequence[str]) -> float:
    """Compare two lists of words: order ignored, a name inside a longer one is nearly as good as equality."""
    whole = fuzz.token_sort_ratio(" ".join(first), " ".join(second))
    joined = fuzz.ratio("".join(sorted(first)), "".join(sorted(second)))
    short, long = sorted((first, second), key=lambda words: sum(map(len, words)))
    shared = [word for word in short if any(fuzz.ratio(word, other) >= SAME_WORD_LIKENESS for other in long)]
    letters = sum(len(word) for word in shared if word not in WEAK)
    if letters < RECOGNISABLE_LETTERS:
        return max(whole, joined) if set(first) == set(second) else min(max(whole, joined), 80.0)
    contained = sum(map(len, shared)) / sum(map(len, short))
    return max(whole, joined, 95.0 * contained, SURE_SCORE if letters >= SURE_LETTERS else 0.0)


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
