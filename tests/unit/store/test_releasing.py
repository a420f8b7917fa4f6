"""From a proposal to the served tables and back, in both kinds of database."""

import pytest

from mapping.errors import Conflict, NotAllowed, RefusedChange, StoreError
from mapping.store.opening import Store
from mapping.store.overlay import TABLE_FILES, text_table
from mapping.store.people import Person
from mapping.store.proposing import comment, propose, revise, withdraw
from mapping.store.published import data_version, published_tables
from mapping.store.reading import changes, comments, proposal, proposals, published, row_now
from mapping.store.records import Change, DraftRow
from mapping.store.releasing import release, roll_back
from mapping.store.reviewing import Decision, decide
from mapping.store.standing import standing
from tests.unit.store.conftest import ADDED, CONTRIBUTOR, NEW_SITE, OTHER_CONTRIBUTOR, RENAMED, REVIEWER, draft


def accepted(store: Store, *rows: DraftRow, by: Person = CONTRIBUTOR) -> list[Change]:
    number = propose(store, by, draft(*rows))
    opened = changes(store, REVIEWER, number)
    return list(decide(store, REVIEWER, [Decision(each.id, "accept", each.version) for each in opened]))


def files(store: Store) -> dict[str, bytes]:
    return {name: (standing(store).folder / file).read_bytes() for name, file in TABLE_FILES.items()}


def test_a_proposed_row_is_served_once_it_is_accepted_and_released(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft(ADDED, RENAMED))
    names = published_tables(store)["sites"].set_index("id")["name"]
    assert "example-new" not in names
    first, second = changes(store, REVIEWER, number)
    decide(store, REVIEWER, [Decision(first.id, "accept", 1), Decision(second.id, "accept", 1)])
    assert "example-new" not in published_tables(store)["sites"]["id"].to_list()
    made = release(store, REVIEWER, "An example release")
    tables = published_tables(store)
    names = tables["sites"].set_index("id")["name"]
    assert names["example-new"] == "Example New Hospital"
    assert names["example-berlin"] == "Example Hospital Renamed"
    assert tables.version == made.version
    assert made.version.endswith("-published.1")
    assert tables["sites"].dtypes.to_dict() == published_tables_base(store)["sites"].dtypes.to_dict()
    assert data_version(store) == 1
    assert {each.state for each in changes(store, REVIEWER, number)} == {"released"}


def published_tables_base(store: Store):
    from mapping.tables.loading import load_tables

    return load_tables(store.data)


def test_a_change_touches_only_the_cells_it_names(store: Store) -> None:
    before = row_now(store, "sites", "example-berlin")
    accepted(store, RENAMED)
    release(store, REVIEWER, "An example release")
    assert before is not None
    assert row_now(store, "sites", "example-berlin") == {**before, "name": "Example Hospital Renamed"}


def test_only_what_was_accepted_is_released(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft(ADDED, RENAMED))
    first, second = changes(store, REVIEWER, number)
    decide(store, REVIEWER, [Decision(first.id, "accept", 1), Decision(second.id, "reject", 1, "the old name holds")])
    made = release(store, REVIEWER, "An example release")
    assert [each.row_id for each in made.operations] == ["example-new"]
    assert proposal(store, REVIEWER, number).states == {"released": 1, "rejected": 1}
    with pytest.raises(StoreError, match="no accepted change"):
        release(store, REVIEWER, "Another")


def test_a_roll_back_restores_every_file_to_the_byte(store: Store) -> None:
    before = files(store)
    removed = DraftRow("trial_sites", next(iter(text_table(store.data, "trial_sites").rows)), "remove")
    accepted(store, ADDED, RENAMED, removed)
    release(store, REVIEWER, "An example release")
    assert files(store) != before
    undone = roll_back(store, REVIEWER, 1, "it was an example")
    assert files(store) == before
    assert (undone.number, undone.undoes) == (2, 1)
    assert {each.state for each in changes(store, REVIEWER)} == {"rolled_back"}
    assert [each.number for each in published(store)] == [2, 1]


def test_a_roll_back_can_be_rolled_back_and_no_release_twice(store: Store) -> None:
    accepted(store, RENAMED)
    release(store, REVIEWER, "An example release")
    after = files(store)
    roll_back(store, REVIEWER, 1, "a slip")
    with pytest.raises(StoreError, match="not undone already"):
        roll_back(store, REVIEWER, 1, "again")
    roll_back(store, REVIEWER, 2, "it was no slip")
    assert files(store) == after
    assert {each.state for each in changes(store, REVIEWER)} == {"released"}


