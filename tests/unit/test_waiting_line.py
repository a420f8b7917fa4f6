"""A line lets a few work, a few wait in order, and sends the rest away."""

from __future__ import annotations

from concurrent.futures import CancelledError, ThreadPoolExecutor
from threading import Barrier, Lock

import pytest

from mapping.waiting_line import FullError, Line

PATIENCE_S = 60.0


def test_the_first_work_at_once_and_the_next_know_their_place() -> None:
    line = Line(at_once=2, room=2)
    turns = [line.join() for _ in range(4)]
    assert [turn.come.done() for turn in turns] == [True, True, False, False]
    assert [turn.place for turn in turns] == [0, 0, 1, 2]
    assert (line.working, line.waiting) == (2, 2)


def test_one_too_many_is_sent_away_and_told_how_many_are_before() -> None:
    line = Line(at_once=1, room=1)
    line.join()
    line.join()
    with pytest.raises(FullError) as refused:
        line.join()
    assert refused.value.before == 2
    assert refused.value.retry_s >= 1
    assert line.refused == 1


def test_a_patient_one_waits_where_there_is_no_room() -> None:
    line = Line(at_once=1, room=1)
    first = line.join()
    line.join()
    assert line.join(patient=True).place == 2
    assert first.place == 0


def test_the_next_comes_when_one_leaves() -> None:
    line = Line(at_once=1, room=3)
    first, second, third = (line.join() for _ in range(3))
    first.leave()
    assert second.come.done()
    assert third.place == 1


def test_who_leaves_while_waiting_makes_room_and_has_no_turn() -> None:
    line = Line(at_once=1, room=3)
    first, second, third = (line.join() for _ in range(3))
    second.leave()
    assert third.place == 1
    with pytest.raises(CancelledError), second:
        pass
    first.leave()
    assert third.come.done()
    assert not third.come.cancelled()


def test_leaving_twice_frees_one_place_only() -> None:
    line = Line(at_once=1, room=3)
    first, second, third = (line.join() for _ in range(3))
    first.leave()
    first.leave()
    assert second.come.done()
    assert not third.come.done()


def test_work_that_fails_frees_its_place() -> None:
    line = Line(at_once=1, room=1)
    with pytest.raises(ZeroDivisionError), line.join():
        _ = 1 // 0
    assert (line.working, line.waiting) == (0, 0)


def test_never_more_than_allowed_work_at_once() -> None:
    line, lock, start = Line(at_once=2, room=8), Lock(), Barrier(8)
    now, most = 0, 0

    def work() -> None:
        nonlocal now, most
        start.wait(PATIENCE_S)
        with line.join():
            with lock:
                now += 1
                most = max(most, now)
            sum(range(20_000))
            with lock:
                now -= 1

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work) for _ in range(8)]:
            done.result(PATIENCE_S)
    assert 1 <= most <= 2
    assert (line.working, line.waiting, line.refused) == (0, 0, 0)


def test_work_that_takes_too_long_goes_on_and_keeps_nobody_waiting() -> None:
    line = Line(at_once=1, longest_s=0.05)
    slow, second, third = (line.join() for _ in range(3))
    with second:
        assert (slow.come.done(), line.working, line.waiting) == (True, 1, 1)
        slow.leave()
        assert not third.come.done()
    assert third.come.done()


def test_the_line_is_kept_where_work_takes_less_than_it_may() -> None:
    line = Line(at_once=1, longest_s=PATIENCE_S)
    line.join()
    second = line.join()
    line.pass_by()
    assert not second.come.done()
