"""What the colour of a heatmap can mean: the number of sources, or one kind of figure that can be compared.

Two published figures are comparable only where kind of measure, unit, direction and scope are the same. So a measure
is all four; nothing is ever averaged across two of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.address import SOURCES
from mapping.words import Words, mark

PARTS: Final = ("measure_kind", "unit", "direction", "scope")
"""Columns of obstacle_evidence that two comparable figures share."""
KINDS: Final = ("share_of_respondents", "share_of_challenges", "months", "eur", "ratio", "rating", "count")
"""Kinds of measure in the order in which they are offered."""
GMO_RANK: Final = "ordinal_1_3"
"""Unit of the GMO regimes, which is our coding of a legal text."""
_KIND_UNIT: Final = {
    "share_of_respondents": mark("Share of those asked (%)"),
    "share_of_challenges": mark("Share of challenges named (%)"),
    "months": mark("Months"),
    "eur": mark("Thousand euros"),
    "ratio.percent": mark("Share (%)"),
    "ratio.percent_growth": mark("Growth (%)"),
    "ratio.percentage_points": mark("Percentage points"),
    "rating.ordinal_1_3": mark("GMO regime, our coding (1–3)"),
    "rating.score_1_5": mark("Score (1–5)"),
}


@dataclass(frozen=True, order=True)
class Measure:
    """One kind of figure that can be compared."""

    kind: str
    unit: str
    direction: str
    scope: str

    @property
    def code(self) -> str:
        """Return the measure as the address writes it."""
        return ".".join((self.kind, self.unit, self.direction, self.scope))

    @property
    def is_neutral(self) -> bool:
        """Return whether a high value says nothing about the hurdle: it can be printed, and must not be coloured."""
        return self.direction == "neutral"

    @property
    def family(self) -> str:
        """Return kind and unit, as the address writes the start of the measure."""
        return f"{self.kind}.{self.unit}"


def measures(tables: Tables) -> Mapping[Measure, int]:
    """Return each measure there is with its number of figures: by kind, then unit, the commonest first."""
    return tables.kept(("obstacle measures",), lambda: _counted(tables["obstacle_evidence"]))


def families(tables: Tables) -> Mapping[str, int]:
    """Return each kind with its unit and its number of figures, in the order offered."""
    found: dict[str, int] = {}
    for measure, count in measures(tables).items():
        found[measure.family] = found.get(measure.family, 0) + count
    return found


def measure_of(tables: Tables, asked: str) -> Measure | None:
    """Return the measure an address asks for; where it names no direction or scope, the commonest that can be judged.

    None stands for the number of sources, also where today's data has no such measure.
    """
    if asked == SOURCES:
        return None
    found = measures(tables)
    fitting = [measure for measure in found if f"{measure.code}.".startswith(f"{asked}.")]
    return max(fitting, key=lambda measure: (not measure.is_neutral, found[measure]), default=None)


def family_words(tables: Tables, measure: Measure, words: Words) -> str:
    """Return kind and unit in words: "Months", "Number of products"."""
    for code in (measure.family, measure.kind):
        if code in _KIND_UNIT:
            return words.text(_KIND_UNIT[code])
    return words.text("Number: {unit}", unit=words.label(tables, "evidence_unit", measure.unit))


def reading_words(tables: Tables, measure: Measure, words: Words) -> str:
    """Return direction and scope in words: "higher is worse; about CAR-T"."""
    return words.text(
        "{direction}; about: {scope}",
        direction=words.label(tables, "direction", measure.direction),
        scope=words.label(tables, "scope", measure.scope),
    )


def measure_words(tables: Tables, measure: Measure | None, words: Words) -> str:
    """Return a measure in words."""
    if measure is None:
        return words.text("Number of distinct sources")
    return f"{family_words(tables, measure, words)} ({reading_words(tables, measure, words)})"


def printed(measure: Measure | None, value: float, words: Words) -> str:
    """Return a value as a cell prints it, short; euros in thousands, large numbers too."""
    if measure is not None and measure.unit == "eur":
        return words.number(value / 1000)
    if measure is not None and measure.kind == "rating":
        return words.number(value, 0 if float(value).is_integer() else 1)
    if abs(value) >= 10_000:
        return words.text("{n}k", n=words.number(value / 1000))
    return words.number(value, 1 if 0 < abs(value) < 10 and not float(value).is_integer() else 0)


def _counted(figures: pd.DataFrame) -> Mapping[Measure, int]:
    found: dict[Measure, int] = {}
    for parts in figures[list(PARTS)].to_numpy(dtype=object).tolist():
        measure = Measure(*parts)
        found[measure] = found.get(measure, 0) + 1
    whole: dict[str, int] = {}
    for measure, count in found.items():
        whole[measure.family] = whole.get(measure.family, 0) + count

    def place(measure: Measure) -> tuple[int, int, str, int, Measure]:
        kind = KINDS.index(measure.kind) if measure.kind in KINDS else len(KINDS)
        return kind, -whole[measure.family], measure.unit, -found[measure], measure

    return {measure: found[measure] for measure in sorted(found, key=place)}
