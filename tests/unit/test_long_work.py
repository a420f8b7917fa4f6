"""Long work goes one after the other, ends when it is stopped, and is let go when there is too much of it."""

import threading

import pytest

from mapping.errors import SourceError
from mapping.long_work import Bench, StoppedError


def test_work_tells_its_steps_and_gives_what_it_made() -> None:
    job = Bench().started(lambda tell: (tell("example", 1, 2), "made")[1])
    assert job.is_done_within(10)
    assert (job.step, job.done, job.of) == ("example", 1, 2)
    assert job.result() == "made"


def test_what_is_wrong_is_raised_where_the_result_is_asked_for() -> None:
    def refuse(_: object) -> None:
        raise SourceError("example.csv: refused")

    job = Bench().started(refuse)
    assert job.is_done_within(10)
    with pytest.raises(SourceError, match="refused"):
        job.result()


def test_stopped_work_ends_at_its_next_step_and_makes_room() -> None:
    bench, begun, go = Bench(), threading.Event(), threading.Event()
    ended = []

    def work(tell: object) -> None:
        begun.set()
        go.wait(10)
        try:
            tell("example", 1, 2)  # type: ignore[operator]
        finally:
            ended.append("here")
        ended.append("further")

    job = bench.started(work)
    assert begun.wait(10)
    after = bench.started(lambda _: "next")
    assert after.is_waiting
    job.stop()
    go.set()
    assert after.is_done_within(10)
    assert after.result() == "next"
    assert ended == ["here"]
    with pytest.raises(StoppedError):
        job.result()


def test_the_oldest_finished_work_is_let_go_for_the_newest() -> None:
    bench = Bench(most=100)
    jobs = []
    for number in range(4):
        jobs.append(bench.started(lambda _, number=number: number, size=40))
        assert jobs[-1].is_done_within(10)
    assert [job.is_there for job in jobs] == [False, False, True, True]
    assert not any(job.is_stopped for job in jobs)
    assert jobs[-1].result() == 3