def test_a_release_that_a_later_one_wrote_over_is_not_rolled_back(store: Store) -> None:
    accepted(store, RENAMED)
    release(store, REVIEWER, "First")
    accepted(store, DraftRow("sites", "example-berlin", "change", {"name": "Example Hospital Again"}))
    release(store, REVIEWER, "Second")
    with pytest.raises(Conflict) as conflict:
        roll_back(store, REVIEWER, 1, "a slip")
    assert conflict.value.theirs["name"] == "Example Hospital Again"
    assert data_version(store) == 2


def test_a_base_with_a_release_of_its_own_keeps_what_the_change_does_not_name(store: Store) -> None:
    accepted(store, RENAMED)
    release(store, REVIEWER, "First")
    path = store.data / "sites.csv"
    path.write_text(
        path.read_text("utf-8").replace("https://example.org/berlin,", "https://example.org/newer,"), "utf-8"
    )
    row = published_tables(store)["sites"].set_index("id").loc["example-berlin"]
    assert (row["name"], row["website"]) == ("Example Hospital Renamed", "https://example.org/newer")


def test_a_base_in_which_a_released_change_no_longer_holds_is_not_shown_in_part(store: Store) -> None:
    accepted(store, ADDED, DraftRow("sites", "example-berlin", "change", {"place_id": "1001", "city": "Berlin Mitte"}))
    release(store, REVIEWER, "First")
    places = store.data / "geo" / "places.csv"
    kept = [line for line in places.read_text("utf-8").splitlines(keepends=True) if not line.startswith("1001,")]
    places.write_text("".join(kept), "utf-8")
    tables = published_tables(store)
    assert "sites" not in tables.frames
    assert any(fault.column == "place_id" for fault in tables.faults["sites"])


def test_the_second_of_two_reviewers_meets_a_conflict_with_both_versions(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft())
    [change] = changes(store, REVIEWER, number)
    decide(store, REVIEWER, [Decision(change.id, "accept", change.version, cells={"name": "Example First Name"})])
    with pytest.raises(Conflict) as conflict:
        decide(store, REVIEWER, [Decision(change.id, "accept", change.version, cells={"name": "Example Second Name"})])
    assert conflict.value.mine["cells"] == {"name": "Example Second Name"}
    assert conflict.value.theirs["cells"] == {"name": "Example First Name"}
    assert changes(store, REVIEWER, number)[0].operation.cells == {"name": "Example First Name"}


def test_two_proposals_for_one_cell_are_not_both_accepted(store: Store) -> None:
    accepted(store, RENAMED)
    other = propose(
        store, OTHER_CONTRIBUTOR, draft(DraftRow("sites", "example-berlin", "change", {"name": "Example X"}))
    )
    [change] = changes(store, REVIEWER, other)
    with pytest.raises(Conflict) as conflict:
        decide(store, REVIEWER, [Decision(change.id, "accept", change.version)])
    assert conflict.value.mine == {"name": "Example X"}
    assert conflict.value.theirs["cells"] == {"name": "Example Hospital Renamed"}


def test_a_proposal_that_a_release_overtook_is_a_conflict_until_a_reviewer_says_what_holds(store: Store) -> None:
    late = propose(
        store, OTHER_CONTRIBUTOR, draft(DraftRow("sites", "example-berlin", "change", {"name": "Example X"}))
    )
    accepted(store, RENAMED)
    release(store, REVIEWER, "First")
    [change] = changes(store, REVIEWER, late)
    with pytest.raises(Conflict) as conflict:
        decide(store, REVIEWER, [Decision(change.id, "accept", change.version)])
    assert (conflict.value.mine["name"], conflict.value.theirs["name"]) == ("Example X", "Example Hospital Renamed")
    decide(store, REVIEWER, [Decision(change.id, "accept", change.version, cells={"name": "Example X"})])
    release(store, REVIEWER, "Second")
    assert row_now(store, "sites", "example-berlin")["name"] == "Example X"


def test_what_somebody_saw_before_another_released_is_a_conflict_when_they_propose(store: Store) -> None:
    seen = row_now(store, "sites", "example-berlin")
    accepted(store, RENAMED)
    release(store, REVIEWER, "First")
    stale = DraftRow("sites", "example-berlin", "change", {"name": "Example X"}, seen)
    with pytest.raises(Conflict):
        propose(store, CONTRIBUTOR, draft(stale))


