"""How much room words take in the fonts we ship, so that lines are broken where they are drawn."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Protocol

from PIL import ImageFont

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "Source Sans 3"
REGULAR: Final = FONTS / "SourceSans3-Regular.ttf"
SEMIBOLD: Final = FONTS / "SourceSans3-Semibold.ttf"
_MEASURED_AT: Final = 100
ELLIPSIS: Final = "…"
_BLANK: Final = re.compile(r"[ \t\n\r\f\v]+")
"""Where a line may be broken: not at a blank that holds a number and its unit together."""
_BETWEEN_VOWELS: Final = re.compile(
    "(?<=[aeiouyäöüáéíóúàèìòùâêîôû])([^\\W\\d_aeiouyäöüáéíóúàèìòùâêîôû]+)(?=[aeiouyäöüáéíóúàèìòùâêîôû])"
)
_TOGETHER: Final = re.compile("(sch|[cpt]h|ck|qu|[bcdfgkptv]r|[bcfgkp]l|.)$")
"""Consonants that begin a syllable as one, or else the last of several."""
_LEAST_PIECE: Final = 3
"""Letters that a word is broken after, and before, at least."""


class Measure(Protocol):
    """Gives how wide a line is, in the unit of the size."""

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float: ...  # noqa: D102


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(SEMIBOLD if bold else REGULAR, _MEASURED_AT)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line is, in the unit of the size."""
    return _measured(text, bold) * size / _MEASURED_AT


@lru_cache(maxsize=65536)
def _measured(text: str, bold: bool) -> float:
    return float(_font(bold).getlength(text))


def wrapped(
    text: str, size: float, width: float, *, bold: bool = False, most: int = 0, measure: Measure = width_of
) -> list[str]:
    """Return a text in lines of at most this width; a word that is too long is broken between two syllables.

    Parameters
    ----------
    text : str
        One paragraph.
    size, width : float
        Font size and room, in one unit.
    bold : bool
        Whether it is set semibold.
    most : int
        Lines there is room for; what does not fit ends in an ellipsis. 0 for as many as needed.
    measure : Measure
        How wide a line is; in our own letters by default.
    """
    lines: list[str] = []
    for word in _pieces(_BLANK.split(text.strip(" ")) if text else [], size, width, bold, measure):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if not most or len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, width, bold=bold, measure=measure)]


def balanced(text: str, size: float, width: float, *, bold: bool = False, measure: Measure = width_of) -> list[str]:
    """Return a text in as few lines as it needs, of about equal length, so that no word stands alone."""
    lines = wrapped(text, size, width, bold=bold, measure=measure)
    low, high = width / max(len(lines), 1), width
    while high - low > size / 2:
        middle = (low + high) / 2
        if len(wrapped(text, size, middle, bold=bold, measure=measure)) == len(lines):
            high = middle
        else:
            low = middle
    return wrapped(text, size, high, bold=bold, measure=measure)


def _pieces(words: Sequence[str], size: float, width: float, bold: bool, measure: Measure) -> list[str]:
    """Return the words, those too long for a line, such as links, in pieces."""
    pieces = []
    for word in words:
        rest = word
        while measure(rest, size, bold=bold) > width and len(rest) > 1:
            seam = next((at for at in seams(rest) if measure(f"{rest[:at]}-", size, bold=bold) <= width), 0)
            fits = seam or max(1, _fitting(rest, size, width, bold, measure))
            pieces.append(f"{rest[:fits]}-" if seam else rest[:fits])
            rest = rest[fits:]
        pieces.append(rest)
    return pieces


def seams(word: str) -> Iterator[int]:
    """Yield where a word may be broken, the last place first; nowhere in what is no word, such as a link."""
    if not word.isalpha():
        return
    for found in reversed(list(_BETWEEN_VOWELS.finditer(word.lower()))):
        begins = _TOGETHER.search(found[1])
        at = found.end() - len(begins[0] if begins else "")
        if _LEAST_PIECE <= at <= len(word) - _LEAST_PIECE:
            yield at


def cut(text: str, size: float, width: float, *, bold: bool = False, measure: Measure = width_of) -> str:
    """Return a text in one line, with an ellipsis where it does not fit."""
    if measure(text, size, bold=bold) <= width:
        return text
    fits = _fitting(text, size, width - measure(ELLIPSIS, size, bold=bold), bold, measure)
    return text[:fits].rstrip(" ,;:") + ELLIPSIS


def _fitting(text: str, size: float, width: float, bold: bool, measure: Measure) -> int:
    """Return how many letters from the beginning fit."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle], size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low
