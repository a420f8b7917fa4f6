"""Signing in at an identity provider: a name and a role for who has one, nothing to write for who has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.oidc_provider import provider_of
from tests.browser.reader import LAPTOP, PATIENCE_MS, Reader
from tests.browser.served import ROOT, Served, free_port, serve

PEOPLE = {
    "contributor": {"email": "contributor@example.org", "email_verified": True, "name": "Example Contributor"},
    "viewer": {"email": "viewer@example.org", "email_verified": True, "name": "Example Viewer"},
    "member": {"email": "member@example.org", "email_verified": True, "name": "Example Member", "groups": ["members"]},
    "unverified": {"email": "contributor@example.org", "email_verified": False, "name": "Example Impostor"},
}
ROLES = """
[viewer]
emails = ["viewer@example.org"]
[contributor]
emails = ["contributor@example.org"]
groups = ["members"]
"""
FORM = "/data?part=correct&table=sites&row=aarhus-university-hospital"
SignedIn = Callable[[str], Reader]


@pytest.fixture(scope="module")
def closed_atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An Atlas whose people sign in at a provider of this test; its secrets lie in a folder of the test."""
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    (folder / "roles.toml").write_text(ROLES, encoding="utf-8")
    with provider_of(PEOPLE) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(provider.secrets_toml(f"http://localhost:{port}"), encoding="utf-8")
        environment = {"ATLAS_STORE": str(folder), "STREAMLIT_SECRETS_FILES": str(secrets)}
        with serve(folder / "server.log", environment=environment, port=port) as served:
            yield served


@pytest.fixture
def signed_in(browser: Browser, closed_atlas: Served) -> Iterator[SignedIn]:
    """Come as one of the people: open the form, press the button, be picked at the provider."""
    with ExitStack() as stack:

        def come(login: str) -> Reader:
            context = browser.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, reduced_motion="reduce")
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            reader = Reader(context.new_page(), closed_atlas.url)
            reader.open(FORM)
            reader.keyed("how_sign_in").get_by_role("button").click()
            reader.page.get_by_role("link", name=login, exact=True).click()
            reader.page.wait_for_url(closed_atlas.url + FORM)  # back at the form, not at the start page
            reader.settled()
            return reader

        yield come


def test_a_contributor_signs_in_reads_name_and_role_proposes_and_signs_out(signed_in: SignedIn) -> None:
    reader = signed_in("contributor")
    expect(reader.keyed("who")).to_contain_text("Signed in as Example Contributor · contributor")
    name = reader.page.get_by_role("textbox", name="Name *", exact=True)
    name.fill("Example Hospital Renamed")
    name.press("Tab")
    reader.settled()
    why = reader.page.get_by_role("textbox", name="Why *")
    why.fill("an example reason")
    why.press("Tab")
    reader.settled()
    reader.keyed("form_propose").get_by_role("button").click()
    expect(reader.page.get_by_text("Proposed. A reviewer decides")).to_be_visible()
    reader.settled()
    assert reader.query()["proposal"] == ["1"]
    reader.keyed("sign_out").get_by_role("button").click()
    expect(reader.keyed("how_sign_in")).to_be_visible()
    assert reader.query()["proposal"] == ["1"]
    assert reader.keyed("form_propose").count() == 0


@pytest.mark.parametrize("login", ["viewer", "unverified"])
def test_who_may_not_propose_is_told_so_and_has_no_form(signed_in: SignedIn, login: str) -> None:
    reader = signed_in(login)
    told = "Example Viewer · viewer" if login == "viewer" else "does not vouch for your address"
    expect(reader.keyed("who")).to_contain_text(told)
    assert reader.keyed("form_propose").count() == 0
    assert reader.page.get_by_role("textbox", name="Name *", exact=True).count() == 0
    expect(reader.page.get_by_text("Your role does not let you propose")).to_be_visible()


def test_a_group_gives_a_role(signed_in: SignedIn) -> None:
    reader = signed_in("member")
    expect(reader.keyed("who")).to_contain_text("Example Member · contributor")
    expect(reader.keyed("form_propose")).to_be_visible()


def test_nothing_of_the_sign_in_is_left_in_the_repository(closed_atlas: Served) -> None:
    assert not (ROOT / ".streamlit" / "secrets.toml").exists()
    assert Path(closed_atlas.log).exists()
