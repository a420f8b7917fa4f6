"""One rule makes nine classes of evidence and agreement, and the page says it in the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.agreement import RULE, Confidence, confidence_of, confidence_words, spread_of
from mapping.analysis.measures import Measure
from mapping.view.address import AGREEMENT, EVIDENCE
from mapping.words import Words

MONTHS = Measure("months", "months", "higher_is_worse", "atmp")
SHARE = Measure("ratio", "percent", "higher_is_worse", "atmp")


@pytest.mark.parametrize(
    ("sources", "spread", "evidence", "agreement"),
    [
        (1, None, "limited", "medium"),
        (2, None, "medium", "medium"),
        (2, 0.0, "medium", "high"),
        (3, 0.25, "medium", "high"),
        (3, 0.26, "medium", "medium"),
        (3, 0.5, "medium", "medium"),
        (3, 0.51, "medium", "low"),
        (4, 0.1, "robust", "high"),
        (9, 0.4, "robust", "medium"),
        (9, 1.0, "robust", "low"),
    ],
)
def test_sources_and_spread_make_the_class(sources: int, spread: float | None, evidence: str, agreement: str) -> None:
    assert confidence_of(sources, spread) == Confidence(evidence, agreement)


def test_a_lone_source_has_nothing_to_compare_with() -> None:
    assert spread_of([("a:DE", MONTHS, "one", 3.0), ("a:DE", MONTHS, "one", 30.0)]) is None


def test_figures_of_another_kind_or_place_are_not_compared() -> None:
    assert spread_of([("a:DE", MONTHS, "one", 3.0), ("a:DE", SHARE, "two", 30.0)]) is None
    assert spread_of([("a:DE", MONTHS, "one", 3.0), ("a:FR", MONTHS, "two", 30.0)]) is None


def test_a_source_counts_with_its_median_and_the_widest_set_decides() -> None:
    months = [("a:DE", MONTHS, "one", value) for value in (1.0, 9.0, 10.0)] + [("a:DE", MONTHS, "two", 10.0)]
    assert spread_of(months) == pytest.approx(0.1)
    assert spread_of([*months, ("a:DE", SHARE, "one", 20.0), ("a:DE", SHARE, "two", 80.0)]) == pytest.approx(0.75)


def test_sources_that_all_say_zero_agree() -> None:
    assert spread_of([("a:DE", MONTHS, "one", 0.0), ("a:DE", MONTHS, "two", 0.0)]) == 0


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=6), st.floats(0.01, 1000))
def test_agreement_does_not_depend_on_the_unit_or_the_order(values: list[float], factor: float) -> None:
    def spread(numbers: list[float]) -> float:
        found = spread_of([("a:DE", MONTHS, str(at), number) for at, number in enumerate(numbers)])
        assert found is not None
        return found

    assert spread(values) == pytest.approx(spread(values[::-1]))
    assert spread([value * factor for value in values]) == pytest.approx(spread(values), abs=1e-9)


def test_each_class_has_words_of_its_own() -> None:
    words = Words(strict=True)
    said = {confidence_words(Confidence(some, far), words) for some in EVIDENCE for far in AGREEMENT}
    assert len(said) == 9
    assert confidence_words(Confidence("medium", "low"), words) == "two or three sources, they disagree"


def test_the_rule_on_the_page_names_its_limits() -> None:
    for part in ("one source", "two or three", "four or more", "three quarters", "less than half"):
        assert part in RULE
