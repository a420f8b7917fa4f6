"""A card is text from data: whatever stands in a name, nothing in it is marked up, linked or run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.site_card import site_card
from mapping.view.atlas import open_atlas
from mapping.words import Words
from pages.parts import card_markdown
from tests.app.conftest import ROOT

WORDS = Words("en", strict=True)


@given(st.text(alphabet="<>[]()*_`$:#!~|\\&@.-+ax1", max_size=40))
def test_every_special_character_is_taken_at_its_word(text):
    shown = card_markdown.plain(text)
    marks = [at for at, character in enumerate(shown) if character in "<>[]()*_`$:#!~|&@"]
    assert all(shown[at - 1] == "\\" for at in marks)


def test_lines_become_one_and_a_number_keeps_its_unit_beside_it():
    assert card_markdown.plain(" 62\u00a0%\n\tof  all\u202f! ") == "62\u00a0% of all\u202f\\!"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://a b", "https://x)[y](z", "//host", "ftp://x", ""]
)
def test_only_a_plain_web_address_becomes_a_link(url):
    assert "](" not in card_markdown.web_link("Example", url)


def test_each_section_of_a_real_card_ends_in_its_sources():
    atlas = open_atlas(ROOT / "data")
    card = site_card(atlas, "charite", WORDS)
    sections = card_markdown.sections(card, WORDS)
    assert len(sections) == len(card.partners) + len(card.units) + len(card.treatments) + bool(card.phases)
    for section in sections[: len(card.partners) + len(card.units) + len(card.treatments)]:
        assert "](https://" in section.splitlines()[-1]


def test_a_trial_whose_number_is_not_confirmed_is_not_linked():
    atlas = open_atlas(ROOT / "data")
    trials = atlas.tables["trials"]
    unlinked = set(trials.loc[trials["registry_url"].isna(), "id"])
    pairs = atlas.tables["trial_sites"]
    site = pairs.loc[pairs["trial_id"].isin(unlinked), "site_id"].iloc[0]
    card = site_card(atlas, site, WORDS)
    for trial, line in zip(card.trials, card_markdown.trials(card, WORDS).split("\n- "), strict=True):
        assert (f"[{card_markdown.plain(trial.id)}](" in line) == (trial.id not in unlinked)
