"""How much room words take on a slide, whose letters are not ours but those of whoever opens it."""

from typing import Final

from mapping.exports import typesetting

FAMILY: Final = "Arial"
"""On every Windows and Mac; LibreOffice sets it in letters of the same widths. Calibri, the template's own, is often
missing there and replaced by letters a fifth wider, which then run into each other."""
WIDER: Final = 1.16
"""Its lines against those of our own font, which we can measure: 95 of 100 of our names are less wide than this."""
WORD_WIDER: Final = 1.25
"""The same of a single word: 99 of 100."""
LEADING: Final = 1.2
"""From line to line, in sizes of the letters."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line is, in points."""
    return typesetting.width_of(text, size * (WIDER if " " in text else WORD_WIDER), bold=bold)


def wrapped(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """Return a text in lines of at most this width, the last with an ellipsis where there is room for ``most``."""
    return typesetting.wrapped(text, size * WIDER, width, bold=bold, most=most)


def cut(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return a text in one line, with an ellipsis where it does not fit."""
    return typesetting.cut(text, size * WIDER, width, bold=bold)
