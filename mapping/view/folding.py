"""How a text reads once case, accents, punctuation and national spellings are taken away: what search compares.

"Tübingen", "Tuebingen" and "TUBINGEN" are one word to a reader, and so they are here. The same is done to what is
searched and to what is typed, so a folded word need not be a word of any language ("Manuel" folds to "manul").
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_GREEK_ALPHABET: Final = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_NAMES: Final = {
    letter: unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda") for letter in _GREEK_ALPHABET
}
_GREEK_SOUNDS: Final = str.maketrans(
    dict(zip(_GREEK_ALPHABET, [*"avgdezi", "th", *"iklmnxoprsstyf", "ch", "ps", "o"], strict=True))
)
_GREEK: Final = re.compile("[α-ω]+")
_GREEK_NAMED: Final = 2
"""Up to so many Greek letters together are symbols (β-thalassaemia, TCRαβ); more are a word and go by sound."""

_SPELLINGS: Final = (
    ("haem", "hem"),
    ("aemi", "emi"),
    ("paed", "ped"),
    ("oesoph", "esoph"),
    ("tumour", "tumor"),
    ("centre", "center"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("aa", "a"),
)
"""Spellings that mean the same: British and American medicine, then ä, ö, ü and å as written without dots."""
_NO_LETTER: Final = re.compile(r"[^\w\n]+|_+")
_MARKS: Final = re.compile("[\u0300-\u036f]+")


def _greek(match: re.Match[str]) -> str:
    letters = match.group()
    if len(letters) <= _GREEK_NAMED:
        return "".join(f" {_GREEK_NAMES[letter]} " for letter in letters)
    return letters.translate(_GREEK_SOUNDS)


def fold(text: str) -> str:
    """Return the text in lower case without accents or punctuation, words parted by spaces; line breaks stay."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)))
        text = _GREEK.sub(_greek, text)
    folded = _NO_LETTER.sub(" ", text.lower())
    for spelling, other in _SPELLINGS:
        folded = folded.replace(spelling, other)
    return folded


def words(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    return fold(text).split()
