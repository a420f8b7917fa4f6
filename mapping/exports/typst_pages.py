"""Typst as the Atlas uses it: our fonts and no others, text as data and never as markup, the same bytes each time."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from mapping.errors import ViewError

FONT_FOLDER: Final = Path(__file__).with_name("fonts")
FONT: Final = "Source Sans 3"
UNDATED: Final = "1980-01-01"
"""Day of a file whose data tell none."""
ACCESSIBLE: Final = "ua-1"
"""PDF/UA-1: tagged, with title and language; Typst refuses a document that breaks it."""


def typeset(template: Path, told: Mapping[str, Any], day: str) -> bytes:
    """Return a template filled with data as an accessible PDF.

    Parameters
    ----------
    template : Path
        A Typst document that reads its data from ``sys.inputs.told``, as JSON; so no text can become markup.
    told : Mapping
        The data; JSON values.
    day : str
        The day the PDF bears, YYYY-MM-DD; empty where there is none.

    Raises
    ------
    ViewError
        The page cannot be set, for instance because a picture is none.
    """
    made = datetime.fromisoformat(day or UNDATED).replace(tzinfo=UTC)
    try:
        content: bytes = typst.compile(
            template.read_bytes(),
            sys_inputs=_inputs(told),
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=ACCESSIBLE,
            timestamp=made,
        )
    except typst.TypstError as error:
        raise ViewError(f"the page cannot be set: {error.message}") from error
    return content


def page_count(template: Path, told: Mapping[str, Any]) -> int:
    """Return how many pages a template takes, which it says itself in an element labelled ``last-page``.

    Raises
    ------
    ViewError
        The page cannot be set.
    """
    try:
        found = typst.query(
            template.read_bytes(),
            "<last-page>",
            field="value",
            one=True,
            sys_inputs=_inputs(told),
            font_paths=fonts(),
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise ViewError(f"the page cannot be set: {error.message}") from error
    return int(json.loads(found))


def _inputs(told: Mapping[str, Any]) -> dict[str, str]:
    return {"told": json.dumps(told, ensure_ascii=False)}


@cache
def fonts() -> typst.Fonts:
    """Return the fonts shipped, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
