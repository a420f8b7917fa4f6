"""The share page: what a crawler and a reader without scripts get for the address of a view."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mapping.analysis.headlines import atlas_headline
from mapping.api.front_page import FrontPage
from mapping.api.mounting import LateRoutes, mounted, prefixes, share_paths
from mapping.api.public_address import PublicAddress
from mapping.api.routes import routes
from mapping.api.security import ApiGate, SecurityHeaders
from mapping.exports.screens import PAGE_WORDS
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words


class Page(HTMLParser):
    """A page taken apart by the standard library: texts by element, attributes, previews."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open[-3:]):
            self.texts.setdefault(tag, []).append(data)

    def preview(self, name: str) -> str:
        told = [tag for _, tag in self.tags if name in {tag.get("property"), tag.get("name")}]
        return str(told[0]["content"])

    def link(self, rel: str) -> str:
        return next(str(tag["href"]) for name, tag in self.tags if name == "link" and tag.get("rel") == rel)

    def text(self, tag: str) -> str:
        return "".join(self.texts.get(tag, []))


def served(atlas: Atlas, source: object, base_path: str = "", address: PublicAddress | None = None) -> TestClient:
    known = address or PublicAddress(base_path=base_path)
    app = Starlette(
        routes=mounted(LateRoutes(lambda: routes(lambda: atlas, source, None, known)), base_path),  # type: ignore[arg-type]
        middleware=[
            Middleware(SecurityHeaders, policy="default-src 'self'"),
            Middleware(FrontPage, page="<title>the front page</title>", but_at=share_paths(base_path)),
            Middleware(ApiGate, prefixes=(*prefixes(base_path), *share_paths(base_path))),
        ],
    )
    return TestClient(app, base_url="http://atlas.example.org")


@pytest.fixture(scope="session")
def site(mini_atlas: Atlas, source: object) -> TestClient:
    return served(mini_atlas, source)


def test_it_opens_with_the_sentence_of_the_page(site: TestClient, mini_atlas: Atlas) -> None:
    view, words = ViewState(countries=("DE",)), Words()
    page = Page(site.get("/share?country=DE").text)
    assert page.text("h1") == atlas_headline(mini_atlas, select(mini_atlas, view), view, words)
    assert page.text("title").startswith(page.text("h1"))


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_every_page_has_one(site: TestClient, page: str) -> None:
    response = site.get(f"/share?page={page}")
    shown = Page(response.text)
    assert response.status_code == 200
    assert shown.text("h1")
    opened = next(str(tag["href"]) for name, tag in shown.tags if tag.get("class") == "open")
    assert opened.startswith(f"./{page}?")


@pytest.mark.parametrize("nothing", ["q=qqqzzz", "class=cATMP", "country=MT"])
@pytest.mark.parametrize("page", PAGE_WORDS)
def test_a_view_in_which_nothing_is_left_has_one_too(site: TestClient, page: str, nothing: str) -> None:
    response = site.get(f"/share?page={page}&{nothing}")
    assert response.status_code == 200
    assert Page(response.text).text("h1")


def test_it_needs_no_script_and_fetches_nothing(site: TestClient) -> None:
    page = Page(site.get("/share?country=DE").text)
    names = {name for name, _ in page.tags}
    assert not names & {"script", "iframe", "object", "embed", "img", "form"}
    assert not [tag for name, tag in page.tags if name == "link" and tag.get("rel") in {"stylesheet", "preload"}]
    assert not [tag for _, tag in page.tags if "style" in tag or any(key.startswith("on") for key in tag)]
    assert "svg" in names


def test_its_policy_allows_its_own_style_and_nothing_else(site: TestClient) -> None:
    policies = site.get("/share").headers.get_list("content-security-policy")
    own = dict(part.split(" ", 1) for part in policies[0].split("; "))
    assert own["default-src"] == "'none'"
    assert own["style-src"].startswith("'sha256-")
    assert "script-src" not in own
    assert policies[1] == "default-src 'self'"


