"""Whether the outcome of a solution is told with a figure: a rule, written once and shown on the page.

A figure is a number, in digits or as a word from two to twelve, or a share ("a third"). Not figures: days, months and
years of the calendar, numbers of laws and of documents, and numbers that are part of a product's name.
"""

import re
from typing import Final

import numpy as np
import pandas as pd

from mapping.words import mark

RULE: Final = mark(
    "An outcome has a figure when it states a number or a share. Dates, numbers of laws and numbers in the name of a "
    "product do not count. The rule reads the text; it does not judge whether the figure is a good one."
)
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_NOT_FIGURES: Final = re.compile(
    rf"""
      \([A-Z]{{2,3}}\)\s*\d{{4}}/\d+        # Regulation (EU) 2024/1938
    | COM\(\d{{4}}\)\s*\d+                  # COM(2025) 1022
    | \d{{4}}/\d+(?:/[A-Z]+)?               # 2001/83/EC
    | \d{{1,2}}\s+{_MONTH}\s+\d{{4}}        # 16 December 2025
    | {_MONTH}\s+\d{{4}}                    # April 2023
    | (?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)  # 2019, also as an end of 2019-2023
    | [A-Za-z]+-\d+                         # ARI-0001
    | Telethon\s+\d+                        # Telethon 003
    """,
    re.VERBOSE,
)
_FIGURE: Final = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter)\b", re.IGNORECASE
)


def has_figure(outcome: str) -> bool:
    """Return whether an outcome states a figure."""
    return bool(_FIGURE.search(_NOT_FIGURES.sub(" ", outcome)))


def without_figure(solutions: pd.DataFrame) -> pd.DataFrame:
    """Return the solutions whose outcome states no figure, an empty outcome among them."""
    bare = [not has_figure(outcome) for outcome in solutions["outcome"].fillna("")]
    return solutions[np.array(bare, dtype=np.bool_)]
