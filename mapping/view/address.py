"""The keys of the address: what each may carry, and how text from anywhere becomes values that are safe to hold.

The keys are public: links on slides and in papers use them, so a key never gets a new meaning. Nothing here
knows the data; :mod:`mapping.view.known` says which values today's data has.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

ROLES: Final = ("partners", "facilities", "trial_sites", "treatment_centres")
"""What a site can be, in the order of legends and tables."""
ALL_LAYERS: Final = tuple(sorted(ROLES))
STYLES: Final = ("cities", "points", "density", "countries")
INCLUDE: Final = ("closed", "planned")
"""What is left out unless asked for."""
EUROPE: Final = "EUROPE"
MATRICES: Final = ("country", "stage", "stakeholder", "category")
"""Heatmaps of obstacles: by country, stage, stakeholder; and categories by country."""
ORDERS: Final = ("evidence", "value", "az", "similarity")
"""In what order the rows of a heatmap stand inside their group."""
SOURCES: Final = "sources"
"""Measure of a heatmap that counts distinct sources."""
EVIDENCE: Final = ("limited", "medium", "robust")
AGREEMENT: Final = ("low", "medium", "high")
TABS: Final = ("catalogue", "gaps", "chains", "paths", "brief")
"""Parts of the page of solutions."""
PARTS: Final = ("tables", "countries", "check", "correct", "proposals", "release")
"""Parts of the page of the data."""
EMBEDDED: Final = (
    *("map", "heatmap", "distances", "inequality", "timeline", "phases", "modalities", "network", "expertise"),
    *("profile", "ranking"),
)
"""Pictures that can be shown alone in another site's page, each on the pages that have it."""
GROUP: Final = "sites"
"""Group of figures that the ranking of countries opens with."""

YEAR_RANGE: Final = (1990, 2035)
"""First and last year an address may ask for."""
KM_RANGE: Final = (1, 2000)
KM: Final = 200
"""Kilometres within which a place counts as served, unless the reader says otherwise."""
PAGE_RANGE: Final = (1, 1_000_000)
DETOUR_RANGE: Final = (100, 300)
DETOUR: Final = 130
"""Assumed kilometres of road for 100 kilometres as the crow flies; the page says so and the reader may change it."""
SPEED_RANGE: Final = (10, 130)
SPEED: Final = 70
"""Assumed kilometres an hour on the way, door to door."""
K_RANGE: Final = (1, 10)
K: Final = 3
"""New sites that the page Access looks for."""
PROPOSAL_RANGE: Final = (0, 9_999_999)
STEP_RANGE: Final = (1, 60)
"""Steps a story may have."""
AMONG: Final = ("towns", "sites")
"""Where new sites may stand: in large towns, or at known sites that test or give ATMPs."""

TEXT_CHARACTERS: Final = 200
"""Longest text kept of a search or of one value."""
LIST_VALUES: Final = 200
"""Most values kept of one list."""
JOINT: Final = "~"
"""Joins the values of a list in links that would be too long with its key repeated; no code and no id has it."""
JOINED_CHARACTERS: Final = 8192
"""Longest joined list that is taken apart; no server takes a longer address."""
VALUES_READ: Final = 1000
"""Most values of one key that are looked at; a longer list is an attack or an accident."""
STORY_CHARACTERS: Final = 1800
"""Longest story of a reader's own that an address carries; a longer one travels as a file."""
SHOWN_CHARACTERS: Final = 60
"""Longest piece of a dropped value that a notice repeats."""

LIST_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "layers": "layers",
        "country": "countries",
        "class": "classes",
        "kind": "kinds",
        "capability": "capabilities",
        "modality": "modalities",
        "area": "areas",
        "phase": "phases",
        "status": "statuses",
        "sponsor": "sponsors",
        "confidence": "confidences",
        "stage": "stages",
        "category": "categories",
        "stakeholder": "stakeholders",
        "include": "include",
        "evidence": "evidence",
        "agreement": "agreement",
        "type": "types",
        "solution_status": "solution_statuses",
        "horizon": "horizons",
        "about": "about",
        "add": "added",
        "close": "closed",
    }
)
"""Key -> field of the view, for keys that may repeat."""
WORD_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "q": "text",
        "obstacle": "obstacle",
        "site": "site",
        "focus": "focus",
        "style": "style",
        "indicator": "indicator",
        "lang": "lang",
        "v": "version",
        "sort": "sort",
        "matrix": "matrix",
        "measure": "measure",
        "order": "order",
        "cell": "cell",
        "tab": "tab",
        "solution": "solution",
        "path": "path",
        "pair": "pair",
        "partner": "partner",
        "role": "role",
        "among": "among",
        "table": "table",
        "part": "part",
        "row": "row",
        "group": "group",
        "figure": "figure",
        "show": "shown",
        "story": "story",
        "mine": "mine",
    }
)
"""Key -> field, for keys that carry one word or text."""
LONGEST: Final[Mapping[str, int]] = MappingProxyType({"mine": STORY_CHARACTERS})
"""Field -> characters kept of it, where that is more than of other texts."""
NUMBER_FIELDS: Final[Mapping[str, tuple[str, tuple[int, int]]]] = MappingProxyType(
    {
        "km": ("km", KM_RANGE),
        "page": ("page", PAGE_RANGE),
        "detour": ("detour", DETOUR_RANGE),
        "speed": ("speed", SPEED_RANGE),
        "k": ("k", K_RANGE),
        "step": ("step", STEP_RANGE),
        "proposal": ("proposal", PROPOSAL_RANGE),
    }
)
"""Key -> field and bounds, for keys that carry one whole number."""