def test_the_hash_is_that_of_the_style(site: TestClient) -> None:
    import base64
    import hashlib

    response = site.get("/share")
    style = response.text.split("<style>", 1)[1].split("</style>", 1)[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response.headers["content-security-policy"]


def test_a_preview_shows_a_picture_of_the_very_view(site: TestClient) -> None:
    page = Page(site.get("/share?country=DE&focus=DE").text)
    image = page.preview("og:image")
    assert image.startswith("http://atlas.example.org/api/v1/share.png?")
    assert parse_qs(urlsplit(image).query)["country"] == ["DE"]
    assert page.preview("twitter:image") == image
    assert page.preview("twitter:card") == "summary_large_image"
    picture = site.get(image)
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    assert (page.preview("og:image:width"), page.preview("og:image:height")) == ("1200", "630")
    assert picture.content != site.get("/api/v1/share.png?country=FR&focus=FR").content


def test_the_address_that_counts_names_the_data_version(site: TestClient) -> None:
    page = Page(site.get("/share?lang=de&country=DE").text)
    assert page.link("canonical") == "http://atlas.example.org/share?country=DE&lang=de&v=2026.11.0"
    assert page.preview("og:url") == page.link("canonical")


def test_the_page_speaks_the_language_asked_for(site: TestClient) -> None:
    assert '<html lang="de">' in site.get("/share?lang=de").text
    assert '<html lang="en">' in site.get("/share?lang=xx").text


def test_figures_sources_and_date_can_be_read(site: TestClient, mini_atlas: Atlas) -> None:
    view = ViewState(countries=("DE",))
    page = Page(site.get("/share?country=DE").text)
    assert str(len(select(mini_atlas, view).sites)) in page.texts["td"]
    assert "22 November 2026" in page.text("header")
    assert any("example" in line for line in page.texts["li"])
    assert "Country: Germany" in page.texts["li"]


@pytest.mark.parametrize(
    ("query", "told"),
    [("country=ZZ", "country “ZZ”"), ("page=nowhere", "page “nowhere”"), ("v=1999.1.0", "v “1999.1.0”")],
)
def test_what_the_data_do_not_have_is_left_out_and_said(site: TestClient, query: str, told: str) -> None:
    response = site.get(f"/share?{query}&class=GTMP")
    assert response.status_code == 200
    assert told in Page(response.text).text("p")


def test_a_number_of_a_page_is_the_page_of_a_table(site: TestClient) -> None:
    page = Page(site.get("/share?page=2&page=trials").text)
    opened = next(str(tag["href"]) for _, tag in page.tags if tag.get("class") == "open")
    assert opened == "./trials?v=2026.11.0&page=2"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "]]>"])
def test_no_text_becomes_markup(site: TestClient, text: str) -> None:
    response = site.get("/share", params={"q": text, "country": text, "lang": text, "site": text})
    names = [name for name, _ in Page(response.text).tags]
    assert "script" not in names
    assert "img" not in names
    assert "b" not in names
    assert text in Page(response.text).text("h1")


@pytest.mark.parametrize("path", ["/share", "/atlas/share"])
def test_it_works_below_a_base_path(mini_atlas: Atlas, source: object, path: str) -> None:
    page = Page(served(mini_atlas, source, "atlas").get(f"{path}?country=DE").text)
    assert page.link("canonical").startswith("http://atlas.example.org/atlas/share?")
    assert page.preview("og:image").startswith("http://atlas.example.org/atlas/api/v1/share.png?")


@pytest.mark.parametrize("host", ['evil.example"><script>', "evil example", "a/b", "", "x" * 300, "user@evil.example"])
def test_a_host_that_is_none_is_not_repeated(site: TestClient, host: str) -> None:
    text = site.get("/share", headers={"host": host}).text
    assert Page(text).link("canonical").startswith("http://localhost/share")


def test_each_host_gets_its_own_links(site: TestClient) -> None:
    for host in ("one.example.org", "two.example.org:8080"):
        assert f"http://{host}/share" in site.get("/share", headers={"host": host}).text
        assert host not in site.get("/share").text


FORWARDED = {"x-forwarded-proto": "https, http", "x-forwarded-host": "public.example.org, inner"}


def test_a_proxy_is_believed_only_where_the_operator_says_so(
    mini_atlas: Atlas, source: object, site: TestClient
) -> None:
    behind = served(mini_atlas, source, address=PublicAddress(is_behind_proxy=True))
    assert (
        Page(behind.get("/share", headers=FORWARDED).text).link("canonical").startswith("https://public.example.org/")
    )
    assert "public.example.org" not in site.get("/share", headers=FORWARDED).text


def test_a_fixed_address_needs_no_header(mini_atlas: Atlas, source: object) -> None:
    known = PublicAddress.from_settings({"ATLAS_URL": "https://atlas.example.org/map/"}, "")
    page = Page(served(mini_atlas, source, address=known).get("/share", headers={"host": "evil.example"}).text)
    assert page.link("canonical").startswith("https://atlas.example.org/map/share?")


def test_the_front_page_does_not_take_its_place(site: TestClient) -> None:
    assert "the front page" not in site.get("/share").text
    assert site.get("/elsewhere").status_code == 404


def test_it_only_reads(site: TestClient) -> None:
    assert site.post("/share").status_code == 405
    assert site.head("/share").status_code == 200
    assert site.get("/share?q=" + "x" * 9000).status_code == 414


def test_who_has_it_is_not_sent_it_again(site: TestClient) -> None:
    tag = site.get("/share").headers["etag"]
    assert site.get("/share", headers={"if-none-match": tag}).status_code == 304
