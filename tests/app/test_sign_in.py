"""Signing in at an identity provider, over the server's own protocol: from the button to a name, a role and a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.browser.oidc_provider import Provider, provider_of
from tests.browser.served import ROOT, Served, free_port, serve
from tests.browser.test_sign_in import PEOPLE, ROLES

PATIENCE_S = 120
QUERY = "part=correct&table=sites&row=aarhus-university-hospital"


@dataclass
class Closed:
    """An Atlas whose people sign in, and their provider."""

    atlas: Served
    provider: Provider


@dataclass
class Page:
    """What one run of the Data page said."""

    texts: str
    widgets: dict[str, str]
    """Key -> id."""
    redirect: str
    """Where the browser was sent to sign in."""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    (folder / "roles.toml").write_text(ROLES, encoding="utf-8")
    with provider_of(PEOPLE) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(provider.secrets_toml(f"http://localhost:{port}"), encoding="utf-8")
        environment = {"ATLAS_STORE": str(folder), "STREAMLIT_SECRETS_FILES": str(secrets)}
        with serve(folder / "server.log", environment=environment, port=port) as served:
            yield Closed(served, provider)


def run(atlas: Served, client: httpx.Client, press: str = "") -> Page:
    """Open the Data page with the cookies of a client, and press a button of it if one is named."""
    client.get(f"{atlas.url}/_stcore/health")  # brings the token against forged requests, as to any browser
    spoken = ["streamlit", client.cookies.get("_streamlit_xsrf", "none")]
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"Cookie": cookies, "Origin": atlas.url} if cookies else {"Origin": atlas.url}
    address = atlas.url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, subprotocols=spoken, additional_headers=headers, max_size=None) as socket:  # type: ignore[list-item]

        def rerun(trigger: str = "") -> Page:
            message = BackMsg()
            message.rerun_script.query_string = QUERY
            message.rerun_script.page_name = "data"
            if trigger:
                message.rerun_script.widget_states.widgets.add(id=trigger, trigger_value=True)
            socket.send(message.SerializeToString())
            page = Page("", {}, "")
            while True:
                answer = ForwardMsg.FromString(socket.recv(timeout=PATIENCE_S))
                if answer.WhichOneof("type") == "script_finished":
                    return page
                if answer.WhichOneof("type") == "auth_redirect":
                    page.redirect = answer.auth_redirect.url
                    return page
                for key in re.findall(r"\$\$ID-[0-9a-f]+-[\w-]+", str(answer)):
                    page.widgets[key.split("-", 2)[2]] = key
                element = answer.delta.new_element
                page.texts += f"{element.markdown.body}\n{element.alert.body}\n"

        page = rerun()
        return rerun(page.widgets[press]) if press else page


def signed_in(closed: Closed, login: str) -> httpx.Client:
    """A client with the cookies of one of the people."""
    client = httpx.Client(follow_redirects=False, timeout=PATIENCE_S)
    asked = run(closed.atlas, client, press="how_sign_in").redirect
    came = {"Referer": f"{closed.atlas.url}/data?{QUERY}"}
    to_provider = client.get(closed.atlas.url + asked if asked.startswith("/") else asked, headers=came)
    listed = client.get(to_provider.headers["location"]).text
    link = next(href for href in re.findall(r'href="([^"]+)"', listed) if href.endswith(f"login={login}"))
    back = client.get(closed.provider.url + link.replace("&amp;", "&")).headers["location"]
    assert back.startswith(f"{closed.atlas.url}/oauth2callback")
    home = client.get(back)
    assert (home.status_code, home.headers["location"]) == (302, f"/data?{QUERY}")
    return client


@pytest.mark.parametrize(
    ("login", "told", "has_form"),
    [
        ("contributor", "Signed in as **Example Contributor** · contributor", True),
        ("member", "Signed in as **Example Member** · contributor", True),
        ("viewer", "Signed in as **Example Viewer** · viewer", False),
        ("unverified", "your provider does not vouch for your address", False),
    ],
)
def test_who_signs_in_reads_name_and_role_and_has_the_form_only_with_the_role(
    closed: Closed, login: str, told: str, has_form: bool
) -> None:
    with closing(signed_in(closed, login)) as client:
        page = run(closed.atlas, client)
    assert told in page.texts
    assert "sign_out" in page.widgets
    assert ("form_propose" in page.widgets) == has_form
    assert ("row-sites-aarhus-university-hospital-name" in page.widgets) == has_form


def test_a_cookie_that_somebody_made_up_signs_nobody_in(closed: Closed) -> None:
    with httpx.Client() as client:
        client.cookies.set("_streamlit_user", "eyJlbWFpbCI6ImNvbnRyaWJ1dG9yQGV4YW1wbGUub3JnIn0.made.up")
        page = run(closed.atlas, client)
    assert "how_sign_in" in page.widgets
    assert "form_propose" not in page.widgets


def test_a_code_the_provider_did_not_give_signs_nobody_in(closed: Closed) -> None:
    with httpx.Client(follow_redirects=False) as client:
        client.get(f"{closed.atlas.url}/oauth2callback?code=made-up&state=made-up")
        assert "form_propose" not in run(closed.atlas, client).widgets


def test_nothing_of_the_sign_in_is_written_into_the_project(closed: Closed) -> None:
    assert not (ROOT / ".streamlit" / "secrets.toml").exists()
    assert not list(Path(ROOT).glob("*.sqlite3"))
