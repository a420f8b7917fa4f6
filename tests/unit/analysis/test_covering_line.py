"""Searches wait in line, know their place, begin by themselves, and can be taken out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from mapping.analysis.covering import Covering
from mapping.analysis.covering_line import lined_up
from mapping.waiting_line import FullError, Line

PATIENCE_S = 60.0


def problem() -> Covering:
    """Two candidates; the second serves the more people: 5 against 3."""
    served = csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0]]))
    return Covering(pd.DataFrame({"id": ["example-a", "example-b"]}), served, np.array([3.0, 5.0]), 0, 8.0)


def test_a_search_waits_for_the_one_before_and_then_finds_its_answer() -> None:
    line = Line(at_once=1, room=1)
    before = line.join()
    search = lined_up(line, problem(), 1)
    assert (search.place, search.is_running, search.elapsed_s, search.result()) == (1, True, 0.0, None)
    before.leave()
    assert search.over.wait(PATIENCE_S)
    found = search.result()
    assert found is not None
    assert (found.answer.chosen, found.answer.people) == ((1,), 5.0)
    assert (line.working, line.waiting) == (0, 0)


def test_a_search_that_is_stopped_while_it_waits_leaves_the_line() -> None:
    line = Line(at_once=1, room=1)
    before = line.join()
    search = lined_up(line, problem(), 1)
    search.cancel()
    assert not search.is_running
    assert search.result() is None
    assert line.waiting == 0
    before.leave()
    assert line.working == 0


def test_a_search_finds_no_room_in_a_full_line() -> None:
    line = Line(at_once=1, room=1)
    line.join()
    line.join()
    with pytest.raises(FullError):
        lined_up(line, problem(), 1)
