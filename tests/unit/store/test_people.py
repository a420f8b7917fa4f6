"""Who may write: nobody by default, and past no function of the store."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from mapping.errors import NotAllowed, StoreError
from mapping.store import audit, proposing, reading, rehearsal, releasing, reviewing
from mapping.store.opening import Store, open_store
from mapping.store.people import NEEDED, Person, Role, RoleRules, read_rules, role_of, rules_of, who_may
from mapping.store.records import Draft
from mapping.store.settings import StoreSettings, settings_from
from mapping.store.sign_in import local_person, person_and_role, person_of
from tests.unit.store.conftest import CONTRIBUTOR, OTHER_REVIEWER, RENAMED, REVIEWER, ROLES, STRANGER, VIEWER, draft

LOCAL = Person("local", is_local=True)
WRITES: dict[str, tuple[Any, dict[str, Any], Role]] = {
    "propose": (proposing.propose, {"draft": draft()}, Role.CONTRIBUTOR),
    "comment": (proposing.comment, {"proposal_id": 1, "words": "word"}, Role.CONTRIBUTOR),
    "revise": (proposing.revise, {"change_id": 1, "cells": {}, "seen": 1}, Role.CONTRIBUTOR),
    "withdraw": (proposing.withdraw, {"proposal_id": 1, "seen": 1}, Role.CONTRIBUTOR),
    "decide": (reviewing.decide, {"decisions": [reviewing.Decision(1, "accept", 1)]}, Role.REVIEWER),
    "release": (releasing.release, {"notes": "notes"}, Role.REVIEWER),
    "roll_back": (releasing.roll_back, {"number": 1, "reason": "reason"}, Role.REVIEWER),
    "forget": (audit.forget, {"email": "viewer@example.org", "reason": ""}, Role.REVIEWER),
    "proposals": (reading.proposals, {}, Role.VIEWER),
    "proposal": (reading.proposal, {"proposal_id": 1}, Role.VIEWER),
    "changes": (reading.changes, {}, Role.VIEWER),
    "comments": (reading.comments, {"proposal_id": 1}, Role.VIEWER),
    "trail": (audit.trail, {}, Role.REVIEWER),
    "rehearse": (rehearsal.rehearse, {"accepted": ()}, Role.REVIEWER),
}
PEOPLE = {Role.NOBODY: (None, STRANGER, LOCAL), Role.VIEWER: (VIEWER,), Role.CONTRIBUTOR: (CONTRIBUTOR,)}


@pytest.fixture
def proposed(lite: Store) -> Store:
    proposing.propose(lite, CONTRIBUTOR, draft())
    return lite


@pytest.mark.parametrize("name", WRITES)
def test_nobody_writes_or_looks_past_their_role(proposed: Store, name: str) -> None:
    function, arguments, needed = WRITES[name]
    before = audit.read_trail(proposed)
    for role, people in PEOPLE.items():
        for person in people if role < needed else ():
            with pytest.raises(NotAllowed):
                function(proposed, person, **arguments)
    assert audit.read_trail(proposed) == before


def test_every_function_that_takes_a_person_is_tried_with_those_who_may_not() -> None:
    rooms = (proposing, reviewing, releasing, audit, reading, rehearsal)
    taking = {
        name
        for room in rooms
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == room.__name__
        if "person" in inspect.signature(function).parameters
    }
    assert taking - {"refuse_unless"} == set(WRITES)


def test_without_a_file_of_roles_nobody_writes(proposed: Store, tmp_path: Path) -> None:
    (tmp_path / "roles.toml").unlink()
    for person in (None, VIEWER, CONTRIBUTOR, REVIEWER, LOCAL):
        with pytest.raises(NotAllowed):
            proposing.propose(proposed, person, Draft((RENAMED,), "reason"))


def test_a_role_that_is_taken_away_counts_at_once(proposed: Store, tmp_path: Path) -> None:
    proposing.comment(proposed, CONTRIBUTOR, 1, "word")
    (tmp_path / "roles.toml").write_text(ROLES.replace("contributor@example.org", "gone@example.org"), "utf-8")
    with pytest.raises(NotAllowed):
        proposing.comment(proposed, CONTRIBUTOR, 1, "word")


def test_the_local_mode_gives_one_person_everything_and_yields_to_a_file_of_roles(
    tmp_path: Path, mini_folder: Path
) -> None:
    settings = StoreSettings(tmp_path / "store", "", tmp_path / "none.toml", local_edit=True)
    store = open_store(settings, mini_folder)
    person = local_person(store.rules(), None)
    number = proposing.propose(store, person, draft())
    [change] = reading.changes(store, person, number)
    reviewing.decide(store, person, [reviewing.Decision(change.id, "accept", 1)])
    assert releasing.release(store, person, "By one person").number == 1
    with pytest.raises(NotAllowed):
        proposing.propose(store, CONTRIBUTOR, draft())
    (tmp_path / "none.toml").write_text(ROLES, "utf-8")
    with pytest.raises(NotAllowed):
        proposing.comment(store, person, number, "word")


@pytest.mark.parametrize(
    ("address", "forwarded", "found"),
    [(None, False, True), ("127.0.0.1", False, True), ("::1", False, True), ("192.0.2.7", False, False)]
    + [("127.0.0.1", True, False), ("nonsense", False, False)],
)
def test_the_local_mode_is_for_who_sits_at_this_computer(address: str | None, forwarded: bool, found: bool) -> None:
    assert (local_person(RoleRules(local_edit=True), address, forwarded=forwarded) is not None) == found
    assert local_person(RoleRules(), address, forwarded=forwarded) is None


def test_roles_come_by_address_or_group_and_the_highest_counts(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(ROLES, "utf-8")
    rules = read_rules(tmp_path / "roles.toml")
    assert role_of(VIEWER, rules) == Role.VIEWER
    assert role_of(OTHER_REVIEWER, rules) == Role.NOBODY
    assert role_of(Person("viewer@example.org", groups=frozenset({"example-reviewers"})), rules) == Role.REVIEWER
    assert role_of(Person("Contributor@Example.org"), rules) == Role.CONTRIBUTOR
    assert [who_may(CONTRIBUTOR, act, rules) for act in ("propose", "review", "release")] == [True, False, False]
    assert set(NEEDED.values()) == {Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER}


@pytest.mark.parametrize(
    "told",
    [{"reviewers": {}}, {"reviewer": {"email": []}}, {"reviewer": {"emails": "a"}}, {"reviewer": {"emails": [1]}}]
    + [{"reviewer": ["a"]}, {"sign_in": {"trust_unverified_email": "no"}}],
)
def test_a_file_of_roles_that_is_not_understood_gives_no_role(told: dict[str, Any]) -> None:
    with pytest.raises(StoreError, match="file of roles"):
        rules_of(told)


def test_claims_tell_who_somebody_is_and_an_unverified_address_nobody() -> None:
    rules = rules_of({"reviewer": {"groups": ["example-reviewers"]}, "sign_in": {"groups_claim": "roles"}})
    claims = {"email": "Somebody@Example.org", "email_verified": True, "name": " Some Body "}
    assert person_of(claims, rules) == Person("somebody@example.org", "Some Body")
    person, role = person_and_role({**claims, "roles": ["example-reviewers", 7]}, rules)
    assert (person.groups, role) == (frozenset({"example-reviewers"}), Role.REVIEWER)
    assert person_and_role({**claims, "roles": "example-reviewers"}, rules)[1] == Role.REVIEWER
    for other in ({"email_verified": False}, {"email_verified": None}, {"email": 7}, {"is_logged_in": False}):
        assert person_of({**claims, **other}, rules) is None
    trusting = rules_of({"sign_in": {"trust_unverified_email": True}})
    assert person_of({"email": "somebody@example.org"}, trusting) == Person("somebody@example.org")
    assert person_of({}, trusting) is None


def test_the_environment_says_where_the_store_lies(tmp_path: Path) -> None:
    assert settings_from({"ATLAS_STORE": str(tmp_path)}).url == f"sqlite:///{tmp_path}/atlas.sqlite3"
    assert settings_from({"ATLAS_STORE": str(tmp_path)}).roles_file == tmp_path / "roles.toml"
    assert settings_from({"DATABASE_URL": "postgres://u@h/d"}).url == "postgresql+psycopg://u@h/d"
    assert not settings_from({"ATLAS_LOCAL_EDIT": "yes"}).local_edit
    assert settings_from({"ATLAS_LOCAL_EDIT": "1"}).local_edit
    default = settings_from({}).folder
    assert Path(__file__).parents[3] not in default.parents
    with pytest.raises(StoreError, match="PostgreSQL"):
        _ = settings_from({"DATABASE_URL": "mysql://u@h/d"}).url
