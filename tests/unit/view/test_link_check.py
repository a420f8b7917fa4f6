"""A link that somebody kept is told what it opens today."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.view.atlas import Atlas, open_atlas
from mapping.view.link_check import link_check
from tests.unit.paths import ROOT

RELEASES = ("2026.11.0",)


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(ROOT / "data")


def test_a_link_of_a_release_that_is_here_opens_as_it_was(real: Atlas) -> None:
    found = link_check("https://example.org/obstacles?country=DE&v=2026.11.0", real.known, RELEASES)
    assert (found.version, found.is_released, found.dropped) == ("2026.11.0", True, ())


def test_a_link_of_a_release_that_is_gone_is_told(real: Atlas) -> None:
    found = link_check("country=DE&v=2019.1.0", real.known, RELEASES)
    assert (found.version, found.is_released) == ("2019.1.0", False)


def test_what_the_newest_data_no_longer_have_is_named(real: Atlas) -> None:
    found = link_check("/?country=DE&country=XX&site=example-nowhere", real.known, RELEASES)
    assert {(one.key, one.value) for one in found.dropped} == {("country", "XX"), ("site", "example-nowhere")}


@given(st.text(max_size=200))
def test_no_text_breaks_the_check(text: str) -> None:
    atlas = open_atlas(ROOT / "tests" / "fixtures" / "mini")
    link_check(text, atlas.known, RELEASES)
