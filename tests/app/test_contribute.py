"""Propose, discuss, review, release and roll back on the Data page, by people of each role."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mapping.store.opening import Store
from mapping.store.proposing import comment, propose
from mapping.store.reading import changes, comments, proposals, published
from mapping.store.records import Draft, DraftRow
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from pages.parts import cached
from tests.app.contributing import CONTRIBUTOR, REVIEWER, Visit, buttons, said, store, visit

__all__ = ["store", "visit"]
FORM = "row-sites-example-berlin"
ROW = {"part": "correct", "table": "sites", "row": "example-berlin"}
RENAMED = DraftRow("sites", "example-berlin", "change", {"name": "Example Hospital Renamed"})
WORKS = DraftRow("sites", "example-berlin-works", "change", {"name": "Example Other Works"})


def typed(app: AppTest, **texts: str) -> AppTest:
    """Type into cells of the form of one site, why and source included."""
    for name, text in texts.items():
        box = next(each for each in (*app.text_input, *app.text_area) if each.key == f"{FORM}-{name}")
        box.set_value(text)
    return app.run()


def proposed(store: Store, *rows: DraftRow, reason: str = "an example reason") -> int:
    return propose(store, CONTRIBUTOR, Draft(rows or (RENAMED,), reason, "https://example.org/source"))


def accepted(store: Store, *rows: DraftRow) -> None:
    decide(store, REVIEWER, [Decision(row.id, "accept", 1) for row in changes(store, REVIEWER, proposed(store, *rows))])


def test_a_row_is_corrected_in_a_form_and_waits_as_a_proposal(store: Store, visit: Visit) -> None:
    app = visit("contributor@example.org", ROW)
    assert not app.exception
    assert app.button(key="form_propose").disabled
    app = typed(app, name="Example Hospital Renamed", _reason="an example reason", _source="https://example.org/x")
    assert "Before: Example Hospital Berlin" in said(app)
    app.button(key="form_propose").click().run()
    assert not app.exception
    [one] = proposals(store, CONTRIBUTOR)
    assert (one.reason, one.source, one.origin) == ("an example reason", "https://example.org/x", "form")
    [change] = changes(store, CONTRIBUTOR)
    assert dict(change.operation.cells) == {"name": "Example Hospital Renamed"}
    assert app.query_params["proposal"] == "1"
    assert "Example Hospital Renamed" in said(app)


def test_an_empty_form_says_what_to_do_first_and_next(store: Store, visit: Visit) -> None:
    app = visit("contributor@example.org", {"part": "correct"})
    assert "Choose the table first" in said(app)
    app.selectbox(key="form_table").set_value("sites").run()
    assert "Choose the table first" not in said(app)
    assert "Now choose the row" in said(app)
    app.selectbox(key="form_row").set_value("example-berlin").run()
    assert "Now choose the row" not in said(app)
    assert app.button(key="form_propose").disabled


def test_a_fault_stands_at_its_cell_and_nothing_is_stored(store: Store, visit: Visit) -> None:
    app = typed(visit("contributor@example.org", ROW), lat="north", _reason="an example reason")
    assert not app.exception
    assert "'north' is not a number" in said(app)
    app.button(key="form_propose").click().run()
    assert "Nothing was written" in said(app)
    assert proposals(store, CONTRIBUTOR) == ()
    assert app.text_input(key=f"{FORM}-lat").value == "north"


def test_without_a_reason_nothing_is_stored_and_what_was_typed_stays(store: Store, visit: Visit) -> None:
    app = typed(visit("contributor@example.org", ROW), name="Example Hospital Renamed")
    app.button(key="form_propose").click().run()
    assert "the reason is empty" in said(app)
    assert app.text_input(key=f"{FORM}-name").value == "Example Hospital Renamed"
    assert proposals(store, CONTRIBUTOR) == ()


def test_what_was_typed_is_there_again_after_another_part_was_looked_at(store: Store, visit: Visit) -> None:
    app = typed(visit("contributor@example.org", ROW), name="Example Hospital Renamed")
    app.query_params["part"] = "tables"
    app.run()
    app.query_params["part"] = "correct"
    app.run()
    assert app.text_input(key=f"{FORM}-name").value == "Example Hospital Renamed"


def test_codes_are_chosen_by_their_words(store: Store, visit: Visit) -> None:
    app = visit("contributor@example.org", ROW)
    box = app.selectbox(key=f"{FORM}-confidence")
    assert "Verified" in box.options
    box.select("unverified").run()
    app = typed(app, _reason="an example reason")
    app.button(key="form_propose").click().run()
    assert dict(changes(store, CONTRIBUTOR)[0].operation.cells) == {"confidence": "unverified"}


def test_a_new_row_is_added_and_gets_an_id_of_its_name(store: Store, visit: Visit) -> None:
    app = visit("contributor@example.org", {"part": "correct", "table": "sites", "row": "_new"})
    cells = {"name": "Example Néw Hospital", "city": "Berlin", "lat": "52.5", "lon": "13.4", "region": "DE30"}
    cells |= {"_reason": "an example reason"}
    for name, text in cells.items():
        app.text_input(key=f"row-sites-_new-{name}").set_value(text)
    chosen = {"country": "DE", "coord_precision": "city", "place_id": "1001", "disclosure": "named"}
    for name, code in {**chosen, "confidence": "verified"}.items():
        app.selectbox(key=f"row-sites-_new-{name}").select(code)
    app.multiselect(key="row-sites-_new-source_ids").select("example-page")
    app.run()
    app.button(key="form_propose").click().run()
    assert not app.exception
    [change] = changes(store, CONTRIBUTOR)
    assert (change.operation.action, change.operation.row_id) == ("add", "example-new-hospital")


def test_a_row_that_others_name_cannot_be_removed_and_the_page_says_which(store: Store, visit: Visit) -> None:
    app = typed(visit("contributor@example.org", ROW), _reason="an example reason")
    app.button(key="form_remove").click().run()
    assert not app.exception
    assert "Nothing was written" in said(app)
    assert proposals(store, CONTRIBUTOR) == ()


def test_the_second_of_two_editors_meets_a_conflict_and_loses_nothing(store: Store, visit: Visit) -> None:
    app = typed(visit("contributor@example.org", ROW), name="Example Mine", _reason="an example reason")
    accepted(store, RENAMED)
    release(store, REVIEWER, "An example release")
    app.button(key="form_propose").click().run()
    assert not app.exception
    told = said(app)
    assert "Somebody else was first" in told
    assert "Example Mine" in told
    assert "Example Hospital Renamed" in told
    assert len(proposals(store, CONTRIBUTOR)) == 1
    app.button(key="conflict_mine").click().run()
    assert app.text_input(key=f"{FORM}-name").value == "Example Mine"
    app.button(key="form_propose").click().run()
    last = changes(store, CONTRIBUTOR)[-1].operation
    assert (dict(last.before), dict(last.cells)) == ({"name": "Example Hospital Renamed"}, {"name": "Example Mine"})


def test_the_second_of_two_reviewers_sees_both_versions_and_can_put_theirs(store: Store, visit: Visit) -> None:
    number = proposed(store)
    app = visit("reviewer-two@example.org", {"part": "proposals", "proposal": str(number)})
    [row] = changes(store, REVIEWER)
    decide(store, REVIEWER, [Decision(row.id, "accept", 1, cells={"name": "Example Theirs"})])
    app.button(key=f"accept_{row.id}").click().run()
    assert not app.exception
    assert "Somebody else was first" in said(app)
    assert "Example Theirs" in said(app)
    app.button(key=f"conflict_mine_{row.id}").click().run()
    assert not app.exception
    [row] = changes(store, REVIEWER)
    assert (row.state, dict(row.operation.cells)) == ("accepted", {"name": "Example Hospital Renamed"})


def test_a_proposal_shows_before_and_after_and_its_discussion(store: Store, visit: Visit) -> None:
    number = proposed(store)
    comment(store, REVIEWER, number, "Is that so?")
    app = visit("contributor@example.org", {"part": "proposals", "proposal": str(number)})
    table = app.table[0].value
    assert table.iloc[0].tolist() == ["Name", "Example Hospital Berlin", "Example Hospital Renamed"]
    assert "Is that so?" in said(app)
    app.text_area(key=f"comment-{number}-_words").set_value("Yes, it is.").run()
    app.button(key="comment_now").click().run()
    assert not app.exception
    assert [each.words for each in comments(store, REVIEWER, number)] == ["Is that so?", "Yes, it is."]
    assert "Yes, it is." in said(app)


def test_a_contributor_revises_and_withdraws_their_own(store: Store, visit: Visit) -> None:
    number = proposed(store)
    [row] = changes(store, REVIEWER)
    app = visit("contributor@example.org", {"part": "proposals", "proposal": str(number)})
    app.text_input(key=f"revise-{row.id}-name").set_value("Example Better").run()
    app.button(key=f"revise-{row.id}-go").click().run()
    assert dict(changes(store, REVIEWER)[0].operation.cells) == {"name": "Example Better"}
    app.button(key="withdraw_now").click().run()
    assert not app.exception
    assert changes(store, REVIEWER)[0].state == "withdrawn"
    other = visit("contributor-two@example.org", {"part": "proposals", "proposal": str(proposed(store))})
    assert not {"withdraw_now", "accept_all"} & buttons(other)


def test_a_reviewer_decides_row_by_row(store: Store, visit: Visit) -> None:
    number = proposed(store, RENAMED, WORKS)
    one, two = changes(store, REVIEWER)
    app = visit("reviewer@example.org", {"part": "proposals", "proposal": str(number)})
    app.button(key=f"reject_{two.id}").click().run()
    assert "the reason is empty" in said(app)
    app.text_input(key=f"review-{two.id}-_reason").set_value("no source says so").run()
    app.button(key=f"reject_{two.id}").click().run()
    app.text_input(key=f"review-{one.id}-name").set_value("Example By Reviewer").run()
    app.button(key=f"review-{one.id}-go").click().run()
    assert not app.exception
    one, two = changes(store, REVIEWER)
    assert (one.state, dict(one.operation.cells)) == ("accepted", {"name": "Example By Reviewer"})
    assert (two.state, two.decision) == ("rejected", "no source says so")
    app.button(key=f"reopen_{two.id}").click().run()
    assert changes(store, REVIEWER)[1].state == "open"


def test_all_open_rows_are_accepted_at_once(store: Store, visit: Visit) -> None:
    number = proposed(store, RENAMED, WORKS)
    app = visit("reviewer@example.org", {"part": "proposals", "proposal": str(number)})
    app.button(key="accept_all").click().run()
    assert [row.state for row in changes(store, REVIEWER)] == ["accepted", "accepted"]


def _released(app: AppTest) -> AppTest:
    """Check, write notes, confirm, release."""
    app.button(key="release_check").click().run()
    assert "All tables are sound" in said(app)
    app.text_area(key="release-_notes").set_value("An example release").run()
    assert app.button(key="release_now").disabled
    app.checkbox(key="release_sure").check().run()
    return app.button(key="release_now").click().run()


def test_accepted_rows_are_released_after_a_check_and_a_confirmation_and_rolled_back(
    store: Store, visit: Visit
) -> None:
    accepted(store)
    app = visit("reviewer@example.org", {"part": "release"})
    assert app.button(key="release_now").disabled
    app = _released(app)
    assert not app.exception
    assert [each.number for each in published(store)] == [1]
    assert "Example Hospital Renamed" in str(cached.newest().tables["sites"]["name"].tolist())
    assert "acts; each follows from the one before" in said(app)
    app.text_input(key="roll-back-1-_reason").set_value("an example mistake").run()
    app.button(key="roll_back_now_1").click().run()
    assert not app.exception
    assert published(store)[0].undoes == 1
    assert "Example Hospital Renamed" not in str(cached.newest().tables["sites"]["name"].tolist())


def test_a_release_of_rows_that_were_decided_on_again_is_a_conflict(store: Store, visit: Visit) -> None:
    accepted(store)
    app = visit("reviewer@example.org", {"part": "release"})
    app.button(key="release_check").click().run()
    app.text_area(key="release-_notes").set_value("An example release").run()
    app.checkbox(key="release_sure").check().run()
    [row] = changes(store, REVIEWER)
    decide(store, REVIEWER, [Decision(row.id, "reopen", row.version)])
    app.button(key="release_now").click().run()
    assert not app.exception
    assert "Somebody else was first" in said(app)
    assert published(store) == ()


EVIL = "<script>alert(1)</script> **x** [y](javascript:alert(1)) :red[z] $q$ `c`"


@pytest.mark.parametrize("part", ["proposals", "one", "release"])
def test_what_people_write_is_shown_letter_by_letter(store: Store, visit: Visit, part: str) -> None:
    row = DraftRow("sites", "example-berlin", "change", {"name": EVIL.partition("</script>")[2].strip()})
    number = propose(store, CONTRIBUTOR, Draft((row,), EVIL, EVIL, title=EVIL))
    comment(store, CONTRIBUTOR, number, EVIL)
    if part == "release":
        decide(store, REVIEWER, [Decision(each.id, "accept", 1) for each in changes(store, REVIEWER)])
    query = {"part": "proposals", "proposal": str(number)} if part == "one" else {"part": part}
    app = visit("reviewer@example.org", query)
    assert not app.exception
    told: list[Any] = [*app.markdown, *app.caption, *app.subheader]
    raw = "\n".join(str(each.value) for each in told) + "".join(each.value.to_csv() for each in app.table)
    assert "javascript" in raw
    raw = re.sub(r"\\.", "", raw)  # a character behind a backslash is shown as it is
    for markup in ("<script", "**x**", "[y](", ":red[z]", "$q$"):
        assert markup not in raw


def test_the_lists_say_so_where_there_is_nothing(store: Store, visit: Visit) -> None:
    assert "Nothing waits" in said(visit("viewer@example.org", {"part": "proposals"}))
    told = said(visit("reviewer@example.org", {"part": "release"}))
    assert "No accepted row waits" in told
    assert "Nothing has been released here yet" in told


def test_a_number_nobody_gave_and_a_row_nobody_has_are_said(store: Store, visit: Visit) -> None:
    assert "there is no proposal 99" in said(visit("viewer@example.org", {"part": "proposals", "proposal": "99"}))
    query = {"part": "correct", "table": "sites", "row": "example-nowhere"}
    assert "There is no row “example-nowhere”" in said(visit("contributor@example.org", query))