OBSTACLE_FILTERS: Final = ("stage", "category", "stakeholder", "obstacle", "evidence", "agreement")
"""Keys that narrow obstacles and leave the sites in view alone."""
FILTER_KEYS: Final = (
    *("layers", "country", "class", "kind", "capability", "modality", "area", "phase", "status", "sponsor", "years"),
    *("confidence", "q", *OBSTACLE_FILTERS, "include"),
)
"""Keys that narrow (or, include, widen) what is in view, in the order of the filter bar."""
_OBSTACLE_KEYS: Final = ("matrix", "measure", "order", "cell")
_SOLUTION_KEYS: Final = ("tab", "type", "solution_status", "horizon", "solution", "path", "about")
_WORK_KEYS: Final = ("pair", "partner")
_ACCESS_KEYS: Final = ("role", "add", "close", "own", "detour", "speed", "k", "among")
_DATA_KEYS: Final = ("table", "part", "row", "proposal")
_COUNTRY_KEYS: Final = ("group", "figure")
_EMBED_KEYS: Final = ("show",)
STORY_KEYS: Final = ("story", "step", "notes", "mine")
"""Keys that say which story is presented and how far; they mean nothing on other pages."""
KEYS: Final = (
    *(*FILTER_KEYS, "site", "focus", "style", "indicator", "km", "lang", "present", "v", "sort", "page"),
    *(*_OBSTACLE_KEYS, *_SOLUTION_KEYS, *_WORK_KEYS, *_ACCESS_KEYS, *_DATA_KEYS, *_COUNTRY_KEYS),
    *(*_EMBED_KEYS, *STORY_KEYS),
)
"""Every key, in the order it is written."""
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {**LIST_FIELDS, **WORD_FIELDS, **{key: field for key, (field, _) in NUMBER_FIELDS.items()}}
    | {"years": "years", "present": "present", "own": "own", "notes": "notes"}
)
"""Key -> field of the view, for every key."""

_UNSEEN: Final = dict.fromkeys((*range(32), *range(127, 160)), " ")
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,7}")
_TRUE: Final = frozenset({"1", "true", "yes", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class Dropped:
    """A value of an address that could not be kept, for the notice on the page."""

    key: str
    """The key as it stands in the address."""
    value: str
    """What it said, shortened."""


def clean(value: str, most: int = TEXT_CHARACTERS) -> str:
    """Return the text on one line without control characters or broken halves, at most 200 characters or so long."""
    head = value[: 4 * most].encode("utf-8", "ignore").decode("utf-8")
    return " ".join(head.translate(_UNSEEN).split())[:most].rstrip()


def tidy_list(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values cleaned, sorted and each once, the empty ones left out, at most 200 of them."""
    parts = (part for value in values for part in value.split(JOINT))
    return tuple(sorted({text for part in parts if (text := clean(part))})[:LIST_VALUES])


def bounded(number: int, bounds: tuple[int, int]) -> int:
    """Return the number, moved to the nearest end where it lies outside the bounds."""
    return min(max(number, bounds[0]), bounds[1])


def tidy_years(years: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return first and last year in order and inside 1990 to 2035."""
    if years is None:
        return None
    first, last = sorted(bounded(year, YEAR_RANGE) for year in years)
    return first, last


def dropped(key: str, value: str) -> Dropped:
    """Return the notice of a value that could not be kept."""
    text = clean(value)
    return Dropped(key, text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…")


def texts_of(query: object, key: str) -> list[str]:
    """Return the texts an address gives for a key, cleaned, empty ones left out; anything else counts as nothing."""
    values = query.get(key, ()) if isinstance(query, Mapping) else ()
    if isinstance(values, str):
        values = (values,)
    if not isinstance(values, Sequence) or isinstance(values, bytes | bytearray):
        return []
    found = (value for value in islice(values, VALUES_READ) if isinstance(value, str))
    if key in LIST_FIELDS:
        found = (part for value in found for part in value[:JOINED_CHARACTERS].split(JOINT))
    most = LONGEST.get(key, TEXT_CHARACTERS)
    return [text for value in islice(found, VALUES_READ) if (text := clean(value, most))]


def _years(values: Sequence[str]) -> tuple[tuple[int, int] | None, list[str]]:
    numbers = [int(value) for value in values if _WHOLE_NUMBER.fullmatch(value)]
    wrong = [value for value in values if not _WHOLE_NUMBER.fullmatch(value)]
    return ((numbers[0], numbers[min(1, len(numbers) - 1)]) if numbers else None), wrong


def _number(value: str) -> int | None:
    return int(value) if _WHOLE_NUMBER.fullmatch(value) else None


def _flag(value: str) -> bool | None:
    return True if value.lower() in _TRUE else False if value.lower() in _FALSE else None


def _first(values: Sequence[str], read: Callable[[str], Any]) -> tuple[Any, list[str]]:
    """Return the first value read, None where it cannot be, and what is not kept: that one then, and all others."""
    value, others = read(values[0]), [other for other in dict.fromkeys(values) if other != values[0]]
    return value, others if value is not None else [values[0], *others]


def read_fields(query: object) -> tuple[dict[str, Any], tuple[Dropped, ...]]:
    """Return the fields of a view that an address sets, and what in it makes no sense; never raises."""
    fields: dict[str, Any] = {}
    faults: list[Dropped] = []
    for key in KEYS:
        values = texts_of(query, key)
        if not values:
            continue
        wrong: list[str] = []
        if key in LIST_FIELDS:
            value: Any = tidy_list(values)
        elif key in WORD_FIELDS:
            value, wrong = _first(values, str)
        elif key == "years":
            value, wrong = _years(values)
        else:
            value, wrong = _first(values, _number if key in NUMBER_FIELDS else _flag)
        faults.extend(dropped(key, text) for text in wrong)
        if value is not None:
            fields[FIELDS[key]] = value
    return fields, tuple(faults)
