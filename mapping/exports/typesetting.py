"""How much room words take in the fonts we ship, so that lines are broken where they are drawn."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "Source Sans 3"
REGULAR: Final = FONTS / "SourceSans3-Regular.ttf"
SEMIBOLD: Final = FONTS / "SourceSans3-Semibold.ttf"
_MEASURED_AT: Final = 100
ELLIPSIS: Final = "…"


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(SEMIBOLD if bold else REGULAR, _MEASURED_AT)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line is, in the unit of the size."""
    return _measured(text, bold) * size / _MEASURED_AT


@lru_cache(maxsize=65536)
def _measured(text: str, bold: bool) -> float:
    return float(_font(bold).getlength(text))


def wrapped(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """Return a text in lines of at most this width; a word that is too long is cut.

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
    """
    lines: list[str] = []
    for word in _pieces(text.split(), size, width, bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if not most or len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, width, bold=bold)]


def balanced(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return a text in as few lines as it needs, of about equal length, so that no word stands alone."""
    lines = wrapped(text, size, width, bold=bold)
    low, high = width / max(len(lines), 1), width
    while high - low > size / 2:
        middle = (low + high) / 2
        if len(wrapped(text, size, middle, bold=bold)) == len(lines):
            high = middle
        else:
            low = middle
    return wrapped(text, size, high, bold=bold)


def _pieces(words: Sequence[str], size: float, width: float, bold: bool) -> list[str]:
    """Return the words, those too long for a line, such as links, in pieces."""
    pieces = []
    for word in words:
        rest = word
        while width_of(rest, size, bold=bold) > width and len(rest) > 1:
            fits = max(1, _fitting(rest, size, width, bold))
            pieces.append(rest[:fits])
            rest = rest[fits:]
        pieces.append(rest)
    return pieces


def cut(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return a text in one line, with an ellipsis where it does not fit."""
    if width_of(text, size, bold=bold) <= width:
        return text
    fits = _fitting(text, size, width - width_of(ELLIPSIS, size, bold=bold), bold)
    return text[:fits].rstrip(" ,;:") + ELLIPSIS


def _fitting(text: str, size: float, width: float, bold: bool) -> int:
    """Return how many letters from the beginning fit."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle], size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low
