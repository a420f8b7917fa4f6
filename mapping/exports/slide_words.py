"""How much room words take on a slide, whose letters are not ours but those of whoever opens it."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from mapping.exports import typesetting

FAMILY: Final = "Arial"
"""On every Windows and Mac; LibreOffice sets it in letters of the same widths. Calibri, the template's own, is often
missing there and replaced by letters a fifth wider, which then run into each other."""
WIDTHS: Final = Path(__file__).with_name("arial_widths.csv")
"""Widths of its letters, regular and bold, in thousandths of their size."""
SPARE: Final = 1.015
"""What programs add to a line by rounding."""
STRANGE: Final = 1.25
"""A letter that the table does not hold, against that of our own font."""
KINDS: Final = ("regular", "bold")
LEADING: Final = 1.2
"""From line to line, in sizes of the letters."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line is, in points."""
    known, strange = _widths()[bold], ""
    thousandths = 0.0
    for letter in text:
        if letter in known:
            thousandths += known[letter]
        else:
            strange += letter
    beyond = typesetting.width_of(strange, size * STRANGE, bold=bold) if strange else 0.0
    return (thousandths * size / 1000 + beyond) * SPARE


@cache
def _widths() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the letters with their widths, regular and bold."""
    with WIDTHS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    regular, bold = ({letter: float(row[kind]) for row in rows for letter in row["letters"]} for kind in KINDS)
    return regular, bold


def wrapped(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """Return a text in lines of at most this width, the last with an ellipsis where there is room for ``most``."""
    return typesetting.wrapped(text, size, width, bold=bold, most=most, measure=width_of)


def balanced(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return a text in as few lines as it needs, of about equal length, so that no word stands alone."""
    return typesetting.balanced(text, size, width, bold=bold, measure=width_of)


def cut(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return a text in one line, with an ellipsis where it does not fit."""
    return typesetting.cut(text, size, width, bold=bold, measure=width_of)
