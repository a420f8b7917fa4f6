"""The address of a view as text, short enough to travel: mail programs and papers cut what is longer.

A list repeats its key: ``country=DE&country=FR``. Where that makes a link too long its values are joined,
``country=DE~FR``, which reads the same; what is too long even so is left to the page to say.
"""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from mapping.view.address import JOINT, LIST_FIELDS
from mapping.view.state import ViewState

LONGEST_LINK: Final = 2000
"""Characters of a link that all common programs pass on whole."""
HOST_CHARACTERS: Final = 120
"""Room left for the host and the path before the question mark."""


def query_text(view: ViewState, version: str = "") -> str:
    """Return what stands after the question mark for a view; with a version, for the data of that version.

    Lists are joined only where the link would be longer than 2,000 characters otherwise.
    """
    query = replace(view, version=version or view.version).to_query()
    text = urlencode(query, doseq=True, safe=JOINT)
    if len(text) <= LONGEST_LINK - HOST_CHARACTERS:
        return text
    joined = {key: [JOINT.join(values)] if key in LIST_FIELDS else values for key, values in query.items()}
    return urlencode(joined, doseq=True, safe=JOINT)


def is_too_long(link: str) -> bool:
    """Return whether a link may be cut on its way."""
    return len(link) > LONGEST_LINK
