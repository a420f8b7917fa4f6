"""The blocks of a country's page: who is there, trials, access, medicines, law, obstacles, solutions, how sure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.card import Source
from mapping.analysis.country_counts import map_words
from mapping.analysis.country_profile import NOTHING, CountryProfile, Published
from mapping.analysis.country_rows import rows_behind
from mapping.figures import country_charts, decks
from mapping.figures.captions import UNDATED_PEOPLE, map_caption
from mapping.figures.extents import Extent, extent_of
from mapping.figures.palette import ROLE_STYLES, Theme
from mapping.tables.vocabulary import labels
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import atlas_map, cached, card_markdown, countries_rows

MAP_PX: Final = (420, 300)
plain = card_markdown.plain
_REACHED: Final = {
    "treatment_centres": mark("{km} km of a treatment centre"),
    "trial_sites": mark("{km} km of a trial site"),
}
"""Role -> within what distance of such a site people live, in words."""
_HASHES: Final = {Words: lambda words: words.lang, Atlas: lambda _: ""}


@dataclass(frozen=True)
class Block:
    """One block of the page."""

    code: str
    title: str
    draw: Callable[[Atlas, CountryProfile, Words], None]


def _who(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    people = words.number(profile.population) if profile.population else words.text("not known")
    st.markdown(f"{plain(profile.standing)} · {words.text('{n} people', n=people)}")
    for role in profile.roles:
        glyph = ROLE_STYLES[role.role].glyph
        if not role.count:
            st.markdown(f"{glyph} {plain(role.label)}: :gray[{plain(words.text(NOTHING[role.state]))}]")
            continue
        rate = "" if role.per_million is None else words.number(role.per_million, 2)
        told = words.text("{count} · {rate} per million people", count=words.number(role.count), rate=rate)
        countries_rows.opener(f"{glyph} {plain(role.label)}: {told}", role.role, profile.country, "who")
    if profile.sites:
        told = words.plural("{n} site of any role", "{n} sites of any role", profile.sites)
        countries_rows.opener(told, "sites", profile.country, "who")


def _map(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    version, look = cached.map_version(atlas), atlas_map.theme()
    view = ViewState(countries=(profile.country,), focus=profile.country, lang=words.lang)
    deck = decks.atlas_deck(
        [*decks.base_layers(look, version, "full"), *decks.city_layers(view, version)],
        _extent(atlas, profile.country, atlas.tables.version),
        decks.tooltip_style(look),
        decks.ROW_TIP,
    )
    alt = map_words(profile, words)
    st.pydeck_chart(deck, height=MAP_PX[1], key=f"country_map_{profile.country}", alt=alt)
    query = replace(view, style="").to_query()
    st.page_link("atlas.py", label=words.text("Open in the Atlas"), icon=":material/map:", query_params=query)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_HASHES)
def _extent(atlas: Atlas, country: str, version: str) -> Extent:
    return extent_of(country, atlas.tables, cached.DATA / "geo", MAP_PX)


def _trials(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    if not profile.trials:
        st.markdown(f":gray[{words.text('Trials with a site here')}: {words.text(NOTHING[profile.trials_state])}]")
        return
    phases, classes = (
        {code: words.label(atlas.tables, vocabulary, code) for code in labels(atlas.tables, vocabulary)}
        for vocabulary in ("phase", "atmp_class")
    )
    told = words.plural("{n} trial with a site here", "{n} trials with a site here", profile.trials)
    countries_rows.opener(told, "trials", profile.country, "trials")
    legend, figure, alt = _drawn_trials(profile, phases, classes, words, atlas_map.theme(), atlas.tables.version)
    st.html(legend)
    _chart(figure, f"trials_{profile.country}", alt)
    cells = profile.trial_cells
    _twin(
        f"trials_table_{profile.country}",
        [
            {
                words.text("Phase"): phases[phase],
                words.text("ATMP class"): classes[kind],
                words.text("Trials"): words.number(int(count)),
            }
            for phase, kind, count in cells.itertuples(index=False, name=None)
        ],
        words,
    )


@st.cache_resource(
    show_spinner=False, max_entries=128, hash_funcs=_HASHES | {CountryProfile: lambda profile: profile.country}
)
def _drawn_trials(
    profile: CountryProfile,
    phases: Mapping[str, str],
    classes: Mapping[str, str],
    words: Words,
    theme: Theme,
    version: str,
) -> tuple[str, Figure, str]:
    """Return legend, chart and description; country and version stand for the profile."""
    cells = profile.trial_cells
    return (
        country_charts.class_legend(cells, classes, theme, words.text("ATMP class")),
        country_charts.trials_chart(cells, phases, classes, theme),
        country_charts.trials_alt(profile.name, profile.trials, cells, phases, words),
    )


def _access(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    bars = [
        country_charts.NearBar(
            words.text(_REACHED[row.role], km=row.km),
            row.role,
            row.share,
            words.percent(row.share / 100),
        )
        for row in profile.access
        if row.share is not None
    ]
    if not bars:
        st.markdown(f":gray[{words.text(NOTHING['not_assessed'])}]")
        return
    st.markdown(words.text("Estimated share of people within a distance as the crow flies, across borders:"))
    alt = country_charts.near_alt(profile.name, bars, words)
    _chart(country_charts.near_chart(bars, atlas_map.theme()), f"near_{profile.country}", alt)
    _openers([(row.figure, f"{row.km} km {ROLE_STYLES[row.role].glyph}") for row in profile.access], profile, "access")
    listed = words.percent(profile.listed_share / 100) if profile.listed_share is not None else "?"
    told = words.text(
        "The places listed for this country hold {share} of its people; they stand for all.", share=listed
    )
    unknown = words.text("A site that the Atlas does not know makes people look farther away than they are.")
    st.caption(f"{told} {unknown}")


def _medicines(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    _published(profile.medicines, profile, words, "medicines")
    if profile.medicines_unknown:
        st.caption(
            words.plural("No figure for {n} indicator.", "No figure for {n} indicators.", profile.medicines_unknown)
            + " "
            + words.text("Each counts another basket of products at another date; they do not add up.")
        )


def _law(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    _published(profile.law, profile, words, "law")
    st.caption(words.text("A legal frame is not a delay; the GMO rows are read from a review of about 2020."))


def _published(rows: Sequence[Published], profile: CountryProfile, words: Words, block: str) -> None:
    if not rows:
        st.markdown(f":gray[{words.text(NOTHING['not_assessed'])}]")
    lines = []
    for row in rows:
        if row.state not in {"found", "zero"}:
            lines.append(f"- {plain(row.label)}: :gray[{plain(row.told)}]")
            continue
        note = f"; {plain(row.note)}" if row.note else ""
        lines.append(f"- {plain(row.label)}: **{plain(row.told)}**{note} {_links(row.sources)}")
    st.markdown("\n".join(lines))


def _obstacles(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    if not profile.obstacles:
        st.markdown(f":gray[{words.text('Published figures')}: {words.text(NOTHING[profile.obstacle_state])}]")
        return
    figures = words.plural("{n} published figure", "{n} published figures", profile.obstacle_figures)
    sources = words.plural("from {n} source", "from {n} sources", profile.obstacle_sources)
    obstacles = words.plural("about {n} obstacle", "about {n} obstacles", profile.obstacle_count)
    countries_rows.opener(f"{figures} {sources} {obstacles}", "obstacle_figures", profile.country, "obstacles")
    for row in profile.obstacles:
        told = words.plural("{n} source", "{n} sources", row.sources)
        countries_rows.opener(f"{plain(row.title)} · {told}", row.id, profile.country, "obstacles")
    st.caption(words.text("Ordered by distinct sources: where figures were published, not how big a hurdle is."))


def _solutions(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    if not profile.solutions:
        st.markdown(f":gray[{words.text('Solutions from here')}: {words.text(NOTHING['not_assessed'])}]")
        return
    st.markdown(
        "\n".join(f"- {plain(row.title)} :gray[({plain(row.told)})] {_links(row.sources)}" for row in profile.solutions)
    )
    told = words.plural("{n} solution in place", "{n} solutions in place", len(profile.solutions))
    countries_rows.opener(told, "solutions", profile.country, "solutions")


def _sure(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    if not profile.records:
        st.markdown(f":gray[{words.text('No record')}]")
    for tally in profile.mix if profile.records else ():
        share = words.percent(tally.count / profile.records)
        countries_rows.opener(
            f"{plain(tally.label)}: {words.number(tally.count)} ({plain(share)})", tally.code, profile.country, "sure"
        )
    if profile.records:
        told = words.plural("{n} record in all", "{n} records in all", profile.records)
        countries_rows.opener(told, "records", profile.country, "sure")


def _gaps(atlas: Atlas, profile: CountryProfile, words: Words) -> None:
    known = [*profile.gaps, words.text("Trials and treatment centres are a sample, never a full list")]
    st.markdown("\n".join(f"- {plain(gap)}." for gap in known))


def _links(sources: Iterable[Source]) -> str:
    shown = [
        card_markdown.web_link(f"{source.publisher}{f', {source.year}' if source.year else ''}", source.url)
        for source in sources
    ]
    return f"({'; '.join(shown)})" if shown else ""


def _chart(figure: object, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, key=key, config={"displayModeBar": False}, alt=alt)


def _openers(figures: Iterable[tuple[str, str]], profile: CountryProfile, block: str) -> None:
    with st.container(horizontal=True, key=f"openers_{block}_{profile.country}"):
        for figure, label in figures:
            countries_rows.opener(label, figure, profile.country, block)


def _twin(key: str, rows: list[dict[str, str]], words: Words) -> None:
    table = st.expander(words.text("The same as a table"), key=key, on_change="rerun")
    if table.open:
        table.table(pd.DataFrame(rows).set_index(next(iter(rows[0]))))


WHO: Final = Block("who", mark("Who is there"), _who)
MAP: Final = Block("map", mark("Where"), _map)
TRIALS: Final = Block("trials", mark("Trials by phase and class"), _trials)
ACCESS: Final = Block("access", mark("Access"), _access)
MEDICINES: Final = Block("medicines", mark("Medicines paid for and available"), _medicines)
LAW: Final = Block("law", mark("Legal frame"), _law)
OBSTACLES: Final = Block("obstacles", mark("Obstacles most evidenced"), _obstacles)
SOLUTIONS: Final = Block("solutions", mark("Solutions in place"), _solutions)
SURE: Final = Block("sure", mark("How sure the records are"), _sure)
GAPS: Final = Block("gaps", mark("What is not known"), _gaps)
ROWS: Final = ((WHO, MAP, TRIALS), (ACCESS, OBSTACLES, SOLUTIONS), (MEDICINES, LAW), (SURE, GAPS))
"""Blocks of one country, row by row."""
ALL: Final = (WHO, MAP, TRIALS, ACCESS, MEDICINES, LAW, OBSTACLES, SOLUTIONS, SURE, GAPS)
"""Blocks of several countries, each a row of its own."""


def caption(atlas: Atlas, shown: Sequence[CountryProfile], words: Words) -> str:
    """Return the line under the profiles: sources, version, what it does not show."""
    sources = {source for profile in shown for source in _sources(atlas, profile.country, atlas.tables.version)}
    sources |= {source.id for profile in shown for row in (*profile.medicines, *profile.law) for source in row.sources}
    return map_caption(
        atlas.tables,
        sorted(sources),
        words,
        words.text("Closed and planned sites are not counted."),
        words.text(UNDATED_PEOPLE),
    )


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_HASHES)
def _sources(atlas: Atlas, country: str, version: str) -> frozenset[str]:
    """Return the sources of the records, figures and solutions of a country."""
    frames = [
        rows_behind(atlas, figure, country).frame for figure in ("records", "trials", "obstacle_figures", "solutions")
    ]
    return frozenset(
        source for frame in frames for cell in frame["source_ids"].dropna() for source in str(cell).split("|")
    )
