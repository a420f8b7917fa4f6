"""Where the trials in view run: their sites, and the countries that share trials."""

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.flows import arcs, country_pairs, country_totals, shared_trials, sharing
from mapping.analysis.pipeline import Pipeline
from mapping.figures import decks, legend
from mapping.figures.captions import caption, map_caption
from mapping.figures.extents import MAP_PX, PHONE_PX, Extent, extent_of
from mapping.figures.flow_map import ARCS_DRAWN, flow_alt, flow_layers
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, cached, card_markdown, frame_downloads, link

MAP_HEIGHT_PX: Final = 500


def show(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the map the reader chose, and beside it the pairs of countries that share trials."""
    picture, beside = st.columns([2, 1], gap="medium")
    with picture:
        names = {"cities": words.text("Trial sites"), "countries": words.text("Trials in several countries")}
        st.session_state["style"] = "countries" if view.style == "countries" else "cities"
        st.segmented_control(
            words.text("Show on the map"),
            list(names),
            label_visibility="collapsed",
            required=True,
            format_func=names.__getitem__,
            key="style",
            on_change=_map_chosen,
        )
        show_map(atlas, view, found, words)
    with beside:
        _pairs(atlas, view, found, words)


def show_map(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the map the reader chose: trial sites, or the countries that share trials."""
    if view.style == "countries":
        _flows(atlas, view, found, words)
    else:
        _sites(atlas, view, found, words)


def _map_chosen() -> None:
    style = st.session_state["style"]
    link.set_fields(style="" if style == "cities" else style)


def _sites(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the known sites of the trials in view as one bubble a city."""
    sites = replace(view, layers=("trial_sites",), kinds=(), capabilities=(), include=())
    selection, version = select(atlas, sites), cached.map_version(atlas)
    title = words.plural("{n} known trial site", "{n} known trial sites", len(selection.sites))
    st.markdown(f"**{title}**")
    deck = decks.atlas_deck(
        [*decks.base_layers(atlas_map.theme(), version), *decks.city_layers(sites, version)],
        _extent(atlas),
        decks.tooltip_style(atlas_map.theme()),
        decks.ROW_TIP,
    )
    st.pydeck_chart(deck, height=MAP_HEIGHT_PX, key="trial_sites_map", alt=words.text("Map: {what}", what=title))
    st.html(
        legend.legend_html(
            title,
            [(legend.swatch("trial_sites"), words.label(atlas.tables, "role", "trial_sites"))],
            scale=legend.size_scale(words.text("sites in a city")),
        )
    )
    without = int((found.rows & ~found.codes.placed).sum())
    note = words.plural(
        "{n} trial in view names no site and is not on this map; it is in the table.",
        "{n} trials in view name no site and are not on this map; they are in the table.",
        without,
    )
    st.caption(card_markdown.plain(map_caption(atlas.tables, found.source_ids, words, *([note] if without else []))))
    st.page_link(
        "atlas.py",
        label=words.text("Open these sites in the Atlas"),
        icon=":material/map:",
        query_params=sites.to_query(),
    )


def _flows(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the pairs of countries that share trials as arcs; a click on an arc lists its trials."""
    pairs, version, theme = country_pairs(found.codes, found.rows), cached.map_version(atlas), atlas_map.theme()
    drawn, named = arcs(pairs, atlas.tables), country_names(atlas, pairs, words)
    share = sharing(found.codes, found.rows)
    st.markdown(
        f"**{words.plural('{n} trial in several countries', '{n} trials in several countries', share.several)}**"
    )
    totals = country_totals(found.codes, found.rows, atlas.tables)
    layers = flow_layers(drawn, totals, view.pair, words, theme, named)
    deck = decks.atlas_deck([*decks.base_layers(theme, version), *layers], _extent(atlas), decks.tooltip_style(theme))
    st.pydeck_chart(
        deck, height=MAP_HEIGHT_PX, key="flow_map", on_select=_arc_picked, alt=flow_alt(drawn, words, named)
    )
    told = words.text(
        "A line joins two countries that share trials, its width their number; a number counts a country's trials in "
        "several countries. Drawn: the {drawn} pairs of {all} in Europe that share most. Countries are at least those "
        "named; trials that name none: {unknown}.",
        drawn=min(len(drawn), ARCS_DRAWN),
        all=len(drawn),
        unknown=share.unknown,
    )
    st.caption(card_markdown.plain(caption(atlas.tables, found.source_ids, words, told)))


def _pairs(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """List the pairs of countries, those with countries outside Europe too, and the trials of the pair chosen."""
    pairs = country_pairs(found.codes, found.rows)
    named = country_names(atlas, pairs, words)
    options = ["", *pairs["pair"]]
    if view.pair and view.pair not in options:
        options.append(view.pair)
    counts = dict(zip(pairs["pair"], pairs["trials"], strict=True))
    st.session_state["pair"] = view.pair
    st.selectbox(
        words.text("Trials shared by two countries"),
        options,
        format_func=lambda pair: _pair_words(pair, counts, named, words),
        key="pair",
        on_change=link.from_widget,
        args=("pair",),
    )
    if view.pair:
        _shared(shared_trials(found.trials, view.pair), atlas, words)
    table = st.expander(words.text("All pairs as a table"), key="pairs_table", on_change="rerun")
    if table.open:
        with table:
            st.dataframe(_pairs_table(pairs, named, words), hide_index=True, alt=words.text("Pairs of countries"))
            frame_downloads.row("country-pairs", words.text("These pairs:"), lambda: pairs, atlas, view, words)


def country_names(atlas: Atlas, pairs: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return code and name of each country of some pairs."""
    codes = dict.fromkeys([*pairs["one"], *pairs["other"], *atlas.known.core_countries])
    return {code: words.country(atlas.tables, code) for code in codes}


def _extent(atlas: Atlas) -> Extent:
    return _europe(atlas, "Mobi" in st.context.headers.get("User-Agent", ""), atlas.tables.version)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Atlas: lambda _: ""})
def _europe(atlas: Atlas, phone: bool, version: str) -> Extent:
    return extent_of("EUROPE", atlas.tables, cached.DATA / "geo", PHONE_PX if phone else MAP_PX)


def _arc_picked() -> None:
    for layer, rows in st.session_state["flow_map"].selection.objects.items():
        if layer == "arcs" and rows:
            link.set_fields(pair=rows[0]["pair"])


def _pair_words(pair: str, counts: dict[str, int], named: dict[str, str], words: Words) -> str:
    if not pair:
        return words.text("Choose a pair, or click a line on the map")
    said = " – ".join(named.get(code, code) for code in pair.split("-"))
    return f"{said} · {words.number(int(counts.get(pair, 0)))}"


def _shared(trials: pd.DataFrame, atlas: Atlas, words: Words) -> None:
    """List the trials of a pair, linked where the number is confirmed."""
    lines = [
        f"- {card_markdown.web_link(row.id, row.registry_url if isinstance(row.registry_url, str) else '')} "
        f"{card_markdown.plain(row.title)}"
        for row in trials.itertuples(index=False)
    ]
    with st.container(height=260 if len(lines) > 6 else "content", key="pair_trials"):
        st.markdown("\n".join(lines) or words.text("No trial in view is shared by these two."))


def _pairs_table(pairs: pd.DataFrame, named: dict[str, str], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words.text("Country"): pairs["one"].map(named),
            words.text("And"): pairs["other"].map(named),
            words.text("Shared trials"): pairs["trials"],
        }
    )
