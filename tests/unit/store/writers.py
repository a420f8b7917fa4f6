"""Processes of their own that write into a store, and say of each act when it is confirmed."""

import itertools
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from mapping.errors import Conflict
from mapping.store.opening import open_store
from mapping.store.proposing import comment, propose
from mapping.store.reading import changes
from mapping.store.records import DraftRow
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from mapping.store.settings import StoreSettings
from tests.unit.store.conftest import ADDED, CONTRIBUTOR, RENAMED, REVIEWER, draft

ROWS: Final = (ADDED, RENAMED, DraftRow("sites", "example-berlin-works", "change", {"name": "Example Other Works"}))


def write_until_killed(settings: StoreSettings, data: Path, pipe: Connection, proposal: int, proposes: bool) -> None:
    """Comment, or propose three rows, again and again; the number of each is told after it is confirmed."""
    store = open_store(settings, data)
    while True:
        number = propose(store, CONTRIBUTOR, draft(*ROWS)) if proposes else comment(store, REVIEWER, proposal, "word")
        pipe.send_bytes(f"{'proposal' if proposes else 'comment'} {number}".encode())


def compete(settings: StoreSettings, data: Path, pipe: Connection, change_id: int, rounds: int) -> None:
    """Decide on one change again and again with the version last seen; tells won and lost rounds."""
    store = open_store(settings, data)
    for turn in range(rounds):
        [seen] = [each for each in changes(store, REVIEWER) if each.id == change_id]
        comment(store, REVIEWER, seen.proposal_id, f"round {turn}")
        verdict = "accept" if seen.state == "open" else "reopen"
        try:
            decide(store, REVIEWER, [Decision(change_id, verdict, seen.version)])
            pipe.send_bytes(b"won")
        except Conflict:
            pipe.send_bytes(b"lost")


def release_until_killed(settings: StoreSettings, data: Path, pipe: Connection) -> None:
    """Propose, accept and release one name after the other; each release is told after it is confirmed."""
    store = open_store(settings, data)
    for left in changes(store, REVIEWER, states=("accepted",)):  # by a writer that was killed before it released
        decide(store, REVIEWER, [Decision(left.id, "reject", left.version, "an example reason")])
    for turn in itertools.count():
        row = DraftRow("sites", "example-berlin", "change", {"name": f"Example {os.getpid()} {turn}"})
        number = propose(store, CONTRIBUTOR, draft(row))
        [change] = changes(store, REVIEWER, number)
        decide(store, REVIEWER, [Decision(change.id, "accept", change.version)])
        made = release(store, REVIEWER, "An example release", {change.id: change.version + 1})
        pipe.send_bytes(f"{made.number} {made.version} {row.cells['name']}".encode())
