"""The filters of a view in words: chips on the screen, one sentence in what is downloaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from mapping.tables.loading import Tables
from mapping.view.options import VOCABULARIES
from mapping.view.state import ViewState
from mapping.words import Words, mark

KEY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "layers": mark("Shown"),
        "country": mark("Country"),
        "class": mark("ATMP class"),
        "kind": mark("Kind"),
        "capability": mark("Capability"),
        "modality": mark("Modality"),
        "area": mark("Therapeutic area"),
        "phase": mark("Phase"),
        "status": mark("Trial status"),
        "sponsor": mark("Sponsor"),
        "years": mark("Years"),
        "confidence": mark("Confidence"),
        "q": mark("Search"),
        "stage": mark("Stage"),
        "category": mark("Category"),
        "stakeholder": mark("Stakeholder"),
        "obstacle": mark("Obstacle"),
        "evidence": mark("Evidence"),
        "agreement": mark("Agreement"),
        "include": mark("Also shown"),
    }
)
"""Key of the address -> what the filter is called on the screen."""
INCLUDE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"closed": mark("closed sites"), "planned": mark("planned sites")}
)
CLASS_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "evidence": {"limited": mark("Limited"), "medium": mark("Medium"), "robust": mark("Robust")},
        "agreement": {"low": mark("Low"), "medium": mark("Medium"), "high": mark("High")},
    }
)
"""How sure the cells of a heatmap are: key -> value -> what it is called."""
_VOCABULARIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {**VOCABULARIES, "layers": ("role",), "confidence": ("confidence",)}
)


@dataclass(frozen=True)
class Chip:
    """One value of one filter that is set; its cross leads to ``view.without(key, value)``."""

    key: str
    value: str
    text: str
    """What it says: "Country: Germany"."""


def chips(tables: Tables, view: ViewState, words: Words) -> list[Chip]:
    """Return a chip for each value of each filter set, in the order of the filter bar."""
    return [Chip(key, value, _said(words, key, value_words(tables, words, key, value))) for key, value in view.active()]


def filters_in_words(tables: Tables, view: ViewState, words: Words) -> str:
    """Return the filters set as one sentence, for files that leave the screen; says so where there are none."""
    values: dict[str, list[str]] = {}
    for key, value in view.active():
        values.setdefault(key, []).append(value_words(tables, words, key, value))
    if not values:
        return words.text("No filter is set: all sites.")
    return "; ".join(_said(words, key, words.list(said, _joined_by(key))) for key, said in values.items())


def key_words(words: Words, key: str) -> str:
    """Return what a filter is called."""
    return words.text(KEY_WORDS[key])


def value_words(tables: Tables, words: Words, key: str, value: str) -> str:
    """Return one value of a filter in words, the value itself where the tables have none for it."""
    if key == "country":
        return words.country(tables, value)
    if key == "q":
        return words.text("“{text}”", text=value)
    if key == "years":
        first, last = value.split("-")
        return first if first == last else f"{first}–{last}"
    if key == "include":
        return words.text(INCLUDE_WORDS[value]) if value in INCLUDE_WORDS else value
    if key in CLASS_WORDS:
        return words.text(CLASS_WORDS[key].get(value, value))
    if key == "obstacle":
        return _obstacle_title(tables, value)
    labels = (words.label(tables, vocabulary, value) for vocabulary in _VOCABULARIES.get(key, ()))
    return next((label for label in labels if label != value), value)


def _said(words: Words, key: str, value: str) -> str:
    return words.text("{filter}: {value}", filter=key_words(words, key), value=value)


def _joined_by(key: str) -> Literal["and", "or"]:
    return "and" if key in {"layers", "include"} else "or"


def _obstacle_title(tables: Tables, obstacle: str) -> str:
    titles = tables.kept(("obstacle titles",), lambda: _titles(tables))
    return titles.get(obstacle, obstacle)


def _titles(tables: Tables) -> Mapping[str, str]:
    obstacles = tables.frames.get("obstacles")
    return {} if obstacles is None else dict(zip(obstacles["id"], obstacles["title"], strict=True))
