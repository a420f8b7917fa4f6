"""Countries as data: one to three countries in figures and on the map; without a choice, all of them."""

from dataclasses import replace
from typing import Final

from mapping.analysis.country_counts import map_words, profile_facts, role_words
from mapping.analysis.country_headline import countries_headline
from mapping.analysis.country_profile import CountryProfile, country_profile
from mapping.analysis.country_rows import rows_behind
from mapping.analysis.provenance import sources_in_view
from mapping.analysis.ranking_words import GROUPS, figure_label, ranking_table
from mapping.analysis.rates import country_figures
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.captions import caption
from mapping.figures.country_charts import CLASS_COLOURS, NearBar, near_alt, trials_alt
from mapping.figures.extents import extent_of
from mapping.figures.map_picture import atlas_picture, ground
from mapping.figures.palette import ROLE_STYLES
from mapping.figures.pictures import ChartPicture, MapPicture, MatrixCell, MatrixPicture, MatrixRow, Picture, Series
from mapping.figures.scales import HEAT
from mapping.tables.vocabulary import labels
from mapping.view.filtering import select
from mapping.view.ranked import ranked
from mapping.view.state import ViewState
from mapping.words import by_name, mark

MOST: Final = 3
"""Countries side by side."""
METHOD: Final = mark(
    "Each figure counts what the Atlas holds or what a page states, with its year; rates are per million people. "
    "Trials and treatment centres are a sample, never a full list, and how much was looked for differs between "
    "countries, so that a low number may mean few or few found. Closed and planned sites are not counted."
)


def told(asked: Asked) -> Told:
    """Return what the page of countries shows."""
    atlas, words = asked.atlas, asked.words
    chosen = asked.view.countries[:MOST]
    profiles = tuple(country_profile(atlas, code, words) for code in chosen)
    pictures: list[Picture] = [] if profiles else [_all(asked)]
    sources: list[str] = []
    for profile in profiles:
        ours = _sources(asked, profile.country)
        pictures += [_map(asked, profile), _trials(asked, profile, ours), _access(asked, profile)]
        sources += ours
    pictures.append(_ranking(asked))
    return Told(
        headline=countries_headline(atlas, profiles, words),
        pictures=tuple(pictures),
        facts=tuple(fact for profile in profiles for fact in _facts(asked, profile)),
        method=words.text(METHOD),
        source_ids=tuple(sources or sources_in_view(atlas, select(atlas, ViewState()))),
    )


def _sources(asked: Asked, country: str) -> list[str]:
    frames = (rows_behind(asked.atlas, figure, country).frame for figure in ("records", "trials", "obstacle_figures"))
    return [source for frame in frames for cell in frame["source_ids"].dropna() for source in str(cell).split("|")]


def _all(asked: Asked) -> MapPicture:
    """Return all countries by their sites per million people."""
    atlas, words = asked.atlas, asked.words
    view = ViewState(style="countries", lang=asked.view.lang)
    selection = select(atlas, view)
    figures = country_figures(atlas, selection, view, words)
    on = ground(atlas, words, asked.geo, extent_of(view.focus, atlas.tables, asked.geo))
    drawn = atlas_picture(on, view, selection, figures, sources_in_view(atlas, selection), figures.title)
    return replace(drawn, title=figures.title)


def _map(asked: Asked, profile: CountryProfile) -> MapPicture:
    atlas, words = asked.atlas, asked.words
    view = ViewState(countries=(profile.country,), focus=profile.country, style="cities", lang=asked.view.lang)
    selection = select(atlas, view)
    on = ground(atlas, words, asked.geo, extent_of(profile.country, atlas.tables, asked.geo))
    drawn = atlas_picture(on, view, selection, None, sources_in_view(atlas, selection), map_words(profile, words))
    title = words.text("{country}: {figure}", country=profile.name, figure=words.text("Where"))
    said, layers = role_words(profile, words), atlas.known.options["layers"]  # first in the legend, in this order
    roles = [replace(item, text=said[role]) for item, role in zip(drawn.legend, layers, strict=False)]
    return replace(drawn, title=title, legend=(*roles, *drawn.legend[len(roles) :]))


