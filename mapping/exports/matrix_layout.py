"""How a heatmap is laid out in a place: size of letters, width of columns, names of rows in a line or two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mapping.exports.typesetting import Measure, wrapped
from mapping.figures.matrix_fit import most_evidenced
from mapping.figures.pictures import MatrixPicture, MatrixRow
from mapping.words import Words

ROW: Final = 1.33
"""Height of a row, in sizes of its letters."""
LOOSE: Final = 0.85
"""What a row takes more, at most, where there is room; in the same."""
NAME_LEADING: Final = 1.15
"""What a second line of a name adds; in the same."""
HEAD_LEADING: Final = 1.22
NAME_LINES: Final = 2
"""Lines that the name of a row may take."""
NARROWEST: Final = 1.4
"""Width of a column that holds two digits, in sizes of their letters."""
WIDEST: Final = 12.0
"""Width of a cell whose words then break, in the same."""
SHORT: Final = 3
"""Letters up to which a heading is a code, set plain so that many stand side by side."""
ROOM: Final = 0.21
"""Left free beside a word over a column, in sizes of its letters."""
LABEL_SHARE: Final = 0.28
"""Share of the width that the names of the rows keep, however many columns there are."""


@dataclass(frozen=True)
class MatrixLayout:
    """A heatmap in a place of some width, in letters of any size."""

    picture: MatrixPicture
    width: float
    measure: Measure
    has_bold_heads: bool = False

    def widths(self, size: float) -> list[float]:
        """Return the width of the names of the rows and of each column."""
        needed = self._needed(size)
        labels = min(self._longest(size), max(self.width - sum(needed), self.width * LABEL_SHARE))
        room = (self.width - labels) / sum(needed)
        if room < 1:
            return [labels, *_squeezed(needed, self.width - labels)]
        wished = [
            max(one, size * 4.2, self.measure(said, size, bold=True) / 2 + size if len(said) > SHORT else 0)
            for one, said in zip(needed, self.picture.heads, strict=True)
        ]
        return [labels, *(min(one * room, wish) for one, wish in zip(needed, wished, strict=True))]

    def head_lines(self, said: str, size: float, width: float) -> list[str]:
        """Return what stands over a column in lines; a code is never broken."""
        if len(said) <= SHORT:
            return [said]
        return wrapped(said, size, width - size * ROOM + 0.01, bold=self._is_bold(said), measure=self.measure)

    def head_height(self, size: float, widths: Sequence[float]) -> float:
        """Return the height of what stands over the columns."""
        heads = zip(self.picture.heads, widths[1:], strict=True)
        lines = max((len(self.head_lines(said, size, wide)) for said, wide in heads), default=1)
        return lines * size * HEAD_LEADING + size * 0.3

    def name_lines(self, row: MatrixRow, size: float, labels: float) -> list[str]:
        """Return the name of a row in lines."""
        return wrapped(row.label, size, labels - size * 0.6, most=NAME_LINES, measure=self.measure)

    def high(self, line: MatrixRow | str, size: float, labels: float) -> float:
        """Return the least height of a row or of a heading."""
        said = 1 if isinstance(line, str) else len(self.name_lines(line, size, labels))
        return size * (ROW + NAME_LEADING * (said - 1))

    def highs(self, size: float, height: float) -> tuple[float, list[float]]:
        """Return the height of the head and of each line below it, in a place of some height."""
        widths = self.widths(size)
        head = self.head_height(size, widths)
        needed = [self.high(one, size, widths[0]) for one in self.picture.lines()]
        spare = min((height - head - sum(needed)) / max(len(needed), 1), size * LOOSE)
        if spare >= 0:
            return head, [high + spare for high in needed]
        return head, [high * (height - head) / sum(needed) for high in needed]

    def height(self, size: float) -> float:
        """Return the least height in letters of some size."""
        widths = self.widths(size)
        return self.head_height(size, widths) + sum(self.high(one, size, widths[0]) for one in self.picture.lines())

    def fits(self, size: float, height: float, *, in_whole_words: bool = True) -> bool:
        """Return whether the heatmap fits in letters of this size, no name cut and, if asked, no word broken."""
        widths = self.widths(size)
        if in_whole_words and sum(self._needed(size)) + widths[0] > self.width + 0.5:
            return False
        names = (wrapped(row.label, size, widths[0] - size * 0.6, measure=self.measure) for row in self.picture.rows)
        if any(len(lines) > NAME_LINES for lines in names):
            return False
        return self.height(size) <= height

    def size(self, height: float, largest: int, smallest: int) -> int:
        """Return the largest size of letters that fits without breaking a word, else with, else the smallest."""
        for in_whole_words in (True, False):
            for size in range(largest, smallest - 1, -1):
                if self.fits(size, height, in_whole_words=in_whole_words):
                    return size
        return smallest

    def _is_bold(self, said: str) -> bool:
        return self.has_bold_heads and len(said) > SHORT

    def _longest(self, size: float) -> float:
        """Return the width of the longest name of a row."""
        names = [self.picture.row_head, *(row.label for row in self.picture.rows)]
        return max(self.measure(name, size, bold=name == self.picture.row_head) for name in names) + size * 0.8

    def _needed(self, size: float) -> list[float]:
        """Return the width that each column needs: for the longest word over it and for what stands in it."""
        return [
            max(
                size * NARROWEST,
                *(
                    self.measure(word, size, bold=self._is_bold(said)) + size * ROOM * (1 if len(said) <= SHORT else 2)
                    for word in said.split()
                ),
                *(
                    min(self.measure(row.cells[at].text, size) + size * ROOM * 2, size * WIDEST)
                    for row in self.picture.rows
                ),
            )
            for at, said in enumerate(self.picture.heads)
        ]


def legible(
    picture: MatrixPicture,
    laid: Callable[[MatrixPicture], MatrixLayout],
    height: float,
    sizes: Sequence[int],
    least: int,
    words: Words,
) -> MatrixPicture:
    """Return the rows with most evidence that a room can read: large letters before many rows.

    Parameters
    ----------
    picture : MatrixPicture
        The heatmap.
    laid : callable
        Lays out a heatmap where it is to stand.
    height : float
        How high that place is.
    sizes : sequence of int
        Sizes of letters, the largest first; in the smallest, words may be broken.
    least : int
        Rows for which smaller letters are taken.
    words : Words
        The language.
    """
    for size, in_whole_words in (*((one, True) for one in sizes), (sizes[-1], False)):
        low, high = least - 1, len(picture.rows)
        while low < high:  # fewer rows never need more room
            middle = (low + high + 1) // 2
            shown = laid(most_evidenced(picture, middle, words))
            low, high = (middle, high) if shown.fits(size, height, in_whole_words=in_whole_words) else (low, middle - 1)
        if low >= least or low == len(picture.rows):
            return most_evidenced(picture, low, words)
    return most_evidenced(picture, least, words)


def _squeezed(needed: Sequence[float], width: float) -> list[float]:
    """Return columns of which the widest give way, so that the words over the narrow ones stay whole."""
    low, high = 0.0, max(needed)
    while high - low > 0.1:
        middle = (low + high) / 2
        low, high = (middle, high) if sum(min(one, middle) for one in needed) <= width else (low, middle)
    return [min(one, low) for one in needed]
