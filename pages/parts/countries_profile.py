"""One to three countries, block by block: the same block of each side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from mapping.analysis.country_comparison import Caveat, caveats
from mapping.analysis.country_headline import countries_headline
from mapping.analysis.country_profile import CountryProfile, country_profile
from mapping.analysis.filter_words import key_words
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import cached, card_markdown, countries_blocks, countries_rows, link

MOST: Final = 3
"""Countries side by side."""
_HASHES: Final = {Words: lambda words: words.lang, Atlas: lambda _: ""}


def profiles(atlas: Atlas, view: ViewState, words: Words) -> tuple[CountryProfile, ...]:
    """Return what is known of the countries asked for, at most three."""
    return tuple(_profile(atlas, words, code, atlas.tables.version) for code in view.countries[:MOST])


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=_HASHES)
def _profile(atlas: Atlas, words: Words, country: str, version: str) -> CountryProfile:
    return country_profile(atlas, country, words)


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=_HASHES)
def _caveats(atlas: Atlas, words: Words, countries: tuple[str, ...], version: str) -> tuple[Caveat, ...]:
    return caveats(atlas, countries, words)


def headline(atlas: Atlas, shown: Sequence[CountryProfile], words: Words) -> str:
    """Return the finding about the countries shown, or about all of them."""
    return countries_headline(atlas, shown, words)


def choice(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of countries, and say which filters of other pages play no part here."""
    st.html(Path(__file__).parent / "countries.css")
    names = cached.country_names(atlas, words)
    st.session_state["country"] = [code for code in view.countries if code in names][:MOST]
    with st.container(key="country_choice"):
        st.multiselect(
            words.text("Countries, up to three side by side"),
            list(names),
            format_func=names.__getitem__,
            max_selections=MOST,
            key="country",
            placeholder=words.text("Choose a country; the ranking of all of them is below"),
            on_change=link.from_widget,
            args=("country",),
        )
    others = dict.fromkeys(key for key, _ in view.active() if key != "country")
    if others:
        st.caption(
            words.text(
                "This page shows all records: the filters set on other pages ({filters}) do not apply here.",
                filters=words.list([key_words(words, key) for key in others]),
            )
        )
    if len(view.countries) > MOST:
        st.caption(
            words.text("The link asks for {n} countries; the first {most} are shown.", n=len(view.countries), most=MOST)
        )


def warning(atlas: Atlas, shown: Sequence[CountryProfile], words: Words) -> None:
    """Say where comparing the countries misleads, and why."""
    codes = tuple(profile.country for profile in shown)
    found = _caveats(atlas, words, codes, atlas.tables.version)
    if len(shown) < 2:
        return
    if not found:
        st.caption(words.text("No rule of ours speaks against comparing these countries; all remain samples."))
        return
    told = words.plural(
        "**Comparing misleads in {n} point**", "**Comparing misleads in {n} points**", len(found)
    )  # fmt: skip
    lines = "\n".join(f"- {card_markdown.plain(caveat.told)}" for caveat in found)
    with st.container(key="caveats"):
        st.warning(f"{told}\n\n{lines}", icon=":material/warning:")


def show(atlas: Atlas, view: ViewState, shown: Sequence[CountryProfile], words: Words) -> None:
    """Draw the profiles: one fills the width, several stand side by side, block by block."""
    if not shown:
        return
    with st.container(key="profiles"), st.container(key="one_country" if len(shown) == 1 else "side_by_side"):
        for blocks in countries_blocks.ROWS if len(shown) == 1 else ((block,) for block in countries_blocks.ALL):
            _row(atlas, view, shown, blocks, words)
        st.caption(card_markdown.plain(countries_blocks.caption(atlas, shown, words)))


def _row(
    atlas: Atlas,
    view: ViewState,
    shown: Sequence[CountryProfile],
    blocks: Sequence[countries_blocks.Block],
    words: Words,
) -> None:
    parts = [(profile, block) for profile in shown for block in blocks]
    for place, (profile, block) in zip(st.columns(len(parts), gap="medium"), parts, strict=True):
        with place:
            name = f"{profile.name} · " if len(shown) > 1 else ""
            st.markdown(f"##### {card_markdown.plain(name + words.text(block.title))}")
            block.draw(atlas, profile, words)
    if countries_rows.stands_here(view, [profile.country for profile in shown], [block.code for block in blocks]):
        countries_rows.show(atlas, view, words)