def _trials(asked: Asked, profile: CountryProfile, sources: list[str]) -> ChartPicture:
    tables, words, cells = asked.atlas.tables, asked.words, profile.trial_cells
    phases, classes = (
        {code: words.label(tables, vocabulary, code) for code in labels(tables, vocabulary)}
        for vocabulary in ("phase", "atmp_class")
    )
    counts = {(phase, kind): int(count) for phase, kind, count in cells.itertuples(index=False, name=None)}
    held_phases = [code for code in phases if any(phase == code for phase, _ in counts)]
    held_classes = [code for code in classes if any(kind == code for _, kind in counts)]
    title = words.text("Trials by phase and class")
    return ChartPicture(
        title=words.text("{country}: {figure}", country=profile.name, figure=title),
        alt=trials_alt(profile.name, profile.trials, cells, phases, words),
        caption=caption(tables, sources, words),
        kind="columns",
        categories=tuple(phases[code] for code in held_phases),
        series=tuple(
            Series(
                classes[kind],
                tuple(float(counts.get((phase, kind), 0)) for phase in held_phases),
                CLASS_COLOURS[PAPER][kind],
            )
            for kind in held_classes
        ),
        category_title=words.text("Phase"),
        value_title=words.text("Trials"),
    )


def _access(asked: Asked, profile: CountryProfile) -> ChartPicture:
    tables, words = asked.atlas.tables, asked.words
    bars = [
        NearBar(figure_label(tables, row.figure, words), row.role, row.share, words.percent(row.share / 100))
        for row in profile.access
        if row.share is not None
    ]
    title = words.text("Estimated share of people within a distance as the crow flies, across borders")
    return ChartPicture(
        title=words.text("{country}: {figure}", country=profile.name, figure=title),
        alt=near_alt(profile.name, bars, words),
        caption=caption(tables, (), words, words.text("Places and populations: GeoNames, CC BY 4.0.")),
        kind="stacked",
        categories=tuple(bar.label for bar in bars),
        series=tuple(
            Series(
                words.label(tables, "role", role),
                tuple(bar.share / 100 if bar.role == role else 0.0 for bar in bars),
                ROLE_STYLES[role].colour,
            )
            for role in dict.fromkeys(bar.role for bar in bars)
        ),
        unit="share",
        ends=tuple(bar.printed for bar in bars),
    )


def _ranking(asked: Asked) -> MatrixPicture:
    """Return the group of figures that is open as a table without colours: its columns have different units."""
    atlas, words = asked.atlas, asked.words
    groups = ranked(atlas.tables)
    group = asked.view.group if asked.view.group in groups else next(iter(groups))
    codes = asked.view.countries[:MOST] or tuple(atlas.known.core_countries)
    names = {code: words.country(atlas.tables, code) for code in codes}
    named = {code: names[code] for code in by_name(names)}
    table = ranking_table(atlas, group, tuple(named), words)
    heads = tuple(figure_label(atlas.tables, figure, words) for figure in table.columns)
    rows = tuple(
        MatrixRow(
            named[str(code)],
            tuple(
                MatrixCell(str(cell), "found", f"{named[str(code)]}, {head}: {cell}", ink=HEAT[PAPER].text)
                for head, cell in zip(heads, cells, strict=True)
            ),
        )
        for code, *cells in table.itertuples(name=None)
    )
    title = words.text(GROUPS[group])
    return MatrixPicture(
        title=title,
        alt=words.text("Table: {what}", what=title),
        caption=caption(atlas.tables, (), words, words.text("Closed and planned sites are not counted.")),
        row_head=words.text("Country"),
        heads=heads,
        names=heads,
        rows=rows,
        legend_title="",
        legend=(),
    )


def _facts(asked: Asked, profile: CountryProfile) -> tuple[tuple[str, str], ...]:
    words = asked.words
    return tuple(
        (words.text("{country}: {figure}", country=profile.name, figure=label), value)
        for label, value in profile_facts(profile, words)
    )
