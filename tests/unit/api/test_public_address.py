"""The address of the Atlas as an operator may set it."""

from __future__ import annotations

import pytest

from mapping.api.public_address import PublicAddress
from mapping.api.security import SecurityError


@pytest.mark.parametrize(
    "setting", ["atlas.example.org", "javascript:alert(1)", "https://", "https://a b", "https://x/?q"]
)
def test_a_setting_that_is_no_address_stops_the_start(setting: str) -> None:
    with pytest.raises(SecurityError):
        PublicAddress.from_settings({"ATLAS_URL": setting}, "")


@pytest.mark.parametrize(("setting", "believed"), [("1", True), ("true", True), ("", False), ("0", False)])
def test_a_proxy_is_believed_where_the_setting_says_so(setting: str, believed: bool) -> None:
    assert PublicAddress.from_settings({"ATLAS_BEHIND_PROXY": setting}, "/atlas/").is_behind_proxy is believed


def test_a_word_about_a_proxy_that_is_neither_yes_nor_no_stops_the_start() -> None:
    with pytest.raises(SecurityError, match="ATLAS_BEHIND_PROXY"):
        PublicAddress.from_settings({"ATLAS_BEHIND_PROXY": "perhaps"}, "")


def test_the_base_path_has_no_slashes_around_it() -> None:
    assert PublicAddress.from_settings({}, "/atlas/").base_path == "atlas"
