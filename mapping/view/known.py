"""What today's data has: which values of an address can be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import pandas as pd

from mapping.tables.files import TABLE_FILES
from mapping.tables.loading import Tables
from mapping.view.address import (
    AGREEMENT,
    AMONG,
    EMBEDDED,
    EUROPE,
    EVIDENCE,
    INCLUDE,
    MATRICES,
    ORDERS,
    PARTS,
    ROLES,
    SOURCES,
    STYLES,
    TABS,
    YEAR_RANGE,
)
from mapping.view.options import VOCABULARIES, options
from mapping.view.ranked import ranked, split_figure

SORTS: Final = (
    *("name", "city", "country", "roles", "partners", "facilities", "trials", "treatment_centres", "confidence"),
)
"""Columns the table of sites can be ordered by."""
TRIAL_SORTS: Final = ("title", "start_year", "enrolment", "phase")
"""Columns the table of trials can be ordered by."""
NETWORK_HUB: Final = "network:"
"""Start of the id of a network that has no row among the organisations."""
_ROWS: Final = {
    "site": "sites",
    "obstacle": "obstacles",
    "solution": "solutions",
    "path": "pathways",
    "about": "obstacles",
    "partner": "organisations",
    "close": "sites",
}
"""Key -> table whose ids it carries."""


@dataclass(frozen=True, eq=False)
class Known:
    """The values of an address that today's data has, made from the tables."""

    tables: Tables
    """The data; the large tables in it are looked at only when a link names a site or a place."""
    languages: tuple[str, ...] = ("en",)
    """Languages the screens come in."""

    @cached_property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """Return the codes each filter offers, by key, in the order of the screens."""
        return options(self.tables)

    @cached_property
    def core_countries(self) -> frozenset[str]:
        """Return the codes of the countries that the Atlas covers."""
        countries = self.tables.frames.get("countries")
        return frozenset() if countries is None else frozenset(countries["id"][countries["scope"] == "core"])

    @cached_property
    def years(self) -> tuple[int, int]:
        """Return first and last year in which a trial of today's data started, inside what an address may ask."""
        trials = self.tables.frames.get("trials")
        started = pd.Series(dtype="int64") if trials is None else trials["start_year"].dropna()
        started = started[started.between(*YEAR_RANGE)]
        return YEAR_RANGE if started.empty else (int(started.min()), int(started.max()))

    @cached_property
    def _fixed(self) -> Mapping[str, frozenset[str]]:
        sorts = frozenset((*SORTS, *TRIAL_SORTS, *self._ranked))
        closed = {
            "style": frozenset(STYLES),
            "include": frozenset(INCLUDE),
            "lang": frozenset(self.languages),
            "v": frozenset({self.tables.version}),
            "sort": sorts | {f"-{column}" for column in sorts},
            "matrix": frozenset(MATRICES),
            "order": frozenset(ORDERS),
            "evidence": frozenset(EVIDENCE),
            "agreement": frozenset(AGREEMENT),
            "tab": frozenset(TABS),
            "role": frozenset(ROLES),
            "among": frozenset(AMONG),
            "show": frozenset(EMBEDDED),
            "group": frozenset(ranked(self.tables)),
            "table": frozenset(TABLE_FILES),
            "part": frozenset(PARTS),
        }
        return MappingProxyType(closed | {key: frozenset(codes) for key, codes in self.options.items()})

    @cached_property
    def _measures(self) -> frozenset[str]:
        """Return kind, unit, direction and scope of the figures, joined with points, and the starts of that."""
        columns = ["measure_kind", "unit", "direction", "scope"]
        kinds = self.tables.frames["obstacle_evidence"][columns].drop_duplicates().to_numpy(dtype=object).tolist()
        return frozenset(".".join(kind[:parts]) for kind in kinds for parts in range(1, len(columns) + 1))

    @cached_property
    def _ranked(self) -> frozenset[str]:
        """Return the codes of the figures that countries can be ranked by."""
        return frozenset(code for codes in ranked(self.tables).values() for code in codes)

    def knows(self, key: str, value: str) -> bool:
        """Tell whether a value of a key can be shown.

        While the table that could tell is faulty the value is believed: the page says what is wrong with the
        table, and the link still works on the day it is mended.
        """
        if key in VOCABULARIES and "codes" not in self.tables.frames:
            return True
        if key in self._fixed:
            return value in self._fixed[key]
        if key == "focus":
            is_place_id = value.isascii() and value.isdigit()
            return value == EUROPE or value in self.core_countries or (is_place_id and self._has("places", value))
        if key == "measure":
            return value == SOURCES or "obstacle_evidence" not in self.tables.frames or value in self._measures
        if key == "cell":
            row, _, column = value.partition(":")
            return column != "" and (row in self._fixed["category"] or self._has("obstacles", row))
        if key == "add":
            return self._has("places" if value.isascii() and value.isdigit() else "sites", value)
        if key == "pair":
            return self._is_pair(value)
        if key == "figure":
            figure, country = split_figure(value)
            return country in self.core_countries and (figure in self._ranked or self._has("obstacles", figure))
        if key in _ROWS:
            return self._has(_ROWS[key], value) or (key == "partner" and self._is_hub(value))
        return True

    def _is_hub(self, value: str) -> bool:
        codes = self.tables.frames.get("codes")
        if codes is None or not value.startswith(NETWORK_HUB):
            return False
        networks = codes["code"][codes["vocabulary"] == "network"]
        return bool((networks == value.removeprefix(NETWORK_HUB)).any())

    def _is_pair(self, value: str) -> bool:
        """Tell whether a value names two countries in alphabetical order."""
        countries = self.tables.frames.get("countries")
        codes = value.split("-")
        if len(codes) != 2 or codes[0] >= codes[1]:
            return False
        return countries is None or bool(pd.Series(codes).isin(countries["id"]).all())

    def _has(self, table: str, value: str) -> bool:
        frame = self.tables.frames.get(table)
        return frame is None or bool((frame["id"] == value).any())
