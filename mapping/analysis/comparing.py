"""The published figures as plain lists, to count their sources and compare what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pandas as pd

from mapping.analysis.agreement import Confidence, confidence_of, spread_of
from mapping.analysis.evidence import evidence_index
from mapping.analysis.measures import PARTS, Measure
from mapping.tables.loading import Tables

Place = tuple[str, str]
"""Row and column of a cell."""


@dataclass(frozen=True)
class Facts:
    """Columns of the figures of the evidence index, in its order; positions in it stand for figures."""

    topic: list[str]
    """Obstacle and place of each figure."""
    measure: list[Measure]
    source: list[str]
    value: list[float]

    def sources(self, positions: Sequence[int]) -> set[str]:
        """Return the distinct sources of some figures."""
        return {source for at in positions for source in self.source[at].split("|") if source}

    def confidence(self, positions: Sequence[int]) -> Confidence:
        """Return how much evidence some figures are, and how far they agree."""
        told = [(self.topic[at], self.measure[at], self.source[at], self.value[at]) for at in positions]
        return confidence_of(len(self.sources(positions)), spread_of(told))

    def median(self, positions: Sequence[int]) -> float:
        """Return the median of some figures; the caller sees to it that they can be compared."""
        return float(median(self.value[at] for at in positions))


def facts_of(tables: Tables) -> Facts:
    """Return the facts of the figures of these tables, kept with them."""
    return tables.kept(("figure facts",), lambda: _facts(evidence_index(tables).figures))


def _facts(figures: pd.DataFrame) -> Facts:
    parts = figures[list(PARTS)].to_numpy(dtype=object).tolist()
    topic = (figures["obstacle_id"] + ":" + figures["column"]).tolist()
    source = figures["source_ids"].fillna("").tolist()
    return Facts(topic, [Measure(*row) for row in parts], source, figures["value"].tolist())
