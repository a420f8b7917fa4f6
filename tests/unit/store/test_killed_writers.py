"""What was confirmed is kept, whatever happens to the process that wrote it; and writers do not harm each other."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from mapping.store.audit import broken_links, read_trail
from mapping.store.models import Audit, Changes, Comments, Proposals
from mapping.store.opening import Store
from mapping.store.proposing import propose
from mapping.store.published import data_version
from mapping.store.reading import changes, published
from mapping.store.settings import StoreSettings
from mapping.store.standing import standing
from tests.unit.store import writers
from tests.unit.store.conftest import CONTRIBUTOR, REVIEWER, draft

KILLS = {"sqlite": 200, "postgresql": 20}
LATEST_KILL_SECONDS = 0.04
RELEASING_KILLS = 12
LATEST_RELEASE_KILL_SECONDS = 0.4
"""A release checks every table, so it takes about this long."""
WAIT_SECONDS = 30
PROPOSING = 10
"""Each so many writers proposes; the others comment, which is quicker."""
Reopen = Callable[[StoreSettings, Path], Store]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")


@pytest.fixture(scope="module")
def forking() -> ForkServerContext:
    """Processes that start within milliseconds: all is imported once, in a server that forks."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([writers.__name__, "mapping.tables.checking", "sqlalchemy.dialects.sqlite"])
    return context


def killed_at_random(
    context: ForkServerContext, settings: StoreSettings, data: Path, proposal: int, n: int
) -> list[str]:
    """Start a writer, kill it, and return what it had confirmed."""
    chance = random.Random(n)
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(
        target=writers.write_until_killed, args=(settings, data, writing, proposal, n % PROPOSING == 0)
    )
    process.start()
    writing.close()
    if chance.random() < 0.8:  # else it is killed while it starts, or first writes
        reading.poll(WAIT_SECONDS)
    time.sleep(chance.random() * LATEST_KILL_SECONDS)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return told(reading)


def told(pipe: Connection) -> list[str]:
    """What came through a pipe until its last writer was gone."""
    found = []
    try:
        while True:
            found.append(pipe.recv_bytes().decode())
    except (EOFError, OSError):  # an OSError where the writer was killed half-way through a word
        pipe.close()
    return found


def test_killing_writers_at_random_moments_loses_nothing_that_was_confirmed(
    store: Store, settings: StoreSettings, forking: ForkServerContext, reopen: Reopen
) -> None:
    proposal = propose(store, CONTRIBUTOR, draft())
    confirmed: Counter[str] = Counter()
    for n in range(KILLS[store.engine.dialect.name]):
        confirmed.update(killed_at_random(forking, settings, store.data, proposal, n))
    assert max(confirmed.values()) == 1  # no number was given twice
    again = reopen(settings, store.data)  # as after a restart
    with Session(again.engine) as session:
        kept = {f"comment {number}" for number in session.scalars(select(Comments.id))}
        kept |= {f"proposal {number}" for number in session.scalars(select(Proposals.id))}
        grouped = select(Changes.proposal_id, func.count()).group_by(Changes.proposal_id)
        rows = dict(list(session.execute(grouped)))
        acts = Counter(session.scalars(select(Audit.act)))
        if again.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert set(confirmed) <= kept
    assert sum(1 for each in confirmed if each.startswith("comment")) > 50 or store.engine.dialect.name != "sqlite"
    assert any(each.startswith("proposal") for each in confirmed)
    assert {count for number, count in rows.items() if number != proposal} == {3}  # never half a proposal
    assert (acts["propose"], acts["comment"]) == (len(rows), sum(1 for each in kept if each.startswith("comment")))
    assert broken_links(again) == ()


def test_killing_who_releases_leaves_each_release_whole_or_not_there(
    lite: Store, tmp_path: Path, forking: ForkServerContext
) -> None:
    settings, confirmed = StoreSettings(tmp_path / "store", "", tmp_path / "roles.toml"), []
    for n in range(RELEASING_KILLS):
        chance = random.Random(n)
        reading, writing = forking.Pipe(duplex=False)
        process = forking.Process(target=writers.release_until_killed, args=(settings, lite.data, writing))
        process.start()
        writing.close()
        if chance.random() < 0.8:  # else it is killed while it starts, or first releases
            reading.poll(WAIT_SECONDS)
        time.sleep(chance.random() * LATEST_RELEASE_KILL_SECONDS)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        confirmed += [each.split(" ", 2) for each in told(reading)]
    made = published(lite)
    names = {str(each.number): (each.version, each.operations[0].cells["name"]) for each in made}
    assert len(confirmed) > RELEASING_KILLS / 2
    assert all(names[number] == (version, name) for number, version, name in confirmed)
    assert [each.number for each in made] == list(range(len(made), 0, -1))
    assert {len(each.operations) for each in made} == {1}
    assert data_version(lite) == len(made)
    stands = standing(lite).table("sites").row("example-berlin")
    assert stands is not None
    assert stands["name"] == made[0].operations[0].cells["name"]
    released = [row for row in changes(lite, REVIEWER) if row.state == "released"]
    assert sorted(row.release for row in released if row.release) == list(range(1, len(made) + 1))
    assert broken_links(lite) == ()


def test_two_processes_that_write_at_once_take_turns_and_lose_no_decision(
    store: Store, settings: StoreSettings, forking: ForkServerContext
) -> None:
    [change] = changes(store, REVIEWER, propose(store, CONTRIBUTOR, draft()))
    rounds = 20
    reading, writing = forking.Pipe(duplex=False)
    both = [
        forking.Process(target=writers.compete, args=(settings, store.data, writing, change.id, rounds))
        for _ in range(2)
    ]
    for process in both:
        process.start()
    writing.close()
    results = Counter(told(reading))
    for process in both:
        process.join()
    assert results.total() == 2 * rounds
    assert changes(store, REVIEWER)[0].version == 1 + results["won"]
    acts = Counter(entry.act for entry in read_trail(store))
    assert acts["comment"] == 2 * rounds
    assert acts["accept"] + acts["reopen"] == results["won"]
    assert broken_links(store) == ()