def test_a_release_takes_only_the_versions_the_reviewer_saw(store: Store) -> None:
    [change] = accepted(store, RENAMED)
    [reopened] = decide(store, REVIEWER, [Decision(change.id, "reopen", change.version)])
    decide(store, REVIEWER, [Decision(change.id, "accept", reopened.version, cells={"name": "Example X"})])
    with pytest.raises(Conflict):
        release(store, REVIEWER, "First", {change.id: change.version})
    assert data_version(store) == 0


def test_a_release_that_would_break_the_tables_is_refused_whole(store: Store) -> None:
    new_unit = {
        **row_now(store, "facilities", "example-unit-berlin"),
        "id": "example-unit-new",
        "site_id": "example-new",
    }
    accepted(store, ADDED, DraftRow("facilities", "example-unit-new", "add", new_unit))
    [site, unit] = changes(store, REVIEWER, states=("accepted",))
    with pytest.raises(RefusedChange) as refused:
        release(store, REVIEWER, "Only the unit", {unit.id: unit.version})
    assert (refused.value.faults[0].row_id, refused.value.faults[0].column) == ("example-unit-new", "site_id")
    assert data_version(store) == 0
    release(store, REVIEWER, "Both", {site.id: site.version, unit.id: unit.version})
    assert data_version(store) == 1


def test_notes_that_everybody_reads_hold_no_address_of_a_person(store: Store) -> None:
    accepted(store, RENAMED)
    with pytest.raises(StoreError, match="e-mail"):
        release(store, REVIEWER, "Thanks to someone@example.org")
    assert data_version(store) == 0


def test_a_rejection_needs_its_reason(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft())
    [change] = changes(store, REVIEWER, number)
    with pytest.raises(StoreError, match="the reason is empty"):
        decide(store, REVIEWER, [Decision(change.id, "reject", change.version)])


def test_decisions_are_made_together_or_not_at_all(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft(ADDED, RENAMED))
    first, second = changes(store, REVIEWER, number)
    with pytest.raises(Conflict):
        decide(store, REVIEWER, [Decision(first.id, "accept", 1), Decision(second.id, "accept", 99)])
    assert {each.state for each in changes(store, REVIEWER, number)} == {"open"}


def test_a_discussion_is_kept_in_order_under_names_not_addresses(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft())
    [change] = changes(store, REVIEWER, number)
    comment(store, REVIEWER, number, "Where does this name come from?", change.id)
    comment(store, CONTRIBUTOR, number, "From their page.")
    told = comments(store, REVIEWER, number)
    assert [(each.person, each.words, each.change_id) for each in told] == [
        ("Example Reviewer", "Where does this name come from?", change.id),
        ("Example Contributor", "From their page.", None),
    ]
    assert "@" not in repr((told, proposals(store, REVIEWER), changes(store, REVIEWER)))


def test_contributors_revise_and_withdraw_their_own_and_nobody_elses(store: Store) -> None:
    number = propose(store, CONTRIBUTOR, draft())
    [change] = changes(store, CONTRIBUTOR, number)
    with pytest.raises(NotAllowed):
        revise(store, OTHER_CONTRIBUTOR, change.id, {"name": "Example X"}, seen=1)
    with pytest.raises(NotAllowed):
        withdraw(store, OTHER_CONTRIBUTOR, number, seen=1)
    revised = revise(store, CONTRIBUTOR, change.id, {"name": "Example X"}, seen=1)
    assert (revised.operation.cells, revised.version) == ({"name": "Example X"}, 2)
    with pytest.raises(Conflict):
        withdraw(store, CONTRIBUTOR, number, seen=1)
    withdraw(store, CONTRIBUTOR, number, seen=2)
    assert proposal(store, CONTRIBUTOR, number).states == {"withdrawn": 1}


def test_proposals_are_found_by_state_and_rows_by_table_and_id(store: Store) -> None:
    first = propose(store, CONTRIBUTOR, draft(RENAMED))
    second = propose(store, OTHER_CONTRIBUTOR, draft(ADDED))
    [change] = changes(store, REVIEWER, first)
    decide(store, REVIEWER, [Decision(change.id, "accept", 1)])
    assert [each.id for each in proposals(store, REVIEWER)] == [second, first]
    assert [each.id for each in proposals(store, REVIEWER, ("open",))] == [second]
    assert [each.is_mine for each in proposals(store, CONTRIBUTOR)] == [False, True]
    assert [each.proposal_id for each in changes(store, REVIEWER, table="sites", row_id="example-new")] == [second]
    assert changes(store, REVIEWER, second)[0].operation.cells["name"] == NEW_SITE["name"]
