"""Who signs in or out comes back to where they were, and nobody is ever led elsewhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.api.public_address import PublicAddress
from mapping.api.way_back import COOKIE, LONGEST, WayBack

HERE = "http://testserver"
PROVIDER = "https://provider.example.org/authorise"
FORM = "/data?part=correct&table=sites&row=example"


def atlas(base: str = "", *, provider_signs_out: bool = False) -> TestClient:
    """What Streamlit does: off to a provider, and back to the start page."""

    def away(_: Request) -> Response:
        return RedirectResponse(PROVIDER, 302)

    def back(_: Request) -> Response:
        response = RedirectResponse(f"{base}/", 302)
        response.set_cookie("_streamlit_user", "example")
        return response

    routes = [
        Route(f"{base}/auth/login", away),
        Route(f"{base}/auth/logout", away if provider_signs_out else back),
        Route(f"{base}/oauth2callback", back),
        Route(f"{base}/data", lambda _: PlainTextResponse("data")),
    ]
    app = WayBack(Starlette(routes=routes), address=PublicAddress(base_path=base.strip("/")))
    return TestClient(app, base_url=HERE, follow_redirects=False)


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_who_signs_in_comes_back_to_the_form(base: str) -> None:
    reader = atlas(base)
    away = reader.get(f"{base}/auth/login", headers={"Referer": f"{HERE}{base}{FORM}"})
    assert away.headers["location"] == PROVIDER
    back = reader.get(f"{base}/oauth2callback?code=1")
    assert back.headers["location"] == base + FORM
    assert reader.cookies["_streamlit_user"] == "example"
    assert COOKIE not in reader.cookies
    assert reader.get(f"{base}/oauth2callback?code=2").headers["location"] == f"{base}/"


@pytest.mark.parametrize("provider_signs_out", [False, True])
def test_who_signs_out_stays_on_the_page(provider_signs_out: bool) -> None:
    reader = atlas(provider_signs_out=provider_signs_out)
    answer = reader.get("/auth/logout", headers={"Referer": HERE + FORM})
    if provider_signs_out:
        assert answer.headers["location"] == PROVIDER
        answer = reader.get("/oauth2callback")
    assert answer.headers["location"] == FORM


def test_the_cookie_goes_only_where_people_come_back_and_only_for_minutes() -> None:
    [cookie] = [
        value
        for name, value in atlas().get("/auth/login", headers={"Referer": f"{HERE}/data"}).headers.multi_items()
        if name == "set-cookie"
    ]
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly", "Max-Age=600", "Path=/oauth2callback", "SameSite=lax",
    }  # fmt: skip
    told = {"Referer": "https://atlas.example.org/data", "Host": "atlas.example.org"}
    assert "Secure" in atlas().get("/auth/login", headers=told).headers["set-cookie"]
    assert "set-cookie" not in atlas().get("/data").headers


@pytest.mark.parametrize(
    "came",
    ["", "https://elsewhere.example.org/data", f"{HERE}.example.org/data", f"{HERE}//elsewhere.example.org", "data",
     f"{HERE}/" + "x" * LONGEST, f"{HERE}/a\\b"],
)  # fmt: skip
def test_who_comes_from_elsewhere_lands_on_the_start_page(came: str) -> None:
    reader = atlas()
    reader.get("/auth/login", headers={"Referer": came})
    assert reader.get("/oauth2callback").headers["location"] == "/"


@given(
    st.one_of(
        st.text(), st.sampled_from(["//", "/\\", "https://", "/\t/", "\r\n", "javascript:"]).map(lambda x: x + "e")
    )
)
def test_a_cookie_that_somebody_made_up_leads_nowhere_else(way: str) -> None:
    kept = f"{COOKIE}={quote(way, safe='')}"
    location = atlas().get("/oauth2callback", headers={"Cookie": kept}).headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert location.isprintable()
