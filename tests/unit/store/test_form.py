"""A form for one row: what is asked, what follows from what was typed, and how a conflict is looked at and ended."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.errors import Conflict, RowFault
from mapping.store.conflicts import Both, put_mine, rival_of, side_by_side
from mapping.store.form import NEW_ROW, Typed, asked, by_column, drafted, joined, listed, removal, suggested_id
from mapping.store.opening import Store
from mapping.store.proposing import propose
from mapping.store.reading import changes
from mapping.store.records import DraftRow
from mapping.store.rehearsal import rehearse
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from mapping.tables.columns import SLUG
from mapping.tables.kinds import Column
from tests.unit.store.conftest import CONTRIBUTOR, RENAMED, REVIEWER, draft

SEEN = {"id": "example-one", "name": "Example One", "note": ""}


def column(name: str, **told: object) -> Column:
    plain = {"kind": "string", "title": name, "description": "", "required": False, "unit": None}
    return Column(name=name, **{**plain, "is_list": False, "vocabulary": None, "references": None, **told})


def test_what_was_not_changed_is_not_proposed() -> None:
    assert drafted("sites", "example-one", Typed(SEEN, {"name": "Example One"})) is None
    changed = drafted("sites", "example-one", Typed(SEEN, {"name": "Example Two", "note": ""}))
    assert changed == DraftRow("sites", "example-one", "change", {"name": "Example Two"}, {"name": "Example One"})


def test_a_new_row_has_an_id_of_its_name_or_the_one_typed() -> None:
    row = drafted("sites", NEW_ROW, Typed(None, {"name": "Hôpital Example"}), {"hopital-example"})
    assert row == DraftRow("sites", "hopital-example-2", "add", {"name": "Hôpital Example", "id": "hopital-example-2"})
    typed = drafted("sites", NEW_ROW, Typed(None, {"id": "mine", "name": "x"}))
    assert typed is not None
    assert typed.row_id == "mine"
    code = drafted("codes", NEW_ROW, Typed(None, {"vocabulary": "phase", "code": "phase_5"}))
    assert code == DraftRow("codes", "phase/phase_5", "add", {"vocabulary": "phase", "code": "phase_5"})


@given(st.text(max_size=100), st.sets(st.text(max_size=5), max_size=5))
def test_an_id_suggested_is_one_of_ours_and_free(name: str, taken: set[str]) -> None:
    found = suggested_id({"name": name}, taken)
    assert re.fullmatch(SLUG, found)
    assert found not in taken


@given(st.lists(st.text("abc", min_size=1), max_size=5, unique=True))
def test_a_list_survives_its_widget(parts: list[str]) -> None:
    assert listed(joined(parts)) == parts


def test_a_cell_is_asked_for_as_its_column_says() -> None:
    assert asked(column("kind", vocabulary="kind"), "") == "one"
    assert asked(column("source_ids", references="sources", is_list=True), "") == "many"
    assert asked(column("name"), "") == "line"
    assert asked(column("name"), "x" * 100) == "lines"


def test_a_removal_says_what_was_seen() -> None:
    assert removal("sites", "example-one", SEEN) == DraftRow("sites", "example-one", "remove", {}, SEEN)


def test_faults_are_told_at_their_cells_and_others_apart() -> None:
    at_cell = RowFault(0, "sites", "example-one", "lat", "x", "is not a number", "write one")
    elsewhere = RowFault(-1, "trial_sites", "example", "site_id", "y", "is not there", "write another")
    assert by_column([at_cell, elsewhere]) == {"lat": (at_cell,), "": (elsewhere,)}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"name": "a", "city": "x"}, {"name": "b", "city": "x"}),
        ({"version": 1, "cells": {"name": "a"}}, {"version": 2, "state": "accepted", "cells": {"name": "b"}}),
        ({"cells": {"name": "a"}, "verdict": "accept"}, {"change": 4, "cells": {"name": "b"}}),
    ],
)
def test_both_versions_of_what_differs_stand_side_by_side(mine: dict, theirs: dict) -> None:
    assert side_by_side(Conflict("example", mine, theirs)) == (Both("name", "a", "b"),)


def test_a_conflict_about_no_cells_shows_none() -> None:
    assert side_by_side(Conflict("example", {"release": 1}, {"release": 2})) == ()
    assert rival_of(Conflict("example", {}, {"change": 4, "cells": {}})) == 4
    assert rival_of(Conflict("example", {}, {"version": 4})) is None


def test_mine_is_put_whatever_was_decided_meanwhile(lite: Store) -> None:
    propose(lite, CONTRIBUTOR, draft(RENAMED))
    propose(lite, CONTRIBUTOR, draft(DraftRow("sites", "example-berlin", "change", {"name": "Example Rival"})))
    one, rival = changes(lite, REVIEWER)
    decide(lite, REVIEWER, [Decision(one.id, "reject", 1, "no"), Decision(rival.id, "accept", 1)])
    one, rival = changes(lite, REVIEWER)
    decide(lite, REVIEWER, put_mine(one, {"name": "Example Mine"}, "an example reason", rival))
    one, rival = changes(lite, REVIEWER)
    assert (one.state, one.operation.cells["name"], rival.state) == ("accepted", "Example Mine", "rejected")


def test_a_rehearsal_finds_what_a_release_would_and_writes_nothing(lite: Store) -> None:
    propose(lite, CONTRIBUTOR, draft(RENAMED))
    propose(lite, CONTRIBUTOR, draft(DraftRow("sites", "example-berlin", "change", {"name": "Example Rival"})))
    one, rival = changes(lite, REVIEWER)
    decide(lite, REVIEWER, [Decision(one.id, "accept", 1)])
    accepted = changes(lite, REVIEWER, states=("accepted",))
    assert rehearse(lite, REVIEWER, accepted).is_sound
    release(lite, REVIEWER, "An example release")
    found = rehearse(lite, REVIEWER, [rival])
    assert not found.is_sound
    assert "was changed by somebody else" in found.overtaken[0]
