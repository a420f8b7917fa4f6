"""The words of many short texts, kept so that a word, its beginning, its pieces or its misspelling is found at once.

All texts stand one after the other as one long row of word numbers; words are numbered in alphabetical order, so
that words with one beginning are neighbours, and the places of each word in the row are kept sorted by word.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from mapping.view.folding import fold

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

PREFIX_LETTERS: Final = 3
"""A word typed counts as the beginning of longer ones from so many letters on."""
PIECES: Final = 3
"""A word typed may stand in the text as so many words, and as many words typed as one."""
LONGEST_JOINED: Final = 40
"""Letters; longer words are not taken to pieces."""
_LINES_AT_ONCE: Final = 50_000
_END: Final = "\uffff"
"""Sorts after every word; stands between texts."""


def wrong_letters(word: str) -> int:
    """Return how many letters of a word may be wrong, missing, too many or swapped."""
    if any(letter.isdigit() for letter in word):
        return 0  # one digit off is another trial
    return 0 if len(word) < 5 else 1 if len(word) < 8 else 2


@dataclass(frozen=True, eq=False)
class WordIndex:
    """The words of a list of texts."""

    vocabulary: list[str]
    """Every word once, sorted."""
    row: Ints
    """Word number at each place; the end mark after each text."""
    document: Ints
    """Text at each place."""
    place: Ints
    """The places, sorted by word number and place."""
    start: Ints
    """Where in ``place`` each word number begins, one more at the end."""
    documents: int
    """Number of texts."""

    @classmethod
    def of(cls, lines: Sequence[str]) -> Self:
        """Return the index of texts without line breaks."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        parts = [np.zeros(0, dtype=np.int32)]
        for first in range(0, len(lines), _LINES_AT_ONCE):
            folded = fold("\n".join(lines[first : first + _LINES_AT_ONCE])) + "\n"
            found = folded.replace("\n", f" {_END} ").split()
            parts.append(np.fromiter(map(numbers.__getitem__, found), dtype=np.int32, count=len(found)))
        vocabulary = sorted(numbers)
        rank = np.empty(len(vocabulary), dtype=np.int32)
        rank[[numbers[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
        row = rank[np.concatenate(parts)]
        ends = row == bisect_left(vocabulary, _END)
        document = (np.cumsum(ends) - ends).astype(np.int32)
        place = np.argsort(row, kind="stable").astype(np.int32)
        start = np.searchsorted(row[place], np.arange(len(vocabulary) + 1)).astype(np.int32)
        return cls(vocabulary, row, document, place, start, len(lines))

    def find(self, asked: Sequence[str]) -> Iterator[Bools]:
        """Yield for each folded word which texts have it, alone or joined with its neighbours."""
        joined = [self._none() for _ in asked]
        for length in range(2, PIECES + 1):
            for first in range(len(asked) - length + 1):
                together = self._together(asked[first : first + length])
                for position in range(first, first + length):
                    joined[position] |= together
        for position, word in enumerate(asked):
            # A single letter says something only beside its neighbours: the t of "CAR T", the d of "Vall d'Hebron".
            alone = len(asked) == 1 or len(word) > 1
            found = joined[position] | self._word(word) if alone else joined[position]
            yield found if found.any() else self._misspelt(word)

    def _none(self) -> Bools:
        return np.zeros(self.documents, dtype=np.bool_)

    def _range(self, word: str, *, beginning: bool) -> tuple[int, int]:
        """Return first and last + 1 number of the words that are this one, or begin with it."""
        first = bisect_left(self.vocabulary, word)
        if beginning:
            return first, bisect_left(self.vocabulary, word + _END, lo=first)
        return first, first + int(first < len(self.vocabulary) and self.vocabulary[first] == word)

    def _at(self, numbers: tuple[int, int]) -> Ints:
        return self.place[self.start[numbers[0]] : self.start[numbers[1]]]

    def _marked(self, places: Ints) -> Bools:
        found = self._none()
        found[self.document[places]] = True
        return found

    def _word(self, word: str) -> Bools:
        """Return which texts have the word, a longer word that begins with it, or its pieces side by side."""
        pieces, symbol = self._in_pieces(word)
        # "cart" is CAR-T, not the beginning of "cartilage": a piece of one letter is no accident.
        beginning = len(word) >= PREFIX_LETTERS and not symbol
        return pieces | self._marked(self._at(self._range(word, beginning=beginning)))

    def _together(self, parts: Sequence[str]) -> Bools:
        """Return which texts have the words side by side or written as one; the last may be a beginning."""
        beginning = len(parts[-1]) >= PREFIX_LETTERS
        as_one = self._marked(self._at(self._range("".join(parts), beginning=beginning)))
        return as_one | self._marked(self._side_by_side(parts, beginning=beginning))

    def _side_by_side(self, parts: Sequence[str], *, beginning: bool = False) -> Ints:
        """Return the places where the words follow each other in one text."""
        ranges = [self._range(part, beginning=beginning and part is parts[-1]) for part in parts]
        if any(first == last for first, last in ranges):
            return np.zeros(0, dtype=np.int32)
        places = self._at(ranges[0])
        for ahead, (first, last) in enumerate(ranges[1:], start=1):
            places = places[places + ahead < len(self.row)]
            follower = self.row[places + ahead]
            places = places[(follower >= first) & (follower < last)]
        return places

    def _in_pieces(self, word: str) -> tuple[Bools, bool]:
        """Return which texts have the word cut into two or three, and whether a piece is a single letter."""
        found, symbol = self._none(), False
        if not PREFIX_LETTERS < len(word) <= LONGEST_JOINED:
            return found, symbol
        for parts in self._cuts(word, PIECES):
            places = self._side_by_side(parts)
            if len(places):
                found[self.document[places]] = True
                symbol = symbol or min(map(len, parts)) == 1
        return found, symbol

    def _cuts(self, word: str, pieces: int) -> Iterator[list[str]]:
        """Yield the ways to cut a word into two or more words of the vocabulary."""
        for cut in range(1, len(word)):
            head, tail = word[:cut], word[cut:]
            if self._has(head):
                if self._has(tail):
                    yield [head, tail]
                if pieces > 2:
                    yield from ([head, *rest] for rest in self._cuts(tail, pieces - 1))

    def _has(self, word: str) -> bool:
        first, last = self._range(word, beginning=False)
        return first < last

    def _misspelt(self, word: str) -> Bools:
        """Return which texts have the words nearest to one that none has, within what may be wrong."""
        found, allowed = self._none(), wrong_letters(word)
        if not allowed:
            return found
        near = extract(word, self.vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        for _, distance, number in near:
            if distance == near[0][1]:
                found[self.document[self._at((number, number + 1))]] = True
        return found
