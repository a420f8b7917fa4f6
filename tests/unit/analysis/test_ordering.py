"""Orders of rows: each is a permutation, and neighbours by similarity are alike."""

import numpy as np
import pytest

from mapping.analysis.ordering import Lines, order_of, seriation

NAMES = ("gamma", "Alpha", "beta", "delta")
LINES = Lines(
    NAMES,
    np.array([3, 1, 3, 0]),
    np.array([5.0, np.nan, 7.0, 6.0]),
    np.array([[1.0, 0, 0], [0, 0, 2], [1, 0.1, 0], [0, 0, 0]]),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("az", ["Alpha", "beta", "delta", "gamma"]),
        ("evidence", ["beta", "gamma", "Alpha", "delta"]),
        ("value", ["beta", "delta", "gamma", "Alpha"]),
    ],
)
def test_lines_stand_as_asked_and_equal_ones_by_name(order: str, expected: list[str]) -> None:
    assert [NAMES[at] for at in order_of(LINES, order)] == expected


def test_by_similarity_neighbours_are_alike_and_empty_lines_last() -> None:
    names = [NAMES[at] for at in order_of(LINES, "similarity")]
    assert names[-1] == "delta"
    assert abs(names.index("gamma") - names.index("beta")) == 1


def test_seriation_finds_the_line_that_was_shuffled() -> None:
    line = np.arange(12.0)[:, None]
    shuffled = np.random.default_rng(1).permutation(12)
    found = [int(line[shuffled][at, 0]) for at in seriation(line[shuffled])]
    assert found in (list(range(12)), list(range(11, -1, -1)))


def test_nothing_to_order_is_no_error() -> None:
    assert order_of(Lines([], np.zeros(0, np.int64), np.zeros(0), np.zeros((0, 3))), "similarity") == []
