"""Text that a spreadsheet shows and never runs.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is a formula to a spreadsheet; an
apostrophe before it makes it text again. Nothing else is altered, and numbers are never touched.
"""

import re
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_QUOTED: Final = re.compile(r'[",\n\r]')
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL: Final = 32_767
"""Characters a cell of a workbook holds; Excel refuses a file with more."""


def harmless(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def csv_cell(text: str) -> str:
    """Return the text as one cell of a comma-separated file: harmless, and quoted where it has to be."""
    safe = harmless(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


def workbook_text(text: str) -> str:
    """Return the text as a cell of a workbook can hold it: harmless, no control characters, not too long."""
    safe = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", harmless(text))
    return safe if len(safe) <= LONGEST_CELL else safe[: LONGEST_CELL - 1] + "…"
