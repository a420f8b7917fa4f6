"""What a name of a hospital, a plant or a town says once spelling, language and department are taken away."""

import re
import unicodedata

from rapidfuzz import fuzz

from mapping.places.name_words import CITY_NOISE, DEPARTMENT_WORDS, GENERIC, SYNONYMS

CITY_LIKENESS = 80.0
"""Likeness out of 100 from which a word with the same start is an inflected or misspelt name of the town."""
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ł": "l", "Ł": "L", "đ": "d", "œ": "oe"})
# A registry writes "Muenchen", "München" and "Munchen"; all three fold to one spelling.
_UMLAUT = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz])(a|o|u)e(?=[a-z])")
_PARENTHESIS = re.compile(r"\((?:adults?|pa?ediatrics?|children)[^)]*\)", re.IGNORECASE)
_ACCEPTING = re.compile(r"\b(?:accepting adult patients|ppds)\b", re.IGNORECASE)
_UNDISCLOSED = re.compile(
    r"^(?:novartis investigat\w+ site|(?:research|investigat(?:ive|ional|or)|clinical(?: trial| research)?|study|trial"
    r"|bluebird|kite|for additional information|celgene|janssen|bms|pfizer)\s*(?:study )?site\b.*"
    r"|local institution\b.*|site\s*(?:#|no\.?|number)?\s*\d+.*|[a-z]\d{2,3}|for additional information.*)$",
    re.IGNORECASE,
)
_WITHHELD = re.compile(r"^\(?(?:investigator|person)'s name withheld", re.IGNORECASE)


def ascii_lower(text: str) -> str:
    """Return the text in lower-case ASCII letters, digits and spaces; accents and punctuation are gone."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    plain = re.sub(r"['’`´‘]", " ", plain)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def fold(text: str) -> str:
    """Return :func:`ascii_lower` with German ae, oe, ue written a, o, u, so that all spellings of an umlaut agree."""
    return _UMLAUT.sub(r"\1", ascii_lower(text))


def slug(text: str) -> str:
    """Return a lower-case identifier of letters, digits and single hyphens."""
    return ascii_lower(text).replace(" ", "-")


def city_key(city: str) -> str:
    """Return the folded name of a town without postal additions ("Pessac, Cedex" and "Paris 15" give pessac, paris)."""
    plain = re.sub(r"\([^)]*\)", " ", city)
    words = [word for word in fold(plain).split() if word not in CITY_NOISE and not word.isdigit()]
    return " ".join(words)


def is_undisclosed(facility: str) -> bool:
    """Tell whether a facility string hides which hospital it is: empty, a site number, or a sponsor's placeholder."""
    plain = facility.strip()
    return not plain or bool(_UNDISCLOSED.match(plain)) or bool(_WITHHELD.match(plain))


def tell_tale_words(name: str, city_words: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a name that tell one hospital from another.

    Parameters
    ----------
    name : str
        The name as a registry spells it.
    city_words : frozenset of str
        Folded words of the town's names in all languages; they tell nothing inside the town.

    Returns
    -------
    tuple of str
        Folded words in order, each once; empty for "University Hospital" of the town itself.
    """
    words = all_words(name)
    return tuple(dict.fromkeys(w for w in words if len(w) > 2 and w not in GENERIC and not is_city_word(w, city_words)))


def all_words(name: str) -> list[str]:
    """Return the folded words of a name, phrases of one meaning joined, without remarks on who may enrol."""
    return _with_synonyms(fold(_ACCEPTING.sub(" ", _PARENTHESIS.sub(" ", name)))).split()


def is_city_word(word: str, city_words: frozenset[str]) -> bool:
    """Tell whether a word is a name of the town, also inflected or misspelt ("Wroclawiu", "Rotterrdam")."""
    if word in city_words:
        return True
    near = (name for name in city_words if len(name) >= 5 and len(word) >= 5 and name[:4] == word[:4])
    return any(fuzz.ratio(word, name) >= CITY_LIKENESS for name in near)


def is_university(name: str) -> bool:
    """Tell whether a name speaks of a university hospital, in any of the languages met."""
    return "universityhospital" in _with_synonyms(fold(name)).split()


def _with_synonyms(folded: str) -> str:
    """Replace words and phrases that mean the same thing in several languages by one word."""
    text = f" {folded} "
    for phrase, word in SYNONYMS.items():
        text = text.replace(f" {phrase} ", f" {word} ")
    return text


def has_department(name: str) -> bool:
    """Tell whether a name speaks of a part of a hospital, or of who may enrol, rather than of the hospital alone."""
    return bool(_PARENTHESIS.search(name) or _ACCEPTING.search(name)) or any(
        word in DEPARTMENT_WORDS for word in fold(name).split()
    )
