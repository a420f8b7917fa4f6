"""Old links: what they ask for, and what of it the data no longer have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.view.known import Known
from mapping.view.link_check import checked_link


@pytest.fixture(scope="module")
def known(mini: object) -> Known:
    return Known(mini)


def test_a_link_whose_values_are_all_there_holds(known: Known) -> None:
    found = checked_link("https://example.org/?site=example-berlin&country=DE&v=2026.10.0", known, {"2026.10.0"})
    assert found is not None
    assert (found.holds, found.version, found.gone) == (True, "2026.10.0", ())


def test_what_the_data_no_longer_have_is_named(known: Known) -> None:
    found = checked_link("site=example-gone&country=DE&utm_source=x", known, {"2026.10.0"})
    assert found is not None
    assert not found.holds
    assert [(one.key, one.value) for one in found.gone] == [("site", "example-gone")]
    assert found.unknown_keys == ("utm_source",)


def test_a_release_that_is_not_here_is_named(known: Known) -> None:
    found = checked_link("/obstacles?v=2020.01.0", known, {"2026.10.0"})
    assert found is not None
    assert (found.holds, found.has_release, found.gone) == (False, False, ())


@pytest.mark.parametrize("text", ["", "https://example.org/", "no link at all", "http://[broken?x"])
def test_what_is_no_link_with_a_query_is_none(known: Known, text: str) -> None:
    assert checked_link(text, known, set()) is None


@given(text=st.text(max_size=200))
def test_any_text_is_looked_at_without_a_fault(known: Known, text: str) -> None:
    checked_link(text, known, set())
