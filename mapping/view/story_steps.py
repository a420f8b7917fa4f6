"""The link of a step, as copied from a page, read strictly: what the data do not have is a fault and not left out."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

from mapping.errors import ViewError
from mapping.view.address import KEYS, NUMBER_FIELDS
from mapping.view.known import Known
from mapping.view.state import ViewState, read_view
from mapping.view.stories import NOT_OF_A_STEP, PAGES

LONGEST_LINK_READ: Final = 8192


class StepError(ViewError):
    """A link that no step can have."""

    def __init__(self, value: str, rule: str, remedy: str) -> None:
        self.value, self.rule, self.remedy = value, rule, remedy
        super().__init__(f"{value!r} {rule}; {remedy}")


def step_at(link: str, known: Known) -> tuple[str, ViewState]:
    """Return page and view of a link, whole or from the slash on.

    Raises
    ------
    StepError
        It names a page, a key or a value that the Atlas does not have.
    """
    try:
        parts = urlsplit(link[:LONGEST_LINK_READ])
        asked = parse_qs(parts.query, max_num_fields=1000)
    except ValueError as error:
        raise StepError(link, "is no link", "copy it from a page of the Atlas") from error
    page = parts.path.rstrip("/").rpartition("/")[2]
    if page not in PAGES:
        named = ", ".join(f"/{name}" for name in PAGES)
        raise StepError(page, "is no page that can be presented", f"start the link with one of {named}")
    query = {key: values for key, values in asked.items() if key not in NOT_OF_A_STEP}
    unknown = [key for key in query if key not in KEYS]
    if unknown:
        raise StepError(unknown[0], "is no key of an address", "copy the link from a page of the Atlas")
    view, gone = read_view(query, known)
    if gone:
        wrong = f"{gone[0].key}={gone[0].value}"
        raise StepError(wrong, "is not in the data", "open the view and copy its link anew")
    _bounds(query, view)
    return page, view


def _bounds(query: Mapping[str, Sequence[str]], view: ViewState) -> None:
    """Raise a StepError for a number outside its bounds, which an address would move to the nearest end."""
    for key, (name, (least, most)) in NUMBER_FIELDS.items():
        if key in query and int(query[key][0]) != getattr(view, name):
            raise StepError(f"{key}={query[key][0]}", "is out of bounds", f"write a number from {least} to {most}")
