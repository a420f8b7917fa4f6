"""A link with a version opens its release on every page, says what is newer, and leads there in one click."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached, embed
from tests.app.conftest import NAVIGATION, PATIENCE_S, ROOT, Open, letters, serving
from tests.unit.exports.released import NEW, OLD, twice_released

PAGES = ["", "obstacles", "solutions", "access", "countries", "trials", "partners", "data", "about"]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("released") / "data"
    shutil.copytree(ROOT / "data", copy, ignore=shutil.ignore_patterns("releases", "raw"))
    return twice_released(copy)


@pytest.fixture(autouse=True)
def folder(released: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with serving(released, monkeypatch):
        yield released


def page_file(page: str) -> str | None:
    return f"{page}.py" if page else None


def told(app: AppTest) -> str:
    return letters(" ".join(element.value for element in [*app.markdown, *app.caption, *app.title]))


@pytest.mark.parametrize("page", PAGES)
def test_an_old_link_says_what_is_newer_on_every_page(opened: Open, page: str) -> None:
    app = opened({"v": OLD}, page_file(page))
    assert not app.exception
    assert f"Data of {OLD}. Newer data, {NEW}: 1 site added, 1 changed." in told(app)
    assert f"Data {OLD}, collected up to" in told(app)


def test_an_old_link_has_the_figures_of_its_day(opened: Open) -> None:
    old, new = opened({"v": OLD, "country": "DE"}), opened({"country": "DE"})
    found = [int(letters(app.title[0].value).split()[1]) for app in (old, new)]
    assert found[1] == found[0] + 1
    assert letters(old.title[0].value).startswith(f"Germany: {found[0]} sites")


def test_one_click_leads_to_the_newest_data_with_the_same_filters(opened: Open) -> None:
    app = opened({"v": OLD, "country": "DE"})
    app.button(key="newest").click().run()
    assert dict(app.query_params) == {"country": "DE"}
    assert "Newer data" not in told(app)
    assert f"Data {NEW}, collected up to" in told(app)


def test_the_version_stays_when_a_filter_and_the_page_change(opened: Open) -> None:
    app = opened({"v": OLD})
    app.multiselect(key="country").select("DE").run()
    assert (app.query_params["v"], app.query_params["country"]) == (OLD, "DE")
    app.switch_page("about.py").run()
    assert app.query_params["v"] == OLD
    assert f"Data of {OLD}" in told(app)


def test_reading_the_newest_data_writes_no_version(opened: Open) -> None:
    app = opened()
    app.multiselect(key="country").select("DE").run()
    assert dict(app.query_params) == {"country": "DE"}
    assert "Newer data" not in told(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_version_nobody_released_gives_the_newest_data_and_says_so(opened: Open, page: str) -> None:
    app = opened({"v": "2019.1.0"}, page_file(page))
    assert not app.exception
    assert f"There are no data of version “2019.1.0” here. You see the newest, {NEW}." in told(app)
    assert not [each for each in app.info if "2019" in each.value], "the version is told once, in the header"
    app.button(key="newest").click().run()
    assert "v" not in app.query_params


def test_the_copy_button_knows_the_version(opened: Open) -> None:
    for query, version in (({}, NEW), ({"v": OLD}, OLD)):
        [bar] = [each for each in opened(query).get("html") if "data-atlas-copy" in each.proto.body]
        assert f'data-version="{version}"' in bar.proto.body


def test_a_link_with_many_values_is_copied_in_its_short_form_or_with_a_warning(opened: Open) -> None:
    sites = cached.newest().tables["sites"]["id"].tolist()
    for count, joined, warned in ((3, False, False), (85, True, False), (150, True, True)):
        [bar] = [each for each in opened({"close": sites[:count]}).get("html") if "data-atlas-copy" in each.proto.body]
        assert ("~" in bar.proto.body) == joined
        assert ("Some programs cut links over" in bar.proto.body) == warned


def test_the_change_log_is_on_data_and_about(opened: Open) -> None:
    for page in ("data.py", "about.py"):
        app = opened(page=page)
        assert f"**{NEW}** (5 December 2026)." in told(app)
        assert "Places: 1 added, 1 changed" in told(app).replace("\\", "")
        assert "changes.atom" in told(app)
    assert "join4atmp.eu" in told(app)


@pytest.mark.parametrize(
    ("page", "picture"), [(page, name) for page, names in embed.PICTURES.items() for name in names]
)
def test_an_embedded_picture_stands_alone_with_its_source(page: str, picture: str) -> None:
    app = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_S)
    if page:
        app.run().switch_page(f"{page}.py")
    app.context["is_embedded"] = True
    for key, value in {"show": picture, "v": OLD, "country": ["DE", "FR"]}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert not app.title, "the header is hidden"
    assert not app.sidebar.children, "the filters are hidden"
    assert not [each for each in app.button if each.key == "reset"]
    assert f"Data {OLD}, collected up to" in told(app)
    assert f"v={OLD})" in told(app), "the way back to the whole view names the release"


def test_a_page_that_is_not_embedded_ignores_the_picture_asked_for(opened: Open) -> None:
    assert opened({"show": "map"}).title
