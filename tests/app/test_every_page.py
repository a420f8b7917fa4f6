"""Every screen opens, whatever its address says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from mapping.view.address import FIELDS
from tests.app.conftest import NAVIGATION, Open, letters

SCREENS = sorted(p.name for p in NAVIGATION.parent.glob("*.py") if p.name not in {"navigation.py", "__init__.py"})
ADDRESSES: Mapping[str, Mapping[str, str | Sequence[str]]] = {
    "bare": {},
    "every filter at once": {
        "layers": ["facilities", "trial_sites"],
        "country": ["DE", "FR"],
        "class": "GTMP",
        "kind": "academic",
        "phase": "phase_1",
        "years": ["2010", "2020"],
        "q": "Charite",
        "style": "points",
        "focus": "DE",
    },
    "values nobody knows": {
        "country": ["XX", ""],
        "class": "none",
        "years": ["soon", "later"],
        "style": "plaid",
        "site": "nowhere",
    },
    "keys nobody knows": {"utm_source": "letter", "COUNTRY": "DE"},
    "text that would be markup": {"q": "<script>alert(1)</script>", "focus": "<b>", "site": "' OR 1=1 --"},
    "odd unicode": {"q": "\u202e\u0000é́🧬", "country": "ＤＥ"},
    "far too long": {"q": "x" * 5000, "country": ["DE"] * 500},
    "a range the wrong way round": {"years": ["2024", "2001"]},
    "years after any trial": {"years": ["2033", "2035"]},
    "years before any trial": {"years": ["1951", "1952"]},
    "numbers out of any range": {"years": ["-1", "99999"], "km": "0", "k": "999", "step": "99", "page": "999999"},
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_opens_at_any_address(opened: Open, screen: str, address: str) -> None:
    app = opened(ADDRESSES[address], page=screen)
    assert not app.exception


@pytest.mark.parametrize("screen", SCREENS)
def test_text_of_the_address_is_shown_letter_by_letter_and_never_as_markdown(opened: Open, screen: str) -> None:
    hostile = "**x** [a](http://b) <img src=c>"
    app = opened({**dict.fromkeys((*FIELDS, "v", "story", "row", "cell", "show", hostile), hostile)}, page=screen)
    assert not app.exception
    kinds = (app.markdown, app.title, app.subheader, app.caption, app.info, app.warning, app.error, app.success)
    told = [str(element.value) for kind in kinds for element in kind]
    told += [element.label for kind in (app.button, app.expander, app.get("page_link")) for element in kind]
    assert not [text for text in told if re.search(r"(?<!\\)(\*x|\[a\]|<img)", text)]
    assert any("**x** [a](http://b) <img" in letters(text) for text in told)


def test_a_second_run_says_the_same(opened: Open) -> None:
    app = opened({"country": "DE"})
    before = [element.value for element in app.markdown]
    assert [element.value for element in app.run().markdown] == before
