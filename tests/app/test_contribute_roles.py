"""What each role is shown, and that nobody writes past it by any page, address or widget; and no page needs sign-in."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapping.store.audit import read_trail
from mapping.store.opening import Store
from mapping.store.proposing import propose
from mapping.store.reading import changes
from mapping.store.records import Draft, DraftRow
from mapping.store.releasing import release
from mapping.store.reviewing import Decision, decide
from mapping.store.sign_in import local_person
from pages.parts import sign_in
from tests.app.conftest import NAVIGATION, PATIENCE_S
from tests.app.contributing import CONTRIBUTOR, REVIEWER, ROLES, Visit, a_store, buttons, said, store, visit

__all__ = ["store", "visit"]
NOBODY, STRANGER, VIEWER = "", "stranger@example.org", "viewer@example.org"
PROPOSING = {"form_propose", "form_remove", "form_reset", "upload_propose_now"}
OWNERS = {"withdraw_now", "comment_now", "revise-3-go"}
REVIEWING = {"accept_3", "reject_3", "review-3-go", "accept_all", "reopen_2", "reject_2"}
RELEASING = {"release_check", "release_now", "roll_back_now_1"}
FORBIDDEN = {
    NOBODY: PROPOSING | OWNERS | REVIEWING | RELEASING,
    STRANGER: PROPOSING | OWNERS | REVIEWING | RELEASING,
    VIEWER: PROPOSING | OWNERS | REVIEWING | RELEASING,
    "contributor-two@example.org": {"withdraw_now", "revise-3-go"} | REVIEWING | RELEASING,
    "contributor@example.org": REVIEWING | RELEASING,
}
ADDRESSES = [
    {"part": "correct", "table": "sites", "row": "example-berlin"},
    {"part": "correct", "table": "sites", "row": "_new"},
    {"part": "check"},
    {"part": "proposals"},
    {"part": "proposals", "proposal": "2"},
    {"part": "proposals", "proposal": "3"},
    {"part": "release"},
]


@pytest.fixture
def busy(store: Store) -> Store:
    """A store in which something is released, something accepted, and something open."""
    for name in ("Example One", "Example Two", "Example Three"):
        row = DraftRow("sites", "example-berlin", "change", {"name": name})
        number = propose(store, CONTRIBUTOR, Draft((row,), "an example reason"))
        if number < 3:
            decide(store, REVIEWER, [Decision(changes(store, REVIEWER, number)[0].id, "accept", 1)])
        if number == 1:
            release(store, REVIEWER, "An example release")
    return store


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda query: "-".join(query.values()))
@pytest.mark.parametrize("email", FORBIDDEN)
def test_nobody_is_shown_a_button_past_their_role(
    busy: Store, visit: Visit, email: str, address: dict[str, str]
) -> None:
    before = read_trail(busy)
    app = visit(email, address)
    assert not app.exception
    assert not buttons(app) & FORBIDDEN[email]
    if email in (NOBODY, STRANGER):
        assert "Example Three" not in said(app)
        assert not [box.key for box in (*app.text_input, *app.text_area) if box.key.startswith(("row-", "review-"))]
    assert read_trail(busy) == before


def test_every_button_that_is_forbidden_somewhere_is_there_for_who_may(busy: Store, visit: Visit) -> None:
    shown: set[str] = set()
    for email in ("reviewer@example.org", "contributor@example.org"):
        for address in ADDRESSES:
            shown |= buttons(visit(email, address))
    assert shown | {"upload_propose_now", "accept_all"} >= PROPOSING | OWNERS | REVIEWING | RELEASING


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (ADDRESSES[4], "reject_2"),
        (ADDRESSES[5], "accept_3"),
        (ADDRESSES[5], "comment_now"),
        (ADDRESSES[6], "release_check"),
    ],
)
def test_a_button_shown_before_the_role_was_taken_away_writes_nothing(
    busy: Store, visit: Visit, tmp_path: Path, address: dict[str, str], key: str
) -> None:
    app = visit("reviewer@example.org", address)
    for box in (*app.text_input, *app.text_area):
        if box.key.endswith(("_reason", "_words")):
            box.set_value("an example reason")
    app.run()
    before = read_trail(busy)
    (tmp_path / "store" / "roles.toml").write_text(ROLES.replace("reviewer@", "gone@"), encoding="utf-8")
    app.button(key=key).click().run()
    assert not app.exception
    assert read_trail(busy) == before
    assert not buttons(app) & REVIEWING


@pytest.mark.parametrize("email", [NOBODY, STRANGER, VIEWER])
def test_the_card_of_a_site_leads_everybody_somewhere(busy: Store, visit: Visit, email: str) -> None:
    card = visit(email, {"site": "example-berlin"}, "atlas.py")
    [link] = [each for each in card.get("page_link") if "Suggest a correction" in each.proto.label]
    for part in ("part=correct", "table=sites", "row=example-berlin", "site=example-berlin"):
        assert part in link.proto.query_string
    app = visit(email, ADDRESSES[0])
    assert not app.exception
    told = said(app)
    assert "Correct or add a row" in told
    assert "send the file" in told
    assert [each for each in app.get("download_button") if "Download the row" in each.proto.label]


def test_with_an_identity_provider_a_visitor_is_offered_to_sign_in(busy: Store) -> None:
    app = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_S)
    app.user = {"is_logged_in": False}
    app.secrets["auth"] = {"client_id": "example"}
    app.run().switch_page("data.py")
    app.query_params["part"] = "correct"
    app.run()
    assert not app.exception
    assert {"sign_in", "how_sign_in"} <= buttons(app)


def test_who_is_signed_in_reads_their_name_and_role_and_can_sign_out(busy: Store, visit: Visit) -> None:
    app = visit("reviewer@example.org", {"part": "proposals"})
    assert "Signed in as **Example reviewer** · reviewer" in said(app)
    assert "sign_out" in buttons(app)
    assert "Signed in as **Example stranger** · no role" in said(visit(STRANGER, {"part": "proposals"}))


def test_an_address_nobody_vouches_for_has_no_role(busy: Store) -> None:
    app = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_S)
    app.user = {"is_logged_in": True, "email": "reviewer@example.org", "email_verified": False}
    app.run().switch_page("data.py")
    app.query_params["part"] = "release"
    app.run()
    assert not app.exception
    assert "does not vouch for your address" in said(app)
    assert not buttons(app) & RELEASING


def test_a_misspelt_file_of_roles_is_said_and_gives_nobody_a_role(busy: Store, visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "store" / "roles.toml").write_text("[reviwer]\nemails = []\n", encoding="utf-8")
    app = visit("reviewer@example.org", {"part": "release"})
    assert not app.exception
    assert "the file of roles has 'reviwer'" in said(app)
    assert not buttons(app) & RELEASING


def test_the_local_mode_is_marked_and_lets_one_person_do_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visit: Visit
) -> None:
    monkeypatch.setenv("ATLAS_LOCAL_EDIT", "1")
    here = functools.partial(local_person, address=None)  # AppTest knows no address
    monkeypatch.setattr(sign_in, "local_person", lambda rules, _, *, forwarded: here(rules, forwarded=forwarded))
    with a_store(tmp_path, monkeypatch, roles=""):
        app = visit(NOBODY, {"part": "release"})
        assert not app.exception
        assert "Local mode" in said(app)
        assert list(app.segmented_control(key="part").options) == [
            "All tables",
            "By country",
            "Check your data",
            "Correct a row",
            "Proposals",
            "Release",
        ]


def test_without_anything_configured_the_page_is_read_only_and_makes_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visit: Visit
) -> None:
    monkeypatch.setenv("ATLAS_STORE", str(tmp_path / "none"))
    for address in ADDRESSES:
        app = visit(NOBODY, address)
        assert not app.exception
    assert app.segmented_control(key="part").options[:4] == [
        "All tables",
        "By country",
        "Check your data",
        "Correct a row",
    ]
    assert "read-only" in said(app)
    assert not (tmp_path / "none").exists()
