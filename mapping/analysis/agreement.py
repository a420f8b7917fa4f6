"""How much evidence there is and how far it agrees, after the IPCC: one rule, the same on the page and in its tests.

Evidence counts distinct sources. Agreement looks at how far apart the sources lie where they give comparable figures:
the same kind of measure, unit, direction and scope about the same obstacle and place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from mapping.analysis.measures import Measure
from mapping.words import Words, mark

MEDIUM_FROM: Final = 2
"""Distinct sources from which evidence is medium."""
ROBUST_FROM: Final = 4
"""Distinct sources from which evidence is robust."""
HIGH_UP_TO: Final = 0.25
"""Widest spread at which sources agree: the lowest is at least three quarters of the highest."""
LOW_ABOVE: Final = 0.5
"""Spread above which sources disagree: the lowest is less than half of the highest."""
RULE: Final = mark(
    "Evidence is limited with one source, medium with two or three, robust with four or more. Agreement compares what "
    "different sources say with figures of the same kind, unit, direction and scope: it is high where the lowest is at "
    "least three quarters of the highest, low where it is less than half, and medium in between or where there is "
    "nothing to compare."
)


@dataclass(frozen=True)
class Confidence:
    """One of the nine cells."""

    evidence: str
    """limited, medium or robust."""
    agreement: str
    """low, medium or high."""


def confidence_of(sources: int, spread: float | None) -> Confidence:
    """Return the class of a number of distinct sources (at least one) and how far they lie apart.

    Parameters
    ----------
    sources : int
        Distinct sources.
    spread : float, optional
        From :func:`spread_of`, 0 to 1 and above for figures of both signs; None where nothing can be compared.
    """
    evidence = "limited" if sources < MEDIUM_FROM else "medium" if sources < ROBUST_FROM else "robust"
    if spread is None:
        return Confidence(evidence, "medium")
    return Confidence(evidence, "high" if spread <= HIGH_UP_TO else "low" if spread > LOW_ABOVE else "medium")


def spread_of(figures: Sequence[tuple[str, Measure, str, float]]) -> float | None:
    """Return how far apart the sources of some figures lie, None where no two say something comparable.

    Parameters
    ----------
    figures : sequence of (topic, measure, source, value)
        Only figures of one topic (obstacle and place) and measure are compared. A source that gives several counts
        with their median. Of several comparable sets the widest counts.

    Returns
    -------
    float or None
        Distance from the lowest to the highest as a share of the larger of the two, 0 where all are zero.
    """
    sets: dict[tuple[str, Measure], dict[str, list[float]]] = {}
    for topic, measure, source, value in figures:
        sets.setdefault((topic, measure), {}).setdefault(source, []).append(value)
    widths = [_width([median(values) for values in said.values()]) for said in sets.values() if len(said) > 1]
    return max(widths, default=None)


def _width(values: Sequence[float]) -> float:
    largest = max(abs(value) for value in values)
    return (max(values) - min(values)) / largest if largest else 0.0


_SAID: Final = {
    ("limited", "high"): mark("cannot be: one source has nobody to agree with"),
    ("limited", "medium"): mark("one source, nothing to compare it with"),
    ("limited", "low"): mark("cannot be: one source has nobody to disagree with"),
    ("medium", "high"): mark("two or three sources, they agree"),
    ("medium", "medium"): mark("two or three sources, in part alike or not comparable"),
    ("medium", "low"): mark("two or three sources, they disagree"),
    ("robust", "high"): mark("four or more sources, they agree"),
    ("robust", "medium"): mark("four or more sources, in part alike or not comparable"),
    ("robust", "low"): mark("four or more sources, they disagree"),
}


def confidence_words(confidence: Confidence, words: Words) -> str:
    """Return one of the nine cells in plain words."""
    return words.text(_SAID[confidence.evidence, confidence.agreement])
